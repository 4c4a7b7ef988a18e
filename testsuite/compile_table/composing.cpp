#include "table.hpp"

namespace compile_table {
namespace {

const auto names = az::select(col<&employee::name>);

/// A fragment of queries, as a program would keep it in a function.
auto of_level(std::int32_t least) { return col<&employee::level> >= least && col<&employee::active> == true; }

template <class T>
auto given(const char* name = "v") {
    return az::param<T>(name);
}

const az::table far_away{"employee", {az::column("id", az::type_kind::big_integer, az::primary_key)}, "tenant"};

void composed(rows_of& to) {
    to.statement("a condition that applies", names.where_if(true, col<&employee::level> > 3),
                 {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                  R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                  R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                 "3");
    to.statement("a condition that does not", names.where_if(false, col<&employee::level> > 3),
                 {R"(SELECT "employee"."name" FROM "employee")", R"(SELECT "employee"."name" FROM "employee")",
                  R"(SELECT `employee`.`name` FROM `employee`)"});
    to.statement("a condition of a value that is there",
                 names.where_if(std::optional{3}, [](int least) { return col<&employee::level> > least; }),
                 {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                  R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                  R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                 "3");
    to.statement("a condition of a value that is not there",
                 names.where_if(std::optional<int>{}, [](int least) { return col<&employee::level> > least; }),
                 {R"(SELECT "employee"."name" FROM "employee")", R"(SELECT "employee"."name" FROM "employee")",
                  R"(SELECT `employee`.`name` FROM `employee`)"});
    to.statement(
        "conditions one by one", names.where(col<&employee::level> > 3).where(col<&employee::active> == true),
        {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ? AND `employee`.`active` = ?)"},
        "3, 1");
    to.statement(
        "a fragment made by a function", names.where(of_level(2)),
        {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
        "2, 1");
    to.statement(
        "a fragment beside an OR", names.where(of_level(2) || col<&employee::name> == "Ann"),
        {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ? OR "employee"."name" = ?)",
         R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN OR "employee"."name" = $3::VARCHAR)",
         R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ? OR `employee`.`name` = ?)"},
        "2, 1, 'Ann'");
    to.statement(
        "more columns", names.where(of_level(2)).add_columns(col<&employee::id>, col<&employee::salary>),
        {R"(SELECT "employee"."name", "employee"."id", "employee"."salary" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."name", "employee"."id", "employee"."salary" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`name`, `employee`.`id`, `employee`.`salary` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
        "2, 1");
    to.statement(
        "an entity's columns added", az::select(col<&employee::name>).join<department>().add_columns(az::entity<department>),
        {R"(SELECT "employee"."name", "department"."id", "department"."name", "department"."budget", "department"."parent_id" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
         R"(SELECT "employee"."name", "department"."id", "department"."name", "department"."budget", "department"."parent_id" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
         R"(SELECT `employee`.`name`, `department`.`id`, `department`.`name`, `department`.`budget`, `department`.`parent_id` FROM `employee` JOIN `department` ON `employee`.`department_id` = `department`.`id`)"});
    to.statement("other columns from the same rows", names.where(of_level(2)).with_only_columns(az::func::count()),
                 {R"(SELECT count(*) FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
                  R"(SELECT count(*) FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
                  R"(SELECT count(*) FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
                 "2, 1");
    to.statement("other columns, without a condition that tells the table", names.with_only_columns(az::func::count()),
                 {R"(SELECT count(*) FROM "employee")", R"(SELECT count(*) FROM "employee")", R"(SELECT count(*) FROM `employee`)"});
    to.statement("other columns behind a join",
                 az::select(col<&employee::name>).join<department>().with_only_columns(col<&department::name>),
                 {R"(SELECT "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
                  R"(SELECT "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
                  R"(SELECT `department`.`name` FROM `employee` JOIN `department` ON `employee`.`department_id` = `department`.`id`)"});
    to.statement("other columns of an alias",
                 [] {
                     const auto boss = az::alias<employee>("boss");
                     return az::select(boss[&employee::name]).with_only_columns(az::func::count());
                 }(),
                 {R"(SELECT count(*) FROM "employee" AS "boss")", R"(SELECT count(*) FROM "employee" AS "boss")",
                  R"(SELECT count(*) FROM `employee` AS `boss`)"});
    to.statement("other columns keep order and limit", names.order_by(col<&employee::id>).limit(5).with_only_columns(col<&employee::id>),
                 {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ?)",
                  R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT)",
                  R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ?)"},
                 "5");
    const std::vector<az::expr<az::value>> chosen{az::expr<az::value>{col<&employee::id>.node()},
                                                  az::expr<az::value>{col<&employee::email>.node()}};
    to.statement(
        "columns chosen at run time", az::select_columns(chosen).where(of_level(1)),
        {R"(SELECT "employee"."id", "employee"."email" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."id", "employee"."email" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`id`, `employee`.`email` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
        "1, 1");
    to.statement("columns chosen at run time, added", names.add_columns(chosen),
                 {R"(SELECT "employee"."name", "employee"."id", "employee"."email" FROM "employee")",
                  R"(SELECT "employee"."name", "employee"."id", "employee"."email" FROM "employee")",
                  R"(SELECT `employee`.`name`, `employee`.`id`, `employee`.`email` FROM `employee`)"});
    to.statement(
        "columns chosen at run time, in place of others", names.where(of_level(1)).with_only_columns(chosen),
        {R"(SELECT "employee"."id", "employee"."email" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."id", "employee"."email" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`id`, `employee`.`email` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
        "1, 1");
    to.statement(
        "a query without its types", names.where(of_level(1)).untyped(),
        {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= ? AND "employee"."active" = ?)",
         R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" >= $1::INTEGER AND "employee"."active" = $2::BOOLEAN)",
         R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` >= ? AND `employee`.`active` = ?)"},
        "1, 1");
    to.statement("any statement: a query", az::any_statement{names},
                 {R"(SELECT "employee"."name" FROM "employee")", R"(SELECT "employee"."name" FROM "employee")",
                  R"(SELECT `employee`.`name` FROM `employee`)"});
    to.statement("any statement: an update",
                 az::any_statement{az::update<employee>().set(col<&employee::level>, 1).where(col<&employee::id> == 7)},
                 {R"(UPDATE "employee" SET "level" = ? WHERE "employee"."id" = ?)",
                  R"(UPDATE "employee" SET "level" = $1::INTEGER WHERE "employee"."id" = $2::BIGINT)",
                  R"(UPDATE `employee` SET `level` = ? WHERE `employee`.`id` = ?)"},
                 "1, 7");
    to.statement("any statement: a union", az::any_statement{names.union_all(az::select(col<&department::name>))},
                 {R"(SELECT "employee"."name" FROM "employee" UNION ALL SELECT "department"."name" FROM "department")",
                  R"(SELECT "employee"."name" FROM "employee" UNION ALL SELECT "department"."name" FROM "department")",
                  R"(SELECT `employee`.`name` FROM `employee` UNION ALL SELECT `department`.`name` FROM `department`)"});
    to.statement(
        "a query of a composed one",
        [] {
            const auto young = names.where_if(true, col<&employee::level> < 2).subquery("young");
            const auto [name] = young.columns();
            return az::select(name);
        }(),
        {R"(SELECT "young"."name" FROM (SELECT "employee"."name" FROM "employee" WHERE "employee"."level" < ?) AS "young")",
         R"(SELECT "young"."name" FROM (SELECT "employee"."name" FROM "employee" WHERE "employee"."level" < $1::INTEGER) AS "young")",
         R"(SELECT `young`.`name` FROM (SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` < ?) AS `young`)"},
        "2");
    to.statement("a statement in a schema", az::select(far_away["id"]).where(far_away["id"] == std::int64_t{1}),
                 {R"(SELECT "tenant"."employee"."id" FROM "tenant"."employee" WHERE "tenant"."employee"."id" = ?)",
                  R"(SELECT "tenant"."employee"."id" FROM "tenant"."employee" WHERE "tenant"."employee"."id" = $1::BIGINT)",
                  R"(SELECT `tenant`.`employee`.`id` FROM `tenant`.`employee` WHERE `tenant`.`employee`.`id` = ?)"},
                 "1", "the schema is made by nobody");
    to.statement(
        "a schema is written once an alias has another name",
        [] {
            const auto sub = az::select(far_away.column<std::int64_t>("id")).subquery("t");
            const auto [id] = sub.columns();
            return az::select(id);
        }(),
        {R"(SELECT "t"."id" FROM (SELECT "tenant"."employee"."id" FROM "tenant"."employee") AS "t")",
         R"(SELECT "t"."id" FROM (SELECT "tenant"."employee"."id" FROM "tenant"."employee") AS "t")",
         R"(SELECT `t`.`id` FROM (SELECT `tenant`.`employee`.`id` FROM `tenant`.`employee`) AS `t`)"},
        "", "the schema is made by nobody");
    to.statement("an update in a schema", az::update(far_away).set(far_away["id"], std::int64_t{2}),
                 {R"(UPDATE "tenant"."employee" SET "id" = ?)", R"(UPDATE "tenant"."employee" SET "id" = $1::BIGINT)",
                  R"(UPDATE `tenant`.`employee` SET `id` = ?)"},
                 "2", "the schema is made by nobody");
    to.statement("a delete in a schema", az::delete_(far_away).where(far_away["id"] == std::int64_t{2}),
                 {R"(DELETE FROM "tenant"."employee" WHERE "tenant"."employee"."id" = ?)",
                  R"(DELETE FROM "tenant"."employee" WHERE "tenant"."employee"."id" = $1::BIGINT)",
                  R"(DELETE FROM `tenant`.`employee` WHERE `tenant`.`employee`.`id` = ?)"},
                 "2", "the schema is made by nobody");
    to.statement("an insert into a schema", az::insert(far_away).set(far_away["id"], std::int64_t{2}),
                 {R"(INSERT INTO "tenant"."employee" ("id") VALUES (?))", R"(INSERT INTO "tenant"."employee" ("id") VALUES ($1::BIGINT))",
                  R"(INSERT INTO `tenant`.`employee` (`id`) VALUES (?))"},
                 "2", "the schema is made by nobody");
}

void parameters(rows_of& to) {
    to.expression("a parameter", col<&employee::id> == given<std::int64_t>(),
                  {R"("employee"."id" = ?)", R"("employee"."id" = $1::BIGINT)", R"(`employee`.`id` = ?)"}, ":v");
    to.expression("... of 32 bits", col<&employee::level> == given<std::int32_t>(),
                  {R"("employee"."level" = ?)", R"("employee"."level" = $1::INTEGER)", R"(`employee`.`level` = ?)"}, ":v");
    to.expression("... unsigned", col<&employee::badge> == given<std::uint32_t>(),
                  {R"("employee"."badge" = ?)", R"("employee"."badge" = $1::BIGINT)", R"(`employee`.`badge` = ?)"}, ":v");
    to.expression("... a text", col<&employee::name> == given<std::string>(),
                  {R"("employee"."name" = ?)", R"("employee"."name" = $1::TEXT)", R"(`employee`.`name` = ?)"}, ":v");
    to.expression("... a decimal", col<&employee::salary> > given<az::decimal>(),
                  {R"(azoth_decimal("employee"."salary") > ? COLLATE azoth_decimal)", R"("employee"."salary" > $1::NUMERIC)",
                   R"(`employee`.`salary` > ?)"},
                  ":v");
    to.expression("... a double", col<&employee::bonus> > given<double>(),
                  {R"("employee"."bonus" > ?)", R"("employee"."bonus" > $1::DOUBLE PRECISION)", R"(`employee`.`bonus` > ?)"}, ":v");
    to.expression("... a boolean", col<&employee::active> == given<bool>(),
                  {R"("employee"."active" = ?)", R"("employee"."active" = $1::BOOLEAN)", R"(`employee`.`active` = ?)"}, ":v");
    to.expression("... a date", col<&employee::hired> >= given<az::date>(),
                  {R"("employee"."hired" >= ?)", R"("employee"."hired" >= $1::DATE)", R"(`employee`.`hired` >= ?)"}, ":v");
    to.expression("... a time of day", col<&employee::starts> < given<az::time_of_day>(),
                  {R"("employee"."starts" < ?)", R"("employee"."starts" < $1::TIME)", R"(`employee`.`starts` < ?)"}, ":v");
    to.expression("... a timestamp", col<&employee::created> < given<az::local_timestamp>(),
                  {R"("employee"."created" < ?)", R"("employee"."created" < $1::TIMESTAMP)", R"(`employee`.`created` < ?)"}, ":v");
    to.expression("... an instant", col<&employee::seen_at> < given<az::timestamp>(),
                  {R"("employee"."seen_at" < ?)", R"("employee"."seen_at" < $1::TIMESTAMP WITH TIME ZONE)", R"(`employee`.`seen_at` < ?)"},
                  ":v");
    to.expression("... an interval", col<&employee::shift> < given<std::chrono::microseconds>(),
                  {R"("employee"."shift" < ?)", R"("employee"."shift" < $1::INTERVAL)", R"(`employee`.`shift` < ?)"}, ":v");
    to.expression("... a uuid", col<&employee::token> == given<az::uuid>(),
                  {R"("employee"."token" = ?)", R"("employee"."token" = $1::UUID)", R"(`employee`.`token` = ?)"}, ":v");
    to.expression(
        "... that can be NULL", col<&employee::boss_id>.is_not_distinct_from(given<std::optional<std::int64_t>>()),
        {R"("employee"."boss_id" IS ?)", R"("employee"."boss_id" IS NOT DISTINCT FROM $1::BIGINT)", R"(`employee`.`boss_id` <=> ?)"}, ":v");
    to.expression(
        "one parameter twice",
        [] {
            const auto v = given<std::int32_t>();
            return col<&employee::level> > v || col<&employee::level> < v - 5;
        }(),
        {R"("employee"."level" > ? OR "employee"."level" < ? - ?)",
         R"("employee"."level" > $1::INTEGER OR "employee"."level" < $2::INTEGER - $3::INTEGER)",
         R"(`employee`.`level` > ? OR `employee`.`level` < ? - ?)"},
        ":v, :v, 5");
    to.expression(
        "two of one name", col<&employee::level> > given<std::int32_t>() || col<&employee::level> < given<std::int32_t>(),
        {R"("employee"."level" > ? OR "employee"."level" < ?)", R"("employee"."level" > $1::INTEGER OR "employee"."level" < $2::INTEGER)",
         R"(`employee`.`level` > ? OR `employee`.`level` < ?)"},
        ":v, :v");
    to.expression("a list", col<&employee::id>.in(az::param_list<std::int64_t>("ids")),
                  {R"(("employee"."id" IN (?)))", R"(("employee"."id" IN ($1)))", R"((`employee`.`id` IN (?)))"}, ":ids");
    to.expression("a list, negated", col<&employee::name>.not_in(az::param_list<std::string>("names")),
                  {R"(("employee"."name" NOT IN (?)))", R"(("employee"."name" NOT IN ($1)))", R"((`employee`.`name` NOT IN (?)))"},
                  ":names");
    to.expression("a list of dates", col<&employee::hired>.in(az::param_list<az::date>("days")),
                  {R"(("employee"."hired" IN (?)))", R"(("employee"."hired" IN ($1)))", R"((`employee`.`hired` IN (?)))"}, ":days");
    to.expression("a list and a parameter",
                  col<&employee::id>.in(az::param_list<std::int64_t>("ids")) && col<&employee::name> == given<std::string>("n"),
                  {R"(("employee"."id" IN (?)) AND "employee"."name" = ?)", R"(("employee"."id" IN ($1)) AND "employee"."name" = $2::TEXT)",
                   R"((`employee`.`id` IN (?)) AND `employee`.`name` = ?)"},
                  ":ids, :n");
    to.statement("a parameter in a limit's place", names.where(col<&employee::level> == given<std::int32_t>("level")).limit(3),
                 {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" = ? LIMIT ?)",
                  R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" = $1::INTEGER LIMIT $2::BIGINT)",
                  R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` = ? LIMIT ?)"},
                 ":level, 3");
    to.statement("an update's parameters",
                 az::update<employee>()
                     .set(col<&employee::level>, given<std::int32_t>("level"))
                     .where(col<&employee::id> == given<std::int64_t>("id")),
                 {R"(UPDATE "employee" SET "level" = ? WHERE "employee"."id" = ?)",
                  R"(UPDATE "employee" SET "level" = $1::INTEGER WHERE "employee"."id" = $2::BIGINT)",
                  R"(UPDATE `employee` SET `level` = ? WHERE `employee`.`id` = ?)"},
                 ":level, :id");
    to.statement(
        "an insert's parameters",
        az::insert<project>()
            .set(col<&project::title>, given<std::string>("title"))
            .set(col<&project::priority>, given<std::int32_t>("p"))
            .set(col<&project::weight>, given<double>("w")),
        {R"(INSERT INTO "project" ("title", "priority", "weight") VALUES (?, ?, ?))",
         R"(INSERT INTO "project" ("title", "priority", "weight") VALUES ($1::TEXT, $2::INTEGER, $3::DOUBLE PRECISION) RETURNING "id")",
         R"(INSERT INTO `project` (`title`, `priority`, `weight`) VALUES (?, ?, ?))"},
        ":title, :p, :w");
    to.statement("a delete by list", az::delete_<assignment>().where(col<&assignment::project_id>.in(az::param_list<std::int64_t>("ids"))),
                 {R"(DELETE FROM "assignment" WHERE ("assignment"."project_id" IN (?)))",
                  R"(DELETE FROM "assignment" WHERE ("assignment"."project_id" IN ($1)))",
                  R"(DELETE FROM `assignment` WHERE (`assignment`.`project_id` IN (?)))"},
                 ":ids");
}

const theme composing{"composing", [](rows_of& to) {
                          composed(to);
                          parameters(to);
                      }};

}  // namespace
}  // namespace compile_table
