#include "claims.hpp"
#include "options_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {

using options_parts::id;
using options_parts::names;

namespace {

std::string name_of_dialect(const context& on) {
    const auto& info = on.engine().dialect().info();
    return info.dialect + "+" + info.driver;
}

auto some() {
    return select(id, col<&item::name>).where(id > std::int64_t{1}, col<&item::name>.like("item%"), id.in({2, 3, 4, 900})).order_by(id);
}

void plans(context& on) {
    connection c = stocked(on, 20);
    CHECK_FALSE(c.explain(some()).empty());
    CHECK_FALSE(c.explain(some().limit(2)).empty());
    CHECK_FALSE(c.explain(update<item>().set(col<&item::name>, "changed").where(id == 3)).empty());
    CHECK_FALSE(c.explain(delete_<item>().where(id == 3)).empty());
    CHECK_FALSE(on.engine().explain(select(func::count()).select_from(entity<item>)).empty());
    CHECK(c.execute(some()).all().size() == 3);
    CHECK(c.scalar(select(col<&item::name>).where(id == 3)) == "item 3");
}

void plans_with_parameters(context& on) {
    connection c = stocked(on, 20);
    const auto query =
        select(col<&item::name>).where(id == param<std::int64_t>("id"), col<&item::size>.in(param_list<std::int64_t>("sizes")));
    CHECK_FALSE(c.explain(query, {{"id", 2}, {"sizes", std::vector<std::int64_t>{10, 20}}}).empty());
    CHECK_THROWS_AS(c.explain(query, {{"id", 2}}), programming_error);
    c.rollback();
    CHECK(c.scalar(query, {{"id", 2}, {"sizes", std::vector<std::int64_t>{10, 20}}}) == "item 2");
}

void analyzed(context& on) {
    connection c = stocked(on, 20);
    CHECK_FALSE(c.explain(some(), {.analyze = true}).empty());
    check_usable(c);
    c.rollback();
    CHECK_FALSE(on.engine().explain(delete_<item>().where(id == 3), {.analyze = true}).empty());
    CHECK(count_of(c, entity<item>) == 20);
    c.set_options({.read_only = true});
    CHECK(thrown<operational_error>([&] { (void)c.explain(delete_<item>(), {.analyze = true}); }).code() == errc::read_only);
    CHECK_FALSE(c.explain(delete_<item>()).empty());
}

void as_json(context& on) {
    connection c = stocked(on, 20);
    const std::string plan = c.explain(some(), {.format = explain_format::json});
    REQUIRE_FALSE(plan.empty());
    CHECK((plan.front() == '{' || plan.front() == '['));
    CHECK(contains(plan, "\""));
}

void literals(context& on) {
    connection c = stocked(on, 20);
    const auto bound_rows = c.execute(some()).all();
    for (const std::string& sql :
         {on.engine().to_sql(some()), to_sql(some(), name_of_dialect(on)), to_sql(some(), name_of_dialect(on), {.pretty = true})}) {
        INFO(sql);
        CHECK(c.execute(text(sql).columns<std::int64_t, std::string>()).all() == bound_rows);
    }
}

void literals_of_text(context& on) {
    connection c = stocked(on, 1);
    for (const char* content :
         {"", "'", "''", "\"", "a\nb", "-- no comment", "/* none */", "%s %", "\xc3\xa4\xf0\x9f\x98\x80", "; DROP TABLE x"}) {
        INFO(content);
        c.execute(update<item>().set(col<&item::name>, content));
        const auto query = select(func::count()).select_from(entity<item>).where(col<&item::name> == content);
        std::string sql = to_sql(query, name_of_dialect(on));
        for (auto at = sql.find(':'); at != std::string::npos; at = sql.find(':', at + 2)) sql.insert(at, "\\");
        CHECK(c.execute(text(sql)).scalar<std::int64_t>() == 1);
    }
}

void compiled(context& on) {
    connection c = stocked(on, 20);
    const compiled_query q = compile(some(), name_of_dialect(on));
    CHECK(q.parameters.size() == 6);
    CHECK(q.columns == std::vector<std::string>{"id", "name"});
    std::vector<cell> cells;
    for (const auto& p : q.parameters) cells.push_back(p.content.view());
    const auto found = c.driver().execute(q.sql, cells, {});
    std::vector<cell> row(2);
    std::size_t rows = 0;
    while (found->fetch(row, 1) != 0) ++rows;
    found->close();
    CHECK(rows == 3);
}

}  // namespace

std::vector<test_case> options_parts::printing() {
    constexpr claim analyze{"explain_analyze", [](const profile& p) { return p.can.explain_analyze; }};
    constexpr claim json{"explain_json", [](const profile& p) { return p.can.explain_json; }};
    return {
        {"options/plans", "a statement's plan is shown, and nothing of it happens", claims::plans, plans},
        {"options/plans-with-parameters", "... with its parameters and lists", claims::plans, plans_with_parameters},
        {"options/plans-analyzed", "a plan shows what really happened; the engine's undoes it", analyze, analyzed},
        {"options/plans-as-json", "a plan comes as JSON", json, as_json},
        {"options/literals", "a query printed with literals finds the same rows as one with bound values", {}, literals},
        {"options/literals-of-text", "a text printed as a literal is the same text", {}, literals_of_text},
        {"options/compiled", "a compiled query and its parameters run as they are", {}, compiled},
    };
}

}  // namespace azoth::conformance::areas
