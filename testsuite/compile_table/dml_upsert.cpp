#include "table.hpp"

namespace compile_table {
namespace {

const theme dml_upsert{
    "upsert", [](rows_of& to) {
        to.statement(
            "any conflict does nothing", az::insert<assignment>().values({1, 2, 3, "r"}).on_conflict().do_nothing(),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING "employee_id", "project_id")",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES ($1::BIGINT, $2::BIGINT, $3::INTEGER, $4::VARCHAR) ON CONFLICT DO NOTHING RETURNING "employee_id", "project_id")",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE `employee_id` = `assignment`.`employee_id`)"},
            R"(1, 2, 3, 'r')");
        to.statement(
            "do nothing by a key",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_nothing(),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO NOTHING RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO NOTHING RETURNING "id")",
             R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `id` = `project`.`id`)"},
            R"(1, 'x', 3)");
        to.statement(
            "do nothing and return",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_nothing()
                .returning(col<&project::title>),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO NOTHING RETURNING "title")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO NOTHING RETURNING "title")",
             refused(
                 R"(MariaDB 11.8.0-MariaDB cannot do RETURNING of an upsert that leaves rows as they are: select the rows afterwards [not-supported])")},
            R"(1, 'x', 3)");
        to.statement(
            "update from what was proposed",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set_proposed(col<&project::title>, col<&project::priority>),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "priority" = excluded."priority" RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "priority" = excluded."priority" RETURNING "id")",
             R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `title` = VALUES(`title`), `priority` = VALUES(`priority`) RETURNING `id`)"},
            R"(1, 'x', 3)");
        to.statement(
            "update from both",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set(col<&project::priority>, col<&project::priority> + az::proposed(col<&project::priority>))
                .set(col<&project::title>, "seen"),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "priority" = "project"."priority" + excluded."priority", "title" = ? RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "priority" = "project"."priority" + excluded."priority", "title" = $4::VARCHAR RETURNING "id")",
             R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `priority` = `project`.`priority` + VALUES(`priority`), `title` = ? RETURNING `id`)"},
            R"(1, 'x', 3, 'seen')");
        to.statement(
            "update with a condition",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set_proposed(col<&project::title>, col<&project::priority>)
                .where(col<&project::priority><az::proposed(col<&project::priority>), col<&project::weight>> 0.5),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "priority" = excluded."priority" WHERE "project"."priority" < excluded."priority" AND "project"."weight" > ? RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "priority" = excluded."priority" WHERE "project"."priority" < excluded."priority" AND "project"."weight" > $4::DOUBLE PRECISION RETURNING "id")",
             {R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `title` = IF(`project`.`priority` < VALUES(`priority`) AND `project`.`weight` > ?, VALUES(`title`), `project`.`title`), `priority` = IF(`project`.`priority` < VALUES(`priority`) AND `project`.`weight` > ?, VALUES(`priority`), `project`.`priority`))",
              R"(1, 'x', 3, 0.5, 0.5)"}},
            R"(1, 'x', 3, 0.5)");
        to.statement(
            "with a condition and returning",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set_proposed(col<&project::title>)
                .where(col<&project::priority> < 3)
                .returning(col<&project::id>),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title" WHERE "project"."priority" < ? RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title" WHERE "project"."priority" < $4::INTEGER RETURNING "id")",
             refused(
                 R"(MariaDB 11.8.0-MariaDB cannot do RETURNING of an upsert that leaves rows as they are: select the rows afterwards [not-supported])")},
            R"(1, 'x', 3, 3)");
        to.statement(
            "returning",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set_proposed(col<&project::title>)
                .returning(az::entity<project>),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title" RETURNING "id", "title", "department_id", "priority", "weight")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title" RETURNING "id", "title", "department_id", "priority", "weight")",
             R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `title` = VALUES(`title`) RETURNING `id`, `title`, `department_id`, `priority`, `weight`)"},
            R"(1, 'x', 3)");
        to.statement(
            "a key of two columns, in another order",
            az::insert<assignment>()
                .values({1, 2, 3, "r"})
                .on_conflict(col<&assignment::project_id>, col<&assignment::employee_id>)
                .do_update()
                .set_proposed(col<&assignment::hours>),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES (?, ?, ?, ?) ON CONFLICT ("project_id", "employee_id") DO UPDATE SET "hours" = excluded."hours" RETURNING "employee_id", "project_id")",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES ($1::BIGINT, $2::BIGINT, $3::INTEGER, $4::VARCHAR) ON CONFLICT ("project_id", "employee_id") DO UPDATE SET "hours" = excluded."hours" RETURNING "employee_id", "project_id")",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE `hours` = VALUES(`hours`) RETURNING `employee_id`, `project_id`)"},
            R"(1, 2, 3, 'r')");
        to.statement(
            "two rows",
            az::insert<assignment>()
                .values({{1, 2, 3, "r"}, {4, 5, 6, {}}})
                .on_conflict(col<&assignment::employee_id>, col<&assignment::project_id>)
                .do_update()
                .set_proposed(col<&assignment::hours>),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES (?, ?, ?, ?), (?, ?, ?, ?) ON CONFLICT ("employee_id", "project_id") DO UPDATE SET "hours" = excluded."hours")",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES ($1::BIGINT, $2::BIGINT, $3::INTEGER, $4::VARCHAR), ($5::BIGINT, $6::BIGINT, $7::INTEGER, $8::VARCHAR) ON CONFLICT ("employee_id", "project_id") DO UPDATE SET "hours" = excluded."hours")",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) VALUES (?, ?, ?, ?), (?, ?, ?, ?) ON DUPLICATE KEY UPDATE `hours` = VALUES(`hours`))"},
            R"(1, 2, 3, 'r', 4, 5, 6, NULL)");
        to.statement(
            "a unique column, the key being generated",
            az::insert<department>()
                .set(col<&department::name>, "x")
                .set(col<&department::budget>, az::decimal{5})
                .on_conflict(col<&department::name>)
                .do_update()
                .set(col<&department::budget>, col<&department::budget> + az::proposed(col<&department::budget>)),
            {R"(INSERT INTO "department" ("name", "budget") VALUES (?, ?) ON CONFLICT ("name") DO UPDATE SET "budget" = azoth_fit(azoth_add("department"."budget", excluded."budget") COLLATE azoth_decimal, 12, 2, 0) RETURNING "id")",
             R"(INSERT INTO "department" ("name", "budget") VALUES ($1::VARCHAR, $2::NUMERIC) ON CONFLICT ("name") DO UPDATE SET "budget" = "department"."budget" + excluded."budget" RETURNING "id")",
             R"(INSERT INTO `department` (`name`, `budget`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `budget` = `department`.`budget` + VALUES(`budget`) RETURNING `id`)"},
            R"('x', '5')");
        to.statement(
            "one of two keys that can be met",
            az::insert<department>()
                .set(col<&department::id>, 1)
                .set(col<&department::name>, "x")
                .on_conflict(col<&department::name>)
                .do_nothing(),
            {R"(INSERT INTO "department" ("id", "name") VALUES (?, ?) ON CONFLICT ("name") DO NOTHING RETURNING "id")",
             R"(INSERT INTO "department" ("id", "name") VALUES ($1::BIGINT, $2::VARCHAR) ON CONFLICT ("name") DO NOTHING RETURNING "id")",
             refused(
                 R"(MariaDB 11.8.0-MariaDB cannot do an upsert by one key of department where another (id) can be met too: leave the other key to the database, or look for the row first [not-supported])")},
            R"(1, 'x')");
        to.statement(
            "a key that the mapping does not know",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::title>)
                .do_nothing(),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("title") DO NOTHING RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("title") DO NOTHING RETURNING "id")",
             refused(
                 R"(MariaDB 11.8.0-MariaDB cannot do an upsert by columns of which the mapping knows no unique key: say in the mapping that they are unique [not-supported])")},
            R"(1, 'x', 3)", "the table has no such key");
        to.statement(
            "a constraint that the mapping knows",
            az::insert<department>().set(col<&department::name>, "x").on_constraint("uq_department_name").do_nothing(),
            {R"(INSERT INTO "department" ("name") VALUES (?) ON CONFLICT ("name") DO NOTHING RETURNING "id")",
             R"(INSERT INTO "department" ("name") VALUES ($1::VARCHAR) ON CONFLICT ON CONSTRAINT "uq_department_name" DO NOTHING RETURNING "id")",
             R"(INSERT INTO `department` (`name`) VALUES (?) ON DUPLICATE KEY UPDATE `id` = `department`.`id`)"},
            R"('x')");
        to.statement(
            "a constraint that it does not know",
            az::insert<department>().set(col<&department::name>, "x").on_constraint("odd").do_nothing(),
            {refused(
                 R"(SQLite 3.40.1 cannot do an upsert by a constraint's name that the mapping does not know: name the columns with on_conflict() [not-supported])"),
             R"(INSERT INTO "department" ("name") VALUES ($1::VARCHAR) ON CONFLICT ON CONSTRAINT "odd" DO NOTHING RETURNING "id")",
             refused(
                 R"(MariaDB 11.8.0-MariaDB cannot do an upsert by columns of which the mapping knows no unique key: say in the mapping that they are unique [not-supported])")},
            R"('x')", "the table has no such key");
        to.statement(
            "a partial index",
            az::insert<employee>()
                .set(col<&employee::email>, "x")
                .on_conflict(col<&employee::email>)
                .index_where(col<&employee::active>, col<&employee::level> > az::literal(2))
                .do_update()
                .set_proposed(col<&employee::email>),
            {R"(INSERT INTO "employee" ("email") VALUES (?) ON CONFLICT ("email") WHERE "active" AND "level" > 2 DO UPDATE SET "email" = excluded."email" RETURNING "id")",
             R"(INSERT INTO "employee" ("email") VALUES ($1::VARCHAR) ON CONFLICT ("email") WHERE "active" AND "level" > 2 DO UPDATE SET "email" = excluded."email" RETURNING "id")",
             refused(R"(MariaDB 11.8.0-MariaDB cannot do an upsert by a partial index [not-supported])")},
            R"('x')");
        to.statement(
            "from a select",
            az::insert<department>()
                .columns(col<&department::name>, col<&department::budget>)
                .from(az::select(col<&employee::name>, col<&employee::salary>))
                .on_conflict(col<&department::name>)
                .do_update()
                .set_proposed(col<&department::budget>),
            {R"(INSERT INTO "department" ("name", "budget") SELECT "azoth_rows"."name", azoth_fit("azoth_rows"."budget", 12, 2, 0) FROM (SELECT "employee"."name", "employee"."salary" AS "budget" FROM "employee") AS "azoth_rows" WHERE 1 = 1 ON CONFLICT ("name") DO UPDATE SET "budget" = azoth_fit(excluded."budget", 12, 2, 0))",
             R"(INSERT INTO "department" ("name", "budget") SELECT "employee"."name", "employee"."salary" FROM "employee" ON CONFLICT ("name") DO UPDATE SET "budget" = excluded."budget")",
             R"(INSERT INTO `department` (`name`, `budget`) SELECT `azoth_rows`.`name`, `azoth_rows`.`budget` FROM (SELECT `employee`.`name`, `employee`.`salary` AS `budget` FROM `employee`) AS `azoth_rows` WHERE 1 = 1 ON DUPLICATE KEY UPDATE `budget` = VALUES(`budget`))"},
            R"()");
        to.statement(
            "from a select of the same table",
            az::insert<assignment>()
                .from(az::select(col<&assignment::employee_id>, col<&assignment::project_id>, col<&assignment::hours>,
                                 col<&assignment::role>))
                .on_conflict(col<&assignment::employee_id>, col<&assignment::project_id>)
                .do_update()
                .set(col<&assignment::hours>, col<&assignment::hours> + az::proposed(col<&assignment::hours>)),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") SELECT "azoth_rows"."employee_id", "azoth_rows"."project_id", "azoth_rows"."hours", "azoth_rows"."role" FROM (SELECT "assignment"."employee_id", "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment") AS "azoth_rows" WHERE 1 = 1 ON CONFLICT ("employee_id", "project_id") DO UPDATE SET "hours" = "assignment"."hours" + excluded."hours")",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") SELECT "assignment"."employee_id", "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment" ON CONFLICT ("employee_id", "project_id") DO UPDATE SET "hours" = "assignment"."hours" + excluded."hours")",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) SELECT `azoth_rows`.`employee_id`, `azoth_rows`.`project_id`, `azoth_rows`.`hours`, `azoth_rows`.`role` FROM (SELECT `assignment`.`employee_id`, `assignment`.`project_id`, `assignment`.`hours`, `assignment`.`role` FROM `assignment`) AS `azoth_rows` WHERE 1 = 1 ON DUPLICATE KEY UPDATE `hours` = `assignment`.`hours` + VALUES(`hours`))"},
            R"()");
        to.statement(
            "rows that come later",
            az::insert<project>()
                .columns(col<&project::id>, col<&project::priority>)
                .on_conflict(col<&project::id>)
                .do_update()
                .set(col<&project::priority>, col<&project::priority> + 1),
            {R"(INSERT INTO "project" ("id", "priority") VALUES  ON CONFLICT ("id") DO UPDATE SET "priority" = "project"."priority" + ?...)",
             R"(INSERT INTO "project" ("id", "priority") VALUES  ON CONFLICT ("id") DO UPDATE SET "priority" = "project"."priority" + $1::INTEGER...)",
             R"(INSERT INTO `project` (`id`, `priority`) VALUES  ON DUPLICATE KEY UPDATE `priority` = `project`.`priority` + ?...)"},
            R"(1)");
        to.statement(
            "a subquery in the update",
            az::insert<project>()
                .set(col<&project::id>, 1)
                .set(col<&project::title>, "x")
                .set(col<&project::priority>, 3)
                .on_conflict(col<&project::id>)
                .do_update()
                .set(col<&project::department_id>,
                     az::select(func::max(col<&department::id>)).where(col<&department::name> == col<&project::title>).scalar()),
            {R"(INSERT INTO "project" ("id", "title", "priority") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "department_id" = (SELECT max("department"."id") FROM "department" WHERE "department"."name" = "project"."title") RETURNING "id")",
             R"(INSERT INTO "project" ("id", "title", "priority") VALUES ($1::BIGINT, $2::VARCHAR, $3::INTEGER) ON CONFLICT ("id") DO UPDATE SET "department_id" = (SELECT max("department"."id") FROM "department" WHERE "department"."name" = "project"."title") RETURNING "id")",
             R"(INSERT INTO `project` (`id`, `title`, `priority`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `department_id` = (SELECT max(`department`.`id`) FROM `department` WHERE `department`.`name` = `project`.`title`) RETURNING `id`)"},
            R"(1, 'x', 3)");
    }};

}  // namespace
}  // namespace compile_table
