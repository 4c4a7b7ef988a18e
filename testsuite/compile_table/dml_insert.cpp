#include "table.hpp"

namespace compile_table {
namespace {

const theme dml_insert{
    "insert", [](rows_of& to) {
        to.statement(
            "one column",
            az::insert<project>().set(col<&project::title>, "x").set(col<&project::priority>, 3).set(col<&project::weight>, 0.5),
            {R"(INSERT INTO "project" ("title", "priority", "weight") VALUES (?, ?, ?))",
             R"(INSERT INTO "project" ("title", "priority", "weight") VALUES ($1::VARCHAR, $2::INTEGER, $3::DOUBLE PRECISION) RETURNING "id")",
             R"(INSERT INTO `project` (`title`, `priority`, `weight`) VALUES (?, ?, ?))"},
            R"('x', 3, 0.5)");
        to.statement(
            "an object", az::insert<project>().values({.id = 0, .title = "x", .department_id = 4, .priority = 2, .weight = 1.5}),
            {R"(INSERT INTO "project" ("title", "department_id", "priority", "weight") VALUES (?, ?, ?, ?))",
             R"(INSERT INTO "project" ("title", "department_id", "priority", "weight") VALUES ($1::VARCHAR, $2::BIGINT, $3::INTEGER, $4::DOUBLE PRECISION) RETURNING "id")",
             R"(INSERT INTO `project` (`title`, `department_id`, `priority`, `weight`) VALUES (?, ?, ?, ?))"},
            R"('x', 4, 2, 1.5)");
        to.statement(
            "an object with its key",
            az::insert<project>().values({.id = 9, .title = "x", .department_id = {}, .priority = 2, .weight = 1.5}),
            {R"(INSERT INTO "project" ("id", "title", "department_id", "priority", "weight") VALUES (?, ?, ?, ?, ?))",
             R"(INSERT INTO "project" ("id", "title", "department_id", "priority", "weight") VALUES ($1::BIGINT, $2::VARCHAR, $3::BIGINT, $4::INTEGER, $5::DOUBLE PRECISION))",
             R"(INSERT INTO `project` (`id`, `title`, `department_id`, `priority`, `weight`) VALUES (?, ?, ?, ?, ?))"},
            R"(9, 'x', NULL, 2, 1.5)");
        to.statement(
            "two objects", az::insert<assignment>().values({{1, 2, 3, "r"}, {4, 5, 6, {}}}),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES (?, ?, ?, ?), (?, ?, ?, ?))",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES ($1::BIGINT, $2::BIGINT, $3::INTEGER, $4::VARCHAR), ($5::BIGINT, $6::BIGINT, $7::INTEGER, $8::VARCHAR))",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) VALUES (?, ?, ?, ?), (?, ?, ?, ?))"},
            R"(1, 2, 3, 'r', 4, 5, 6, NULL)");
        to.statement(
            "a key of two columns", az::insert<assignment>().values({1, 2, 3, "r"}),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES (?, ?, ?, ?))",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") VALUES ($1::BIGINT, $2::BIGINT, $3::INTEGER, $4::VARCHAR))",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) VALUES (?, ?, ?, ?))"},
            R"(1, 2, 3, 'r')");
        to.statement("an expression",
                     az::insert<project>()
                         .set(col<&project::title>, func::upper(az::bound(std::string{"x"})))
                         .set(col<&project::priority>, az::bound(1) + 2),
                     {R"(INSERT INTO "project" ("title", "priority") VALUES (upper(?), ? + ?))",
                      R"(INSERT INTO "project" ("title", "priority") VALUES (upper($1::TEXT), $2::INTEGER + $3::INTEGER) RETURNING "id")",
                      R"(INSERT INTO `project` (`title`, `priority`) VALUES (upper(?), ? + ?))"},
                     R"('x', 1, 2)");
        to.statement(
            "an expression for a decimal",
            az::insert<department>()
                .set(col<&department::name>, "x")
                .set(col<&department::budget>, az::bound(az::decimal{5}) * az::decimal{3}),
            {R"(INSERT INTO "department" ("name", "budget") VALUES (?, azoth_fit(azoth_multiply(?, ?) COLLATE azoth_decimal, 12, 2, 0)))",
             R"(INSERT INTO "department" ("name", "budget") VALUES ($1::VARCHAR, $2::NUMERIC * $3::NUMERIC) RETURNING "id")",
             R"(INSERT INTO `department` (`name`, `budget`) VALUES (?, ? * ?))"},
            R"('x', '5', '3')");
        to.statement(
            "a scalar subquery",
            az::insert<project>()
                .set(col<&project::title>, "x")
                .set(col<&project::department_id>, az::select(func::max(col<&department::id>)).scalar()),
            {R"(INSERT INTO "project" ("title", "department_id") VALUES (?, (SELECT max("department"."id") FROM "department")))",
             R"(INSERT INTO "project" ("title", "department_id") VALUES ($1::VARCHAR, (SELECT max("department"."id") FROM "department")) RETURNING "id")",
             R"(INSERT INTO `project` (`title`, `department_id`) VALUES (?, (SELECT max(`department`.`id`) FROM `department`)))"},
            R"('x')");
        to.statement(
            "a key from a subquery",
            az::insert<project>().set(col<&project::id>, func::coalesce(az::select(func::max(col<&project::id>)).scalar(), 0) + 1),
            {R"(INSERT INTO "project" ("id") VALUES (coalesce((SELECT max("project"."id") FROM "project"), ?) + ?) RETURNING "id")",
             R"(INSERT INTO "project" ("id") VALUES (coalesce((SELECT max("project"."id") FROM "project"), $1::BIGINT) + $2::BIGINT) RETURNING "id")",
             R"(INSERT INTO `project` (`id`) VALUES (coalesce((SELECT max(`project`.`id`) FROM `project`), ?) + ?) RETURNING `id`)"},
            R"(0, 1)");
        to.statement(
            "default_value takes a column back",
            az::insert<project>()
                .values({.id = 0, .title = "x", .department_id = {}, .priority = 2, .weight = 1.5})
                .set(col<&project::department_id>, az::default_value),
            {R"(INSERT INTO "project" ("title", "priority", "weight") VALUES (?, ?, ?))",
             R"(INSERT INTO "project" ("title", "priority", "weight") VALUES ($1::VARCHAR, $2::INTEGER, $3::DOUBLE PRECISION) RETURNING "id")",
             R"(INSERT INTO `project` (`title`, `priority`, `weight`) VALUES (?, ?, ?))"},
            R"('x', 2, 1.5)");
        to.statement("nothing but defaults", az::insert<project>(),
                     {R"(INSERT INTO "project" DEFAULT VALUES)", R"(INSERT INTO "project" DEFAULT VALUES RETURNING "id")",
                      R"(INSERT INTO `project` () VALUES ())"},
                     R"()");
        to.statement(
            "from a select",
            az::insert<project>()
                .columns(col<&project::title>, col<&project::priority>)
                .from(az::select(col<&employee::name>, col<&employee::level>).where(col<&employee::level> > 3)),
            {R"(INSERT INTO "project" ("title", "priority") SELECT "employee"."name", "employee"."level" FROM "employee" WHERE "employee"."level" > ?)",
             R"(INSERT INTO "project" ("title", "priority") SELECT "employee"."name", "employee"."level" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
             R"(INSERT INTO `project` (`title`, `priority`) SELECT `employee`.`name`, `employee`.`level` FROM `employee` WHERE `employee`.`level` > ?)"},
            R"(3)");
        to.statement(
            "from a select of decimals",
            az::insert<department>()
                .columns(col<&department::name>, col<&department::budget>)
                .from(az::select(col<&employee::name>, col<&employee::salary> * 2)),
            {R"(INSERT INTO "department" ("name", "budget") SELECT "azoth_rows"."name", azoth_fit("azoth_rows"."budget", 12, 2, 0) FROM (SELECT "employee"."name", azoth_multiply("employee"."salary", ?) COLLATE azoth_decimal AS "budget" FROM "employee") AS "azoth_rows" WHERE 1 = 1)",
             R"(INSERT INTO "department" ("name", "budget") SELECT "employee"."name", "employee"."salary" * $1::NUMERIC FROM "employee")",
             R"(INSERT INTO `department` (`name`, `budget`) SELECT `employee`.`name`, `employee`.`salary` * ? FROM `employee`)"},
            R"(2)");
        to.statement(
            "from a compound",
            az::insert<project>()
                .columns(col<&project::title>)
                .from(az::select(col<&employee::name>).union_all(az::select(col<&department::name>))),
            {R"(INSERT INTO "project" ("title") SELECT "employee"."name" FROM "employee" UNION ALL SELECT "department"."name" FROM "department")",
             R"(INSERT INTO "project" ("title") SELECT "employee"."name" FROM "employee" UNION ALL SELECT "department"."name" FROM "department")",
             R"(INSERT INTO `project` (`title`) SELECT `employee`.`name` FROM `employee` UNION ALL SELECT `department`.`name` FROM `department`)"},
            R"()");
        to.statement(
            "from a CTE", az::insert<project>().columns(col<&project::title>).from(az::cte("names", az::select(col<&employee::name>))),
            {R"(WITH "names" ("name") AS (SELECT "employee"."name" FROM "employee") INSERT INTO "project" ("title") SELECT "names"."name" FROM "names")",
             R"(WITH "names" ("name") AS (SELECT "employee"."name" FROM "employee") INSERT INTO "project" ("title") SELECT "names"."name" FROM "names")",
             R"(INSERT INTO `project` (`title`) WITH `names` (`name`) AS (SELECT `employee`.`name` FROM `employee`) SELECT `names`.`name` FROM `names`)"},
            R"()");
        to.statement(
            "from text",
            az::insert<project>().columns(col<&project::title>).from(az::text("SELECT name FROM department WHERE id = :id").bind("id", 4)),
            {R"(INSERT INTO "project" ("title") SELECT name FROM department WHERE id = ?)",
             R"(INSERT INTO "project" ("title") SELECT name FROM department WHERE id = $1::INTEGER)",
             R"(INSERT INTO `project` (`title`) SELECT name FROM department WHERE id = ?)"},
            R"(4)");
        to.statement(
            "into all columns",
            az::insert<assignment>().from(az::select(col<&assignment::employee_id> + 100, col<&assignment::project_id>,
                                                     col<&assignment::hours>, col<&assignment::role>)),
            {R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") SELECT "assignment"."employee_id" + ?, "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment")",
             R"(INSERT INTO "assignment" ("employee_id", "project_id", "hours", "role") SELECT "assignment"."employee_id" + $1::BIGINT, "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment")",
             R"(INSERT INTO `assignment` (`employee_id`, `project_id`, `hours`, `role`) SELECT `assignment`.`employee_id` + ?, `assignment`.`project_id`, `assignment`.`hours`, `assignment`.`role` FROM `assignment`)"},
            R"(100)");
        to.statement(
            "rows that come later", az::insert<project>().columns(col<&project::title>, col<&project::priority>),
            {R"(INSERT INTO "project" ("title", "priority") VALUES ...)", R"(INSERT INTO "project" ("title", "priority") VALUES ...)",
             R"(INSERT INTO `project` (`title`, `priority`) VALUES ...)"},
            R"()");
        to.statement("returning columns",
                     az::insert<project>().set(col<&project::title>, "x").returning(col<&project::id>, col<&project::title>),
                     {R"(INSERT INTO "project" ("title") VALUES (?) RETURNING "id", "title")",
                      R"(INSERT INTO "project" ("title") VALUES ($1::VARCHAR) RETURNING "id", "title")",
                      R"(INSERT INTO `project` (`title`) VALUES (?) RETURNING `id`, `title`)"},
                     R"('x')");
        to.statement(
            "returning an entity", az::insert<project>().set(col<&project::title>, "x").returning(az::entity<project>),
            {R"(INSERT INTO "project" ("title") VALUES (?) RETURNING "id", "title", "department_id", "priority", "weight")",
             R"(INSERT INTO "project" ("title") VALUES ($1::VARCHAR) RETURNING "id", "title", "department_id", "priority", "weight")",
             R"(INSERT INTO `project` (`title`) VALUES (?) RETURNING `id`, `title`, `department_id`, `priority`, `weight`)"},
            R"('x')");
        to.statement("returning an expression with a label",
                     az::insert<project>().set(col<&project::title>, "x").returning((col<&project::priority> * 2).label("twice")),
                     {R"(INSERT INTO "project" ("title") VALUES (?) RETURNING "priority" * ? AS "twice")",
                      R"(INSERT INTO "project" ("title") VALUES ($1::VARCHAR) RETURNING "priority" * $2::INTEGER AS "twice")",
                      R"(INSERT INTO `project` (`title`) VALUES (?) RETURNING `priority` * ? AS `twice`)"},
                     R"('x', 2)");
        to.statement("without its key", az::insert<project>().set(col<&project::title>, "x").without_inserted_key(),
                     {R"(INSERT INTO "project" ("title") VALUES (?))", R"(INSERT INTO "project" ("title") VALUES ($1::VARCHAR))",
                      R"(INSERT INTO `project` (`title`) VALUES (?))"},
                     R"('x')");
    }};

}  // namespace
}  // namespace compile_table
