#pragma once

#include <chrono>
#include <ctime>

namespace azoth::detail {

/// steady_clock to a few milliseconds, at a third of its price: good enough for "held since" and for ages.
inline std::chrono::steady_clock::time_point coarse_now() noexcept {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return std::chrono::steady_clock::time_point{std::chrono::seconds{t.tv_sec} + std::chrono::nanoseconds{t.tv_nsec}};
}

}  // namespace azoth::detail
