#include "aggregate_functions.hpp"

#include "decimal_text.hpp"
#include "function_support.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <vector>

namespace azoth::sqlite {
namespace {

/// An aggregate's state, in memory that SQLite gives filled with zeros and takes back unasked.
template <class S>
S* own_state(sqlite3_context* of) noexcept {
    static_assert(std::is_trivially_destructible_v<S> && std::is_trivially_default_constructible_v<S>);
    void* memory = sqlite3_aggregate_context(of, sizeof(S));
    if (!memory) sqlite3_result_error_nomem(of);
    return static_cast<S*>(memory);
}

/// Mean and squared distances so far (Welford); a value can leave again, as a window moves on.
struct spread {
    std::int64_t count;
    double mean;
    double squares;
};

double real_of(sqlite3_value* v) { return sqlite3_value_type(v) == SQLITE_TEXT ? number_of(v).to_double() : sqlite3_value_double(v); }

template <int Direction>
void step_spread(sqlite3_context* of, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    auto* s = own_state<spread>(of);
    if (!s) return;
    guarded(of, [&] {
        const double v = real_of(args[0]);
        s->count += Direction;
        if (s->count == 0) {
            s->mean = s->squares = 0;
            return;
        }
        const double before = v - s->mean;
        s->mean += Direction * before / static_cast<double>(s->count);
        s->squares = std::max(0.0, s->squares + Direction * before * (v - s->mean));
    });
}

template <bool IsSample, bool IsRoot>
void give_spread(sqlite3_context* to) noexcept {
    const auto* s = static_cast<const spread*>(sqlite3_aggregate_context(to, 0));
    const std::int64_t divisor = s ? s->count - (IsSample ? 1 : 0) : 0;
    if (divisor <= 0) return;  // NULL
    const double variance = s->squares / static_cast<double>(divisor);
    sqlite3_result_double(to, IsRoot ? std::sqrt(variance) : variance);
}

/// How many of the values have each bit.
struct bit_counts {
    std::int64_t values;
    std::array<std::int64_t, 64> with;
};

template <int Direction>
void step_bits(sqlite3_context* of, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    auto* s = own_state<bit_counts>(of);
    if (!s) return;
    s->values += Direction;
    const auto v = static_cast<std::uint64_t>(sqlite3_value_int64(args[0]));
    for (std::size_t i = 0; i < s->with.size(); ++i)
        if ((v >> i & 1) != 0) s->with[i] += Direction;
}

template <bool IsAnd>
void give_bits(sqlite3_context* to) noexcept {
    const auto* s = static_cast<const bit_counts*>(sqlite3_aggregate_context(to, 0));
    if (!s || s->values == 0) return;
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < s->with.size(); ++i)
        if (IsAnd ? s->with[i] == s->values : s->with[i] != 0) v |= std::uint64_t{1} << i;
    sqlite3_result_int64(to, static_cast<std::int64_t>(v));
}

struct value_deleter {
    void operator()(sqlite3_value* v) const noexcept { sqlite3_value_free(v); }
};
using kept_value = std::unique_ptr<sqlite3_value, value_deleter>;

kept_value kept(sqlite3_value* v) {
    kept_value copy{sqlite3_value_dup(v)};
    if (!copy) throw std::bad_alloc{};
    return copy;
}

/// Texts on their way to be sorted and joined.
struct gathered {
    struct row {
        std::string text;
        std::vector<kept_value> keys;
    };
    std::string code;  ///< see order_code in rules_aggregates.cpp
    std::string separator;
    std::vector<row> rows;
};
struct gathering {
    gathered* all;  // freed by the last step, which SQLite takes also after an error
};

/// Numbers before texts before bytes, as SQLite has it.
int rank_of(sqlite3_value* v) {
    switch (sqlite3_value_type(v)) {
        case SQLITE_TEXT: return 1;
        case SQLITE_BLOB: return 2;
        default: return 0;
    }
}

template <class T>
int compared(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int compare_numbers(sqlite3_value* a, sqlite3_value* b) {
    if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER)
        return compared(sqlite3_value_int64(a), sqlite3_value_int64(b));
    return compared(sqlite3_value_double(a), sqlite3_value_double(b));
}

int compare_values(sqlite3_value* a, sqlite3_value* b, bool as_decimals) {
    const bool is_text = sqlite3_value_type(a) == SQLITE_TEXT;
    const bool both_are = is_text && sqlite3_value_type(b) == SQLITE_TEXT;
    if (as_decimals && both_are) return compare_decimal_texts(text_of(a), text_of(b));
    if (as_decimals && is_text != (sqlite3_value_type(b) == SQLITE_TEXT)) return compared(number_of(a), number_of(b));
    if (const int ranks = compared(rank_of(a), rank_of(b)); ranks != 0) return ranks;
    if (rank_of(a) == 0) return compare_numbers(a, b);
    const auto bytes = [](sqlite3_value* v) {
        return std::string_view{static_cast<const char*>(sqlite3_value_blob(v)), static_cast<std::size_t>(sqlite3_value_bytes(v))};
    };
    return bytes(a).compare(bytes(b));
}

bool is_before(const gathered::row& a, const gathered::row& b, std::string_view code) {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        sqlite3_value* x = a.keys[i].get();
        sqlite3_value* y = b.keys[i].get();
        const std::string_view how = code.substr(1 + 3 * i, 3);
        if (is_null(x) != is_null(y)) return is_null(x) == (how[1] == 'f');
        if (is_null(x)) continue;
        const int c = compare_values(x, y, how[2] == 'n');
        if (c != 0) return how[0] == 'a' ? c < 0 : c > 0;
    }
    return false;
}

