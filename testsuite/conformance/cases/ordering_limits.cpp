// LIMIT, OFFSET and FETCH FIRST: bound, literal, computed, given later; with ties and percent.
#include "aggregates_parts.hpp"
#include "claims.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

auto by_id() { return select(id).order_by(id); }
/// amounts: 1, 2, 3, 5, 5, 5, 7, 7
auto by_amount() { return select(amount).order_by(amount); }

void simple_limit(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(2)) == "1, 2");
    CHECK(told(c, by_id().limit(0)).empty());
    CHECK(told(c, by_id().limit(1'000'000'000'000)) == "1, 2, 3, 4, 5, 6, 7, 8");
    CHECK(told(c, by_id().limit(2).limit(1)) == "1");
}

void limit_twice(context& on) {
    connection c = stocked(on);
    const auto two = by_id().limit(2);
    for (int i = 0; i < 3; ++i) CHECK(told(c, two) == "1, 2");
    CHECK(told(c, by_id().limit(3)) == "1, 2, 3");
    const auto few = two.subquery("few");
    CHECK(told(c, select(std::get<0>(few.columns())).select_from(few).order_by(std::get<0>(few.columns()).desc()).limit(1)) == "2");
}

void simple_fetch(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().fetch(2)) == "1, 2");
    CHECK(told(c, by_id().fetch(2).offset(2)) == "3, 4");
}

void simple_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().offset(5)) == "6, 7, 8");
    CHECK(told(c, by_id().offset(0)) == "1, 2, 3, 4, 5, 6, 7, 8");
    CHECK(told(c, by_id().offset(100)).empty());
}

void simple_limit_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(2).offset(1)) == "2, 3");
    CHECK(told(c, by_id().offset(7).limit(5)) == "8");
}

void fetch_offset_no_order(context& on) {
    connection c = stocked(on);
    CHECK(c.execute(select(id).fetch(3).offset(2)).all().size() == 3);
    CHECK(c.execute(select(id).offset(6)).all().size() == 2);
}

void literals(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(literal(2)).offset(literal(1))) == "2, 3");
    CHECK(told(c, by_id().fetch(literal(1)).offset(literal(3))) == "4");
    CHECK(told(c, by_id().offset(literal(6))) == "7, 8");
}

void given_later(context& on) {
    connection c = stocked(on);
    const auto first = by_id().limit(param<std::int64_t>("n"));
    CHECK(c.execute(first, {{"n", 2}}).all().size() == 2);
    CHECK(c.execute(first, {{"n", 5}}).all().size() == 5);
    const auto later = by_id().offset(param<std::int32_t>("from"));
    CHECK(c.execute(later, {{"from", 6}}).all().size() == 2);
    const auto page = by_id().limit(param<std::int64_t>("n")).offset(param<std::int64_t>("from"));
    CHECK(std::get<0>(c.execute(page, {{"n", 2}, {"from", 3}}).all().front()) == 4);
    const auto fetched = by_id().fetch(param<std::int64_t>("n")).offset(param<std::int64_t>("from"));
    CHECK(c.execute(fetched, {{"n", 3}, {"from", 6}}).all().size() == 2);
}

/// Some databases would return all rows.
void negative(context& on) {
    connection c = stocked(on);
    CHECK(thrown<interface_error>([] { (void)by_id().limit(-1); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)by_id().offset(-1); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)by_id().limit(literal(-1)); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([] { (void)by_id().fetch(bound(-1)); }).code() == errc::invalid_argument);
    const auto given = by_id().limit(param<std::int64_t>("n"));
    CHECK(thrown<data_error>([&] { (void)c.execute(given, {{"n", -1}}); }).code() == errc::value_range);
    const auto from = by_id().limit(5).offset(param<std::int64_t>("n"));
    CHECK(thrown<data_error>([&] { (void)c.execute(from, {{"n", -1}}); }).code() == errc::value_range);
    CHECK(c.execute(from, {{"n", 6}}).all().size() == 2);
}

void computed_limit(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(literal(1) + literal(2))) == "1, 2, 3");
    CHECK(told(c, by_id().limit(bound(1) + bound(1))) == "1, 2");
    CHECK(told(c, by_id().limit(func::coalesce(select(func::min(amount)).scalar(), 0))) == "1");
}
void computed_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().offset(literal(3) + literal(3))) == "7, 8");
    CHECK(told(c, by_id().offset(bound(5) + bound(2))) == "8");
}
void computed_limit_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(literal(1) + literal(1)).offset(literal(1) + literal(1))) == "3, 4");
    CHECK(told(c, by_id().fetch(literal(1) + literal(1)).offset(bound(1) + bound(1))) == "3, 4");
}
void limit_and_computed_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(2).offset(literal(1) + literal(1))) == "3, 4");
}
void computed_limit_and_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_id().limit(literal(1) + literal(1)).offset(2)) == "3, 4");
}

