#pragma once

#include "byte_source.hpp"

#include <functional>

namespace properties {

/// Fewer and smaller choices that still fail: `fails` is asked at most `patience` times.
[[nodiscard]] choices shrink(choices failing, const std::function<bool(const choices&)>& fails, int patience = 400);

}  // namespace properties
