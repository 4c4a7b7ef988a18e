#include "decimal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace azoth::sqlite {
namespace {

constexpr int digits_of_a_double = 15;  // of any decimal that goes through a double and back
constexpr int digits_of_a_quotient = 20;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// A number taken apart: its digits without the zeros that say nothing.
struct digits {
    std::string_view whole{};
    std::string_view fraction{};
    bool is_negative{};
    bool is_number{};
    [[nodiscard]] bool is_zero() const noexcept { return whole.empty() && fraction.empty(); }
};

digits take_apart(std::string_view text) noexcept {
    digits d;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        d.is_negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const auto point = text.find('.');
    d.whole = text.substr(0, point);
    if (point != std::string_view::npos) d.fraction = text.substr(point + 1);
    d.is_number = !(d.whole.empty() && d.fraction.empty()) && std::all_of(d.whole.begin(), d.whole.end(), is_digit) &&
                  std::all_of(d.fraction.begin(), d.fraction.end(), is_digit);
    while (!d.whole.empty() && d.whole.front() == '0') d.whole.remove_prefix(1);
    while (!d.fraction.empty() && d.fraction.back() == '0') d.fraction.remove_suffix(1);
    return d;
}

int compare_magnitudes(const digits& a, const digits& b) noexcept {
    if (a.whole.size() != b.whole.size()) return a.whole.size() < b.whole.size() ? -1 : 1;
    if (const int order = a.whole.compare(b.whole); order != 0) return order;
    return a.fraction.compare(b.fraction);
}

int compare_numbers(const digits& a, const digits& b) noexcept {
    const bool a_is_below = a.is_negative && !a.is_zero();
    const bool b_is_below = b.is_negative && !b.is_zero();
    if (a_is_below != b_is_below) return a_is_below ? -1 : 1;
    return a_is_below ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

/// Digits for a number that is written with an exponent, as SQLite itself writes large REALs; else what it was.
std::string_view without_exponent(std::string_view text, std::string& memory) noexcept {
    if (text.find_first_of("eE") == std::string_view::npos) return text;
    try {
        memory = to_string(decimal::parse(text));
        return memory;
    } catch (...) {  // no number, or one beyond all decimals
        return text;
    }
}

decimal number_of_real(double real) {
    const decimal exact = decimal::from_double(real);
    const int excess = exact.precision() - digits_of_a_double;
    return excess > 0 && exact.scale() > 0 ? exact.rescaled(std::max(exact.scale() - excess, 0)) : exact;
}

}  // namespace

int compare_decimal_texts(std::string_view a, std::string_view b) noexcept {
    std::string memory_a;
    std::string memory_b;
    const digits x = take_apart(without_exponent(a, memory_a));
    const digits y = take_apart(without_exponent(b, memory_b));
    if (x.is_number && y.is_number) return compare_numbers(x, y);
    if (x.is_number != y.is_number) return x.is_number ? -1 : 1;
    return a.compare(b);
}

decimal number_of(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER: return decimal{sqlite3_value_int64(value), 0};
        case SQLITE_FLOAT: return number_of_real(sqlite3_value_double(value));
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
            if (!text) throw std::bad_alloc{};
            return decimal::parse({text, static_cast<std::size_t>(sqlite3_value_bytes(value))});
        }
        default: throw_error(errc::type_mismatch, "bytes are no number");
    }
}

decimal quotient(const decimal& a, const decimal& b) {
    const int own = std::max(a.scale(), b.scale());
    // How many digits the quotient has before its point, one too many at most.
    const int whole = (a.precision() - a.scale()) - (b.precision() - b.scale()) + 1;
    const int scale = std::clamp(digits_of_a_quotient - (whole - 1), own, std::max(own, decimal::max_digits - std::max(whole, 1)));
    const decimal result = divide(a, b, scale).normalized();
    return result.scale() < own ? result.rescaled(own) : result;
}

decimal truncated(const decimal& value, int scale) {
    if (value.scale() <= scale) return value;
    const decimal rounded = value.rescaled(scale);
    const decimal unit_at{value.is_negative() ? -1 : 1, scale};
    const bool is_away_from_zero = value.is_negative() ? rounded < value : rounded > value;
    return is_away_from_zero ? rounded - unit_at : rounded;
}

decimal floored(const decimal& value) {
    const decimal cut = truncated(value, 0);
    return cut > value ? cut - decimal{1} : cut;
}

decimal fitted(const decimal& value, int precision, int scale) {
    if (precision == 0) return value;
    decimal rounded = value.rescaled(scale);
    if (rounded.precision() > precision)
        throw_error(errc::value_range, fmt::format("{} does not fit into NUMERIC({}, {})", to_string(value), precision, scale));
    return rounded;
}

}  // namespace azoth::sqlite
