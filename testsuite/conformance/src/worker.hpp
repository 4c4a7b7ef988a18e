#pragma once

#include <azoth/conformance/case.hpp>

#include <span>

namespace azoth::conformance {

/// The process that runs cases, as it is told on its standard input, until that ends. Returns the exit code.
int run_worker(std::span<const test_case> cases);

}  // namespace azoth::conformance
