#include "decimal_functions.hpp"

#include "decimal_text.hpp"
#include "errors.hpp"
#include "function_support.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <type_traits>

namespace azoth::sqlite {
namespace {

void give(sqlite3_context* to, const decimal& result) { give_text(to, to_string(result)); }

template <decimal (*Operation)(const decimal&)>
void unary(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] { give(to, Operation(number_of(args[0]))); });
}

template <decimal (*Operation)(const decimal&, const decimal&), bool ByZeroIsNull = false>
void binary(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    guarded(to, [&] {
        const decimal right = number_of(args[1]);
        if (ByZeroIsNull && right.is_zero()) return;  // as SQLite's own operators do
        give(to, Operation(number_of(args[0]), right));
    });
}

decimal same(const decimal& a) { return a; }
decimal negated(const decimal& a) { return -a; }
decimal magnitude(const decimal& a) { return a.is_negative() ? -a : a; }
decimal added(const decimal& a, const decimal& b) { return a + b; }
decimal subtracted(const decimal& a, const decimal& b) { return a - b; }
decimal multiplied(const decimal& a, const decimal& b) { return a * b; }

/// The remainder of truncated division: its sign is the dividend's.
decimal remainder(const decimal& a, const decimal& b) {
    decimal rest = magnitude(a);
    const decimal divisor = magnitude(b);
    decimal times = divide(rest, divisor, 0);
    if (times * divisor > rest) times = times - decimal{1};  // the quotient is rounded, not cut
    rest = rest - times * divisor;
    return a.is_negative() ? -rest : rest;
}

/// The quotient rounded down; by zero it is NULL.
void floor_division(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    guarded(to, [&] {
        const decimal a = number_of(args[0]);
        const decimal b = number_of(args[1]);
        if (b.is_zero()) return;
        decimal times = divide(magnitude(a), magnitude(b), 0);
        if (times * magnitude(b) > magnitude(a)) times = times - decimal{1};  // the quotient is rounded, not cut
        if (a.is_negative() == b.is_negative()) return give(to, times);
        const bool is_whole = times * magnitude(b) == magnitude(a);
        give(to, is_whole ? -times : -times - decimal{1});
    });
}

decimal ceiling(const decimal& a) { return -floored(-a); }

/// azoth_truncate(value, digits)
void truncate_to(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] { give(to, truncated(number_of(args[0]), sqlite3_value_int(args[1]))); });
}

void round_to(sqlite3_context* to, int count, arguments args) noexcept {
    if (is_null(args[0]) || (count > 1 && is_null(args[1]))) return;
    guarded(to,
            [&] { give(to, number_of(args[0]).rescaled(count > 1 ? std::clamp(sqlite3_value_int(args[1]), 0, decimal::max_digits) : 0)); });
}

/// azoth_fit(value, precision, scale, as_text): what a NUMERIC(precision, scale) column stores.
void fit(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] {
        const decimal result = fitted(number_of(args[0]), sqlite3_value_int(args[1]), sqlite3_value_int(args[2]));
        if (sqlite3_value_int(args[3]) != 0) give(to, result);
        else if (result.normalized().scale() == 0) sqlite3_result_int64(to, result.normalized().to_int64());
        else sqlite3_result_double(to, result.to_double());
    });
}

void fit_unsigned(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] { give(to, decimal{number_of(args[0]).rescaled(0).to_uint64()}); });
}

void double_remainder(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    const double divisor = sqlite3_value_double(args[1]);
    if (divisor != 0) sqlite3_result_double(to, std::fmod(sqlite3_value_double(args[0]), divisor));
}

/// A double's integer as other databases cast it: halves go to the even one.
void nearest(sqlite3_context* to, int, arguments args) noexcept {
    if (!is_null(args[0])) sqlite3_result_double(to, std::nearbyint(sqlite3_value_double(args[0])));
}

/// What a sum or an average has come to, in memory that SQLite gives and takes back unasked.
struct running_sum {
    decimal total{};
    std::int64_t count{};
    bool is_made{};
};
static_assert(std::is_trivially_destructible_v<running_sum>);

running_sum* state_of(sqlite3_context* of) noexcept {
    void* memory = sqlite3_aggregate_context(of, sizeof(running_sum));
    if (!memory) {
        sqlite3_result_error_nomem(of);
        return nullptr;
    }
    auto* state = static_cast<running_sum*>(memory);
    if (!state->is_made) (state = ::new (memory) running_sum)->is_made = true;
    return state;
}

template <int Direction>
void step(sqlite3_context* of, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    running_sum* state = state_of(of);
    if (!state) return;
    guarded(of, [&] {
        const decimal value = number_of(args[0]);
        state->total = Direction > 0 ? state->total + value : state->total - value;
        state->count += Direction;
    });
}

template <bool IsAverage>
void give_sum(sqlite3_context* to) noexcept {
    const auto* state = static_cast<const running_sum*>(sqlite3_aggregate_context(to, 0));
    if (!state || state->count == 0) return;  // over no rows: NULL
    guarded(to, [&] { give(to, IsAverage ? quotient(state->total, decimal{state->count}) : state->total); });
}

int collate(void*, int size_a, const void* a, int size_b, const void* b) noexcept {
    return compare_decimal_texts({static_cast<const char*>(a), static_cast<std::size_t>(size_a)},
                                 {static_cast<const char*>(b), static_cast<std::size_t>(size_b)});
}

template <bool IsAverage>
void add_sum(sqlite3* db, const char* name) {
    require(db, sqlite3_create_window_function(db, name, 1, pure, nullptr, &step<1>, &give_sum<IsAverage>, &give_sum<IsAverage>, &step<-1>,
                                               nullptr));
}

}  // namespace

void require(sqlite3* db, int code) {
    if (code != SQLITE_OK) throw_database_error(db, code, {});
}

void add(sqlite3* db, const char* name, int count, void (*body)(sqlite3_context*, int, arguments)) {
    require(db, sqlite3_create_function_v2(db, name, count, pure, nullptr, body, nullptr, nullptr, nullptr));
}

void register_decimals(sqlite3* db) {
    require(db, sqlite3_create_collation_v2(db, decimal_collation, SQLITE_UTF8, nullptr, &collate, nullptr));
    add(db, "azoth_decimal", 1, &unary<same>);
    add(db, "azoth_negate", 1, &unary<negated>);
    add(db, "azoth_abs", 1, &unary<magnitude>);
    add(db, "azoth_add", 2, &binary<added>);
    add(db, "azoth_subtract", 2, &binary<subtracted>);
    add(db, "azoth_multiply", 2, &binary<multiplied>);
    add(db, "azoth_divide", 2, &binary<quotient, true>);
    add(db, "azoth_modulo", 2, &binary<remainder, true>);
    add(db, "azoth_round", 1, &round_to);
    add(db, "azoth_round", 2, &round_to);
    add(db, "azoth_truncate", 2, &truncate_to);
    add(db, "azoth_floor", 1, &unary<floored>);
    add(db, "azoth_ceil", 1, &unary<ceiling>);
    add(db, "azoth_floor_div", 2, &floor_division);
    add(db, "azoth_fit", 4, &fit);
    add(db, "azoth_unsigned", 1, &fit_unsigned);
    add(db, "azoth_remainder", 2, &double_remainder);
    add(db, "azoth_nearest", 1, &nearest);
    add_sum<false>(db, "azoth_sum");
    add_sum<true>(db, "azoth_avg");
}

}  // namespace azoth::sqlite
