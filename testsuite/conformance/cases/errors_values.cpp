#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <limits>

namespace azoth::conformance {
namespace {

/// One row, n = 1.
table numbers(context& on, type_kind kind) {
    table t = on.make_table("number", {column("n", kind, not_null)});
    on.engine().begin([&](connection& c) { (void)c.execute(insert(t).set(t.column<std::int64_t>("n"), std::int64_t{1})); });
    return t;
}

void division_by_zero_fails(context& on) {
    const table t = numbers(on, type_kind::big_integer);
    const auto n = t.column<std::int64_t>("n");
    connection c = on.connect();
    const auto e = thrown<data_error>([&] { (void)c.execute(select(maybe(n / (n - 1)))).scalars(); });
    CHECK(e.code() == errc::division_by_zero);
    c.rollback();
    CHECK(c.scalar(select(n)) == 1);
}

void division_by_zero_is_no_number(context& on) {
    const table t = numbers(on, type_kind::big_integer);
    const auto n = t.column<std::int64_t>("n");
    connection c = on.connect();
    std::optional<double> quotient;
    const auto e = failure_of([&] { quotient = c.scalar(select(maybe(n / (n - 1)))); });
    CHECK_FALSE(quotient.has_value());
    if (e) CHECK(e->code() == errc::division_by_zero);
    c.rollback();
    CHECK(c.scalar(select(n)) == 1);
}

/// A column that is too small for a value refuses it or keeps it whole.
template <class T>
void refused_or_whole(context& on, const type& of, const T& large) {
    const table t = on.make_table("narrow", {column("v", of, not_null)});
    const auto v = t.column<T>("v");
    connection c = on.connect();
    const auto e = failure_of([&] { (void)c.execute(insert(t).set(v, large)); });
    if (e) {
        INFO(e->what());
        CHECK((e->code() == errc::value_range || e->code() == errc::truncation));
        CHECK_FALSE(e->is_retryable());
        c.rollback();
        CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
    } else {
        CHECK(c.scalar(select(v)) == large);
    }
}

void integer_column_overflow(context& on) {
    refused_or_whole(on, type_kind::integer, std::int64_t{1} << 40);
    refused_or_whole(on, type_kind::small_integer, std::int64_t{40'000});
    refused_or_whole(on, type_kind::integer, -(std::int64_t{1} << 31) - 1);
}

void string_too_long(context& on) {
    refused_or_whole(on, string(5), std::string{"abcdefgh"});
    refused_or_whole(on, string(3), std::string{"äöüß"});
}

void expression_overflow(context& on) {
    const table t = numbers(on, type_kind::big_integer);
    const auto n = t.column<std::int64_t>("n");
    connection c = on.connect();
    const auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(c.scalar(select(n - 1 + most)) == most);
    (void)thrown<data_error>([&] { (void)c.scalar(select(n + most)); });
    c.rollback();
    (void)thrown<data_error>([&] { (void)c.scalar(select((n + 1) * most)); });
    c.rollback();
    CHECK(c.scalar(select(n)) == 1);
}

void update_overflow(context& on) {
    const table t = numbers(on, type_kind::big_integer);
    const auto n = t.column<std::int64_t>("n");
    connection c = on.connect();
    const auto most = std::numeric_limits<std::int64_t>::max();
    (void)thrown<data_error>([&] {
        (void)c.execute(update(t).set(n, n + most));
        (void)c.scalar(select(n));  // where the sum was stored as an approximation, it is no integer
    });
    c.rollback();
    CHECK(c.scalar(select(n)) == 1);
}

void null_where_none_may_be(context& on) {
    const table t = on.make_table("gap", {column("n", type_kind::integer)});
    connection c = on.connect();
    (void)c.execute(insert(t).set(t["n"], std::nullopt));
    const auto all = text("SELECT n FROM " + t.name());
    const auto e = thrown<data_error>([&] { (void)c.execute(all).scalar<std::int32_t>(); });
    CHECK(e.code() == errc::null_value);
    CHECK(contains(e.message(), "n"));
    CHECK(c.execute(all).scalar<std::optional<std::int32_t>>() == std::nullopt);
}

}  // namespace

std::vector<test_case> areas::parts::unfitting_values() {
    return {
        {"errors/division-by-zero", "division by zero: data_error, division-by-zero", claims::division_by_zero_fails,
         division_by_zero_fails},
        {"errors/division-by-zero-no-number", "division by zero is an error or NULL, never a number", {}, division_by_zero_is_no_number},
        {"errors/integer-overflow", "an integer too large for its column is refused, or kept whole", {}, integer_column_overflow},
        {"errors/string-too-long", "a string too long for its column is refused, or kept whole", {}, string_too_long},
        {"errors/expression-overflow", "a sum or product beyond 64 bits is an error, never another number", {}, expression_overflow},
        {"errors/update-overflow", "nor does an UPDATE store one", {}, update_overflow},
        {"errors/null-read", "NULL read into what cannot be NULL: data_error, null-value", {}, null_where_none_may_be},
    };
}

}  // namespace azoth::conformance
