#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include "reading.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace azoth::detail {
namespace {

template <class I>
[[noreturn]] void refuse_range(const cell& from, I min, I max) {
    throw_error(errc::value_range, fmt::format("{} does not fit into an integer from {} to {}", describe(from), min, max));
}

template <class N>
N parse_number(const cell& from, std::string_view expected) {
    const std::string_view text = from.chars_view();
    N number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem == std::errc::result_out_of_range)
        throw_error(errc::value_range, fmt::format("{} is outside the range of {}", describe(from), expected));
    if (problem != std::errc{} || end != text.data() + text.size())
        throw_error(errc::value_format, fmt::format("{} is not {}", describe(from), expected));
    return number;
}

/// A whole number within the exact range of both types, as a double has to be to be read as an integer.
template <class I>
I whole_number(const cell& from, I min, I max) {
    const double d = from.f64;
    // max + 1 is a power of two and so exact as a double, where max may not be.
    if (!(d >= static_cast<double>(min) && d < static_cast<double>(max / 2 + 1) * 2)) refuse_range(from, min, max);
    if (d != std::trunc(d)) throw_error(errc::value_range, fmt::format("{} has a fraction, which an integer cannot hold", describe(from)));
    return static_cast<I>(d);
}

}  // namespace

void refuse_type(const cell& from, std::string_view wanted) {
    if (from.is_null()) throw_error(errc::null_value, fmt::format("NULL cannot be read as {}: read it as std::optional", wanted));
    throw_error(errc::type_mismatch,
                fmt::format("{} is a value of type {}, which cannot be read as {}", describe(from), tag_name(from.tag), wanted));
}

std::int64_t read_integer(const cell& from, std::int64_t min, std::int64_t max) {
    std::int64_t number = 0;
    switch (from.tag) {
        case cell_tag::i64: number = from.i64; break;
        case cell_tag::u64:
            if (from.u64 > static_cast<std::uint64_t>(max)) refuse_range(from, min, max);
            number = static_cast<std::int64_t>(from.u64);
            break;
        case cell_tag::f64: number = whole_number(from, min, max); break;
        case cell_tag::decimal: number = decimal::parse(from.chars_view()).to_int64(); break;
        case cell_tag::text: number = parse_number<std::int64_t>(from, "an integer"); break;
        default: refuse_type(from, "an integer");
    }
    if (number < min || number > max) refuse_range(from, min, max);
    return number;
}

std::uint64_t read_unsigned(const cell& from, std::uint64_t max) {
    std::uint64_t number = 0;
    switch (from.tag) {
        case cell_tag::u64: number = from.u64; break;
        case cell_tag::i64:
            if (from.i64 < 0) refuse_range(from, std::uint64_t{0}, max);
            number = static_cast<std::uint64_t>(from.i64);
            break;
        case cell_tag::f64: number = whole_number(from, std::uint64_t{0}, max); break;
        case cell_tag::decimal: number = decimal::parse(from.chars_view()).to_uint64(); break;
        case cell_tag::text: number = parse_number<std::uint64_t>(from, "an unsigned integer"); break;
        default: refuse_type(from, "an unsigned integer");
    }
    if (number > max) refuse_range(from, std::uint64_t{0}, max);
    return number;
}

namespace {

template <class I>
double exact_double(const cell& from, I number) {
    const auto d = static_cast<double>(number);
    // x86-64's long double holds every 64-bit integer; elsewhere the comparison only gets stricter.
    if (static_cast<long double>(d) != static_cast<long double>(number))
        throw_error(errc::value_range, fmt::format("{} has more digits than a double can hold: read it as an integer", describe(from)));
    return d;
}

}  // namespace

double read_double(const cell& from) {
    switch (from.tag) {
        case cell_tag::f64: return from.f64;
        case cell_tag::i64: return exact_double(from, from.i64);
        case cell_tag::u64: return exact_double(from, from.u64);
        case cell_tag::decimal:
        case cell_tag::text: return parse_number<double>(from, "a number");
        default: refuse_type(from, "a double");
    }
}

float read_float(const cell& from) {
    const double d = read_double(from);
    const auto f = static_cast<float>(d);
    if ((std::isinf(f) && !std::isinf(d)) || (f == 0 && d != 0))
        throw_error(errc::value_range, fmt::format("{} is outside the range of a float: read it as a double", describe(from)));
    // As for doubles: a fraction is rounded, the digits of an integer are not.
    if ((from.tag == cell_tag::i64 || from.tag == cell_tag::u64) && static_cast<double>(f) != d)
        throw_error(errc::value_range, fmt::format("{} has more digits than a float can hold: read it as a double", describe(from)));
    return f;
}

bool read_bool(const cell& from) {
    if (from.tag == cell_tag::i64 || from.tag == cell_tag::u64) {
        if (from.u64 > 1) throw_error(errc::value_range, fmt::format("{} is no boolean: only 0 and 1 are", describe(from)));
        return from.u64 == 1;
    }
    if (from.tag != cell_tag::text) refuse_type(from, "a boolean");
    const std::string_view word = from.chars_view();
    if (word == "1" || word == "t" || word == "true") return true;
    if (word == "0" || word == "f" || word == "false") return false;
    throw_error(errc::value_format, fmt::format("{} is no boolean: true, t, 1, false, f and 0 are", describe(from)));
}

namespace {

/// SQLite keeps decimals of up to 15 digits as doubles. That many a double holds surely; what follows is noise of its arithmetic.
decimal rounded_to_15_digits(double number) {
    if (!std::isfinite(number)) return decimal::from_double(number);  // throws
    return decimal::parse(fmt::format("{:.15g}", number));
}

}  // namespace

void read_decimal(const cell& from, decimal& to) {
    switch (from.tag) {
        case cell_tag::decimal:
        case cell_tag::text: to = decimal::parse(from.chars_view()); break;
        case cell_tag::i64: to = decimal{from.i64}; break;
        case cell_tag::u64: to = decimal{from.u64}; break;
        case cell_tag::f64: to = rounded_to_15_digits(from.f64); break;
        default: refuse_type(from, "a decimal");
    }
}

cell write_decimal(const decimal& from, arena& scratch) { return cell::decimal(scratch.copy(to_string(from))); }

}  // namespace azoth::detail