void fetch_ties(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch(4, true)) == "1, 2, 3, 5, 5, 5");
    CHECK(told(c, by_amount().fetch(3, true)) == "1, 2, 3");
    CHECK(told(c, select(amount).order_by(amount.desc()).fetch(1, true)) == "7, 7");
    CHECK(c.execute(select(amount).order_by(amount).fetch(param<std::int64_t>("n"), true), {{"n", 5}}).all().size() == 6);
}
void fetch_ties_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch(3, true).offset(2)) == "3, 5, 5, 5");
    CHECK(told(c, by_amount().fetch(1, true).offset(4)) == "5, 5");
}
void fetch_ties_exact(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch(6, true).offset(0)) == "1, 2, 3, 5, 5, 5");
    CHECK(told(c, by_amount().fetch(2, true).offset(6)) == "7, 7");
}

void fetch_percent(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch_percent(25)) == "1, 2");
}
void fetch_percent_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch_percent(25).offset(1)) == "2, 3");
}
void fetch_percent_ties(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch_percent(50, true)) == "1, 2, 3, 5, 5, 5");
}
void fetch_percent_ties_offset(context& on) {
    connection c = stocked(on);
    CHECK(told(c, by_amount().fetch_percent(25, true).offset(2)) == "3, 5, 5, 5");
}

void limits_of_parts(context& on) {
    connection c = stocked(on);
    const auto all = by_id().limit(2).union_all(select(id).order_by(id.desc()).limit(2));
    CHECK(told(c, all.order_by(id)) == "1, 2, 7, 8");
    CHECK(told(c, all.order_by(id).limit(2).offset(1)) == "2, 7");
    CHECK(told(c, select(id).where(id < 3).union_(select(id).where(id > 5)).order_by(id.desc()).offset(3)) == "2, 1");
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::limits() {
    return {
        {"ordering/simple-limit", "so many rows, none, all", {}, simple_limit},
        {"ordering/limit-render-multiple-times", "a query with a limit runs again, and inside another", {}, limit_twice},
        {"ordering/simple-fetch", "FETCH FIRST of a number of rows", {}, simple_fetch},
        {"ordering/simple-offset", "an offset without a limit, 0, behind the end", {}, simple_offset},
        {"ordering/simple-limit-offset", "a limit with an offset", {}, simple_limit_offset},
        {"ordering/fetch-offset-no-order", "limits of a query without an order", {}, fetch_offset_no_order},
        {"ordering/limit-offset-nobinds", "limits and offsets that stand in the SQL", {}, literals},
        {"ordering/bound-limit-offset", "limits and offsets that are given when the query runs", {}, given_later},
        {"ordering/negative", "a negative limit is an error, not all rows", {}, negative},
        {"ordering/expr-limit", "limits that are computed", claims::limit_expressions, computed_limit},
        {"ordering/expr-offset", "offsets that are computed", claims::limit_expressions, computed_offset},
        {"ordering/expr-limit-offset", "both", claims::limit_expressions, computed_limit_offset},
        {"ordering/simple-limit-expr-offset", "a number and a computed offset", claims::limit_expressions, limit_and_computed_offset},
        {"ordering/expr-limit-simple-offset", "a computed limit and a number", claims::limit_expressions, computed_limit_and_offset},
        {"ordering/fetch-ties", "FETCH FIRST with the rows at the last one's place", claims::fetch_with_ties, fetch_ties},
        {"ordering/fetch-offset-ties", "... behind an offset", claims::fetch_with_ties, fetch_ties_offset},
        {"ordering/fetch-offset-ties-exact-number", "... where there are no more such rows", claims::fetch_with_ties, fetch_ties_exact},
        {"ordering/fetch-percent", "FETCH FIRST of a part of the rows", claims::fetch_percent, fetch_percent},
        {"ordering/fetch-offset-percent", "... behind an offset", claims::fetch_percent, fetch_percent_offset},
        {"ordering/fetch-percent-ties", "... with ties", claims::fetch_percent, fetch_percent_ties},
        {"ordering/fetch-offset-percent-ties", "... with both", claims::fetch_percent, fetch_percent_ties_offset},
        {"ordering/limits-in-unions", "limits of a union's parts and of the whole", {}, limits_of_parts},
    };
}

}  // namespace azoth::conformance
