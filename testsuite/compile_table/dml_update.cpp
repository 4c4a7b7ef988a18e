#include "table.hpp"

namespace compile_table {
namespace {

const theme
    dml_update{
        "update and delete", [](rows_of& to) {
            to.statement(
                "columns in their order",
                az::update<project>()
                    .set(col<&project::priority>, col<&project::priority> + 1)
                    .set(col<&project::title>, "x")
                    .where(col<&project::id> == 3),
                {R"(UPDATE "project" SET "priority" = "project"."priority" + ?, "title" = ? WHERE "project"."id" = ?)",
                 R"(UPDATE "project" SET "priority" = "project"."priority" + $1::INTEGER, "title" = $2::VARCHAR WHERE "project"."id" = $3::BIGINT)",
                 R"(UPDATE `project` SET `priority` = `project`.`priority` + ?, `title` = ? WHERE `project`.`id` = ?)"},
                R"(1, 'x', 3)");
            to.statement("two columns change places",
                         az::update<employee>()
                             .set(col<&employee::boss_id>, col<&employee::department_id>)
                             .set(col<&employee::department_id>, col<&employee::boss_id>),
                         {R"(UPDATE "employee" SET "boss_id" = "employee"."department_id", "department_id" = "employee"."boss_id")",
                          R"(UPDATE "employee" SET "boss_id" = "employee"."department_id", "department_id" = "employee"."boss_id")",
                          R"(UPDATE `employee` SET `boss_id` = `employee`.`department_id`, `department_id` = `employee`.`boss_id`)"},
                         R"()");
            to.statement("to a default", az::update<project>().set(col<&project::department_id>, az::default_value),
                         {refused(R"(SQLite 3.40.1 cannot do an update to a column's default: give the value [not-supported])"),
                          R"(UPDATE "project" SET "department_id" = DEFAULT)", R"(UPDATE `project` SET `department_id` = DEFAULT)"},
                         R"()");
            to.statement(
                "a correlated subquery",
                az::update<project>().set(
                    col<&project::department_id>,
                    az::select(func::max(col<&department::id>)).where(col<&department::name> == col<&project::title>).scalar()),
                {R"(UPDATE "project" SET "department_id" = (SELECT max("department"."id") FROM "department" WHERE "department"."name" = "project"."title"))",
                 R"(UPDATE "project" SET "department_id" = (SELECT max("department"."id") FROM "department" WHERE "department"."name" = "project"."title"))",
                 R"(UPDATE `project` SET `department_id` = (SELECT max(`department`.`id`) FROM `department` WHERE `department`.`name` = `project`.`title`))"},
                R"()");
            to.statement(
                "a subquery of the table itself",
                az::update<project>()
                    .set(col<&project::priority>, 0)
                    .where(col<&project::id> == az::select(func::max(col<&project::id>)).select_from(az::entity<project>).scalar()),
                {R"(UPDATE "project" SET "priority" = ? WHERE "project"."id" = (SELECT max("project"."id") FROM "project"))",
                 R"(UPDATE "project" SET "priority" = $1::INTEGER WHERE "project"."id" = (SELECT max("project"."id") FROM "project"))",
                 R"(UPDATE `project` SET `priority` = ? WHERE `project`.`id` = (SELECT max(`project`.`id`) FROM `project`))"},
                R"(0)");
            to.statement(
                "an alias",
                [] {
                    const auto p = az::alias<project>("p");
                    return az::update(p).set(p[&project::title], "x").where(p[&project::id] == 1);
                }(),
                {R"(UPDATE "project" AS "p" SET "title" = ? WHERE "p"."id" = ?)",
                 R"(UPDATE "project" AS "p" SET "title" = $1::VARCHAR WHERE "p"."id" = $2::BIGINT)",
                 R"(UPDATE `project` AS `p` SET `title` = ? WHERE `p`.`id` = ?)"},
                R"('x', 1)");
            to.statement(
                "from another table",
                az::update<project>()
                    .set(col<&project::title>, "x")
                    .from(az::entity<department>)
                    .where(col<&department::id> == col<&project::department_id>, col<&department::name> == "d"),
                {R"(UPDATE "project" SET "title" = ? FROM "department" WHERE "department"."id" = "project"."department_id" AND "department"."name" = ?)",
                 R"(UPDATE "project" SET "title" = $1::VARCHAR FROM "department" WHERE "department"."id" = "project"."department_id" AND "department"."name" = $2::VARCHAR)",
                 R"(UPDATE `project` CROSS JOIN `department` SET `project`.`title` = ? WHERE `department`.`id` = `project`.`department_id` AND `department`.`name` = ?)"},
                R"('x', 'd')");
            to.statement(
                "joined by the foreign key",
                az::update<project>().set(col<&project::title>, col<&department::name>).join<department>().where(col<&project::id> > 3),
                {R"(UPDATE "project" SET "title" = "department"."name" FROM "department" WHERE "project"."department_id" = "department"."id" AND "project"."id" > ?)",
                 R"(UPDATE "project" SET "title" = "department"."name" FROM "department" WHERE "project"."department_id" = "department"."id" AND "project"."id" > $1::BIGINT)",
                 R"(UPDATE `project` JOIN `department` ON `project`.`department_id` = `department`.`id` SET `project`.`title` = `department`.`name` WHERE `project`.`id` > ?)"},
                R"(3)");
            to.statement(
                "joined by a condition, twice",
                [] {
                    const auto b = az::alias<employee>("b");
                    return az::update<employee>()
                        .set(col<&employee::level>, b[&employee::level])
                        .join(b, b[&employee::id] == col<&employee::boss_id>)
                        .join<department>(col<&department::id> == b[&employee::department_id])
                        .where(col<&department::name> == "d");
                }(),
                {R"(UPDATE "employee" SET "level" = "b"."level" FROM "employee" AS "b", "department" WHERE "b"."id" = "employee"."boss_id" AND "department"."id" = "b"."department_id" AND "department"."name" = ?)",
                 R"(UPDATE "employee" SET "level" = "b"."level" FROM "employee" AS "b", "department" WHERE "b"."id" = "employee"."boss_id" AND "department"."id" = "b"."department_id" AND "department"."name" = $1::VARCHAR)",
                 R"(UPDATE `employee` JOIN `employee` AS `b` ON `b`.`id` = `employee`.`boss_id` JOIN `department` ON `department`.`id` = `b`.`department_id` SET `employee`.`level` = `b`.`level` WHERE `department`.`name` = ?)"},
                R"('d')");
            to.statement(
                "from a subquery",
                [] {
                    const auto s = az::select(col<&employee::department_id>, func::max(col<&employee::level>).label("top"))
                                       .group_by(col<&employee::department_id>)
                                       .subquery("s");
                    const auto [d, top] = s.columns();
                    return az::update<project>()
                        .set(col<&project::priority>, func::coalesce(top, 0))
                        .join(s, d == col<&project::department_id>);
                }(),
                {R"(UPDATE "project" SET "priority" = coalesce("s"."top", ?) FROM (SELECT "employee"."department_id", max("employee"."level") AS "top" FROM "employee" GROUP BY "employee"."department_id") AS "s" WHERE "s"."department_id" = "project"."department_id")",
                 R"(UPDATE "project" SET "priority" = coalesce("s"."top", $1::INTEGER) FROM (SELECT "employee"."department_id", max("employee"."level") AS "top" FROM "employee" GROUP BY "employee"."department_id") AS "s" WHERE "s"."department_id" = "project"."department_id")",
                 R"(UPDATE `project` JOIN (SELECT `employee`.`department_id`, max(`employee`.`level`) AS `top` FROM `employee` GROUP BY `employee`.`department_id`) AS `s` ON `s`.`department_id` = `project`.`department_id` SET `project`.`priority` = coalesce(`s`.`top`, ?))"},
                R"(0)");
            to.statement(
                "a decimal, computed", az::update<department>().set(col<&department::budget>, col<&department::budget> * 2),
                {R"(UPDATE "department" SET "budget" = azoth_fit(azoth_multiply("department"."budget", ?) COLLATE azoth_decimal, 12, 2, 0))",
                 R"(UPDATE "department" SET "budget" = "department"."budget" * $1::NUMERIC)",
                 R"(UPDATE `department` SET `budget` = `department`.`budget` * ?)"},
                R"(2)");
            to.statement("update returning",
                         az::update<project>()
                             .set(col<&project::title>, "x")
                             .returning(col<&project::id>, (col<&project::priority> + 1).label("next")),
                         {R"(UPDATE "project" SET "title" = ? RETURNING "id", "priority" + ? AS "next")",
                          R"(UPDATE "project" SET "title" = $1::VARCHAR RETURNING "id", "priority" + $2::INTEGER AS "next")",
                          refused(R"(MariaDB 11.8.0-MariaDB cannot do UPDATE ... RETURNING: select the rows afterwards [not-supported])")},
                         R"('x', 1)");
            to.statement("update returning an entity", az::update<project>().set(col<&project::title>, "x").returning(az::entity<project>),
                         {R"(UPDATE "project" SET "title" = ? RETURNING "id", "title", "department_id", "priority", "weight")",
                          R"(UPDATE "project" SET "title" = $1::VARCHAR RETURNING "id", "title", "department_id", "priority", "weight")",
                          refused(R"(MariaDB 11.8.0-MariaDB cannot do UPDATE ... RETURNING: select the rows afterwards [not-supported])")},
                         R"('x')");
            to.statement(
                "returning another table's columns",
                az::update<project>()
                    .set(col<&project::title>, "x")
                    .join<department>()
                    .returning(col<&project::id>, col<&department::name>),
                {refused(R"(SQLite 3.40.1 cannot do RETURNING of another table's columns: select them beforehand [not-supported])"),
                 R"(UPDATE "project" SET "title" = $1::VARCHAR FROM "department" WHERE "project"."department_id" = "department"."id" RETURNING "project"."id", "department"."name")",
                 refused(R"(MariaDB 11.8.0-MariaDB cannot do UPDATE ... RETURNING: select the rows afterwards [not-supported])")},
                R"('x')");
            to.statement(
                "update of so many",
                az::update<project>()
                    .set(col<&project::title>, "x")
                    .where(col<&project::priority> > 1)
                    .order_by(col<&project::id>)
                    .limit(2),
                {R"(UPDATE "project" SET "title" = ? WHERE "project"."priority" > ? AND ("project"."id") IN (SELECT "project"."id" FROM "project" WHERE "project"."priority" > ? ORDER BY "project"."id" LIMIT ?))",
                 R"(UPDATE "project" SET "title" = $1::VARCHAR WHERE "project"."priority" > $2::INTEGER AND ("project"."id") IN (SELECT "project"."id" FROM "project" WHERE "project"."priority" > $3::INTEGER ORDER BY "project"."id" LIMIT $4::BIGINT))",
                 {R"(UPDATE `project` SET `title` = ? WHERE `project`.`priority` > ? ORDER BY `project`.`id` LIMIT ?)", R"('x', 1, 2)"}},
                R"('x', 1, 1, 2)");
            to.statement(
                "update of so many of either kind",
                az::update<project>()
                    .set(col<&project::title>, "x")
                    .where(col<&project::priority> > 1 || col<&project::priority> < 0)
                    .limit(2),
                {R"(UPDATE "project" SET "title" = ? WHERE ("project"."priority" > ? OR "project"."priority" < ?) AND ("project"."id") IN (SELECT "project"."id" FROM "project" WHERE "project"."priority" > ? OR "project"."priority" < ? LIMIT ?))",
                 R"(UPDATE "project" SET "title" = $1::VARCHAR WHERE ("project"."priority" > $2::INTEGER OR "project"."priority" < $3::INTEGER) AND ("project"."id") IN (SELECT "project"."id" FROM "project" WHERE "project"."priority" > $4::INTEGER OR "project"."priority" < $5::INTEGER LIMIT $6::BIGINT))",
                 {R"(UPDATE `project` SET `title` = ? WHERE `project`.`priority` > ? OR `project`.`priority` < ? LIMIT ?)",
                  R"('x', 1, 0, 2)"}},
                R"('x', 1, 0, 1, 0, 2)");
            to.statement(
                "update of so many, by a key of two columns", az::update<assignment>().set(col<&assignment::hours>, 0).limit(5),
                {R"(UPDATE "assignment" SET "hours" = ? WHERE ("assignment"."employee_id", "assignment"."project_id") IN (SELECT "assignment"."employee_id", "assignment"."project_id" FROM "assignment" LIMIT ?))",
                 R"(UPDATE "assignment" SET "hours" = $1::INTEGER WHERE ("assignment"."employee_id", "assignment"."project_id") IN (SELECT "assignment"."employee_id", "assignment"."project_id" FROM "assignment" LIMIT $2::BIGINT))",
                 R"(UPDATE `assignment` SET `hours` = ? LIMIT ?)"},
                R"(0, 5)");
            to.statement(
                "an order without a limit", az::update<project>().set(col<&project::title>, "x").order_by(col<&project::id>.desc()),
                {refused(
                     R"(SQLite 3.40.1 cannot do an order or limit of an UPDATE or DELETE: choose the rows by a subquery of a key [not-supported])"),
                 refused(
                     R"(PostgreSQL 15 cannot do an order or limit of an UPDATE or DELETE: choose the rows by a subquery of a key [not-supported])"),
                 R"(UPDATE `project` SET `title` = ? ORDER BY `project`.`id` DESC)"},
                R"('x')");
            to.statement(
                "with a CTE",
                [] {
                    const auto c = az::cte("c", az::select(col<&department::id>));
                    return az::update<project>()
                        .set(col<&project::title>, "x")
                        .where(col<&project::department_id>.in(az::select(std::get<0>(c.columns()))));
                }(),
                {R"(WITH "c" ("id") AS (SELECT "department"."id" FROM "department") UPDATE "project" SET "title" = ? WHERE "project"."department_id" IN (SELECT "c"."id" FROM "c"))",
                 R"(WITH "c" ("id") AS (SELECT "department"."id" FROM "department") UPDATE "project" SET "title" = $1::VARCHAR WHERE "project"."department_id" IN (SELECT "c"."id" FROM "c"))",
                 refused(
                     R"(MariaDB 11.8.0-MariaDB cannot do a common table expression in an UPDATE: use a subquery in its place [not-supported])")},
                R"('x')");
            to.statement("delete", az::delete_<project>().where(col<&project::priority> < 2),
                         {R"(DELETE FROM "project" WHERE "project"."priority" < ?)",
                          R"(DELETE FROM "project" WHERE "project"."priority" < $1::INTEGER)",
                          R"(DELETE FROM `project` WHERE `project`.`priority` < ?)"},
                         R"(2)");
            to.statement("delete everything", az::delete_<assignment>(),
                         {R"(DELETE FROM "assignment")", R"(DELETE FROM "assignment")", R"(DELETE FROM `assignment`)"}, R"()");
            to.statement(
                "delete with another table",
                az::delete_<project>()
                    .using_(az::entity<department>)
                    .where(col<&department::id> == col<&project::department_id>, col<&department::name> == "d"),
                {R"(DELETE FROM "project" WHERE EXISTS (SELECT 1 FROM "department" WHERE "department"."id" = "project"."department_id" AND "department"."name" = ?))",
                 R"(DELETE FROM "project" USING "department" WHERE "department"."id" = "project"."department_id" AND "department"."name" = $1::VARCHAR)",
                 R"(DELETE `project` FROM `project` CROSS JOIN `department` WHERE `department`.`id` = `project`.`department_id` AND `department`.`name` = ?)"},
                R"('d')");
            to.statement(
                "delete joined by the foreign key", az::delete_<assignment>().join<project>().where(col<&project::priority> < 2),
                {R"(DELETE FROM "assignment" WHERE EXISTS (SELECT 1 FROM "project" WHERE "assignment"."project_id" = "project"."id" AND "project"."priority" < ?))",
                 R"(DELETE FROM "assignment" USING "project" WHERE "assignment"."project_id" = "project"."id" AND "project"."priority" < $1::INTEGER)",
                 R"(DELETE `assignment` FROM `assignment` JOIN `project` ON `assignment`.`project_id` = `project`.`id` WHERE `project`.`priority` < ?)"},
                R"(2)");
            to.statement(
                "delete joined, returning",
                az::delete_<assignment>().join<project>().where(col<&project::priority> < 2).returning(col<&assignment::hours>),
                {R"(DELETE FROM "assignment" WHERE EXISTS (SELECT 1 FROM "project" WHERE "assignment"."project_id" = "project"."id" AND "project"."priority" < ?) RETURNING "hours")",
                 R"(DELETE FROM "assignment" USING "project" WHERE "assignment"."project_id" = "project"."id" AND "project"."priority" < $1::INTEGER RETURNING "assignment"."hours")",
                 R"(DELETE FROM `assignment` WHERE EXISTS (SELECT 1 FROM `project` WHERE `assignment`.`project_id` = `project`.`id` AND `project`.`priority` < ?) RETURNING `hours`)"},
                R"(2)");
            to.statement(
                "delete what an alias has too",
                [] {
                    const auto o = az::alias<employee>("o");
                    return az::delete_<employee>()
                        .join(o, o[&employee::email] == col<&employee::email>)
                        .where(o[&employee::id] < col<&employee::id>);
                }(),
                {R"(DELETE FROM "employee" WHERE EXISTS (SELECT 1 FROM "employee" AS "o" WHERE "o"."email" = "employee"."email" AND "o"."id" < "employee"."id"))",
                 R"(DELETE FROM "employee" USING "employee" AS "o" WHERE "o"."email" = "employee"."email" AND "o"."id" < "employee"."id")",
                 R"(DELETE `employee` FROM `employee` JOIN `employee` AS `o` ON `o`.`email` = `employee`.`email` WHERE `o`.`id` < `employee`.`id`)"},
                R"()");
            to.statement(
                "delete joined, with a subquery of the table itself",
                az::delete_<project>()
                    .using_(az::entity<department>)
                    .where(col<&project::id> == az::select(func::max(col<&project::id>)).select_from(az::entity<project>).scalar()),
                {R"(DELETE FROM "project" WHERE EXISTS (SELECT 1 FROM "department" WHERE "project"."id" = (SELECT max("project"."id") FROM "project")))",
                 R"(DELETE FROM "project" USING "department" WHERE "project"."id" = (SELECT max("project"."id") FROM "project"))",
                 R"(DELETE FROM `project` WHERE EXISTS (SELECT 1 FROM `department` WHERE `project`.`id` = (SELECT max(`project`.`id`) FROM `project`)))"},
                R"()");
            to.statement(
                "delete from an alias",
                [] {
                    const auto p = az::alias<project>("p");
                    return az::delete_(p).where(p[&project::id] == 1);
                }(),
                {R"(DELETE FROM "project" AS "p" WHERE "p"."id" = ?)", R"(DELETE FROM "project" AS "p" WHERE "p"."id" = $1::BIGINT)",
                 R"(DELETE FROM `project` WHERE `project`.`id` = ?)"},
                R"(1)");
            to.statement(
                "delete from an alias whose table a subquery uses",
                [] {
                    const auto p = az::alias<project>("p");
                    return az::delete_(p).where(p[&project::id] == az::select(func::max(col<&project::id>)).scalar());
                }(),
                {R"(DELETE FROM "project" AS "p" WHERE "p"."id" = (SELECT max("project"."id") FROM "project"))",
                 R"(DELETE FROM "project" AS "p" WHERE "p"."id" = (SELECT max("project"."id") FROM "project"))",
                 refused(
                     R"(MariaDB 11.8.0-MariaDB cannot do a DELETE from an alias of a table that its subqueries use: delete from the table, and alias it in the subquery [not-supported])")},
                R"()");
            to.statement(
                "delete returning", az::delete_<project>().where(col<&project::id> == 1).returning(az::entity<project>),
                {R"(DELETE FROM "project" WHERE "project"."id" = ? RETURNING "id", "title", "department_id", "priority", "weight")",
                 R"(DELETE FROM "project" WHERE "project"."id" = $1::BIGINT RETURNING "id", "title", "department_id", "priority", "weight")",
                 R"(DELETE FROM `project` WHERE `project`.`id` = ? RETURNING `id`, `title`, `department_id`, `priority`, `weight`)"},
                R"(1)");
            to.statement(
                "delete so many", az::delete_<project>().order_by(col<&project::priority>).limit(3),
                {R"(DELETE FROM "project" WHERE ("project"."id") IN (SELECT "project"."id" FROM "project" ORDER BY "project"."priority" LIMIT ?))",
                 R"(DELETE FROM "project" WHERE ("project"."id") IN (SELECT "project"."id" FROM "project" ORDER BY "project"."priority" LIMIT $1::BIGINT))",
                 R"(DELETE FROM `project` ORDER BY `project`.`priority` LIMIT ?)"},
                R"(3)");
        }};

}  // namespace
}  // namespace compile_table