/// azoth_string_agg(code, text, separator, key...)
void gather(sqlite3_context* of, int count, arguments args) noexcept {
    auto* s = own_state<gathering>(of);
    if (!s || is_null(args[1])) return;
    guarded(of, [&] {
        if (!s->all)
            s->all = std::make_unique<gathered>(
                         gathered{std::string{text_of(args[0])}, is_null(args[2]) ? std::string{} : std::string{text_of(args[2])}, {}})
                         .release();
        gathered::row row{std::string{text_of(args[1])}, {}};
        for (int i = 3; i < count; ++i) row.keys.push_back(kept(args[i]));
        s->all->rows.push_back(std::move(row));
    });
}

void drop_equal(std::vector<gathered::row>& rows) {
    std::unordered_set<std::string> seen;
    std::erase_if(rows, [&](const gathered::row& row) { return !seen.insert(row.text).second; });
}

void give_joined(sqlite3_context* to) noexcept {
    auto* s = static_cast<gathering*>(sqlite3_aggregate_context(to, 0));
    const std::unique_ptr<gathered> all{s ? s->all : nullptr};
    if (!all) return;
    guarded(to, [&] {
        std::stable_sort(all->rows.begin(), all->rows.end(), [&](const auto& a, const auto& b) { return is_before(a, b, all->code); });
        if (all->code.front() == 'd') drop_equal(all->rows);
        std::string joined;
        for (const auto& row : all->rows) joined.append(&row == all->rows.data() ? std::string_view{} : all->separator).append(row.text);
        give_text(to, joined);
    });
}

/// A limit or an offset that SQLite would take for none.
void check_rows(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || sqlite3_value_int64(args[0]) < 0) {
        give_error(to, "a limit or an offset is NULL or negative", SQLITE_MISMATCH);
    } else {
        sqlite3_result_int64(to, sqlite3_value_int64(args[0]));
    }
}

using step_function = void (*)(sqlite3_context*, int, arguments);
using give_function = void (*)(sqlite3_context*);

void add_aggregate(sqlite3* db, const char* name, step_function step, give_function give, step_function back) {
    require(db, sqlite3_create_window_function(db, name, 1, pure, nullptr, step, give, give, back, nullptr));
}

}  // namespace

void register_aggregates(sqlite3* db) {
    add_aggregate(db, "azoth_stddev_samp", &step_spread<1>, &give_spread<true, true>, &step_spread<-1>);
    add_aggregate(db, "azoth_stddev_pop", &step_spread<1>, &give_spread<false, true>, &step_spread<-1>);
    add_aggregate(db, "azoth_var_samp", &step_spread<1>, &give_spread<true, false>, &step_spread<-1>);
    add_aggregate(db, "azoth_var_pop", &step_spread<1>, &give_spread<false, false>, &step_spread<-1>);
    add_aggregate(db, "azoth_bit_and", &step_bits<1>, &give_bits<true>, &step_bits<-1>);
    add_aggregate(db, "azoth_bit_or", &step_bits<1>, &give_bits<false>, &step_bits<-1>);
    require(db, sqlite3_create_function_v2(db, "azoth_string_agg", -1, pure, nullptr, nullptr, &gather, &give_joined, nullptr));
    add(db, "azoth_rows", 1, &check_rows);
}

}  // namespace azoth::sqlite
