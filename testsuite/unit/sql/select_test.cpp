// SELECT in ANSI's words: what is selected, from where, and in which order.
#include "shop.hpp"

using namespace shop;
using azoth::alias;
using azoth::entity;
using azoth::literal;
using azoth::maybe;
using azoth::select;
namespace func = azoth::func;

TEST_CASE("select: columns, and where they come from") {
    CHECK(sql(select(package_name, package_size)) == R"(SELECT "package"."name", "package"."size" FROM "package")");
    CHECK(sql(select<maintainer>()) == R"(SELECT "maintainer"."id", "maintainer"."name", "maintainer"."email" FROM "maintainer")");
    CHECK(sql(select(entity<employee>[&employee::name])) == R"(SELECT "hr"."employee"."name" FROM "hr"."employee")");
    CHECK(sql(select(literal(1))) == "SELECT 1");
    CHECK(sql(select(package_name).distinct()) == R"(SELECT DISTINCT "package"."name" FROM "package")");
    CHECK(sql(select(func::count()).select_from(entity<package>)) == R"(SELECT count(*) FROM "package")");
    CHECK(sql(select(package_name, maintainer_name)) == R"(SELECT "package"."name", "maintainer"."name" FROM "package", "maintainer")");
    CHECK(sql(select(literal(1)).where(package_size > 5)) == R"(SELECT 1 FROM "package" WHERE "package"."size" > ?)");
}

TEST_CASE("select: labels name columns, and are ordered by") {
    const auto twice = (package_size * 2).label("twice");
    CHECK(sql(select(twice)) == R"(SELECT "package"."size" * ? AS "twice" FROM "package")");
    CHECK(sql(select(twice).order_by(twice)) == R"(SELECT "package"."size" * ? AS "twice" FROM "package" ORDER BY "twice")");
    CHECK(sql(select(twice).order_by(twice.desc())) == R"(SELECT "package"."size" * ? AS "twice" FROM "package" ORDER BY "twice" DESC)");
    // Where the query does not return it, and elsewhere, it stands for what it names.
    CHECK(sql(select(package_name).order_by(twice)) == R"(SELECT "package"."name" FROM "package" ORDER BY "package"."size" * ?)");
    CHECK(sql(select(twice).group_by(twice)) == R"(SELECT "package"."size" * ? AS "twice" FROM "package" GROUP BY 1)");
    CHECK(sql(select(twice).where(twice + 1 > 3)) ==
          R"(SELECT "package"."size" * ? AS "twice" FROM "package" WHERE "package"."size" * ? + ? > ?)");
}

TEST_CASE("select: the result plan has a name and a type for each column") {
    const auto c = compiled(select(package_name, package_price, func::count().label("n"), func::max(package_id), package_id + 1));
    REQUIRE(c.columns.size() == 5);
    CHECK(c.kind == azoth::statement_kind::query);
    CHECK(c.returns_rows);
    CHECK_FALSE(c.touches_session);
    CHECK(c.columns[0].name == "name");
    CHECK(c.columns[0].type == azoth::string(80));
    CHECK(c.columns[1].type == azoth::numeric(10, 2));
    CHECK(c.columns[2].name == "n");
    CHECK(c.columns[2].type.kind == azoth::type_kind::big_integer);
    CHECK(c.columns[3].name == "max");
    CHECK(c.columns[4].name.empty());
    // A subquery's columns are not the statement's.
    const auto nested = compiled(select(package_name).where(package_id.in(select(maintainer_id))));
    CHECK(nested.columns.size() == 1);
}

TEST_CASE("select: the type of arithmetic is that of its widest operand") {
    const auto type = [](const auto& e) { return azoth::type_of(*e.node()).kind; };
    using kind = azoth::type_kind;
    CHECK(type(package_id + package_rating) == kind::double_);
    CHECK(type(package_rating + package_id) == kind::double_);
    CHECK(type(package_id * package_price) == kind::numeric);
    CHECK(type(package_price * package_rating) == kind::double_);
    CHECK(type(package_id / package_id) == kind::double_);
    CHECK(type(-package_price) == kind::numeric);
    CHECK(type(package_name + "x") == kind::text);
    CHECK(type(package_id > 1) == kind::boolean);
    CHECK(type(azoth::when(package_essential, package_price).end()) == kind::numeric);
    CHECK(type(select(package_price).scalar()) == kind::numeric);
    CHECK(type(func::sum(package_price)) == kind::numeric);
}

