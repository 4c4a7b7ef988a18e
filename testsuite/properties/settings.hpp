#pragma once

#include <cstdint>

namespace properties {

/// AZOTH_SEED, else one that stays the same, so that a failing run fails again; with AZOTH_LONG one of the moment. Printed.
[[nodiscard]] std::uint64_t chosen_seed();
/// AZOTH_TREES, else `usual`, or `longer` with AZOTH_LONG=1.
[[nodiscard]] std::uint64_t trees_to_try(std::uint64_t usual, std::uint64_t longer);
/// The same of schemas, by AZOTH_SCHEMAS.
[[nodiscard]] std::uint64_t schemas_to_try(std::uint64_t usual, std::uint64_t longer);
/// The same of steps on a graph of objects, by AZOTH_STEPS.
[[nodiscard]] std::uint64_t steps_to_try(std::uint64_t usual, std::uint64_t longer);

}  // namespace properties
