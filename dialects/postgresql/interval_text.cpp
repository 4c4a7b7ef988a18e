#include "interval_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace azoth::postgresql {
namespace {

[[noreturn]] void refuse(std::string_view text) {
    throw_error(
        errc::value_format,
        fmt::format("the interval \"{}\" is not in the style \"postgres\": the session's IntervalStyle was changed; set it back", text));
}

class interval_reader {
public:
    explicit interval_reader(std::string_view text) : text_{text}, rest_{text} {}

    interval_parts run() {
        while (!rest_.empty()) {
            if (rest_.front() == ' ') {
                rest_.remove_prefix(1);
                continue;
            }
            const bool negative = take_sign();
            const std::int64_t number = take_number();
            if (!rest_.empty() && rest_.front() == ':') take_clock(number, negative);
            else take_unit(negative ? -number : number);
        }
        return parts_;
    }

private:
    bool take_sign() {
        if (rest_.empty() || (rest_.front() != '-' && rest_.front() != '+')) return false;
        const bool negative = rest_.front() == '-';
        rest_.remove_prefix(1);
        return negative;
    }
    std::int64_t take_number() {
        std::int64_t number = 0;
        const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (problem != std::errc{} || number < 0) refuse(text_);
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }
    void take_unit(std::int64_t number) {
        if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        std::size_t end = 0;
        while (end < rest_.size() && rest_[end] != ' ') ++end;
        const std::string_view unit = rest_.substr(0, end);
        rest_.remove_prefix(end);
        if (unit.starts_with("year")) add(parts_.months, number, 12);
        else if (unit.starts_with("mon")) add(parts_.months, number, 1);
        else if (unit.starts_with("day")) add(parts_.days, number, 1);
        else refuse(text_);
    }
    void add(std::int32_t& to, std::int64_t number, std::int64_t factor) const {
        const std::int64_t sum = to + number * factor;
        if (sum < std::numeric_limits<std::int32_t>::min() || sum > std::numeric_limits<std::int32_t>::max()) refuse(text_);
        to = static_cast<std::int32_t>(sum);
    }
    std::int64_t take_pair() {
        if (rest_.empty() || rest_.front() != ':') refuse(text_);
        rest_.remove_prefix(1);
        return take_number();
    }
    std::int64_t take_fraction() {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        std::int64_t micros = 0;
        int digits = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++digits)
            if (digits < 6) micros = micros * 10 + (rest_.front() - '0');
        for (; digits < 6; ++digits) micros *= 10;
        return micros;
    }
    void take_clock(std::int64_t hours, bool negative) {
        const std::int64_t minutes = take_pair();
        const std::int64_t seconds = take_pair();
        const std::int64_t fraction = take_fraction();
        const std::int64_t small = (minutes * 60 + seconds) * 1'000'000 + fraction;
        std::int64_t total = 0;
        if (__builtin_mul_overflow(negative ? -hours : hours, std::int64_t{3'600'000'000}, &total) ||
            __builtin_add_overflow(total, negative ? -small : small, &total))
            refuse(text_);
        parts_.microseconds = total;
    }

    std::string_view text_;
    std::string_view rest_;
    interval_parts parts_{};
};

}  // namespace

std::string interval_text(const interval_parts& parts) {
    const bool negative = parts.microseconds < 0;
    const auto size = negative ? 0 - static_cast<std::uint64_t>(parts.microseconds) : static_cast<std::uint64_t>(parts.microseconds);
    const std::uint64_t seconds = size / 1'000'000;
    return fmt::format("{} mons {} days {}{:02}:{:02}:{:02}.{:06}", parts.months, parts.days, negative ? "-" : "", seconds / 3600,
                       seconds / 60 % 60, seconds % 60, size % 1'000'000);
}

interval_parts parse_interval(std::string_view text) { return interval_reader{text}.run(); }

}  // namespace azoth::postgresql
