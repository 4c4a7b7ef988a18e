#pragma once

#include <azoth/conformance/case.hpp>

#include <span>

namespace azoth::conformance {

/// The whole program azoth-conformance, for a main of one's own that adds cases: `return run_program(argc, argv, own_cases());`. It starts
/// its own executable again, as workers: so nothing else may have happened before it. Returns the exit code.
[[nodiscard]] int run_program(int argc, const char* const* argv, std::span<const test_case> own = {});

}  // namespace azoth::conformance