TEST_CASE("select: where, group by, having, order by, limit and offset stand in their places") {
    const auto query = select(package_maintainer, func::count())
                           .where(package_essential == true, package_size.is_not_null())
                           .where(package_rating >= 2.5)
                           .group_by(package_maintainer)
                           .having(func::count() > 3)
                           .having(func::sum(package_size) < 1000)
                           .order_by(func::count().desc(), package_maintainer.asc())
                           .limit(10)
                           .offset(20);
    CHECK(sql(query) ==
          R"(SELECT "package"."maintainer_id", count(*) FROM "package" WHERE "package"."essential" = ? AND "package"."size" IS NOT NULL)"
          R"( AND "package"."rating" >= ? GROUP BY "package"."maintainer_id" HAVING count(*) > ? AND sum("package"."size") < ?)"
          R"( ORDER BY count(*) DESC, "package"."maintainer_id" OFFSET ? ROWS FETCH FIRST ? ROWS ONLY)");
    CHECK(compiled(query).parameters.size() == 6);
    CHECK(sql(select(package_name).limit(5)) == R"(SELECT "package"."name" FROM "package" FETCH FIRST ? ROWS ONLY)");
    CHECK(sql(select(package_name).offset(5)) == R"(SELECT "package"."name" FROM "package" OFFSET ? ROWS)");
    CHECK_ERROR(select(package_name).limit(-1), "invalid-argument", "limit(-1)");
    CHECK_ERROR(select(package_name).offset(-7), "invalid-argument", "offset(-7)");
}

TEST_CASE("select: LIMIT and OFFSET in the words of most databases") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.limit = azoth::write_limit_offset;
    const auto query = select(package_name);
    CHECK(compiled(query.limit(5).offset(6), able(), rules).sql == R"(SELECT "package"."name" FROM "package" LIMIT ? OFFSET ?)");
    CHECK(compiled(query.offset(6), able(), rules).sql == R"(SELECT "package"."name" FROM "package" OFFSET ?)");
    rules.lone_offset_limit = "-1";
    CHECK(compiled(query.offset(6), able(), rules).sql == R"(SELECT "package"."name" FROM "package" LIMIT -1 OFFSET ?)");
}

TEST_CASE("select: a query is a value") {
    const auto base = select(package_name);
    const auto before = sql(base);
    const auto small = base.where(package_size < 5).order_by(package_name).limit(1).distinct();
    const auto large = base.where(package_size > 5).group_by(package_name).having(func::count() > 1).offset(2);
    const auto joined = base.join<maintainer>();
    CHECK(sql(base) == before);
    CHECK(sql(small) != sql(large));
    auto changed = base;
    changed = std::move(changed).where(package_id == 1);
    CHECK(sql(base) == before);
    CHECK(sql(changed) == before + R"( WHERE "package"."id" = ?)");
    // A query that another holds as a part does not change under it.
    auto part = select(maintainer_id);
    const auto whole = select(package_name).where(package_maintainer.in(part));
    const auto text = sql(whole);
    part = std::move(part).where(maintainer_name == "x");
    CHECK(sql(whole) == text);
}

TEST_CASE("select: composed in a loop") {
    auto query = select(package_name);
    std::string expected = R"(SELECT "package"."name" FROM "package" WHERE )";
    for (int i = 0; i < 300; ++i) {
        query = std::move(query).where(package_id != i);
        expected += std::string{i == 0 ? "" : " AND "} + R"("package"."id" <> ?)";
    }
    CHECK(sql(query) == expected);
    CHECK(compiled(query).parameters.size() == 300);
    auto any = azoth::expr<bool>{(package_id == 0).node()};
    for (int i = 1; i < 300; ++i) any = any || package_id == i;
    CHECK(sql(select(package_name).where(any)).find("(") == std::string::npos);  // one flat OR, not 299 nested ones
}

