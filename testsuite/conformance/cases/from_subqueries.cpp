#include "claims.hpp"
#include "company.hpp"
#include "from_parts.hpp"

namespace azoth::conformance::areas {
namespace {

using counts = std::vector<std::tuple<std::string, std::optional<std::int64_t>>>;

auto staff_of_office() { return select(func::count()).where(office_of == office_id); }

void scalar_of_each_row(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(city, staff_of_office().scalar().label("n")).order_by(city)).all() ==
          counts{{"north", 2}, {"south", 1}, {"west", 0}});
}

void scalar_in_where(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(select(city).where(staff_of_office().scalar() > 1)) == texts{"north"});
}

void scalar_in_order(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(select(city).order_by(staff_of_office().scalar())) == texts{"west", "south", "north"});
}

void scalar_without_rows(context& on) {
    connection c = staffed(on);
    const auto nobody = select(level).where(level > 100).scalar();
    CHECK(c.scalar(select(nobody)) == std::nullopt);
    CHECK(c.scalar(select(select(func::max(level)).scalar())) == 5);
}

void of_the_same_table(context& on) {
    connection c = staffed(on);
    const auto average = select(func::avg(level)).correlate().scalar();
    CHECK(c.scalars(select(name).where(level.as<double>() > average)) == texts{"Ann"});
    const auto peer = alias<worker>("peer");
    const auto peers = select(func::count()).where(peer[&worker::level] == level).correlate(entity<worker>).scalar();
    CHECK(c.scalars(select(name).where(peers == 2).order_by(name)) == texts{"Bob", "Cid"});
}

void not_correlated(context& on) {
    connection c = staffed(on);
    // Inside, the office is not the one outside: each worker counts.
    const auto all = select(func::count()).where(office_of == office_id).correlate().scalar();
    CHECK(c.execute(select(city, all).order_by(city)).all() == counts{{"north", 3}, {"south", 3}, {"west", 3}});
}

void exists(context& on) {
    connection c = staffed(on);
    const auto somebody = select(literal(1)).where(office_of == office_id).exists();
    CHECK(c.scalars(select(city).where(somebody).order_by(city)) == texts{"north", "south"});
    CHECK(c.scalars(select(city).where(!somebody)) == texts{"west"});
    CHECK(c.scalar(select(select(level).where(level == 5).exists())) == true);
    CHECK(c.scalar(select(select(level).where(level == 55).exists())) == false);
}

void in_a_query(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(select(city).where(office_id.in(select(office_of).where(office_of.is_not_null()))).order_by(city)) ==
          texts{"north", "south"});
    CHECK(c.scalars(select(city).where(office_id.not_in(select(office_of).where(office_of.is_not_null())))) == texts{"west"});
    CHECK(c.scalars(select(city).where(office_id.not_in(select(office_of)))).empty());  // of which one is NULL
}

void as_source(context& on) {
    connection c = staffed(on);
    const auto sizes = select(office_of.label("office"), func::count().label("n")).group_by(office_of).subquery("sizes");
    const auto [office, n] = sizes.columns();
    CHECK(c.execute(select(city, maybe(n)).outer_join(sizes, office == office_id).order_by(city)).all() ==
          counts{{"north", 2}, {"south", 1}, {"west", std::nullopt}});
}

void renamed(context& on) {
    connection c = staffed(on);
    const auto renamed = select(level + 1, name).subquery("r", {"next level", "who"});
    const auto [next, who] = renamed.columns();
    CHECK(c.scalars(select(who).where(next == 6)) == texts{"Ann"});
    CHECK(c.scalars(select(renamed.column<std::string>("who")).where(renamed["next level"] == 2)) == texts{"Dee"});
}

void twice(context& on) {
    connection c = staffed(on);
    const auto one = select(name, level).where(level > 1).subquery("one");
    const auto two = alias(one, "two");
    const auto [name_1, level_1] = one.columns();
    const auto [name_2, level_2] = two.columns();
    CHECK(c.execute(select(name_1, name_2).join(two, level_1 == level_2, name_1 < name_2)).all() ==
          std::vector<std::tuple<std::string, std::string>>{{"Bob", "Cid"}});
}

void of_structs(context& on) {
    connection c = staffed(on);
    const auto seniors = select<worker>().where(level >= 3).subquery("seniors");
    const auto senior = alias<worker>(seniors);
    CHECK(c.scalars(select(senior).order_by(senior[&worker::id].desc()).limit(1)).front().name == "Cid");
}

void in_subqueries(context& on) {
    connection c = staffed(on);
    const auto inner = select(name, level, office_of).where(level < 5).subquery("inner");
    const auto middle =
        select(std::get<0>(inner.columns()), std::get<1>(inner.columns())).where(std::get<2>(inner.columns()) == 1).subquery("middle");
    CHECK(c.scalars(select(std::get<0>(middle.columns()))) == texts{"Bob"});
}

void exact_numbers(context& on) {
    connection c = staffed(on);
    const auto pays = select(pay.label("pay"), func::sum(pay).label("total")).group_by(pay).subquery("pays");
    const auto [pay, total] = pays.columns();
    CHECK(c.execute(select(pay, total).where(total > decimal(90)).order_by(total.desc())).all() ==
          std::vector<std::tuple<std::optional<decimal>, std::optional<decimal>>>{{decimal(8050, 2), decimal(161)},
                                                                                  {decimal(100), decimal(100)}});
}

}  // namespace

std::vector<test_case> from_parts::subqueries() {
    return {
        {"from/scalar-subquery", "a scalar subquery computes a value for each row around it", {}, scalar_of_each_row},
        {"from/scalar-subquery-in-where", "... and conditions may have one", {}, scalar_in_where},
        {"from/scalar-subquery-in-order", "... and orders", {}, scalar_in_order},
        {"from/scalar-subquery-without-rows", "a scalar subquery that finds nothing is NULL", {}, scalar_without_rows},
        {"from/scalar-subquery-of-same-table", "a scalar subquery may read the table around it anew", {}, of_the_same_table},
        {"from/no-correlation", "a subquery that is told so takes nothing from around it", {}, not_correlated},
        {"from/exists", "EXISTS and NOT EXISTS tell whether a query finds a row", {}, exists},
        {"from/in-query", "IN and NOT IN look among a query's rows; NOT IN finds nothing where one is NULL", {}, in_a_query},
        {"from/subquery", "a subquery is a source", {}, as_source},
        {"from/subquery-renamed", "a subquery gives its columns other names", {}, renamed},
        {"from/subquery-twice", "a subquery is joined with itself by an alias", {}, twice},
        {"from/subquery-of-structs", "a subquery of structs is read as structs", {}, of_structs},
        {"from/subquery-in-subquery", "a subquery selects from another", {}, in_subqueries},
        {"from/subquery-of-exact-numbers", "exact numbers compare and sort through a subquery", {}, exact_numbers},
    };
}

}  // namespace azoth::conformance::areas
