#pragma once

#include "steps.hpp"

#include <azoth/conformance/case.hpp>

#include <vector>

/// The parts of the area `options`, a file each.
namespace azoth::conformance::areas::options_parts {

// What several of them ask for.
inline constexpr auto id = col<&item::id>;
inline auto names() { return select(col<&item::name>).order_by(id); }

[[nodiscard]] std::vector<test_case> composing();
[[nodiscard]] std::vector<test_case> parameters();
[[nodiscard]] std::vector<test_case> printing();
[[nodiscard]] std::vector<test_case> schemas();
[[nodiscard]] std::vector<test_case> tags();
[[nodiscard]] std::vector<test_case> transactions();

}  // namespace azoth::conformance::areas::options_parts