TEST_CASE("select: columns chosen at run time") {
    std::vector<azoth::expr<azoth::value>> columns;
    const auto table = azoth::entity<package>.source();
    for (const char* name : {"id", "price"}) columns.push_back(azoth::detail::dynamic_column(table, name));
    CHECK(sql(azoth::select_columns(columns)) == R"(SELECT "package"."id", "package"."price" FROM "package")");
    columns.clear();
    CHECK_ERROR(compiled(azoth::select_columns(columns)), "statement", "no columns");
    CHECK_ERROR(azoth::detail::dynamic_column(table, "nmae"), "no-such-column", "package has no column \"nmae\"; it has: id, name");
}

TEST_CASE("joins: with a condition, and by the one foreign key between the sides") {
    CHECK(
        sql(select(package_name, maintainer_name).join<maintainer>(package_maintainer == maintainer_id)) ==
        R"(SELECT "package"."name", "maintainer"."name" FROM "package" JOIN "maintainer" ON "package"."maintainer_id" = "maintainer"."id")");
    CHECK(sql(select(package_name).join<maintainer>()) ==
          R"(SELECT "package"."name" FROM "package" JOIN "maintainer" ON "package"."maintainer_id" = "maintainer"."id")");
    CHECK(sql(select(maintainer_name).join<package>()) ==
          R"(SELECT "maintainer"."name" FROM "maintainer" JOIN "package" ON "package"."maintainer_id" = "maintainer"."id")");
    CHECK(sql(select(package_name).outer_join<maintainer>()) ==
          R"(SELECT "package"."name" FROM "package" LEFT JOIN "maintainer" ON "package"."maintainer_id" = "maintainer"."id")");
    CHECK(sql(select(package_name).cross_join(entity<maintainer>)) == R"(SELECT "package"."name" FROM "package" CROSS JOIN "maintainer")");
    const auto from_package = select(maybe(package_name), maybe(maintainer_name)).select_from(entity<package>);
    CHECK(
        sql(from_package.full_join(entity<maintainer>, package_maintainer == maintainer_id)) ==
        R"(SELECT "package"."name", "maintainer"."name" FROM "package" FULL JOIN "maintainer" ON "package"."maintainer_id" = "maintainer"."id")");
    CHECK_ERROR(compiled(select(package_name).join<needs>()), "statement", "several foreign keys join needs");
    CHECK_ERROR(compiled(select(package_name).join(entity<employee>)), "statement", "no foreign keys join hr.employee");
    CHECK_ERROR(compiled(select(package_name).join<package>(package_id == 1)), "statement", "nothing on its left");
    CHECK_ERROR(compiled(select(package_name).join<maintainer>().join<maintainer>()), "statement", "joined twice: make an alias");
}

TEST_CASE("joins: several, in the order in which they were said") {
    const auto m = alias<maintainer>("m");
    const auto query = select(package_name, m[&maintainer::name])
                           .select_from(entity<needs>)
                           .join<package>(col<&needs::package_id> == package_id)
                           .join(m, package_maintainer == m[&maintainer::id]);
    CHECK(sql(query) == R"(SELECT "package"."name", "m"."name" FROM "needs" JOIN "package" ON "needs"."package_id" = "package"."id")"
                        R"( JOIN "maintainer" AS "m" ON "package"."maintainer_id" = "m"."id")");
}

