#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

namespace azoth {

using stop_token = std::stop_token;
using stop_source = std::stop_source;

/// The moment at which a wait ends with timeout_error. A default one never comes.
class deadline {
public:
    using clock = std::chrono::steady_clock;

    constexpr deadline() noexcept = default;
    constexpr explicit deadline(clock::time_point at) noexcept : at_{at} {}
    static deadline after(std::chrono::nanoseconds span) { return deadline{clock::now() + span}; }

    [[nodiscard]] constexpr bool is_set() const noexcept { return at_ != clock::time_point::max(); }
    [[nodiscard]] constexpr clock::time_point at() const noexcept { return at_; }
    [[nodiscard]] bool has_passed() const noexcept { return is_set() && clock::now() >= at_; }
    /// What is left, at least zero; a day where no deadline is set.
    [[nodiscard]] std::chrono::milliseconds remaining() const noexcept {
        if (!is_set()) return std::chrono::hours{24};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - clock::now());
        return left.count() > 0 ? left : std::chrono::milliseconds{0};
    }

private:
    clock::time_point at_{clock::time_point::max()};
};

}  // namespace azoth
