#include "claims.hpp"
#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

#include <numeric>
#include <utility>

namespace azoth::conformance::areas {
namespace {

using ids = std::vector<std::int64_t>;
using named_pairs = std::vector<std::pair<std::int64_t, std::string>>;

template <class C>
ids ids_where(connection& c, const C& condition) {
    return c.scalars(select(col<&item::id>).where(condition).order_by(col<&item::id>));
}

const auto& key() { return col<&item::id>; }
const auto& word() { return col<&item::name>; }
const auto& number() { return col<&item::size>; }

void in_lists(context& on) {
    connection c = stocked(on, 5);
    CHECK(ids_where(c, key().in({2, 4, 9})) == ids{2, 4});
    CHECK(ids_where(c, key().not_in({2, 4, 9})) == ids{1, 3, 5});
    CHECK(ids_where(c, word().in({"item 1", "item 3", "it's"})) == ids{1, 3});
    CHECK(ids_where(c, key().in({1}) || key().in(ids{5})) == ids{1, 5});
    CHECK(ids_where(c, key().in({1, 2}) && word().in({"item 2", "x"})) == ids{2});
}

/// One statement, with lists of other lengths each time.
void expanding_lists(context& on) {
    connection c = stocked(on, 5);
    for (const ids& list : {ids{}, ids{3}, ids{1, 2, 3}, ids{}, ids{5, 4}}) {
        ids sorted = list;
        std::sort(sorted.begin(), sorted.end());
        CHECK(ids_where(c, key().in(list)) == sorted);
    }
}

void empty_lists(context& on) {
    connection c = stocked(on, 3);
    CHECK(ids_where(c, key().in(ids{})).empty());
    CHECK(ids_where(c, key().not_in(ids{})) == ids{1, 2, 3});
    CHECK(ids_where(c, word().in(std::vector<std::string>{})).empty());
    CHECK(ids_where(c, word().not_in(std::vector<std::string>{})) == ids{1, 2, 3});
    CHECK(ids_where(c, key().in(ids{1}) && key().not_in(ids{})) == ids{1});
    CHECK(ids_where(c, key().in(ids{}) || key().not_in(ids{1})) == ids{2, 3});
    CHECK(ids_where(c, !key().in(ids{})) == ids{1, 2, 3});
    CHECK(ids_where(c, key().in(ids{}) || word().in(std::vector<std::string>{})).empty());
}

/// Nothing is in an empty list, not even NULL; a NULL in a list makes "not in" unknown.
void nulls_in_lists(context& on) {
    connection c = stocked(on, 3);
    const auto nothing = bound(std::optional<std::int64_t>{});
    CHECK(c.scalar(select(nothing.in(ids{}))) == false);
    CHECK(c.scalar(select(nothing.not_in(ids{}))) == true);
    CHECK(c.scalar(select(nothing.in({1, 2}))) == std::nullopt);
    CHECK(c.scalar(select(bound(std::int64_t{1}).in(std::vector<std::optional<std::int64_t>>{1, std::nullopt}))) == true);
    CHECK(c.scalar(select(bound(std::int64_t{3}).in(std::vector<std::optional<std::int64_t>>{1, std::nullopt}))) == std::nullopt);
    CHECK(c.scalar(select(bound(std::int64_t{3}).not_in(std::vector<std::optional<std::int64_t>>{1, std::nullopt}))) == std::nullopt);
    CHECK(ids_where(c, number().in({10})) == ids{1});
    CHECK(ids_where(c, number().not_in({10})) == ids{2});
}

void long_lists(context& on) {
    connection c = stocked(on, 5);
    ids list(std::min<std::size_t>(10'000, on.can().max_parameters - 1));
    std::iota(list.begin(), list.end(), 4);
    CHECK(ids_where(c, key().in(list)) == ids{4, 5});
    CHECK(ids_where(c, key().not_in(list)) == ids{1, 2, 3});
}

void tuples_compared(context& on) {
    connection c = stocked(on, 4);
    const auto pair = tuple_(key(), word());
    CHECK(ids_where(c, pair == tuple_(2, "item 2")) == ids{2});
    CHECK(ids_where(c, pair != tuple_(2, "item 2")) == ids{1, 3, 4});
    CHECK(ids_where(c, pair < tuple_(2, "item 3")) == ids{1, 2});
    CHECK(ids_where(c, pair <= tuple_(2, "item 1")) == ids{1});
    CHECK(ids_where(c, pair > tuple_(3, "")) == ids{3, 4});
    CHECK(ids_where(c, pair >= tuple_(4, "item 4")) == ids{4});
    CHECK(ids_where(c, tuple_(number(), key()) == tuple_(key() * 10, 1)) == ids{1});
}

void tuples_with_nulls(context& on) {
    connection c = on.connect();
    using n = std::optional<std::int64_t>;
    const auto pair = [](n a, n b) { return tuple_(bound(a), bound(b)); };
    CHECK(c.scalar(select(pair(1, {}) == pair(2, {}))) == false);
    CHECK(c.scalar(select(pair(1, {}) == pair(1, {}))) == std::nullopt);
    CHECK(c.scalar(select(pair(1, {}) != pair(2, {}))) == true);
    CHECK(c.scalar(select(pair(1, {}) < pair(2, {}))) == true);
    CHECK(c.scalar(select(pair(1, 2) < pair(1, {}))) == std::nullopt);
}

void unknown_tuples(context& on) {
    connection c = stocked(on, 3);  // the third has no number
    const auto pair = tuple_(number(), key());
    CHECK(ids_where(c, (pair == tuple_(10, 1)).is_null()).empty());  // its key says false already
    CHECK(ids_where(c, (pair == tuple_(10, 3)).is_null()) == ids{3});
    CHECK(ids_where(c, (pair != tuple_(10, 3)).is_null()) == ids{3});
    CHECK(ids_where(c, (pair < tuple_(10, 3)).is_null()) == ids{3});
    CHECK(ids_where(c, pair.in({{10, 3}}).is_null()) == ids{3});
    CHECK(ids_where(c, pair.in({{10, 3}, {20, 3}}).is_null()) == ids{3});
    CHECK(ids_where(c, pair.not_in({{10, 3}}).is_not_null()) == ids{1, 2});
    CHECK(c.scalars(select(func::coalesce(pair == tuple_(10, 3), true)).order_by(key())) == std::vector<bool>{false, false, true});
}

void tuples_of_exact_numbers(context& on) {
    connection c = on.connect();
    const std::string whole = on.can().wide_decimals ? "12345678901234567890" : "123456789012345";
    const auto wide = bound(decimal::parse(whole + ".50"));
    const decimal same = decimal::parse(whole + ".5");
    CHECK(c.scalar(select(tuple_(wide, bound(1)) == tuple_(same, 1))) == true);
    CHECK(c.scalar(select(tuple_(wide * 2, bound(1)) > tuple_(decimal::parse("9"), 1))) == true);
    CHECK(c.scalar(select(tuple_(wide, bound(1)).in({{same, 1}}))) == true);
    CHECK(c.scalar(select(tuple_(wide, bound(1)).in({{decimal::parse(whole + ".51"), 1}}))) == false);
}

void tuples_in_lists(context& on) {
    connection c = stocked(on, 4);
    const auto pair = tuple_(key(), word());
    CHECK(ids_where(c, pair.in({{1, "item 1"}, {2, "item 1"}, {4, "item 4"}})) == ids{1, 4});
    CHECK(ids_where(c, pair.not_in({{1, "item 1"}, {2, "item 1"}})) == ids{2, 3, 4});
    CHECK(ids_where(c, tuple_(key(), number(), word()).in({{2, 20, "item 2"}})) == ids{2});
    for (const named_pairs& list : {named_pairs{}, named_pairs{{3, "item 3"}}, named_pairs{{1, "item 1"}, {2, "item 2"}}}) {
        CHECK(ids_where(c, pair.in(list)).size() == list.size());
        CHECK(ids_where(c, pair.not_in(list)).size() == 4 - list.size());
    }
}

void tuples_in_empty_lists(context& on) {
    connection c = stocked(on, 3);
    const auto pair = tuple_(key(), word());
    CHECK(ids_where(c, pair.in(named_pairs{})).empty());
    CHECK(ids_where(c, pair.not_in(named_pairs{})) == ids{1, 2, 3});
    CHECK(ids_where(c, tuple_(number(), key()).in(std::vector<std::tuple<std::int64_t, std::int64_t>>{})).empty());
    CHECK(ids_where(c, pair.in(named_pairs{}) || key() == 2) == ids{2});
    CHECK(ids_where(c, tuple_(number(), key()).not_in({{10, 1}})) == ids{2, 3});
}

void tuples_in_long_lists(context& on) {
    connection c = stocked(on, 5);
    named_pairs list;
    for (std::int64_t i = 3; i < 10'003; ++i) list.emplace_back(i, "item " + std::to_string(i));
    CHECK(ids_where(c, tuple_(key(), word()).in(list)) == ids{3, 4, 5});
    CHECK(ids_where(c, tuple_(key(), word()).not_in(list)) == ids{1, 2});
}

void tuples_in_queries(context& on) {
    connection c = stocked(on, 4);
    const auto other = alias<item>("other");
    const auto query = select(other[&item::id], other[&item::name]).where(other[&item::id] > 2);
    CHECK(ids_where(c, tuple_(key(), word()).in(query)) == ids{3, 4});
    CHECK(ids_where(c, tuple_(key(), word()).not_in(query)) == ids{1, 2});
    const auto more = query.union_all(select(other[&item::id], other[&item::name]).where(other[&item::id] == 1));
    CHECK(ids_where(c, tuple_(key(), word()).in(more)) == ids{1, 3, 4});
}

void quantified_comparisons(context& on) {
    connection c = stocked(on, 5);
    const auto other = alias<item>("other");
    const auto middle = select(other[&item::id]).where(other[&item::id].in({2, 3}));
    CHECK(ids_where(c, key() > any_(middle)) == ids{3, 4, 5});
    CHECK(ids_where(c, key() > all_(middle)) == ids{4, 5});
    CHECK(ids_where(c, key() == any_(middle)) == ids{2, 3});
    CHECK(ids_where(c, key() != all_(middle)) == ids{1, 4, 5});
    CHECK(ids_where(c, key() <= all_(middle)) == ids{1, 2});
    CHECK(ids_where(c, key() != any_(middle)) == ids{1, 2, 3, 4, 5});
    CHECK(ids_where(c, key() == all_(middle)).empty());
    const auto both = middle.union_(select(bound(std::int64_t{4})));
    CHECK(ids_where(c, key() > any_(both)) == ids{3, 4, 5});
    CHECK(ids_where(c, key() > all_(both)) == ids{5});
    CHECK(ids_where(c, key() == any_(both)) == ids{2, 3, 4});
    CHECK(ids_where(c, key() != all_(middle.union_all(middle))) == ids{1, 4, 5});
    CHECK(ids_where(c, key() >= all_(text("SELECT 4" + std::string{on.engine().dialect().rules().lone_select}).columns<std::int64_t>())) ==
          ids{4, 5});
    CHECK(ids_where(c, key() == all_(middle.where(other[&item::id] == key()))) == ids{1, 2, 3, 4, 5});
}

/// Of no values ANY is false and ALL is true; NULLs make unknown what nothing decides.
void quantified_nulls(context& on) {
    connection c = stocked(on, 3);
    const auto sizes = select(number());
    const auto none = sizes.where(key() > 99);
    const auto of = [&](const auto& condition) { return c.scalar(select(condition)); };
    const auto n = [](std::int64_t v) { return bound(v); };
    CHECK(of(n(1) > any_(none)) == false);
    CHECK(of(n(1) > all_(none)) == true);
    CHECK(of(bound(std::optional<std::int64_t>{}) == any_(none)) == false);
    CHECK(of(n(15) > any_(sizes)) == true);
    CHECK(of(n(5) > any_(sizes)) == std::nullopt);
    CHECK(of(n(99) > all_(sizes)) == std::nullopt);
    CHECK(of(n(15) > all_(sizes)) == false);
    CHECK(of(n(99) != all_(sizes)) == std::nullopt);
}

void existence(context& on) {
    connection c = stocked(on, 3);
    const auto other = alias<item>("other");
    CHECK(c.scalar(select(select(key()).where(key() == 2).exists())) == true);
    CHECK(c.scalar(select(select(key()).where(key() == 9).exists())) == false);
    CHECK(ids_where(c, !select(other[&item::id]).where(other[&item::id] == key() + 1).exists()) == ids{3});
}

/// Values written into the SQL mean what bound ones mean.
void inlined_lists(context& on) {
    connection c = stocked(on, 4);
    const auto query =
        select(key()).where(tuple_(key(), word()).in({{1, "item 1"}, {3, "item 3"}}), key().in({1, 2, 3}), key().not_in(ids{}));
    CHECK(ids_where(c, tuple_(key(), word()).in({{1, "item 1"}, {3, "item 3"}})) == ids{1, 3});
    CHECK(c.execute(text(on.engine().to_sql(query.order_by(key()))).columns<std::int64_t>()).scalars() == ids{1, 3});
    const auto none = select(key()).where(tuple_(key(), word()).in(named_pairs{}));
    CHECK(c.execute(text(on.engine().to_sql(none)).columns<std::int64_t>()).scalars().empty());
}

}  // namespace

std::vector<test_case> expressions_parts::lists() {
    return {
        {"expressions/in-list", "IN over lists of numbers and texts", {}, in_lists},
        {"expressions/in-list-expanding", "one statement takes lists of any length", {}, expanding_lists},
        {"expressions/in-empty-list", "nothing is in an empty list", {}, empty_lists},
        {"expressions/in-list-nulls", "IN and NULL", {}, nulls_in_lists},
        {"expressions/in-long-list", "a list of 10,000 elements", {}, long_lists},
        {"expressions/tuple-comparison", "tuples are compared as words are", claims::row_values, tuples_compared},
        {"expressions/tuple-nulls", "tuples with NULLs in them", claims::row_values, tuples_with_nulls},
        {"expressions/unknown-tuples", "a comparison of tuples that is not known is NULL", claims::row_values, unknown_tuples},
        {"expressions/tuple-exact-numbers", "tuples of decimals", claims::row_values, tuples_of_exact_numbers},
        {"expressions/tuple-in-list", "tuples in lists", claims::row_values, tuples_in_lists},
        {"expressions/tuple-in-empty-list", "no tuple is in an empty list", claims::row_values, tuples_in_empty_lists},
        {"expressions/tuple-in-long-list", "10,000 tuples", claims::row_values, tuples_in_long_lists},
        {"expressions/tuple-in-query", "tuples in a query", claims::row_values, tuples_in_queries},
        {"expressions/any-all", "comparisons with ANY and ALL of a query", {}, quantified_comparisons},
        {"expressions/any-all-nulls", "ANY and ALL of nothing, and of NULLs", claims::quantified_nulls, quantified_nulls},
        {"expressions/exists", "EXISTS and NOT EXISTS", {}, existence},
        {"expressions/lists-inlined", "lists written as literals", claims::row_values, inlined_lists},
    };
}

}  // namespace azoth::conformance::areas