TEST_CASE("aliases: self joins, named and unnamed") {
    const auto boss = alias<employee>("boss");
    const auto& worker = entity<employee>;
    CHECK(sql(select(worker[&employee::name], boss[&employee::name]).join(boss, worker[&employee::boss_id] == boss[&employee::id])) ==
          R"(SELECT "hr"."employee"."name", "boss"."name" FROM "hr"."employee" JOIN "hr"."employee" AS "boss")"
          R"( ON "hr"."employee"."boss_id" = "boss"."id")");
    const auto a = alias<employee>();
    const auto b = alias<employee>();
    CHECK(sql(select(a[&employee::name], b[&employee::name]).join(b, a[&employee::boss_id] == b[&employee::id])) ==
          R"(SELECT "employee_1"."name", "employee_2"."name" FROM "hr"."employee" AS "employee_1" JOIN "hr"."employee" AS "employee_2")"
          R"( ON "employee_1"."boss_id" = "employee_2"."id")");
    // Which of the two is meant, the key cannot tell.
    CHECK_ERROR(compiled(select(worker[&employee::name]).join(boss)), "statement", "several foreign keys");
    // A name made up never is one that the statement has already.
    const auto taken = alias<maintainer>("employee_1");
    CHECK(sql(select(a[&employee::name], taken[&maintainer::name])) ==
          R"(SELECT "employee_2"."name", "employee_1"."name" FROM "hr"."employee" AS "employee_2", "maintainer" AS "employee_1")");
    CHECK(sql(select(alias<maintainer>("m"))) == R"(SELECT "m"."id", "m"."name", "m"."email" FROM "maintainer" AS "m")");
}

TEST_CASE("select: a column of a source that is not there is refused") {
    CHECK_ERROR(compiled(select(package_name).order_by(maintainer_name)), "statement", "\"name\" belongs to maintainer");
    CHECK_ERROR(compiled(select(package_name).join<maintainer>(package_id == col<&needs::needed_id>)), "statement", "belongs to needs");
    CHECK_ERROR(compiled(select(package_name).group_by(maintainer_id)), "statement", "add it with join() or select_from()");
    const auto other = alias<package>("other");
    CHECK_ERROR(compiled(select(package_name).order_by(other[&package::name])), "statement", "belongs to other");
}

TEST_CASE("outer joins: what may be NULL has to be read as such") {
    const auto on = package_maintainer == maintainer_id;
    const auto refused = [&](const auto& e) {
        return azoth::test::error_of([&] { compiled(select(package_name, e).template outer_join<maintainer>(on)); });
    };
    CHECK_THAT(refused(maintainer_name),
               Catch::StartsWith("statement: maintainer.name comes from an outer join") && Catch::Contains("maybe"));
    CHECK_THAT(refused(maintainer_name.label("n")), Catch::Contains("maintainer.name"));
    CHECK_THAT(refused(maintainer_name + "x"), Catch::Contains("maintainer.name"));
    CHECK_THAT(refused("x" + maintainer_name), Catch::Contains("maintainer.name"));
    CHECK_THAT(refused(-maintainer_id), Catch::Contains("maintainer.id"));
    CHECK_THAT(refused(maintainer_id.as<std::string>()), Catch::Contains("maintainer.id"));
    CHECK_THAT(refused(maintainer_id == 5), Catch::Contains("maintainer.id"));
    CHECK_THAT(refused(entity<maintainer>), Catch::Contains("maintainer.id"));
    CHECK(refused(maybe(maintainer_name)) == "nothing");
    CHECK(refused(maybe(maintainer_name).label("n")) == "nothing");
    CHECK(refused(maybe(entity<maintainer>)) == "nothing");
    CHECK(refused(maintainer_email) == "nothing");  // optional as it is
    CHECK(refused(maintainer_id.is_null()) == "nothing");
    CHECK(refused(maintainer_id.is_distinct_from(5)) == "nothing");  // never NULL
    CHECK(refused(func::coalesce(maintainer_name, "")) == "nothing");
    CHECK(refused(func::count(maintainer_id)) == "nothing");
    CHECK(refused(package_id) == "nothing");
    // Of a full join both sides may be missing.
    CHECK_ERROR(compiled(select(package_name).full_join(entity<maintainer>, on)), "statement", "package.name");
    // The source is what counts, not the table.
    const auto m = alias<maintainer>("m");
    CHECK_ERROR(compiled(select(package_name, m[&maintainer::id]).outer_join(m, package_maintainer == m[&maintainer::id])), "statement",
                "m.id");
    // Conditions and orders may use it bare.
    CHECK(azoth::test::error_of([&] {
              compiled(select(package_name).outer_join<maintainer>(on).where(maintainer_name == "x").order_by(maintainer_name));
          }) == "nothing");
}

