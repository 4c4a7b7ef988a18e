#include "table.hpp"

namespace compile_table {
namespace {

const theme
    joins{"joins", [](rows_of& to) {
              const auto boss = az::alias<employee>("boss");
              const auto e = az::select(col<&employee::name>);
              to.statement(
                  "JOIN by the foreign key", az::select(col<&employee::name>, col<&department::name>).join<department>(),
                  {R"(SELECT "employee"."name", "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT "employee"."name", "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT `employee`.`name`, `department`.`name` FROM `employee` JOIN `department` ON `employee`.`department_id` = `department`.`id`)"});
              to.statement(
                  "JOIN by a condition",
                  az::select(col<&employee::name>, boss[&employee::name]).join(boss, col<&employee::boss_id> == boss[&employee::id]),
                  {R"(SELECT "employee"."name", "boss"."name" FROM "employee" JOIN "employee" AS "boss" ON "employee"."boss_id" = "boss"."id")",
                   R"(SELECT "employee"."name", "boss"."name" FROM "employee" JOIN "employee" AS "boss" ON "employee"."boss_id" = "boss"."id")",
                   R"(SELECT `employee`.`name`, `boss`.`name` FROM `employee` JOIN `employee` AS `boss` ON `employee`.`boss_id` = `boss`.`id`)"});
              to.statement(
                  "JOIN by two conditions", e.join(boss, col<&employee::boss_id> == boss[&employee::id], boss[&employee::active] == true),
                  {R"(SELECT "employee"."name" FROM "employee" JOIN "employee" AS "boss" ON "employee"."boss_id" = "boss"."id" AND "boss"."active" = ?)",
                   R"(SELECT "employee"."name" FROM "employee" JOIN "employee" AS "boss" ON "employee"."boss_id" = "boss"."id" AND "boss"."active" = $1::BOOLEAN)",
                   R"(SELECT `employee`.`name` FROM `employee` JOIN `employee` AS `boss` ON `employee`.`boss_id` = `boss`.`id` AND `boss`.`active` = ?)"},
                  "1");
              to.statement(
                  "LEFT JOIN", az::select(col<&employee::name>, az::maybe(col<&department::name>)).outer_join<department>(),
                  {R"(SELECT "employee"."name", "department"."name" FROM "employee" LEFT JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT "employee"."name", "department"."name" FROM "employee" LEFT JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT `employee`.`name`, `department`.`name` FROM `employee` LEFT JOIN `department` ON `employee`.`department_id` = `department`.`id`)"});
              to.statement(
                  "RIGHT JOIN",
                  az::select(az::maybe(col<&employee::name>), col<&department::name>)
                      .select_from(az::entity<employee>)
                      .right_join<department>(),
                  {R"(SELECT "employee"."name", "department"."name" FROM "employee" RIGHT JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT "employee"."name", "department"."name" FROM "employee" RIGHT JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT `employee`.`name`, `department`.`name` FROM `employee` RIGHT JOIN `department` ON `employee`.`department_id` = `department`.`id`)"});
              to.statement(
                  "FULL JOIN",
                  az::select(az::maybe(col<&employee::name>), az::maybe(col<&department::name>))
                      .select_from(az::entity<employee>)
                      .full_join<department>(),
                  {R"(SELECT "employee"."name", "department"."name" FROM "employee" FULL JOIN "department" ON "employee"."department_id" = "department"."id")",
                   R"(SELECT "employee"."name", "department"."name" FROM "employee" FULL JOIN "department" ON "employee"."department_id" = "department"."id")",
                   refused(R"(cannot do a FULL join)")});
              to.statement("CROSS JOIN", az::select(col<&employee::name>, col<&project::title>).cross_join<project>(),
                           {R"(SELECT "employee"."name", "project"."title" FROM "employee" CROSS JOIN "project")",
                            R"(SELECT "employee"."name", "project"."title" FROM "employee" CROSS JOIN "project")",
                            R"(SELECT `employee`.`name`, `project`.`title` FROM `employee` CROSS JOIN `project`)"});
              to.statement(
                  "a bare column of a RIGHT JOIN",
                  az::select(col<&employee::name>, col<&department::name>).select_from(az::entity<employee>).right_join<department>(),
                  {refused(R"(employee.name comes from an outer join, so it can be NULL, but is read into a type that cannot)"),
                   refused(R"(employee.name comes from an outer join, so it can be NULL, but is read into a type that cannot)"),
                   refused(R"(employee.name comes from an outer join, so it can be NULL, but is read into a type that cannot)")});
              to.statement(
                  "two sources and a join",
                  az::select(col<&employee::name>, col<&project::title>)
                      .join<department>(col<&department::id> == col<&project::department_id>),
                  {R"(SELECT "employee"."name", "project"."title" FROM "employee" CROSS JOIN "project" JOIN "department" ON "department"."id" = "project"."department_id")",
                   R"(SELECT "employee"."name", "project"."title" FROM "employee" CROSS JOIN "project" JOIN "department" ON "department"."id" = "project"."department_id")",
                   R"(SELECT `employee`.`name`, `project`.`title` FROM `employee` CROSS JOIN `project` JOIN `department` ON `department`.`id` = `project`.`department_id`)"});
              to.statement(
                  "a nested join",
                  az::select(col<&department::name>, az::maybe(col<&employee::name>))
                      .outer_join(az::nested(az::entity<employee>).join<assignment>(),
                                  col<&employee::department_id> == col<&department::id>),
                  {R"(SELECT "department"."name", "employee"."name" FROM "department" LEFT JOIN ("employee" JOIN "assignment" ON "assignment"."employee_id" = "employee"."id") ON "employee"."department_id" = "department"."id")",
                   R"(SELECT "department"."name", "employee"."name" FROM "department" LEFT JOIN ("employee" JOIN "assignment" ON "assignment"."employee_id" = "employee"."id") ON "employee"."department_id" = "department"."id")",
                   R"(SELECT `department`.`name`, `employee`.`name` FROM `department` LEFT JOIN (`employee` JOIN `assignment` ON `assignment`.`employee_id` = `employee`.`id`) ON `employee`.`department_id` = `department`.`id`)"});
              const auto paid = az::select(col<&employee::department_id>.label("d"), func::sum(col<&employee::salary>).label("total"))
                                    .group_by(col<&employee::department_id>)
                                    .subquery("paid");
              const auto [d, total] = paid.columns();
              to.statement(
                  "JOIN of a subquery", az::select(col<&department::name>, total).join(paid, d == col<&department::id>),
                  {R"(SELECT "department"."name", "paid"."total" FROM "department" JOIN (SELECT "employee"."department_id" AS "d", azoth_sum("employee"."salary") COLLATE azoth_decimal AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "paid" ON "paid"."d" = "department"."id")",
                   R"(SELECT "department"."name", "paid"."total" FROM "department" JOIN (SELECT "employee"."department_id" AS "d", sum("employee"."salary") AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "paid" ON "paid"."d" = "department"."id")",
                   R"(SELECT `department`.`name`, `paid`.`total` FROM `department` JOIN (SELECT `employee`.`department_id` AS `d`, sum(`employee`.`salary`) AS `total` FROM `employee` GROUP BY `employee`.`department_id`) AS `paid` ON `paid`.`d` = `department`.`id`)"});
              const auto again = az::alias(paid, "again");
              to.statement(
                  "a subquery twice", az::select(total, std::get<1>(again.columns())).join(again, std::get<0>(again.columns()) == d),
                  {R"(SELECT "paid"."total", "again"."total" FROM (SELECT "employee"."department_id" AS "d", azoth_sum("employee"."salary") COLLATE azoth_decimal AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "paid" JOIN (SELECT "employee"."department_id" AS "d", azoth_sum("employee"."salary") COLLATE azoth_decimal AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "again" ON "again"."d" = "paid"."d")",
                   R"(SELECT "paid"."total", "again"."total" FROM (SELECT "employee"."department_id" AS "d", sum("employee"."salary") AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "paid" JOIN (SELECT "employee"."department_id" AS "d", sum("employee"."salary") AS "total" FROM "employee" GROUP BY "employee"."department_id") AS "again" ON "again"."d" = "paid"."d")",
                   R"(SELECT `paid`.`total`, `again`.`total` FROM (SELECT `employee`.`department_id` AS `d`, sum(`employee`.`salary`) AS `total` FROM `employee` GROUP BY `employee`.`department_id`) AS `paid` JOIN (SELECT `employee`.`department_id` AS `d`, sum(`employee`.`salary`) AS `total` FROM `employee` GROUP BY `employee`.`department_id`) AS `again` ON `again`.`d` = `paid`.`d`)"});
              const auto staff = az::select<employee>().where(col<&employee::active> == true).subquery("staff");
              const auto worker = az::alias<employee>(staff);
              to.statement(
                  "a subquery of structs", az::select(worker[&employee::name]).where(worker[&employee::level] > 3),
                  {R"(SELECT "staff"."name" FROM (SELECT "employee"."id", "employee"."name", "employee"."email", "employee"."department_id", "employee"."boss_id", "employee"."salary", "employee"."bonus", "employee"."active", "employee"."level", "employee"."badge", "employee"."flags", "employee"."hired", "employee"."left_on", "employee"."starts", "employee"."created", "employee"."seen_at", "employee"."shift", "employee"."token" FROM "employee" WHERE "employee"."active" = ?) AS "staff" WHERE "staff"."level" > ?)",
                   R"(SELECT "staff"."name" FROM (SELECT "employee"."id", "employee"."name", "employee"."email", "employee"."department_id", "employee"."boss_id", "employee"."salary", "employee"."bonus", "employee"."active", "employee"."level", "employee"."badge", "employee"."flags", "employee"."hired", "employee"."left_on", "employee"."starts", "employee"."created", "employee"."seen_at", "employee"."shift", "employee"."token" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) AS "staff" WHERE "staff"."level" > $2::INTEGER)",
                   R"(SELECT `staff`.`name` FROM (SELECT `employee`.`id`, `employee`.`name`, `employee`.`email`, `employee`.`department_id`, `employee`.`boss_id`, `employee`.`salary`, `employee`.`bonus`, `employee`.`active`, `employee`.`level`, `employee`.`badge`, `employee`.`flags`, `employee`.`hired`, `employee`.`left_on`, `employee`.`starts`, `employee`.`created`, `employee`.`seen_at`, `employee`.`shift`, `employee`.`token` FROM `employee` WHERE `employee`.`active` = ?) AS `staff` WHERE `staff`.`level` > ?)"},
                  "1, 3");
              const auto doc = az::alias(document(), "doc");
              to.statement(
                  "an alias of a table made at run time",
                  az::select(doc.column<std::int64_t>("id"), document()["id"]).join(doc, doc["id"] > document()["id"]),
                  {R"(SELECT "doc"."id", "document"."id" FROM "document" JOIN "document" AS "doc" ON "doc"."id" > "document"."id")",
                   R"(SELECT "doc"."id", "document"."id" FROM "document" JOIN "document" AS "doc" ON "doc"."id" > "document"."id")",
                   R"(SELECT `doc`.`id`, `document`.`id` FROM `document` JOIN `document` AS `doc` ON `doc`.`id` > `document`.`id`)"});
              const auto best = az::select(col<&employee::name>.label("name"), col<&employee::salary>.label("salary"))
                                    .where(col<&employee::department_id> == col<&department::id>)
                                    .order_by(col<&employee::salary>.desc())
                                    .limit(2)
                                    .lateral("best");
              const auto [best_name, best_salary] = best.columns();
              to.statement(
                  "CROSS JOIN LATERAL", az::select(col<&department::name>, best_name).join_lateral(best),
                  {refused(R"(cannot do a LATERAL join)"),
                   R"(SELECT "department"."name", "best"."name" FROM "department" CROSS JOIN LATERAL (SELECT "employee"."name" AS "name", "employee"."salary" AS "salary" FROM "employee" WHERE "employee"."department_id" = "department"."id" ORDER BY "employee"."salary" DESC LIMIT $1::BIGINT) AS "best")",
                   refused(R"(cannot do a LATERAL join)")},
                  "2");
              to.statement(
                  "LEFT JOIN LATERAL", az::select(col<&department::name>, az::maybe(best_name)).outer_join_lateral(best),
                  {refused(R"(cannot do a LATERAL join)"),
                   R"(SELECT "department"."name", "best"."name" FROM "department" LEFT JOIN LATERAL (SELECT "employee"."name" AS "name", "employee"."salary" AS "salary" FROM "employee" WHERE "employee"."department_id" = "department"."id" ORDER BY "employee"."salary" DESC LIMIT $1::BIGINT) AS "best" ON TRUE)",
                   refused(R"(cannot do a LATERAL join)")},
                  "2");
              to.statement(
                  "JOIN LATERAL with a condition",
                  az::select(col<&department::name>, best_name).join_lateral(best, best_salary > col<&department::budget>),
                  {refused(R"(cannot do a LATERAL join)"),
                   R"(SELECT "department"."name", "best"."name" FROM "department" JOIN LATERAL (SELECT "employee"."name" AS "name", "employee"."salary" AS "salary" FROM "employee" WHERE "employee"."department_id" = "department"."id" ORDER BY "employee"."salary" DESC LIMIT $1::BIGINT) AS "best" ON "best"."salary" > "department"."budget")",
                   refused(R"(cannot do a LATERAL join)")},
                  "2");
              const auto hinted = e.where(col<&employee::level> > 1);
              const az::table elsewhere{"employee", {az::column("id", az::type_kind::big_integer, az::primary_key)}, "other"};
              to.statement(
                  "tables of one name in two schemas",
                  az::select(col<&employee::id>, elsewhere["id"]).join(elsewhere, elsewhere["id"] == col<&employee::id>),
                  {R"(SELECT "employee_1"."id", "other"."employee"."id" FROM "employee" AS "employee_1" JOIN "other"."employee" ON "other"."employee"."id" = "employee_1"."id")",
                   R"(SELECT "employee_1"."id", "other"."employee"."id" FROM "employee" AS "employee_1" JOIN "other"."employee" ON "other"."employee"."id" = "employee_1"."id")",
                   R"(SELECT `employee_1`.`id`, `other`.`employee`.`id` FROM `employee` AS `employee_1` JOIN `other`.`employee` ON `other`.`employee`.`id` = `employee_1`.`id`)"},
                  {}, "there is no such schema");
              to.statement("changes one of two tables of one name",
                           az::delete_<employee>().where(col<&employee::id>.in(az::select(elsewhere.column<std::int64_t>("id")))),
                           {refused("another schema"), refused("another schema"), refused("another schema")});
              to.statement("inserts from a table of its own name in another schema",
                           az::insert<employee>().columns(col<&employee::id>).from(az::select(elsewhere.column<std::int64_t>("id"))),
                           {R"(INSERT INTO "employee" ("id") SELECT "other"."employee"."id" FROM "other"."employee")",
                            R"(INSERT INTO "employee" ("id") SELECT "other"."employee"."id" FROM "other"."employee")",
                            R"(INSERT INTO `employee` (`id`) SELECT `other`.`employee`.`id` FROM `other`.`employee`)"},
                           {}, "there is no such schema");
              const az::table third{"employee", {az::column("id", az::type_kind::big_integer, az::primary_key)}, "third"};
              to.statement("locks one of two tables of one name",
                           az::select(elsewhere["id"], third["id"]).with_for_update(az::lock_options{}, third),
                           {refused("cannot do FOR UPDATE"), refused("other.employee goes by the same name"),
                            refused("cannot do locks of some of a query's tables")});
              const auto archive = az::alias(elsewhere, "archive");
              to.statement(
                  "changes one of two tables of one name, the other has an alias",
                  az::delete_<employee>().where(col<&employee::id>.in(az::select(archive.column<std::int64_t>("id")))),
                  {R"(DELETE FROM "employee" WHERE "employee"."id" IN (SELECT "archive"."id" FROM "other"."employee" AS "archive"))",
                   R"(DELETE FROM "employee" WHERE "employee"."id" IN (SELECT "archive"."id" FROM "other"."employee" AS "archive"))",
                   R"(DELETE FROM `employee` WHERE `employee`.`id` IN (SELECT `archive`.`id` FROM `other`.`employee` AS `archive`))"},
                  {}, "there is no such schema");
              to.statement("a hint for MySQL", hinted.with_hint(az::entity<employee>, "USE INDEX (PRIMARY)", "mysql"),
                           {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                            R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                            R"(SELECT `employee`.`name` FROM `employee` USE INDEX (PRIMARY) WHERE `employee`.`level` > ?)"},
                           "1");
              to.statement("a prefix for MySQL", hinted.distinct().prefix_with("SQL_NO_CACHE", "mysql"),
                           {R"(SELECT DISTINCT "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                            R"(SELECT DISTINCT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                            R"(SELECT SQL_NO_CACHE DISTINCT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                           "1");
              to.statement("a suffix for PostgreSQL", hinted.suffix_with("FOR KEY SHARE", "postgresql"),
                           {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                            R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER FOR KEY SHARE)",
                            R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                           "1");
              to.statement("a hint for SQLite", hinted.with_hint(az::entity<employee>, "NOT INDEXED", "sqlite"),
                           {R"(SELECT "employee"."name" FROM "employee" NOT INDEXED WHERE "employee"."level" > ?)",
                            R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                            R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                           "1");
          }};

const theme subqueries{
    "subqueries", [](rows_of& to) {
        const auto boss = az::alias<employee>("boss");
        const auto count = az::select(func::count()).where(boss[&employee::boss_id] == col<&employee::id>);
        to.statement(
            "a correlated scalar", az::select(col<&employee::name>, count.scalar().label("n")),
            {R"(SELECT "employee"."name", (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") AS "n" FROM "employee")",
             R"(SELECT "employee"."name", (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") AS "n" FROM "employee")",
             R"(SELECT `employee`.`name`, (SELECT count(*) FROM `employee` AS `boss` WHERE `boss`.`boss_id` = `employee`.`id`) AS `n` FROM `employee`)"});
        to.statement(
            "a correlated scalar in WHERE", az::select(col<&employee::name>).where(count.scalar() > 2),
            {R"(SELECT "employee"."name" FROM "employee" WHERE (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") > ?)",
             R"(SELECT "employee"."name" FROM "employee" WHERE (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") > $1::BIGINT)",
             R"(SELECT `employee`.`name` FROM `employee` WHERE (SELECT count(*) FROM `employee` AS `boss` WHERE `boss`.`boss_id` = `employee`.`id`) > ?)"},
            "2");
        to.statement(
            "a correlated scalar in ORDER BY", az::select(col<&employee::name>).order_by(count.scalar().desc()),
            {R"(SELECT "employee"."name" FROM "employee" ORDER BY (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") DESC)",
             R"(SELECT "employee"."name" FROM "employee" ORDER BY (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id") DESC)",
             R"(SELECT `employee`.`name` FROM `employee` ORDER BY (SELECT count(*) FROM `employee` AS `boss` WHERE `boss`.`boss_id` = `employee`.`id`) DESC)"});
        to.statement(
            "EXISTS", az::select(col<&employee::name>).where(count.exists()),
            {R"(SELECT "employee"."name" FROM "employee" WHERE EXISTS (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE EXISTS (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE EXISTS (SELECT count(*) FROM `employee` AS `boss` WHERE `boss`.`boss_id` = `employee`.`id`))"});
        to.statement(
            "NOT EXISTS", az::select(col<&employee::name>).where(!count.exists()),
            {R"(SELECT "employee"."name" FROM "employee" WHERE NOT EXISTS (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE NOT EXISTS (SELECT count(*) FROM "employee" AS "boss" WHERE "boss"."boss_id" = "employee"."id"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE NOT EXISTS (SELECT count(*) FROM `employee` AS `boss` WHERE `boss`.`boss_id` = `employee`.`id`))"});
        const auto top = az::select(func::max(col<&employee::level>));
        to.statement(
            "an uncorrelated scalar of the same table",
            az::select(col<&employee::name>).where(col<&employee::level> == top.correlate().scalar()),
            {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" = (SELECT max("employee"."level") FROM "employee"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."level" = (SELECT max("employee"."level") FROM "employee"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`level` = (SELECT max(`employee`.`level`) FROM `employee`))"});
        to.statement(
            "an explicit correlation",
            az::select(col<&employee::name>, col<&department::name>)
                .join<department>()
                .where(az::select(func::count())
                           .where(col<&assignment::employee_id> == col<&employee::id>, col<&department::budget> > 5)
                           .correlate(az::entity<employee>)
                           .scalar() > 1),
            {R"(SELECT "employee"."name", "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id" WHERE (SELECT count(*) FROM "assignment", "department" WHERE "assignment"."employee_id" = "employee"."id" AND "department"."budget" > ?) > ?)",
             R"(SELECT "employee"."name", "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id" WHERE (SELECT count(*) FROM "assignment", "department" WHERE "assignment"."employee_id" = "employee"."id" AND "department"."budget" > $1::NUMERIC) > $2::BIGINT)",
             R"(SELECT `employee`.`name`, `department`.`name` FROM `employee` JOIN `department` ON `employee`.`department_id` = `department`.`id` WHERE (SELECT count(*) FROM `assignment`, `department` WHERE `assignment`.`employee_id` = `employee`.`id` AND `department`.`budget` > ?) > ?)"},
            "5, 1");
        to.statement(
            "IN over a query", az::select(col<&employee::name>).where(col<&employee::id>.in(az::select(col<&assignment::employee_id>))),
            {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."id" IN (SELECT "assignment"."employee_id" FROM "assignment"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."id" IN (SELECT "assignment"."employee_id" FROM "assignment"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`id` IN (SELECT `assignment`.`employee_id` FROM `assignment`))"});
        to.statement(
            "NOT IN over a compound",
            az::select(col<&employee::name>)
                .where(col<&employee::id>.not_in(az::select(col<&assignment::employee_id>).union_(az::select(col<&project::id>)))),
            {R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."id" NOT IN (SELECT "assignment"."employee_id" FROM "assignment" UNION SELECT "project"."id" FROM "project"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE "employee"."id" NOT IN (SELECT "assignment"."employee_id" FROM "assignment" UNION SELECT "project"."id" FROM "project"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE `employee`.`id` NOT IN (SELECT `assignment`.`employee_id` FROM `assignment` UNION SELECT `project`.`id` FROM `project`))"});
        to.statement(
            "a column of a subquery by its name",
            az::select(az::select(func::count().label("n")).select_from(az::entity<employee>).subquery("s").column<std::int64_t>("n")),
            {R"(SELECT "s"."n" FROM (SELECT count(*) AS "n" FROM "employee") AS "s")",
             R"(SELECT "s"."n" FROM (SELECT count(*) AS "n" FROM "employee") AS "s")",
             R"(SELECT `s`.`n` FROM (SELECT count(*) AS `n` FROM `employee`) AS `s`)"});
    }};

const theme compounds{
    "compounds", [](rows_of& to) {
        const auto a = az::select(col<&employee::id>);
        const auto b = az::select(col<&department::id>);
        const auto c = az::select(col<&project::id>);
        to.statement("UNION", a.union_(b),
                     {R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department")",
                      R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department`)"});
        to.statement("UNION ALL", a.union_all(b),
                     {R"(SELECT "employee"."id" FROM "employee" UNION ALL SELECT "department"."id" FROM "department")",
                      R"(SELECT "employee"."id" FROM "employee" UNION ALL SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` UNION ALL SELECT `department`.`id` FROM `department`)"});
        to.statement("INTERSECT", a.intersect(b),
                     {R"(SELECT "employee"."id" FROM "employee" INTERSECT SELECT "department"."id" FROM "department")",
                      R"(SELECT "employee"."id" FROM "employee" INTERSECT SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` INTERSECT SELECT `department`.`id` FROM `department`)"});
        to.statement("EXCEPT", a.except(b),
                     {R"(SELECT "employee"."id" FROM "employee" EXCEPT SELECT "department"."id" FROM "department")",
                      R"(SELECT "employee"."id" FROM "employee" EXCEPT SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` EXCEPT SELECT `department`.`id` FROM `department`)"});
        to.statement("INTERSECT ALL", a.intersect_all(b),
                     {refused(R"(cannot do INTERSECT ALL and EXCEPT ALL)"),
                      R"(SELECT "employee"."id" FROM "employee" INTERSECT ALL SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` INTERSECT ALL SELECT `department`.`id` FROM `department`)"});
        to.statement("EXCEPT ALL", a.except_all(b),
                     {refused(R"(cannot do INTERSECT ALL and EXCEPT ALL)"),
                      R"(SELECT "employee"."id" FROM "employee" EXCEPT ALL SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`id` FROM `employee` EXCEPT ALL SELECT `department`.`id` FROM `department`)"});
        to.statement(
            "a chain of one operator", a.union_(b).union_(c),
            {R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" UNION SELECT "project"."id" FROM "project")",
             R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" UNION SELECT "project"."id" FROM "project")",
             R"(SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department` UNION SELECT `project`.`id` FROM `project`)"});
        to.statement(
            "n-ary", az::union_all_of(a, b, c),
            {R"(SELECT "employee"."id" FROM "employee" UNION ALL SELECT "department"."id" FROM "department" UNION ALL SELECT "project"."id" FROM "project")",
             R"(SELECT "employee"."id" FROM "employee" UNION ALL SELECT "department"."id" FROM "department" UNION ALL SELECT "project"."id" FROM "project")",
             R"(SELECT `employee`.`id` FROM `employee` UNION ALL SELECT `department`.`id` FROM `department` UNION ALL SELECT `project`.`id` FROM `project`)"});
        to.statement(
            "intersects a union", a.union_(b).intersect(c),
            {R"(SELECT * FROM (SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department") INTERSECT SELECT "project"."id" FROM "project")",
             R"((SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department") INTERSECT SELECT "project"."id" FROM "project")",
             R"((SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department`) INTERSECT SELECT `project`.`id` FROM `project`)"});
        to.statement(
            "unites with an intersection", a.union_(b.intersect(c)),
            {R"(SELECT "employee"."id" FROM "employee" UNION SELECT * FROM (SELECT "department"."id" FROM "department" INTERSECT SELECT "project"."id" FROM "project"))",
             R"(SELECT "employee"."id" FROM "employee" UNION (SELECT "department"."id" FROM "department" INTERSECT SELECT "project"."id" FROM "project"))",
             R"(SELECT `employee`.`id` FROM `employee` UNION (SELECT `department`.`id` FROM `department` INTERSECT SELECT `project`.`id` FROM `project`))"});
        to.statement(
            "EXCEPT to the right", a.except(b.except(c)),
            {R"(SELECT "employee"."id" FROM "employee" EXCEPT SELECT * FROM (SELECT "department"."id" FROM "department" EXCEPT SELECT "project"."id" FROM "project"))",
             R"(SELECT "employee"."id" FROM "employee" EXCEPT (SELECT "department"."id" FROM "department" EXCEPT SELECT "project"."id" FROM "project"))",
             R"(SELECT `employee`.`id` FROM `employee` EXCEPT (SELECT `department`.`id` FROM `department` EXCEPT SELECT `project`.`id` FROM `project`))"});
        to.statement(
            "the whole ordered by a column", a.union_(b).order_by(col<&employee::id>.desc()).limit(3).offset(1),
            {R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY "id" DESC LIMIT ? OFFSET ?)",
             R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY "id" DESC LIMIT $1::BIGINT OFFSET $2::BIGINT)",
             R"(SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department` ORDER BY `id` DESC LIMIT ? OFFSET ?)"},
            "3, 1");
        to.statement("the whole ordered by position", a.union_(b).order_by(az::position(1)),
                     {R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY 1)",
                      R"(SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY 1)",
                      R"(SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department` ORDER BY 1)"});
        const auto n = col<&employee::level>.label("n");
        to.statement(
            "the whole ordered by a label", az::select(n).union_all(az::select(col<&project::priority>)).order_by(n),
            {R"(SELECT "employee"."level" AS "n" FROM "employee" UNION ALL SELECT "project"."priority" FROM "project" ORDER BY "n")",
             R"(SELECT "employee"."level" AS "n" FROM "employee" UNION ALL SELECT "project"."priority" FROM "project" ORDER BY "n")",
             R"(SELECT `employee`.`level` AS `n` FROM `employee` UNION ALL SELECT `project`.`priority` FROM `project` ORDER BY `n`)"});
        to.statement("ordered by an expression", a.union_(b).order_by(col<&employee::id> + 1),
                     {refused(R"(a UNION is ordered by columns and labels of its first part)"),
                      refused(R"(a UNION is ordered by columns and labels of its first part)"),
                      refused(R"(a UNION is ordered by columns and labels of its first part)")});
        to.statement("ordered by another column", a.union_(b).order_by(col<&employee::name>),
                     {refused(R"(a UNION cannot be ordered by "name", which its first part does not return; it returns)"),
                      refused(R"(a UNION cannot be ordered by "name", which its first part does not return; it returns)"),
                      refused(R"(a UNION cannot be ordered by "name", which its first part does not return; it returns)")});
        to.statement(
            "parts with order and limit",
            a.order_by(col<&employee::id>)
                .limit(2)
                .union_all(b.order_by(col<&department::id>.desc()).limit(1))
                .order_by(col<&employee::id>),
            {R"(SELECT * FROM (SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ?) UNION ALL SELECT * FROM (SELECT "department"."id" FROM "department" ORDER BY "department"."id" DESC LIMIT ?) ORDER BY "id")",
             R"((SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT) UNION ALL (SELECT "department"."id" FROM "department" ORDER BY "department"."id" DESC LIMIT $2::BIGINT) ORDER BY "id")",
             R"((SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ?) UNION ALL (SELECT `department`.`id` FROM `department` ORDER BY `department`.`id` DESC LIMIT ?) ORDER BY `id`)"},
            "2, 1");
        const auto both = a.union_(b).subquery("both", {"key"});
        to.statement(
            "as a subquery", az::select(std::get<0>(both.columns())),
            {R"(SELECT "both"."key" FROM (SELECT "employee"."id" AS "key" FROM "employee" UNION SELECT "department"."id" FROM "department") AS "both")",
             R"(SELECT "both"."key" FROM (SELECT "employee"."id" AS "key" FROM "employee" UNION SELECT "department"."id" FROM "department") AS "both")",
             R"(SELECT `both`.`key` FROM (SELECT `employee`.`id` AS `key` FROM `employee` UNION SELECT `department`.`id` FROM `department`) AS `both`)"});
        to.statement(
            "as a scalar", az::select(a.union_(b).order_by(col<&employee::id>).limit(1).scalar()),
            {R"(SELECT (SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY "id" LIMIT ?))",
             R"(SELECT (SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department" ORDER BY "id" LIMIT $1::BIGINT))",
             R"(SELECT (SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department` ORDER BY `id` LIMIT ?))"},
            "1");
        to.statement(
            "EXISTS", az::select(col<&employee::name>).where(a.intersect(b).exists()),
            {R"(SELECT "employee"."name" FROM "employee" WHERE EXISTS (SELECT "employee"."id" FROM "employee" INTERSECT SELECT "department"."id" FROM "department"))",
             R"(SELECT "employee"."name" FROM "employee" WHERE EXISTS (SELECT "employee"."id" FROM "employee" INTERSECT SELECT "department"."id" FROM "department"))",
             R"(SELECT `employee`.`name` FROM `employee` WHERE EXISTS (SELECT `employee`.`id` FROM `employee` INTERSECT SELECT `department`.`id` FROM `department`))"});
        to.statement("NULL in one part alone", az::select(col<&employee::department_id>).union_(b),
                     {R"(SELECT "employee"."department_id" FROM "employee" UNION SELECT "department"."id" FROM "department")",
                      R"(SELECT "employee"."department_id" FROM "employee" UNION SELECT "department"."id" FROM "department")",
                      R"(SELECT `employee`.`department_id` FROM `employee` UNION SELECT `department`.`id` FROM `department`)"});
        to.statement(
            "exact numbers of two sizes", az::select(col<&department::budget>).union_(az::select(func::sum(col<&employee::salary>))),
            {R"(SELECT azoth_decimal("department"."budget") COLLATE azoth_decimal AS "budget" FROM "department" UNION SELECT azoth_decimal(azoth_sum("employee"."salary") COLLATE azoth_decimal) COLLATE azoth_decimal FROM "employee")",
             R"(SELECT "department"."budget" FROM "department" UNION SELECT sum("employee"."salary") FROM "employee")",
             R"(SELECT `department`.`budget` FROM `department` UNION SELECT sum(`employee`.`salary`) FROM `employee`)"});
        to.statement(
            "insert from a compound's subquery",
            az::insert<project>().columns(col<&project::id>).from(az::select(std::get<0>(both.columns()))),
            {R"(INSERT INTO "project" ("id") SELECT "both"."key" FROM (SELECT "employee"."id" AS "key" FROM "employee" UNION SELECT "department"."id" FROM "department") AS "both")",
             R"(INSERT INTO "project" ("id") SELECT "both"."key" FROM (SELECT "employee"."id" AS "key" FROM "employee" UNION SELECT "department"."id" FROM "department") AS "both")",
             R"(INSERT INTO `project` (`id`) SELECT `both`.`key` FROM (SELECT `employee`.`id` AS `key` FROM `employee` UNION SELECT `department`.`id` FROM `department`) AS `both`)"});
    }};

}  // namespace
}  // namespace compile_table
