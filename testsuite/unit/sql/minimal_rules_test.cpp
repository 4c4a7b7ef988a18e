// What dialects of databases that type their parameters, and of those with less than others, tell the ANSI rules.
#include "shop.hpp"

#include <azoth/sql/call_rules.hpp>

using namespace shop;
using azoth::select;
namespace func = azoth::func;

namespace {

using capability = bool azoth::capabilities::*;

template <class S>
void check_refused(const S& statement, capability claim, const std::string& construct) {
    INFO(construct);
    azoth::profile server = able();
    CHECK_NOTHROW(compiled(statement, server));
    server.can.*claim = false;
    CHECK_ERROR(compiled(statement, server), "not-supported", construct);
    CHECK_NOTHROW(compiled(statement, server, azoth::ansi_rules(), {.unchecked = true}));
}

azoth::rule_table typed() {
    azoth::rule_table r = azoth::ansi_rules();
    r.parameter_type = [](azoth::compiler& out, const azoth::type& of) { out.type_name(of); };
    r.typed_literal = [](azoth::compiler& out, const azoth::cell& value, const azoth::type& of) {
        out << "TYPED(";
        out.literal(value, of);
        out << ")";
    };
    return r;
}

template <class S>
std::string typed_sql(const S& statement, azoth::compile_options options = {}) {
    static const azoth::rule_table rules = typed();
    return compiled(statement, able(), rules, options).sql;
}

}  // namespace

TEST_CASE("minimal rules: what nearly all databases do is refused where one does not") {
    using c = azoth::capabilities;
    const auto first = azoth::window{}.order_by(package_id);
    check_refused(select(func::percent_rank().over(first)), &c::distribution_functions, "percent_rank()");
    check_refused(select(func::ntile(3).over(first)), &c::distribution_functions, "ntile()");
    check_refused(select(func::bit_or(package_id)), &c::bit_aggregates, "bit_or()");
    check_refused(select(func::array_agg(package_id)), &c::collecting_aggregates, "array_agg()");
    check_refused(select(func::string_agg(package_name, ",").order_by(package_id)), &c::ordered_aggregates, "string_agg() in an order");
    const auto pair = azoth::tuple_(package_id, package_name);
    check_refused(select(package_id).where(pair < azoth::tuple_(1, "a")), &c::row_values, "a tuple");
    check_refused(select(package_id).where(pair.in({{1, "a"}})), &c::row_values, "a tuple");
    check_refused(select(func::trim(package_name, "xy")), &c::trim_sets, "to trim any of several characters");
    const auto recursive = azoth::cte("r", select(package_id)).union_([](const auto& self) { return select(std::get<0>(self.columns())); });
    check_refused(select(std::get<0>(recursive.columns())), &c::recursive_unions, "a recursive common table expression by UNION");
    const auto plain = azoth::cte("c", select(package_id));
    check_refused(azoth::delete_<package>().where(package_id.in(select(std::get<0>(plain.columns())))), &c::ctes_in_updates,
                  "an UPDATE or DELETE with common table expressions");
}

TEST_CASE("minimal rules: equal tuples are those whose values are equal") {
    azoth::profile server = able();
    server.can.row_values = false;
    const auto pair = azoth::tuple_(package_id, package_maintainer);
    CHECK(compiled(select(package_id).where(pair == azoth::tuple_(1, 2)), server).sql ==
          R"(SELECT "package"."id" FROM "package" WHERE ("package"."id" = ? AND "package"."maintainer_id" = ?))");
    CHECK(compiled(select(package_id).where(pair != azoth::tuple_(1, 2)), server).sql ==
          R"(SELECT "package"."id" FROM "package" WHERE ("package"."id" <> ? OR "package"."maintainer_id" <> ?))");
    CHECK_NOTHROW(compiled(select(func::trim(package_name)), server));
}

TEST_CASE("minimal rules: parameters get types, but where the database knows them") {
    CHECK(typed_sql(select(package_id).where(package_id == 1).limit(2)) ==
          R"(SELECT "package"."id" FROM "package" WHERE "package"."id" = CAST(? AS BIGINT) FETCH FIRST ? ROWS ONLY)");
    CHECK(typed_sql(azoth::insert<maintainer>().set(maintainer_name, "x")) == R"(INSERT INTO "maintainer" ("name") VALUES (?))");
    CHECK(typed_sql(azoth::update<maintainer>().set(maintainer_name, "x")) == R"(UPDATE "maintainer" SET "name" = ?)");
    CHECK(typed_sql(select(package_id).where(package_id == 1), {.inline_values = true}) ==
          R"(SELECT "package"."id" FROM "package" WHERE "package"."id" = TYPED(1))");
}

TEST_CASE("minimal rules: a literal in an expression can have a type") {
    CHECK(typed_sql(select(azoth::literal("x"))) == "SELECT TYPED('x')");
}

TEST_CASE("minimal rules: ORDER BY of a UNION by places, and the limit of an UPDATE in the dialect's word") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.orders_unions_by_place = true;
    rules.changed_rows_limit = " ROWS ";
    const auto both = select(package_name, package_id).union_all(select(maintainer_name, maintainer_id)).order_by(package_id.desc());
    CHECK(compiled(both, able(), rules).sql.ends_with(" ORDER BY 2 DESC"));
    azoth::profile server = able();
    server.can.ordered_updates = true;
    CHECK(compiled(azoth::update<package>().set(package_size, 1).order_by(package_id).limit(2), server, rules).sql.ends_with(" ROWS ?"));
}

TEST_CASE("minimal rules: operations by a pattern") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set(azoth::operation::repeat, "REPLACE(LPAD('', {1}, '#'), '#', {0})");
    rules.set(azoth::operation::round, "ROUND({0}, {n})");
    rules.set(azoth::operation::random, "RAND()");
    CHECK(compiled(select(func::repeat(package_name, 2)), able(), rules).sql ==
          R"(SELECT REPLACE(LPAD('', ?, '#'), '#', "package"."name") FROM "package")");
    CHECK(compiled(select(func::round(package_rating, 2)), able(), rules).sql == R"(SELECT ROUND("package"."rating", 2) FROM "package")");
    CHECK(compiled(select(func::random()), able(), rules).sql == "SELECT RAND()");
    rules.set(azoth::operation::floor_divide, "FLOOR({0} / {1})");
    CHECK(compiled(select(azoth::floor_div(package_id + 1, package_id - 2)), able(), rules).sql ==
          R"(SELECT FLOOR(("package"."id" + ?) / ("package"."id" - ?)) FROM "package")");
}

TEST_CASE("minimal rules: operations that a database takes back are refused, whatever its rules say") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set(azoth::operation::code_point, "ASCII");
    azoth::profile server = able();
    CHECK(compiled(select(func::code_point(package_name)), server, rules).sql == R"(SELECT ASCII("package"."name") FROM "package")");
    server.can.code_points = false;
    CHECK_ERROR(compiled(select(func::code_point(package_name)), server, rules), "not-supported", "code_point()");
}