TEST_CASE("subqueries in FROM: names for all their columns") {
    const auto per =
        select(package_maintainer, func::count(), (package_size * 2).label("twice")).group_by(package_maintainer).subquery("per");
    const auto [who, n, twice] = per.columns();
    CHECK(
        sql(select(maintainer_name, n, twice).join(per, who == maintainer_id)) ==
        R"(SELECT "maintainer"."name", "per"."count", "per"."twice" FROM "maintainer" JOIN (SELECT "package"."maintainer_id", count(*) AS "count",)"
        R"( "package"."size" * ? AS "twice" FROM "package" GROUP BY "package"."maintainer_id") AS "per" ON "per"."maintainer_id" = "maintainer"."id")");
    const auto renamed = select(package_id, package_name).subquery("r", {"key", "name"});
    const auto [key, name] = renamed.columns();
    CHECK(sql(select(key, name)) ==
          R"(SELECT "r"."key", "r"."name" FROM (SELECT "package"."id" AS "key", "package"."name" FROM "package") AS "r")");
    CHECK(sql(select(renamed["key"])) ==
          R"(SELECT "r"."key" FROM (SELECT "package"."id" AS "key", "package"."name" FROM "package") AS "r")");
    CHECK_ERROR(renamed["id"], "no-such-column", "r has no column \"id\"; it has: key, name");
    const auto unnamed = select(package_id).subquery();
    CHECK(sql(select(std::get<0>(unnamed.columns()))) == R"(SELECT "anon_1"."id" FROM (SELECT "package"."id" FROM "package") AS "anon_1")");
    CHECK_ERROR(select(package_id + 1).subquery("s"), "statement", "has no name");
    CHECK_ERROR(select(package_id, maintainer_id).subquery("s"), "statement", "two columns \"id\"");
    CHECK_ERROR(select(package_id).subquery("s", {"a", "b"}), "statement", "2 names for 1 columns");
    // What the outer query selects from is unknown inside.
    CHECK_ERROR(compiled(select(package_name).join(select(maintainer_id).order_by(package_id).subquery("s"), package_id == 1)), "statement",
                "package");
}

TEST_CASE("subqueries: an outer join inside a nested one makes columns NULL too") {
    const std::vector columns{azoth::expr<std::string>{package_name.node()}};
    const auto pairs = azoth::nested(entity<maintainer>).outer_join<package>();
    const auto nested = azoth::select_columns(columns).select_from(pairs).subquery("n");
    CHECK_ERROR(nested.column<std::string>("name"), "mapping", "can be NULL");
    const auto joined = azoth::select_columns(columns).select_from(entity<needs>).join(pairs, package_id == col<&needs::package_id>);
    CHECK_ERROR(joined.subquery("n").column<std::string>("name"), "mapping", "can be NULL");
    const auto inner = azoth::nested(entity<maintainer>).join<package>();
    CHECK_NOTHROW(azoth::select_columns(columns).select_from(inner).subquery("n").column<std::string>("name"));
}

TEST_CASE("subqueries: a name that means another source inside is refused") {
    const auto outer = azoth::alias<package>("p");
    const auto inner = azoth::alias<maintainer>("p");
    const auto one = select(inner[&maintainer::name]).where(inner[&maintainer::id] == outer[&package::maintainer_id]).scalar();
    CHECK_ERROR(compiled(select(outer[&package::name], one)), "statement", "\"p\".\"maintainer_id\" belongs to a query around");
    // Where nothing of the outer one is used, there is nothing to mistake.
    CHECK_NOTHROW(compiled(select(outer[&package::name], select(inner[&maintainer::name]).limit(1).scalar())));
}

TEST_CASE("compounds: UNION of queries of the same types") {
    const auto both = select(package_name).union_(select(maintainer_name));
    CHECK(sql(both) == R"(SELECT "package"."name" FROM "package" UNION SELECT "maintainer"."name" FROM "maintainer")");
    CHECK(compiled(both).columns.size() == 1);
    CHECK(sql(select(package_name).union_all(select(maintainer_name).where(maintainer_id == 1))) ==
          R"(SELECT "package"."name" FROM "package" UNION ALL SELECT "maintainer"."name" FROM "maintainer" WHERE "maintainer"."id" = ?)");
    const auto names = both.subquery("names", {"n"});
    CHECK(
        sql(select(std::get<0>(names.columns()))) ==
        R"(SELECT "names"."n" FROM (SELECT "package"."name" AS "n" FROM "package" UNION SELECT "maintainer"."name" FROM "maintainer") AS "names")");
    // An order or limit of a part would become that of the whole.
    CHECK(sql(select(package_name).union_(select(maintainer_name).limit(1))) ==
          R"(SELECT "package"."name" FROM "package" UNION (SELECT "maintainer"."name" FROM "maintainer" FETCH FIRST ? ROWS ONLY))");
}

