#include "table.hpp"

#include <nlohmann/json.hpp>

namespace compile_table {
namespace {

const theme values_tables{
    "values", [](rows_of& to) {
        const auto v = az::values<std::int64_t, std::string>("v", {"id", "name"}, {{1, "a"}, {2, "b"}});
        const auto [id, name] = v.columns();
        to.statement(
            "two rows", az::select(id, name),
            {R"(SELECT "v"."id", "v"."name" FROM (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (?, ?), (?, ?))) AS "v")",
             R"(SELECT "v"."id", "v"."name" FROM (VALUES ($1::BIGINT, $2::TEXT), ($3::BIGINT, $4::TEXT)) AS "v" ("id", "name"))",
             R"(SELECT `v`.`id`, `v`.`name` FROM (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `v`)"},
            "1, 'a', 2, 'b'");
        to.statement(
            "joined", az::select(col<&employee::name>, name).join(v, id == col<&employee::id>),
            {R"(SELECT "employee"."name", "v"."name" FROM "employee" JOIN (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (?, ?), (?, ?))) AS "v" ON "v"."id" = "employee"."id")",
             R"(SELECT "employee"."name", "v"."name" FROM "employee" JOIN (VALUES ($1::BIGINT, $2::TEXT), ($3::BIGINT, $4::TEXT)) AS "v" ("id", "name") ON "v"."id" = "employee"."id")",
             R"(SELECT `employee`.`name`, `v`.`name` FROM `employee` JOIN (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `v` ON `v`.`id` = `employee`.`id`)"},
            "1, 'a', 2, 'b'");
        const auto none = az::values<std::int64_t, std::optional<double>>("none", {"id", "size"},
                                                                          std::vector<std::tuple<std::int64_t, std::optional<double>>>{});
        to.statement(
            "no rows", az::select(std::get<0>(none.columns())),
            {R"(SELECT "none"."id" FROM (SELECT CAST(NULL AS INTEGER) AS "id", CAST(NULL AS REAL) AS "size" WHERE 1 = 0) AS "none")",
             R"(SELECT "none"."id" FROM (SELECT CAST(NULL AS BIGINT) AS "id", CAST(NULL AS DOUBLE PRECISION) AS "size" WHERE 1 = 0) AS "none" ("id", "size"))",
             R"(SELECT `none`.`id` FROM (SELECT CAST(NULL AS SIGNED) AS `id`, CAST(NULL AS DOUBLE) AS `size` WHERE 1 = 0) AS `none`)"});
        const auto money = az::values<az::decimal, bool>("money", {"amount", "due"}, {{az::decimal::parse("1.50"), true}});
        to.statement(
            "exact numbers", az::select(std::get<0>(money.columns()), std::get<1>(money.columns())).order_by(std::get<0>(money.columns())),
            {R"(SELECT "money"."amount", "money"."due" FROM (SELECT column1 COLLATE azoth_decimal AS "amount", column2 AS "due" FROM (VALUES (?, ?))) AS "money" ORDER BY 1)",
             R"(SELECT "money"."amount", "money"."due" FROM (VALUES ($1::NUMERIC, $2::BOOLEAN)) AS "money" ("amount", "due") ORDER BY 1)",
             R"(SELECT `money`.`amount`, `money`.`due` FROM (SELECT ? AS `amount`, (? <> 0) AS `due`) AS `money` ORDER BY 1)"},
            "'1.50', 1");
        const auto one = v.cte("one");
        const auto [one_id, one_name] = one.columns();
        to.statement(
            "as a CTE", az::select(one_name).where(one_id > 1),
            {R"(WITH "one" ("id", "name") AS (VALUES (?, ?), (?, ?)) SELECT "one"."name" FROM "one" WHERE "one"."id" > ?)",
             R"(WITH "one" ("id", "name") AS (VALUES ($1::BIGINT, $2::TEXT), ($3::BIGINT, $4::TEXT)) SELECT "one"."name" FROM "one" WHERE "one"."id" > $5::BIGINT)",
             R"(WITH `one` (`id`, `name`) AS (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) SELECT `one`.`name` FROM `one` WHERE `one`.`id` > ?)"},
            "1, 'a', 2, 'b', 1");
        const auto again = az::alias(v, "again");
        to.statement(
            "twice", az::select(name, std::get<1>(again.columns())).join(again, id < std::get<0>(again.columns())),
            {R"(SELECT "v"."name", "again"."name" FROM (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (?, ?), (?, ?))) AS "v" JOIN (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (?, ?), (?, ?))) AS "again" ON "v"."id" < "again"."id")",
             R"(SELECT "v"."name", "again"."name" FROM (VALUES ($1::BIGINT, $2::TEXT), ($3::BIGINT, $4::TEXT)) AS "v" ("id", "name") JOIN (VALUES ($5::BIGINT, $6::TEXT), ($7::BIGINT, $8::TEXT)) AS "again" ("id", "name") ON "v"."id" < "again"."id")",
             R"(SELECT `v`.`name`, `again`.`name` FROM (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `v` JOIN (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `again` ON `v`.`id` < `again`.`id`)"},
            "1, 'a', 2, 'b', 1, 'a', 2, 'b'");
    }};

const theme functions{
    "table functions", [](rows_of& to) {
        const auto series = func::generate_series(1, 10, 3);
        const auto [n] = series.columns();
        to.statement(
            "a series", az::select(n),
            {R"(SELECT "generate_series_1"."value" FROM (WITH RECURSIVE "series" ("value") AS (SELECT CAST(? AS INTEGER) WHERE CAST(? AS INTEGER) <= CAST(? AS INTEGER) UNION ALL SELECT "value" + 3 FROM "series" WHERE "value" <= CAST(? AS INTEGER) - 3) SELECT "value" FROM "series") AS "generate_series_1")",
             outcome{
                 R"(SELECT "generate_series_1"."value" FROM generate_series($1::BIGINT, $2::BIGINT, 3::BIGINT) AS "generate_series_1" ("value"))",
                 std::string_view{"1, 10"}},
             R"(SELECT `generate_series_1`.`value` FROM (WITH RECURSIVE `series` (`value`) AS (SELECT CAST(? AS SIGNED) WHERE CAST(? AS SIGNED) <= CAST(? AS SIGNED) UNION ALL SELECT `value` + 3 FROM `series` WHERE `value` <= CAST(? AS SIGNED) - 3) SELECT `value` FROM `series`) AS `generate_series_1`)"},
            "1, 1, 10, 10");
        const auto down = az::alias(func::generate_series(10, 1, -3), "down");
        to.statement(
            "a series downwards", az::select(std::get<0>(down.columns())),
            {R"(SELECT "down"."value" FROM (WITH RECURSIVE "series" ("value") AS (SELECT CAST(? AS INTEGER) WHERE CAST(? AS INTEGER) >= CAST(? AS INTEGER) UNION ALL SELECT "value" + -3 FROM "series" WHERE "value" >= CAST(? AS INTEGER) - -3) SELECT "value" FROM "series") AS "down")",
             outcome{R"(SELECT "down"."value" FROM generate_series($1::BIGINT, $2::BIGINT, (-3)::BIGINT) AS "down" ("value"))",
                     std::string_view{"10, 1"}},
             R"(SELECT `down`.`value` FROM (WITH RECURSIVE `series` (`value`) AS (SELECT CAST(? AS SIGNED) WHERE CAST(? AS SIGNED) >= CAST(? AS SIGNED) UNION ALL SELECT `value` + -3 FROM `series` WHERE `value` >= CAST(? AS SIGNED) - -3) SELECT `value` FROM `series`) AS `down`)"},
            "10, 10, 1, 1");
        const auto levels = func::generate_series(az::literal(std::int64_t{1}), col<&employee::level>);
        to.statement(
            "a series up to a column", az::select(col<&employee::name>, std::get<0>(levels.columns())),
            {refused(R"(cannot do generate_series of columns that stand in the query)"),
             R"(SELECT "employee"."name", "generate_series_1"."value" FROM "employee", generate_series(1::BIGINT, "employee"."level", 1::BIGINT) AS "generate_series_1" ("value"))",
             refused(R"(cannot do generate_series of columns that stand in the query)")});
        const auto words = func::table<std::string>("regexp_split_to_table", {"word"}, col<&employee::name>, " ");
        to.statement(
            "a function of the database's own", az::select(col<&employee::id>, std::get<0>(words.columns())),
            {R"(SELECT "employee"."id", "regexp_split_to_table_1"."word" FROM "employee", regexp_split_to_table("employee"."name", ?) AS "regexp_split_to_table_1")",
             R"(SELECT "employee"."id", "regexp_split_to_table_1"."word" FROM "employee", regexp_split_to_table("employee"."name", $1::TEXT) AS "regexp_split_to_table_1" ("word"))",
             refused(R"(cannot do a table function)")},
            "' '", "SQLite has no such function");
        const auto counted = words.with_ordinality("n");
        to.statement(
            "WITH ORDINALITY", az::select(std::get<0>(counted.columns()), std::get<1>(counted.columns())),
            {refused(R"(cannot do WITH ORDINALITY)"),
             R"(SELECT "regexp_split_to_table_1"."word", "regexp_split_to_table_1"."n" FROM "employee", regexp_split_to_table("employee"."name", $1::TEXT) WITH ORDINALITY AS "regexp_split_to_table_1" ("word", "n"))",
             refused(R"(cannot do a table function)")},
            "' '");
        const auto records = func::table<std::int64_t, std::string>("jsonb_to_recordset", {"a", "b"},
                                                                    document().column<std::optional<nlohmann::json>>("body"))
                                 .with_types();
        to.statement(
            "a function of records", az::select(std::get<1>(records.columns())),
            {refused(R"(cannot do a table function whose columns the query defines)"),
             R"(SELECT "jsonb_to_recordset_1"."b" FROM "document", jsonb_to_recordset("document"."body") AS "jsonb_to_recordset_1" ("a" BIGINT, "b" TEXT))",
             refused(R"(cannot do a table function)")});
        to.statement(
            "a function of records, numbered", az::select(std::get<2>(records.with_ordinality().columns())),
            {refused(R"(cannot do WITH ORDINALITY)"),
             R"(SELECT "jsonb_to_recordset_1"."ordinality" FROM "document", ROWS FROM (jsonb_to_recordset("document"."body") AS ("a" BIGINT, "b" TEXT)) WITH ORDINALITY AS "jsonb_to_recordset_1" ("a", "b", "ordinality"))",
             refused(R"(cannot do a table function)")});
        const auto tags = func::unnest(document().column<std::optional<std::vector<std::string>>>("tags"));
        const auto [tag] = tags.columns();
        to.statement(
            "unnest", az::select(document()["id"], tag),
            {R"(SELECT "document"."id", "unnest_1".value FROM "document", json_each("document"."tags") AS "unnest_1")",
             R"(SELECT "document"."id", "unnest_1"."value" FROM "document", UNNEST("document"."tags") AS "unnest_1" ("value"))",
             R"(SELECT `document`.`id`, `unnest_1`.`value` FROM `document`, JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (`value` LONGTEXT PATH '$', `ordinality` FOR ORDINALITY)) AS `unnest_1`)"});
        to.statement(
            "unnest, its column first", az::select(tag, document()["id"]).where(tag == "x"),
            {R"(SELECT "unnest_1".value, "document"."id" FROM "document", json_each("document"."tags") AS "unnest_1" WHERE "unnest_1".value = ?)",
             R"(SELECT "unnest_1"."value", "document"."id" FROM "document", UNNEST("document"."tags") AS "unnest_1" ("value") WHERE "unnest_1"."value" = $1::TEXT)",
             R"(SELECT `unnest_1`.`value`, `document`.`id` FROM `document`, JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (`value` LONGTEXT PATH '$', `ordinality` FOR ORDINALITY)) AS `unnest_1` WHERE `unnest_1`.`value` = ?)"},
            "'x'");
        const auto scores = func::unnest(document().column<std::optional<std::vector<std::int64_t>>>("scores")).with_ordinality();
        const auto [score, place] = scores.columns();
        to.statement(
            "unnest WITH ORDINALITY", az::select(score, place).order_by(place),
            {R"(SELECT "unnest_1".value, ("unnest_1".key + 1) FROM "document", json_each("document"."scores") AS "unnest_1" ORDER BY ("unnest_1".key + 1))",
             R"(SELECT "unnest_1"."value", "unnest_1"."ordinality" FROM "document", UNNEST("document"."scores") WITH ORDINALITY AS "unnest_1" ("value", "ordinality") ORDER BY "unnest_1"."ordinality")",
             R"(SELECT `unnest_1`.`value`, `unnest_1`.`ordinality` FROM `document`, JSON_TABLE(`document`.`scores`, '$[*]' COLUMNS (`value` BIGINT PATH '$', `ordinality` FOR ORDINALITY)) AS `unnest_1` ORDER BY `unnest_1`.`ordinality`)"});
        to.statement(
            "LEFT JOIN of unnest", az::select(document()["id"], az::maybe(tag)).outer_join(tags),
            {R"(SELECT "document"."id", "unnest_1".value FROM "document" LEFT JOIN json_each("document"."tags") AS "unnest_1" ON TRUE)",
             R"(SELECT "document"."id", "unnest_1"."value" FROM "document" LEFT JOIN UNNEST("document"."tags") AS "unnest_1" ("value") ON TRUE)",
             R"(SELECT `document`.`id`, `unnest_1`.`value` FROM `document` LEFT JOIN JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (`value` LONGTEXT PATH '$', `ordinality` FOR ORDINALITY)) AS `unnest_1` ON TRUE)"});
        const auto items = az::json_table(document().column<std::optional<nlohmann::json>>("body"), "$.items[*]",
                                          az::json_column<std::optional<std::int64_t>>("size", "$.size"),
                                          az::json_column<std::optional<std::string>>("name", "$.names[0]"));
        const auto [size, item_name] = items.columns();
        to.statement(
            "json_table",
            az::select(document()["id"], size, item_name), {R"(SELECT "document"."id", CASE json_type(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."size"') WHEN 'integer' THEN json_extract(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."size"') WHEN 'real' THEN CAST(round(json_extract(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."size"')) AS INTEGER) END, CASE json_type(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."names"[0]') WHEN 'text' THEN json_extract(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."names"[0]') END FROM "document", json_each(CASE json_type("document"."body", '$."items"') WHEN 'array' THEN json_extract("document"."body", '$."items"') ELSE '[]' END) AS "json_table_1")", R"(SELECT "document"."id", CASE WHEN jsonb_typeof(jsonb_path_query_first("json_table_1"."document", 'strict $."size"', '{}', TRUE)) = 'number' THEN CAST(ROUND(CAST(jsonb_path_query_first("json_table_1"."document", 'strict $."size"', '{}', TRUE) AS NUMERIC)) AS BIGINT) END, CASE WHEN jsonb_typeof(jsonb_path_query_first("json_table_1"."document", 'strict $."names"[0]', '{}', TRUE)) = 'string' THEN jsonb_path_query_first("json_table_1"."document", 'strict $."names"[0]', '{}', TRUE) #>> '{}' END FROM "document", jsonb_path_query("document"."body", 'strict $."items"[*]', '{}', TRUE) WITH ORDINALITY AS "json_table_1" ("document", "ordinality"))", R"(SELECT `document`.`id`, CASE WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$."size"')) IN ('INTEGER', 'UNSIGNED INTEGER') THEN CAST(JSON_VALUE(`json_table_1`.`document`, '$."size"') AS SIGNED) WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$."size"')) IN ('DOUBLE', 'DECIMAL') THEN CAST(ROUND(CAST(JSON_VALUE(`json_table_1`.`document`, '$."size"') AS DECIMAL(65, 30))) AS SIGNED) END, CASE WHEN JSON_TYPE(JSON_EXTRACT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$."names"')) = 'ARRAY' THEN `json_table_1`.`document` END, '$."names"[0]')) IN ('STRING') THEN CAST(JSON_VALUE(CASE WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$."names"')) = 'ARRAY' THEN `json_table_1`.`document` END, '$."names"[0]') AS CHAR) END FROM `document`, JSON_TABLE(`document`.`body`, '$."items"[*]' COLUMNS (`document` JSON PATH '$', `ordinality` FOR ORDINALITY)) AS `json_table_1`)"});
        const auto parts =
            az::json_table(document().column<std::optional<nlohmann::json>>("body"), "$[*]",
                           az::json_column<std::optional<double>>("weight", "$"), az::json_column<std::optional<bool>>("ok", "$.\"is ok\""),
                           az::json_column<std::optional<nlohmann::json>>("all", "$"))
                .with_ordinality("n");
        const auto [weight, ok, all, n_th] = parts.columns();
        to.statement(
            "json_table of other types, numbered", az::select(weight, ok, all, n_th),
            {R"(SELECT CASE "json_table_1".type WHEN 'integer' THEN CAST("json_table_1".value AS REAL) WHEN 'real' THEN "json_table_1".value END, CASE json_type(CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value END, '$."is ok"') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END, CASE WHEN "json_table_1".type IN ('object', 'array') THEN "json_table_1".value WHEN "json_table_1".type IN ('true', 'false', 'null') THEN "json_table_1".type WHEN "json_table_1".type IS NOT NULL THEN json_quote("json_table_1".value) END, ("json_table_1".key + 1) FROM "document", json_each(CASE json_type("document"."body", '$') WHEN 'array' THEN json_extract("document"."body", '$') ELSE '[]' END) AS "json_table_1")", R"(SELECT CASE WHEN jsonb_typeof("json_table_1"."document") = 'number' THEN CAST("json_table_1"."document" AS DOUBLE PRECISION) END, CASE WHEN jsonb_typeof(jsonb_path_query_first("json_table_1"."document", 'strict $."is ok"', '{}', TRUE)) = 'boolean' THEN CAST(jsonb_path_query_first("json_table_1"."document", 'strict $."is ok"', '{}', TRUE) AS BOOLEAN) END, "json_table_1"."document", "json_table_1"."ordinality" FROM "document", jsonb_path_query("document"."body", 'strict $[*]', '{}', TRUE) WITH ORDINALITY AS "json_table_1" ("document", "ordinality"))", R"(SELECT CASE WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$')) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(JSON_VALUE(`json_table_1`.`document`, '$') AS DOUBLE) END, CASE WHEN JSON_TYPE(JSON_EXTRACT(`json_table_1`.`document`, '$."is ok"')) = 'BOOLEAN' THEN JSON_CONTAINS(JSON_EXTRACT(`json_table_1`.`document`, '$."is ok"'), 'true') END, JSON_EXTRACT(`json_table_1`.`document`, '$'), `json_table_1`.`ordinality` FROM `document`, JSON_TABLE(`document`.`body`, '$[*]' COLUMNS (`document` JSON PATH '$', `ordinality` FOR ORDINALITY)) AS `json_table_1`)"});
        const auto some = az::tablesample(az::entity<employee>, az::sample_method::bernoulli, 10.0, 7, "some");
        to.statement(
            "TABLESAMPLE", az::select(some[&employee::name]),
            {refused(R"(cannot do TABLESAMPLE)"),
             R"(SELECT "some"."name" FROM "employee" AS "some" TABLESAMPLE BERNOULLI ($1::DOUBLE PRECISION) REPEATABLE ($2::BIGINT))",
             refused(R"(cannot do TABLESAMPLE)")},
            "10, 7");
        to.statement("TABLESAMPLE of pages", az::select(az::tablesample(document(), az::sample_method::system, 50.0)["id"]),
                     {refused(R"(cannot do TABLESAMPLE)"),
                      R"(SELECT "document_1"."id" FROM "document" AS "document_1" TABLESAMPLE SYSTEM ($1::DOUBLE PRECISION))",
                      refused(R"(cannot do TABLESAMPLE)")},
                     "50");
    }};

const theme texts{
    "texts", [](rows_of& to) {
        const auto t = az::text("SELECT id, name FROM employee WHERE level > :level")
                           .bind("level", 3)
                           .columns<std::int64_t, std::string>({"id", "name"});
        to.statement("typed", t,
                     {R"(SELECT id, name FROM employee WHERE level > ?)", R"(SELECT id, name FROM employee WHERE level > $1::INTEGER)",
                      R"(SELECT id, name FROM employee WHERE level > ?)"},
                     "3");
        const auto sub = t.subquery("t");
        const auto [id, name] = sub.columns();
        to.statement(
            "as a subquery", az::select(name).where(id < 9),
            {R"(SELECT "t"."name" FROM (SELECT id, name FROM employee WHERE level > ?) AS "t" WHERE "t"."id" < ?)",
             R"(SELECT "t"."name" FROM (SELECT id, name FROM employee WHERE level > $1::INTEGER) AS "t" WHERE "t"."id" < $2::BIGINT)",
             R"(SELECT `t`.`name` FROM (SELECT id, name FROM employee WHERE level > ?) AS `t` WHERE `t`.`id` < ?)"},
            "3, 9");
        const auto cte = az::cte("t", t, {"key", "called"});
        const auto [key, called] = cte.columns();
        to.statement(
            "as a CTE with names of its own", az::select(called).where(key < 9),
            {R"(WITH "t" ("key", "called") AS (SELECT id, name FROM employee WHERE level > ?) SELECT "t"."called" FROM "t" WHERE "t"."key" < ?)",
             R"(WITH "t" ("key", "called") AS (SELECT id, name FROM employee WHERE level > $1::INTEGER) SELECT "t"."called" FROM "t" WHERE "t"."key" < $2::BIGINT)",
             R"(WITH `t` (`key`, `called`) AS (SELECT id, name FROM employee WHERE level > ?) SELECT `t`.`called` FROM `t` WHERE `t`.`key` < ?)"},
            "3, 9");
        to.statement("as a scalar", az::select(az::text("SELECT max(level) FROM employee").columns<std::int32_t>().scalar()),
                     {R"(SELECT (SELECT max(level) FROM employee))", R"(SELECT (SELECT max(level) FROM employee))",
                      R"(SELECT (SELECT max(level) FROM employee))"});
        to.statement(
            "EXISTS", az::select(col<&department::name>).where(t.exists()),
            {R"(SELECT "department"."name" FROM "department" WHERE EXISTS (SELECT id, name FROM employee WHERE level > ?))",
             R"(SELECT "department"."name" FROM "department" WHERE EXISTS (SELECT id, name FROM employee WHERE level > $1::INTEGER))",
             R"(SELECT `department`.`name` FROM `department` WHERE EXISTS (SELECT id, name FROM employee WHERE level > ?))"},
            "3");
        to.statement(
            "as a part of a UNION", az::select(col<&department::id>, col<&department::name>).union_all(t),
            {R"(SELECT "department"."id", "department"."name" FROM "department" UNION ALL SELECT * FROM (SELECT id, name FROM employee WHERE level > ?))",
             R"(SELECT "department"."id", "department"."name" FROM "department" UNION ALL (SELECT id, name FROM employee WHERE level > $1::INTEGER))",
             R"(SELECT `department`.`id`, `department`.`name` FROM `department` UNION ALL (SELECT id, name FROM employee WHERE level > ?))"},
            "3");
        to.statement(
            "IN over a text",
            az::select(col<&department::name>).where(col<&department::id>.in(az::text("SELECT id FROM project").columns<std::int64_t>())),
            {R"(SELECT "department"."name" FROM "department" WHERE "department"."id" IN (SELECT id FROM project))",
             R"(SELECT "department"."name" FROM "department" WHERE "department"."id" IN (SELECT id FROM project))",
             R"(SELECT `department`.`name` FROM `department` WHERE `department`.`id` IN (SELECT id FROM project))"});
        to.statement("a list", az::text("SELECT id FROM employee WHERE id IN :ids").bind("ids", std::vector<std::int64_t>{1, 2}),
                     {R"(SELECT id FROM employee WHERE id IN (?, ?))", R"(SELECT id FROM employee WHERE id IN ($1, $2))",
                      R"(SELECT id FROM employee WHERE id IN (?, ?))"},
                     "[1, 2]");
        to.statement("a list in parentheses",
                     az::text("SELECT id FROM employee WHERE id NOT IN (:ids)").bind("ids", std::vector<std::int64_t>{1, 2}),
                     {R"(SELECT id FROM employee WHERE id NOT IN (?, ?))", R"(SELECT id FROM employee WHERE id NOT IN ($1, $2))",
                      R"(SELECT id FROM employee WHERE id NOT IN (?, ?))"},
                     "[1, 2]");
        to.statement("an empty list",
                     az::text("SELECT id FROM employee WHERE name in :names OR id = 1").bind("names", std::vector<std::string>{}),
                     {R"(SELECT id FROM employee WHERE name in (SELECT CAST(NULL AS TEXT) WHERE 1 = 0) OR id = 1)",
                      R"(SELECT id FROM employee WHERE name in (SELECT CAST(NULL AS TEXT) WHERE 1 = 0) OR id = 1)",
                      R"(SELECT id FROM employee WHERE name in (SELECT CAST(NULL AS CHAR) WHERE 1 = 0) OR id = 1)"},
                     "[]");
    }};

const theme ctes{
    "CTEs", [](rows_of& to) {
        const auto active =
            az::cte("active", az::select(col<&employee::id>, col<&employee::department_id>).where(col<&employee::active> == true));
        const auto [id, department_id] = active.columns();
        to.statement(
            "one", az::select(id),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) SELECT "active"."id" FROM "active")",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) SELECT "active"."id" FROM "active")",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `active`.`id` FROM `active`)"},
            "1");
        const auto hinted = active.materialized();
        to.statement(
            "MATERIALIZED", az::select(std::get<0>(hinted.columns())),
            {R"(WITH "active" ("id", "department_id") AS MATERIALIZED (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) SELECT "active"."id" FROM "active")",
             R"(WITH "active" ("id", "department_id") AS MATERIALIZED (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) SELECT "active"."id" FROM "active")",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `active`.`id` FROM `active`)"},
            "1");
        const auto folded = active.not_materialized();
        to.statement(
            "NOT MATERIALIZED", az::select(std::get<0>(folded.columns())),
            {R"(WITH "active" ("id", "department_id") AS NOT MATERIALIZED (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) SELECT "active"."id" FROM "active")",
             R"(WITH "active" ("id", "department_id") AS NOT MATERIALIZED (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) SELECT "active"."id" FROM "active")",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `active`.`id` FROM `active`)"},
            "1");
        const auto sizes = az::cte("sizes", az::select(department_id.label("d"), func::count().label("n")).group_by(department_id));
        const auto [d, n] = sizes.columns();
        to.statement(
            "one that uses another", az::select(col<&department::name>, n).join(sizes, d == col<&department::id>).where(n > 1),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?), "sizes" ("d", "n") AS (SELECT "active"."department_id" AS "d", count(*) AS "n" FROM "active" GROUP BY 1) SELECT "department"."name", "sizes"."n" FROM "department" JOIN "sizes" ON "sizes"."d" = "department"."id" WHERE "sizes"."n" > ?)",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN), "sizes" ("d", "n") AS (SELECT "active"."department_id" AS "d", count(*) AS "n" FROM "active" GROUP BY 1) SELECT "department"."name", "sizes"."n" FROM "department" JOIN "sizes" ON "sizes"."d" = "department"."id" WHERE "sizes"."n" > $2::BIGINT)",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?), `sizes` (`d`, `n`) AS (SELECT `active`.`department_id` AS `d`, count(*) AS `n` FROM `active` GROUP BY 1) SELECT `department`.`name`, `sizes`.`n` FROM `department` JOIN `sizes` ON `sizes`.`d` = `department`.`id` WHERE `sizes`.`n` > ?)"},
            "1, 1");
        const auto both = az::cte("keys", az::select(col<&employee::id>).union_(az::select(col<&department::id>)), {"key"});
        to.statement(
            "of a compound", az::select(std::get<0>(both.columns())),
            {R"(WITH "keys" ("key") AS (SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department") SELECT "keys"."key" FROM "keys")",
             R"(WITH "keys" ("key") AS (SELECT "employee"."id" FROM "employee" UNION SELECT "department"."id" FROM "department") SELECT "keys"."key" FROM "keys")",
             R"(WITH `keys` (`key`) AS (SELECT `employee`.`id` FROM `employee` UNION SELECT `department`.`id` FROM `department`) SELECT `keys`.`key` FROM `keys`)"});
        const auto chain =
            az::cte("chain", az::select(col<&employee::id>, col<&employee::boss_id>).where(col<&employee::id> == 1))
                .union_all([](const auto& self) {
                    const auto [boss, above] = self.columns();
                    return az::select(col<&employee::id>, col<&employee::boss_id>).join(self, col<&employee::boss_id> == boss);
                });
        to.statement(
            "recursive", az::select(std::get<0>(chain.columns())).order_by(std::get<0>(chain.columns())),
            {R"(WITH RECURSIVE "chain" ("id", "boss_id") AS (SELECT "employee"."id", "employee"."boss_id" FROM "employee" WHERE "employee"."id" = ? UNION ALL SELECT "employee"."id", "employee"."boss_id" FROM "employee" JOIN "chain" ON "employee"."boss_id" = "chain"."id") SELECT "chain"."id" FROM "chain" ORDER BY 1)",
             R"(WITH RECURSIVE "chain" ("id", "boss_id") AS (SELECT "employee"."id", "employee"."boss_id" FROM "employee" WHERE "employee"."id" = $1::BIGINT UNION ALL SELECT "employee"."id", "employee"."boss_id" FROM "employee" JOIN "chain" ON "employee"."boss_id" = "chain"."id") SELECT "chain"."id" FROM "chain" ORDER BY 1)",
             R"(WITH RECURSIVE `chain` (`id`, `boss_id`) AS (SELECT `employee`.`id`, `employee`.`boss_id` FROM `employee` WHERE `employee`.`id` = ? UNION ALL SELECT `employee`.`id`, `employee`.`boss_id` FROM `employee` JOIN `chain` ON `employee`.`boss_id` = `chain`.`id`) SELECT `chain`.`id` FROM `chain` ORDER BY 1)"},
            "1");
        const auto start =
            az::cte("walk", az::select(col<&department::id>).union_(az::select(col<&project::id>)), {"key"}).union_([](const auto& self) {
                const auto [key] = self.columns();
                return az::select(key + 1).where(key < 10);
            });
        to.statement(
            "recursive from a compound", az::select(std::get<0>(start.columns())),
            {R"(WITH RECURSIVE "walk" ("key") AS (SELECT * FROM (SELECT "department"."id" FROM "department" UNION SELECT "project"."id" FROM "project") UNION SELECT "walk"."key" + ? FROM "walk" WHERE "walk"."key" < ?) SELECT "walk"."key" FROM "walk")",
             R"(WITH RECURSIVE "walk" ("key") AS ((SELECT "department"."id" FROM "department" UNION SELECT "project"."id" FROM "project") UNION SELECT "walk"."key" + $1::BIGINT FROM "walk" WHERE "walk"."key" < $2::BIGINT) SELECT "walk"."key" FROM "walk")",
             R"(WITH RECURSIVE `walk` (`key`) AS ((SELECT `department`.`id` FROM `department` UNION SELECT `project`.`id` FROM `project`) UNION SELECT `walk`.`key` + ? FROM `walk` WHERE `walk`.`key` < ?) SELECT `walk`.`key` FROM `walk`)"},
            "1, 10");
        const auto again = az::alias(active, "again");
        to.statement(
            "one twice", az::select(id, std::get<0>(again.columns())).join(again, id < std::get<0>(again.columns())),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) SELECT "active"."id", "again"."id" FROM "active" JOIN "active" AS "again" ON "active"."id" < "again"."id")",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) SELECT "active"."id", "again"."id" FROM "active" JOIN "active" AS "again" ON "active"."id" < "again"."id")",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `active`.`id`, `again`.`id` FROM `active` JOIN `active` AS `again` ON `active`.`id` < `again`.`id`)"},
            "1");
        to.statement(
            "in a scalar subquery",
            az::select(col<&department::name>).where(az::select(func::count()).where(department_id == col<&department::id>).scalar() > 2),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) SELECT "department"."name" FROM "department" WHERE (SELECT count(*) FROM "active" WHERE "active"."department_id" = "department"."id") > ?)",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) SELECT "department"."name" FROM "department" WHERE (SELECT count(*) FROM "active" WHERE "active"."department_id" = "department"."id") > $2::BIGINT)",
             R"(WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `department`.`name` FROM `department` WHERE (SELECT count(*) FROM `active` WHERE `active`.`department_id` = `department`.`id`) > ?)"},
            "1, 2");
        to.statement(
            "in a DELETE", az::delete_<assignment>().where(col<&assignment::employee_id>.in(az::select(id))),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) DELETE FROM "assignment" WHERE "assignment"."employee_id" IN (SELECT "active"."id" FROM "active"))",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) DELETE FROM "assignment" WHERE "assignment"."employee_id" IN (SELECT "active"."id" FROM "active"))",
             refused(R"(cannot do a common table expression in a DELETE)")},
            "1");
        to.statement(
            "in an UPDATE", az::update<employee>().set(col<&employee::level>, 5).where(col<&employee::id>.in(az::select(id))),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) UPDATE "employee" SET "level" = ? WHERE "employee"."id" IN (SELECT "active"."id" FROM "active"))",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) UPDATE "employee" SET "level" = $2::INTEGER WHERE "employee"."id" IN (SELECT "active"."id" FROM "active"))",
             refused(R"(cannot do a common table expression in an UPDATE)")},
            "1, 5");
        to.statement(
            "in an INSERT", az::insert<project>().columns(col<&project::id>).from(az::select(id)),
            {R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = ?) INSERT INTO "project" ("id") SELECT "active"."id" FROM "active")",
             R"(WITH "active" ("id", "department_id") AS (SELECT "employee"."id", "employee"."department_id" FROM "employee" WHERE "employee"."active" = $1::BOOLEAN) INSERT INTO "project" ("id") SELECT "active"."id" FROM "active")",
             R"(INSERT INTO `project` (`id`) WITH `active` (`id`, `department_id`) AS (SELECT `employee`.`id`, `employee`.`department_id` FROM `employee` WHERE `employee`.`active` = ?) SELECT `active`.`id` FROM `active`)"},
            "1");
        const auto whole = az::cte("whole", az::select<assignment>());
        const auto work = az::alias<assignment>(whole);
        to.statement(
            "of structs", az::select(work[&assignment::hours]),
            {R"(WITH "whole" ("employee_id", "project_id", "hours", "role") AS (SELECT "assignment"."employee_id", "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment") SELECT "whole"."hours" FROM "whole")",
             R"(WITH "whole" ("employee_id", "project_id", "hours", "role") AS (SELECT "assignment"."employee_id", "assignment"."project_id", "assignment"."hours", "assignment"."role" FROM "assignment") SELECT "whole"."hours" FROM "whole")",
             R"(WITH `whole` (`employee_id`, `project_id`, `hours`, `role`) AS (SELECT `assignment`.`employee_id`, `assignment`.`project_id`, `assignment`.`hours`, `assignment`.`role` FROM `assignment`) SELECT `whole`.`hours` FROM `whole`)"});
        const auto unused = az::cte("unused", az::select(col<&project::id>));
        to.statement("one that nothing uses", az::select(col<&department::id>).with(unused),
                     {R"(WITH "unused" ("id") AS (SELECT "project"."id" FROM "project") SELECT "department"."id" FROM "department")",
                      R"(WITH "unused" ("id") AS (SELECT "project"."id" FROM "project") SELECT "department"."id" FROM "department")",
                      R"(WITH `unused` (`id`) AS (SELECT `project`.`id` FROM `project`) SELECT `department`.`id` FROM `department`)"});
    }};

}  // namespace
}  // namespace compile_table
