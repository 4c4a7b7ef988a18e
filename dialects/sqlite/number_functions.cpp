// Arithmetic on doubles and integers that SQLite lacks, or has only where it is built so.
#include "decimal_text.hpp"
#include "function_support.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace azoth::sqlite {
namespace {

constexpr double all_integers_from = 1e15;  // doubles have no fraction from about here on
constexpr double all_zeros_below = 1e-31;   // to the 30 digits that are rounded to at most; smaller ones are no decimals

/// Rounds the shortest decimal that is the double, as one reads it: 2.675 becomes 2.68.
template <class Round>
void with_decimal(sqlite3_context* to, double number, Round&& round) noexcept {
    if (!(std::fabs(number) < all_integers_from)) return sqlite3_result_double(to, number);
    if (std::fabs(number) < all_zeros_below) return sqlite3_result_double(to, 0);
    guarded(to, [&] { sqlite3_result_double(to, round(decimal::from_double(number)).to_double()); });
}

void round_real(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    const int digits = sqlite3_value_int(args[1]);
    with_decimal(to, sqlite3_value_double(args[0]), [&](const decimal& d) { return d.scale() > digits ? d.rescaled(digits) : d; });
}

void truncate_real(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    const int digits = sqlite3_value_int(args[1]);
    with_decimal(to, sqlite3_value_double(args[0]), [&](const decimal& d) { return truncated(d, digits); });
}

/// What is too large for a double, or no real number, is an error, as on servers.
void give_finite(sqlite3_context* to, double result, bool arguments_are_finite) noexcept {
    if (!std::isfinite(result) && arguments_are_finite)
        return give_error(to, "the result is no number, or one that is too large for a double", SQLITE_TOOBIG);
    sqlite3_result_double(to, result);
}

template <double (*Function)(double)>
void real_function(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    const double x = sqlite3_value_double(args[0]);
    give_finite(to, Function(x), std::isfinite(x));
}

double floor_of(double x) { return std::floor(x); }
double ceiling_of(double x) { return std::ceil(x); }
double exponential(double x) { return std::exp(x); }

/// NULL where it is not defined.
template <double (*Function)(double), bool TakesZero>
void partial_function(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    const double x = sqlite3_value_double(args[0]);
    if (x > 0 || (TakesZero && x == 0)) sqlite3_result_double(to, Function(x));
}

double square_root(double x) { return std::sqrt(x); }
double natural_logarithm(double x) { return std::log(x); }
double common_logarithm(double x) { return std::log10(x); }

void power(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    const double base = sqlite3_value_double(args[0]);
    const double exponent = sqlite3_value_double(args[1]);
    give_finite(to, std::pow(base, exponent), std::isfinite(base) && std::isfinite(exponent));
}

void sign(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    const double x = sqlite3_value_double(args[0]);
    sqlite3_result_int(to, x > 0 ? 1 : x < 0 ? -1 : 0);
}

/// With as many digits as tell it from all others. SQLite itself cuts after 15.
template <class Real>
void real_text(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] { give_text(to, fmt::format("{}", static_cast<Real>(sqlite3_value_double(args[0])))); });
}

/// The same for JSON, which has no infinities.
void json_real(sqlite3_context* to, int count, arguments args) noexcept {
    if (!is_null(args[0]) && !std::isfinite(sqlite3_value_double(args[0])))
        return give_error(to, "JSON has no infinity: leave it out, or write it as a text", SQLITE_TOOBIG);
    real_text<double>(to, count, args);
}

void exclusive_or(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    sqlite3_result_int64(to, sqlite3_value_int64(args[0]) ^ sqlite3_value_int64(args[1]));
}

void integer_floor_division(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    const std::int64_t a = sqlite3_value_int64(args[0]);
    const std::int64_t b = sqlite3_value_int64(args[1]);
    if (b == 0) return;
    if (a == std::numeric_limits<std::int64_t>::min() && b == -1)
        return give_error(to, "the quotient is too large for a 64-bit integer", SQLITE_TOOBIG);
    const bool is_below = a % b != 0 && (a < 0) != (b < 0);
    sqlite3_result_int64(to, a / b - (is_below ? 1 : 0));
}

}  // namespace

void register_numbers(sqlite3* db) {
    add(db, "azoth_integer_floor_div", 2, &integer_floor_division);
    add(db, "azoth_round_real", 2, &round_real);
    add(db, "azoth_truncate_real", 2, &truncate_real);
    add(db, "azoth_floor_real", 1, &real_function<floor_of>);
    add(db, "azoth_ceil_real", 1, &real_function<ceiling_of>);
    add(db, "azoth_exp", 1, &real_function<exponential>);
    add(db, "azoth_sqrt", 1, &partial_function<square_root, true>);
    add(db, "azoth_ln", 1, &partial_function<natural_logarithm, false>);
    add(db, "azoth_log10", 1, &partial_function<common_logarithm, false>);
    add(db, "azoth_power", 2, &power);
    add(db, "azoth_sign", 1, &sign);
    add(db, "azoth_xor", 2, &exclusive_or);
    add(db, "azoth_float_text", 1, &real_text<float>);
    add(db, "azoth_real_text", 1, &real_text<double>);
    add(db, "azoth_json_real", 1, &json_real);
}

}  // namespace azoth::sqlite