TEST_CASE("compounds: the first part names the result, whatever it is") {
    const auto names = [](const auto& q) {
        std::vector<std::string> found;
        for (const auto& c : compiled(q).columns) found.push_back(c.name);
        return found;
    };
    const auto text = azoth::text("SELECT 1 AS one");
    CHECK(names(select(maintainer_id.label("m")).union_(select(package_id))) == std::vector<std::string>{"m"});
    CHECK(names(text.columns<std::int64_t>({"one"}).union_(select(package_id))) == std::vector<std::string>{"one"});
    CHECK(names(text.columns<std::int64_t>().union_(select(package_id))).empty());  // only the database knows
}

TEST_CASE("compounds: a label of the query around is none of theirs") {
    const auto both = select(maintainer_id).union_(select(maintainer_id)).order_by(azoth::label_ref<std::int64_t>("q") + 1).limit(1);
    CHECK_ERROR(compiled(select(package_id.label("q"), both.scalar())), "statement", "ordered by columns and labels of its first part");
}

TEST_CASE("scalar subqueries see the rows around them") {
    const auto count_of = select(func::count()).where(package_maintainer == maintainer_id).scalar();
    CHECK(
        sql(select(maintainer_name, count_of.label("n"))) ==
        R"(SELECT "maintainer"."name", (SELECT count(*) FROM "package" WHERE "package"."maintainer_id" = "maintainer"."id") AS "n" FROM "maintainer")");
    // The same table inside and outside: its own rows, not the row around.
    CHECK(sql(select(package_name).where(package_rating > select(func::avg(package_rating)).scalar())) ==
          R"(SELECT "package"."name" FROM "package" WHERE "package"."rating" > (SELECT avg("package"."rating") FROM "package"))");
    const auto other = alias<package>("other");
    CHECK(
        sql(select(package_name)
                .where(package_rating >
                       select(func::avg(other[&package::rating])).where(other[&package::maintainer_id] == package_maintainer).scalar())) ==
        R"(SELECT "package"."name" FROM "package" WHERE "package"."rating" > (SELECT avg("other"."rating") FROM "package" AS "other")"
        R"( WHERE "other"."maintainer_id" = "package"."maintainer_id"))");
}

TEST_CASE("EXISTS and IN with queries") {
    const auto has_packages = select(literal(1)).where(package_maintainer == maintainer_id).exists();
    CHECK(
        sql(select(maintainer_name).where(has_packages)) ==
        R"(SELECT "maintainer"."name" FROM "maintainer" WHERE EXISTS (SELECT 1 FROM "package" WHERE "package"."maintainer_id" = "maintainer"."id"))");
    CHECK(sql(select(maintainer_name).where(!has_packages && maintainer_id > 1)) ==
          R"(SELECT "maintainer"."name" FROM "maintainer" WHERE NOT EXISTS (SELECT 1 FROM "package" WHERE)"
          R"( "package"."maintainer_id" = "maintainer"."id") AND "maintainer"."id" > ?)");
    CHECK(sql(select(maintainer_name).where(maintainer_id.in(select(package_maintainer)))) ==
          R"(SELECT "maintainer"."name" FROM "maintainer" WHERE "maintainer"."id" IN (SELECT "package"."maintainer_id" FROM "package"))");
    CHECK(sql(select(maintainer_name).where(maintainer_id.not_in(select(package_maintainer).where(package_size > 1)))) ==
          R"(SELECT "maintainer"."name" FROM "maintainer" WHERE "maintainer"."id" NOT IN (SELECT "package"."maintainer_id" FROM "package")"
          R"( WHERE "package"."size" > ?))");
}

