#pragma once

#include <azoth/conformance/context.hpp>

#include <chrono>
#include <cstdint>

/// Short ways to write dates and times in cases.
namespace azoth::conformance {

constexpr date day(int y, unsigned m, unsigned d) noexcept { return std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d}; }

constexpr time_of_day clock(int h, int m, int s, std::int64_t microseconds = 0) noexcept {
    return time_of_day{std::chrono::hours{h}, std::chrono::minutes{m}, std::chrono::seconds{s}, std::chrono::microseconds{microseconds}};
}

constexpr local_timestamp wall(const date& on, const time_of_day& at) noexcept {
    return local_timestamp{std::chrono::local_days{on}} + at.since_midnight;
}

/// The least that the database's times keep: a microsecond, or a hundred where it does not claim `microseconds`.
inline std::chrono::microseconds grain(context& on) { return std::chrono::microseconds{on.can().microseconds ? 1 : 100}; }

constexpr timestamp utc(const date& on, const time_of_day& at) noexcept { return timestamp{std::chrono::sys_days{on}} + at.since_midnight; }

}  // namespace azoth::conformance
