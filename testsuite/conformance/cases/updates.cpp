// The area `update-delete`.
#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"
#include "updates_parts.hpp"
#include "wares.hpp"

namespace azoth::conformance {
namespace {

constexpr auto code = col<&ware::code>;
constexpr auto amount = col<&ware::amount>;
constexpr auto price = col<&ware::price>;
constexpr auto note = col<&ware::note>;

using codes = std::vector<std::string>;
using amounts = std::vector<std::int64_t>;

codes codes_of(connection& c) { return c.scalars(select(code).order_by(code)); }
amounts amounts_of(connection& c) { return c.scalars(select(amount).order_by(code)); }

void simple_update(context& on) {
    connection c = with_wares(on);
    CHECK(c.execute(update<ware>().set(note, "new").set(amount, amount + 1).where(code == "pear")).affected_rows() == 1);
    CHECK(c.scalar(select<ware>().where(code == "pear")) == ware{"pear", 3, decimal::parse("2.25"), "new"});
    CHECK(amounts_of(c) == amounts{5, 3, 3});
}

void simple_delete(context& on) {
    connection c = with_wares(on);
    CHECK(c.execute(delete_<ware>().where(code == "pear")).affected_rows() == 1);
    CHECK(codes_of(c) == codes{"apple", "plum"});
}

void update_returning(context& on) {
    connection c = with_wares(on);
    const auto rows = c.execute(update<ware>().set(amount, amount * 2).where(amount > 2).returning(code, (amount + 1).label("next"))).all();
    REQUIRE(rows.size() == 2);
    for (const auto& [of, n] : rows) CHECK(n == (of == "apple" ? 11 : 7));
    CHECK(c.execute(update<ware>().set(note, "x").where(code == "plum").returning(entity<ware>)).scalar() ==
          ware{"plum", 6, decimal::parse("0.75"), "x"});
    CHECK(c.execute(update<ware>().set(note, "x").where(code == "none").returning(code)).scalars().empty());
}

void delete_returning(context& on) {
    connection c = with_wares(on);
    CHECK(c.execute(delete_<ware>().where(code == "pear").returning(entity<ware>)).scalar() == ware{"pear", 2, decimal::parse("2.25"), {}});
    CHECK(c.execute(delete_<ware>().returning(amount + 1)).scalars().size() == 2);
    CHECK(codes_of(c).empty());
}

void swapped(context& on) {
    const table t = on.make_table("pair", {column("a", type_kind::integer), column("b", type_kind::integer)});
    connection c = on.connect();
    const auto a = t.column<std::optional<int>>("a");
    const auto b = t.column<std::optional<int>>("b");
    c.execute(insert(t).set(a, 1).set(b, 2));
    c.execute(update(t).set(a, b).set(b, a));
    CHECK(c.execute(select(a, b)).one() == std::tuple{std::optional{2}, std::optional{1}});
}

void by_alias(context& on) {
    connection c = with_wares(on);
    const auto w = alias<ware>("w");
    c.execute(update(w).set(w[&ware::amount], w[&ware::amount] + 10).where(w[&ware::code] != "plum"));
    CHECK(amounts_of(c) == amounts{15, 12, 3});
    const auto x = alias<ware>("x");
    c.execute(delete_(x).where(x[&ware::amount] > 12));
    CHECK(codes_of(c) == codes{"pear", "plum"});
}

void correlated(context& on) {
    connection c = with_wares(on);
    const auto other = alias<ware>();
    const auto dearer = select(func::count()).select_from(other).where(other[&ware::price] > price);
    c.execute(update<ware>().set(amount, func::coalesce(dearer.scalar(), std::int64_t{0})));
    CHECK(amounts_of(c) == amounts{1, 0, 2});
    c.execute(delete_<ware>().where(select(other[&ware::code]).where(other[&ware::price] < price).exists()));
    CHECK(codes_of(c) == codes{"plum"});
}

/// The table itself, in a subquery that stands alone.
void of_itself(context& on) {
    connection c = with_wares(on);
    const auto most = select(func::max(amount)).select_from(entity<ware>).scalar();
    c.execute(update<ware>().set(note, "most").where(amount == most));
    CHECK(c.scalars(select(code).where(note == "most")) == codes{"apple"});
    c.execute(delete_<ware>().where(amount == most));
    CHECK(codes_of(c) == codes{"pear", "plum"});
    c.execute(delete_<ware>().where(code.in(select(code).select_from(entity<ware>).where(amount < 3))));
    CHECK(codes_of(c) == codes{"plum"});
}

void decimals(context& on) {
    const table t = on.make_table("ledger", {column("id", type_kind::integer, primary_key, not_generated),
                                             column("sum", numeric(on.can().wide_decimals ? 24 : 18, 2), not_null)});
    connection c = on.connect();
    const auto sum = t.column<decimal>("sum");
    const bool wide = on.can().wide_decimals;
    const decimal large = decimal::parse(wide ? "12345678901234567890.12" : "1234567890.12");
    const decimal larger = decimal::parse(wide ? "18518518351851851835.18" : "1851851835.18");
    c.execute(insert(t).columns(t["id"], sum), {{1, large}, {2, decimal::parse("0.10")}});
    c.execute(update(t).set(sum, sum * decimal::parse("1.5")));
    CHECK(c.scalars(select(sum).order_by(t["id"])) == std::vector{larger, decimal::parse("0.15")});
    c.execute(delete_(t).where(sum > decimal{1}));
    CHECK(c.scalars(select(sum)) == std::vector{decimal::parse("0.15")});
}

void to_default(context& on) {
    const table t =
        on.make_table("defaults", {column("id", type_kind::integer, primary_key, not_generated),
                                   column("word", string(10), not_null, server_default("'none'")), column("n", type_kind::integer)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["word"], "some").set(t["n"], 3));
    c.execute(update(t).set(t["word"], default_value).set(t["n"], default_value));
    CHECK(c.execute(select(t.column<std::string>("word"), t.column<std::optional<int>>("n"))).one() ==
          std::tuple{std::string{"none"}, std::optional<int>{}});
}

void limited(context& on) {
    connection c = with_wares(on);
    CHECK(c.execute(update<ware>().set(note, "cheap").where(amount > 0 || amount < 0).order_by(price).limit(2)).affected_rows() == 2);
    CHECK(c.scalars(select(code).where(note == "cheap").order_by(code)) == codes{"apple", "plum"});
    CHECK(c.execute(delete_<ware>().order_by(price.desc()).limit(1)).affected_rows() == 1);
    CHECK(codes_of(c) == codes{"apple", "plum"});
    CHECK(c.execute(delete_<ware>().where(code == "none").limit(5)).affected_rows() == 0);
    CHECK(c.execute(update<ware>().set(note, "x").limit(0)).affected_rows() == 0);
    CHECK(c.execute(delete_<ware>().limit(9)).affected_rows() == 2);
}

void limited_by_pairs(context& on) {
    const table t = on.make_table("pairs", {column("a", type_kind::integer, primary_key), column("b", type_kind::integer, primary_key)});
    connection c = on.connect();
    c.execute(insert(t).columns(t["a"], t["b"]), {{1, 1}, {1, 2}, {2, 1}, {2, 2}});
    c.execute(delete_(t).order_by(t["b"].desc(), t["a"]).limit(1));
    CHECK(c.execute(select(t.column<int>("a"), t.column<int>("b")).order_by(t["a"], t["b"])).all() ==
          std::vector<std::tuple<int, int>>{{1, 1}, {2, 1}, {2, 2}});
}

/// One after another, so that no row meets the key of one that is still to move.
void ordered(context& on) {
    const table t = on.make_table("places", {column("place", type_kind::integer, primary_key, not_generated)});
    connection c = on.connect();
    const auto place = t.column<int>("place");
    c.execute(insert(t).columns(place), {{1}, {2}, {3}});
    c.execute(update(t).set(place, place + 1).order_by(place.desc()));
    CHECK(c.scalars(select(place).order_by(place)) == std::vector<int>{2, 3, 4});
}

void with_ctes(context& on) {
    connection c = with_wares(on);
    const auto dear = cte("dear", select(code).where(price > decimal{1}));
    const auto [of] = dear.columns();
    c.execute(update<ware>().set(note, "dear").where(code.in(select(of))));
    CHECK(c.scalars(select(code).where(note == "dear").order_by(code)) == codes{"apple", "pear"});
    c.execute(update<ware>().set(amount, 100).join(dear, of == code));
    CHECK(amounts_of(c) == amounts{100, 100, 3});
    c.execute(delete_<ware>().where(code.in(select(of))));
    CHECK(codes_of(c) == codes{"plum"});
}

/// A scalar subquery of a CTE.
void with_scalar_cte(context& on) {
    connection c = with_wares(on);
    const auto all = cte("every", select(amount));
    const auto most = select(func::max(std::get<0>(all.columns()))).scalar();
    c.execute(delete_<ware>().where(amount == most));
    CHECK(codes_of(c) == codes{"pear", "plum"});
}

void in_ctes(context& on) {
    connection c = with_wares(on);
    const auto gone = cte("gone", delete_<ware>().where(amount < 4).returning(code, amount));
    const auto [of, n] = gone.columns();
    CHECK(c.execute(select(of, n).order_by(of)).all() == std::vector<std::tuple<std::string, std::int64_t>>{{"pear", 2}, {"plum", 3}});
    CHECK(codes_of(c) == codes{"apple"});
    const auto moved = cte("moved", update<ware>().set(amount, amount + 1).returning(code, amount, price));
    const auto [was, m, p] = moved.columns();
    c.execute(insert<ware>().columns(code, amount, price).from(select(was + "s", m, p)));
    CHECK(codes_of(c) == codes{"apple", "apples"});
    CHECK(amounts_of(c) == amounts{6, 6});
    const auto made = cte("made", insert<ware>().values({"fig", 1, decimal{1}, {}}).returning(code));
    CHECK(c.scalar(select(func::count()).select_from(made)) == 1);
    CHECK(codes_of(c) == codes{"apple", "apples", "fig"});
}

}  // namespace

std::vector<test_case> areas::updates_cases() {
    std::vector<test_case> all{
        {"update-delete/update", "columns become values and expressions of the row as it was", {}, simple_update},
        {"update-delete/delete", "rows that meet a condition go", {}, simple_delete},
        {"update-delete/update-returning", "RETURNING gives rows as they are then", claims::many_updated_rows, update_returning},
        {"update-delete/delete-returning", "RETURNING gives rows as they were", claims::many_deleted_rows, delete_returning},
        {"update-delete/swapped", "two columns change places", claims::simultaneous_assignments, swapped},
        {"update-delete/by-alias", "a table under another name", {}, by_alias},
        {"update-delete/correlated", "subqueries that look at the row", {}, correlated},
        {"update-delete/of-itself", "subqueries of the table that changes", {}, of_itself},
        {"update-delete/decimals", "exact numbers of many digits", {}, decimals},
        {"update-delete/to-default", "columns go back to their defaults", claims::update_to_default, to_default},
        {"update-delete/limited", "at most so many rows, in an order", {}, limited},
        {"update-delete/limited-by-pairs", "... by a key of two columns", {}, limited_by_pairs},
        {"update-delete/ordered", "row by row in an order", claims::ordered_updates, ordered},
        {"update-delete/with-ctes", "with common table expressions", claims::ctes_in_updates, with_ctes},
        {"update-delete/with-scalar-cte", "with one value of a common table expression", claims::ctes_in_updates, with_scalar_cte},
        {"update-delete/in-ctes", "as a part of another statement", claims::dml_in_ctes, in_ctes},
    };
    const auto joined = updates_parts::joined();
    all.insert(all.end(), joined.begin(), joined.end());
    return all;
}

}  // namespace azoth::conformance