TEST_CASE("CTEs: written once, before the statement") {
    const auto large = azoth::cte("large", select(package_id, package_name).where(package_size > 1000));
    const auto [id, name] = large.columns();
    CHECK(sql(select(name).where(id > 5)) ==
          R"(WITH "large" ("id", "name") AS (SELECT "package"."id", "package"."name" FROM "package" WHERE "package"."size" > ?))"
          R"( SELECT "large"."name" FROM "large" WHERE "large"."id" > ?)");
    // Used twice, deep inside, and by another CTE.
    const auto larger = azoth::cte("larger", select(id).where(name.like("z%")));
    const auto [larger_id] = larger.columns();
    const std::string text = sql(select(package_name).where(package_id.in(select(larger_id)) || package_id.in(select(id))));
    CHECK(text == R"(WITH "large" ("id", "name") AS (SELECT "package"."id", "package"."name" FROM "package" WHERE "package"."size" > ?),)"
                  R"( "larger" ("id") AS (SELECT "large"."id" FROM "large" WHERE "large"."name" LIKE ?))"
                  R"( SELECT "package"."name" FROM "package" WHERE "package"."id" IN (SELECT "larger"."id" FROM "larger"))"
                  R"( OR "package"."id" IN (SELECT "large"."id" FROM "large"))");
    CHECK_ERROR(azoth::cte("", select(package_id)), "statement", "needs a name");
    CHECK(sql(select(std::get<0>(azoth::cte("c", select(func::count()).select_from(entity<package>), {"n"}).columns()))) ==
          R"(WITH "c" ("n") AS (SELECT count(*) FROM "package") SELECT "c"."n" FROM "c")");
}

TEST_CASE("CTEs: two of one name are refused") {
    const auto a = azoth::cte("c", select(package_id));
    const auto b = azoth::cte("c", select(maintainer_id));
    CHECK_ERROR(compiled(select(std::get<0>(a.columns()), std::get<0>(b.columns()))), "statement", "two common table expressions \"c\"");
}

TEST_CASE("CTEs: one that hides a table which is used is refused") {
    const auto cheap = azoth::cte("package", select(package_id).where(package_price < azoth::decimal{5}));
    const auto [id] = cheap.columns();
    CHECK_NOTHROW(compiled(select(id)));  // the table is used inside alone
    CHECK_ERROR(compiled(select(id, package_name).where(package_id == id)), "statement", "hides the table \"package\"");
    const auto other = azoth::cte("other", select(package_name).where(package_id.in(select(id))));
    CHECK_ERROR(compiled(select(std::get<0>(other.columns()), id)), "statement", "hides the table \"package\"");
}

TEST_CASE("CTEs: recursive") {
    const auto closure =
        azoth::cte("closure", select(col<&needs::needed_id>).where(col<&needs::package_id> == 7)).union_([](const auto& self) {
            const auto [found] = self.columns();
            return select(col<&needs::needed_id>).join(self, col<&needs::package_id> == found);
        });
    const auto [found] = closure.columns();
    CHECK(sql(select(package_name).join(closure, found == package_id)) ==
          R"(WITH RECURSIVE "closure" ("needed_id") AS (SELECT "needs"."needed_id" FROM "needs" WHERE "needs"."package_id" = ? UNION)"
          R"( SELECT "needs"."needed_id" FROM "needs" JOIN "closure" ON "needs"."package_id" = "closure"."needed_id"))"
          R"( SELECT "package"."name" FROM "package" JOIN "closure" ON "closure"."needed_id" = "package"."id")");
    const auto numbers = azoth::cte("numbers", select(literal(std::int64_t{1}).label("n"))).union_all([](const auto& self) {
        const auto [n] = self.columns();
        return select(n + 1).where(n < 5);
    });
    CHECK(sql(select(std::get<0>(numbers.columns()))) ==
          R"(WITH RECURSIVE "numbers" ("n") AS (SELECT 1 AS "n" UNION ALL SELECT "numbers"."n" + ? FROM "numbers" WHERE "numbers"."n" < ?))"
          R"( SELECT "numbers"."n" FROM "numbers")");
}
