#include "table.hpp"

namespace compile_table {
namespace {

const theme ordering{
    "ordering", [](rows_of& to) {
        to.statement("by columns",
                     az::select(col<&employee::id>).order_by(col<&employee::level>.desc(), col<&employee::name>.asc(), col<&employee::id>),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."level" DESC, "employee"."name", "employee"."id")",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."level" DESC, "employee"."name", "employee"."id")",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`level` DESC, `employee`.`name`, `employee`.`id`)"});
        to.statement("NULLs last", az::select(col<&employee::id>).order_by(col<&employee::bonus>.asc(az::nulls_order::last)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" NULLS LAST)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" NULLS LAST)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`bonus` IS NULL, `employee`.`bonus`)"});
        to.statement("NULLs first", az::select(col<&employee::id>).order_by(col<&employee::bonus>.asc(az::nulls_order::first)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" NULLS FIRST)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" NULLS FIRST)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`bonus`)"});
        to.statement("NULLs last, descending", az::select(col<&employee::id>).order_by(col<&employee::bonus>.desc(az::nulls_order::last)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" DESC NULLS LAST)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" DESC NULLS LAST)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`bonus` DESC)"});
        to.statement("NULLs first, descending", az::select(col<&employee::id>).order_by(col<&employee::bonus>.desc(az::nulls_order::first)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" DESC NULLS FIRST)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."bonus" DESC NULLS FIRST)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`bonus` IS NOT NULL, `employee`.`bonus` DESC)"});
        to.statement("by a label", az::select((col<&employee::level> + 1).label("next")).order_by(az::label_ref("next").desc()),
                     {R"(SELECT "employee"."level" + ? AS "next" FROM "employee" ORDER BY "next" DESC)",
                      R"(SELECT "employee"."level" + $1::INTEGER AS "next" FROM "employee" ORDER BY "next" DESC)",
                      R"(SELECT `employee`.`level` + ? AS `next` FROM `employee` ORDER BY `next` DESC)"},
                     "1");
        to.statement(
            "by an expression of labels",
            az::select((col<&employee::level> + 1).label("a"), col<&employee::flags>.label("b"))
                .order_by(az::label_ref<std::int64_t>("a") + az::label_ref<std::int64_t>("b")),
            {R"(SELECT "employee"."level" + ? AS "a", "employee"."flags" AS "b" FROM "employee" ORDER BY ("employee"."level" + ?) + "employee"."flags")",
             R"(SELECT "employee"."level" + $1::INTEGER AS "a", "employee"."flags" AS "b" FROM "employee" ORDER BY ("employee"."level" + $2::INTEGER) + "employee"."flags")",
             R"(SELECT `employee`.`level` + ? AS `a`, `employee`.`flags` AS `b` FROM `employee` ORDER BY (`employee`.`level` + ?) + `employee`.`flags`)"},
            "1, 1");
        to.statement(
            "by a label, NULLs last",
            az::select((col<&employee::bonus> * 2.0).label("twice")).order_by(az::label_ref("twice").asc(az::nulls_order::last)),
            {R"(SELECT "employee"."bonus" * ? AS "twice" FROM "employee" ORDER BY "twice" NULLS LAST)",
             R"(SELECT "employee"."bonus" * $1::DOUBLE PRECISION AS "twice" FROM "employee" ORDER BY "twice" NULLS LAST)",
             {R"(SELECT `employee`.`bonus` * ? AS `twice` FROM `employee` ORDER BY (`employee`.`bonus` * ?) IS NULL, (`employee`.`bonus` * ?))",
              std::string_view{"2, 2, 2"}}},
            "2");
        to.statement(
            "a union, NULLs last",
            az::select(col<&employee::bonus>.label("b"))
                .union_all(az::select(az::maybe(col<&project::weight>)))
                .order_by(az::label_ref("b").asc(az::nulls_order::last)),
            {R"(SELECT "employee"."bonus" AS "b" FROM "employee" UNION ALL SELECT "project"."weight" FROM "project" ORDER BY "b" NULLS LAST)",
             R"(SELECT "employee"."bonus" AS "b" FROM "employee" UNION ALL SELECT "project"."weight" FROM "project" ORDER BY "b" NULLS LAST)",
             R"(SELECT `employee`.`bonus` AS `b` FROM `employee` UNION ALL SELECT `project`.`weight` FROM `project` ORDER BY (`b`) IS NULL, `b`)"});
        to.statement("limit", az::select(col<&employee::id>).order_by(col<&employee::id>).limit(10),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ?)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ?)"},
                     "10");
        to.statement("limit and offset", az::select(col<&employee::id>).order_by(col<&employee::id>).limit(10).offset(20),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ? OFFSET ?)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT OFFSET $2::BIGINT)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ? OFFSET ?)"},
                     "10, 20");
        to.statement("offset alone", az::select(col<&employee::id>).order_by(col<&employee::id>).offset(20),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT -1 OFFSET ?)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" OFFSET $1::BIGINT)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT 18446744073709551615 OFFSET ?)"},
                     "20");
        to.statement("limit and offset as literals",
                     az::select(col<&employee::id>).order_by(col<&employee::id>).limit(az::literal(10)).offset(az::literal(20)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT 10 OFFSET 20)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT 10 OFFSET 20)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT 10 OFFSET 20)"});
        to.statement("limit given later",
                     az::select(col<&employee::id>)
                         .order_by(col<&employee::id>)
                         .limit(az::param<std::int64_t>("n"))
                         .offset(az::param<std::int64_t>("from")),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ? OFFSET ?)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT OFFSET $2::BIGINT)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ? OFFSET ?)"},
                     ":n, :from");
        to.statement("limit computed",
                     az::select(col<&employee::id>)
                         .order_by(col<&employee::id>)
                         .limit(az::literal(2) + az::literal(3))
                         .offset(az::bound(1) + az::bound(2)),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT azoth_rows(2 + 3) OFFSET azoth_rows(? + ?))",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT 2 + 3 OFFSET $1::INTEGER + $2::INTEGER)",
                      refused("cannot do an expression as a limit or an offset")},
                     "1, 2");
        to.statement("fetch", az::select(col<&employee::id>).order_by(col<&employee::id>).fetch(5).offset(2),
                     {R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT ? OFFSET ?)",
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT OFFSET $2::BIGINT)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ? OFFSET ?)"},
                     "5, 2");
        to.statement("fetch with ties", az::select(col<&employee::id>).order_by(col<&employee::level>).fetch(5, true),
                     {refused("cannot do FETCH FIRST n ROWS WITH TIES"),
                      R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."level" FETCH FIRST ($1::BIGINT) ROWS WITH TIES)",
                      R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`level` FETCH FIRST ? ROWS WITH TIES)"},
                     "5");
        to.statement(
            "fetch with ties behind an offset", az::select(col<&employee::id>).order_by(col<&employee::level>).fetch(5, true).offset(2),
            {refused("cannot do FETCH FIRST n ROWS WITH TIES"),
             R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."level" OFFSET ($1::BIGINT) ROWS FETCH FIRST ($2::BIGINT) ROWS WITH TIES)",
             R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`level` OFFSET ? ROWS FETCH FIRST ? ROWS WITH TIES)"},
            "2, 5");
        to.statement("fetch with ties without an order", az::select(col<&employee::id>).fetch(5, true),
                     {refused("fetch() with ties needs order_by()"), refused("fetch() with ties needs order_by()"),
                      refused("fetch() with ties needs order_by()")});
        to.statement("fetch a percentage", az::select(col<&employee::id>).order_by(col<&employee::id>).fetch_percent(20),
                     {refused("cannot do FETCH FIRST n PERCENT"), refused("cannot do FETCH FIRST n PERCENT"),
                      refused("cannot do FETCH FIRST n PERCENT")});
        to.statement(
            "a union's limit",
            az::select(col<&employee::id>).union_(az::select(col<&project::id>)).order_by(col<&employee::id>).limit(3).offset(1),
            {R"(SELECT "employee"."id" FROM "employee" UNION SELECT "project"."id" FROM "project" ORDER BY "id" LIMIT ? OFFSET ?)",
             R"(SELECT "employee"."id" FROM "employee" UNION SELECT "project"."id" FROM "project" ORDER BY "id" LIMIT $1::BIGINT OFFSET $2::BIGINT)",
             R"(SELECT `employee`.`id` FROM `employee` UNION SELECT `project`.`id` FROM `project` ORDER BY `id` LIMIT ? OFFSET ?)"},
            "3, 1");
        to.statement("by a number that is no position", az::select(col<&employee::id>, col<&employee::name>).order_by(az::literal(2)),
                     {R"(SELECT "employee"."id", "employee"."name" FROM "employee" ORDER BY CAST(2 AS INTEGER))",
                      R"(SELECT "employee"."id", "employee"."name" FROM "employee" ORDER BY CAST(2 AS INTEGER))",
                      R"(SELECT `employee`.`id`, `employee`.`name` FROM `employee` ORDER BY CAST(2 AS SIGNED))"});
        to.statement("by position, NULLs last", az::select(col<&employee::bonus>).order_by(az::position(1).asc(az::nulls_order::last)),
                     {R"(SELECT "employee"."bonus" FROM "employee" ORDER BY 1 NULLS LAST)",
                      R"(SELECT "employee"."bonus" FROM "employee" ORDER BY 1 NULLS LAST)",
                      R"(SELECT `employee`.`bonus` FROM `employee` ORDER BY `employee`.`bonus` IS NULL, `employee`.`bonus`)"});
        const auto level = col<&employee::level>;
        const auto flags = col<&employee::flags>;
        to.statement("by one of two labels of a name", az::select(level.label("n"), flags.label("n")).order_by(flags.label("n").desc()),
                     {R"(SELECT "employee"."level" AS "n", "employee"."flags" AS "n" FROM "employee" ORDER BY 2 DESC)",
                      R"(SELECT "employee"."level" AS "n", "employee"."flags" AS "n" FROM "employee" ORDER BY 2 DESC)",
                      R"(SELECT `employee`.`level` AS `n`, `employee`.`flags` AS `n` FROM `employee` ORDER BY 2 DESC)"});
        to.statement("by a label that comes twice", az::select(level.label("n"), flags.label("n")).order_by(az::label_ref("n")),
                     {refused("has the label \"n\" twice"), refused("has the label \"n\" twice"), refused("has the label \"n\" twice")});
        to.statement(
            "a union by a column whose name another one bears",
            az::select(flags.label("id"), col<&employee::id>.label("flags")).union_all(az::select(flags, flags)).order_by(flags),
            {R"(SELECT "employee"."flags" AS "id", "employee"."id" AS "flags" FROM "employee" UNION ALL SELECT "employee"."flags", "employee"."flags" FROM "employee" ORDER BY "id")",
             R"(SELECT "employee"."flags" AS "id", "employee"."id" AS "flags" FROM "employee" UNION ALL SELECT "employee"."flags", "employee"."flags" FROM "employee" ORDER BY "id")",
             R"(SELECT `employee`.`flags` AS `id`, `employee`.`id` AS `flags` FROM `employee` UNION ALL SELECT `employee`.`flags`, `employee`.`flags` FROM `employee` ORDER BY `id`)"});
        to.statement(
            "a union by a column that it does not return, but its name",
            az::select(level.label("priority")).union_all(az::select(col<&project::priority>)).order_by(col<&project::priority>),
            {R"(SELECT "employee"."level" AS "priority" FROM "employee" UNION ALL SELECT "project"."priority" FROM "project" ORDER BY "priority")",
             R"(SELECT "employee"."level" AS "priority" FROM "employee" UNION ALL SELECT "project"."priority" FROM "project" ORDER BY "priority")",
             R"(SELECT `employee`.`level` AS `priority` FROM `employee` UNION ALL SELECT `project`.`priority` FROM `project` ORDER BY `priority`)"});
        to.statement("a union by a column that is another one than its namesake",
                     az::select(col<&employee::id>.label("flags")).union_all(az::select(flags)).order_by(flags),
                     {refused("cannot be ordered by \"flags\""), refused("cannot be ordered by \"flags\""),
                      refused("cannot be ordered by \"flags\"")});
        const auto boss = az::alias<employee>("boss");
        const auto pairs = az::select(col<&employee::id>, boss[&employee::id]).where(boss[&employee::id] == col<&employee::boss_id>);
        const auto all_pairs = pairs.union_all(pairs);
        to.statement(
            "a union by one of two columns of a name", all_pairs.order_by(boss[&employee::id].desc()),
            {R"(SELECT "employee"."id", "boss"."id" FROM "employee", "employee" AS "boss" WHERE "boss"."id" = "employee"."boss_id" UNION ALL SELECT "employee"."id", "boss"."id" FROM "employee", "employee" AS "boss" WHERE "boss"."id" = "employee"."boss_id" ORDER BY 2 DESC)",
             R"(SELECT "employee"."id", "boss"."id" FROM "employee", "employee" AS "boss" WHERE "boss"."id" = "employee"."boss_id" UNION ALL SELECT "employee"."id", "boss"."id" FROM "employee", "employee" AS "boss" WHERE "boss"."id" = "employee"."boss_id" ORDER BY 2 DESC)",
             R"(SELECT `employee`.`id`, `boss`.`id` FROM `employee`, `employee` AS `boss` WHERE `boss`.`id` = `employee`.`boss_id` UNION ALL SELECT `employee`.`id`, `boss`.`id` FROM `employee`, `employee` AS `boss` WHERE `boss`.`id` = `employee`.`boss_id` ORDER BY 2 DESC)"});
        to.statement("a union by a name that comes twice", all_pairs.order_by(az::label_ref("id")),
                     {refused("more than once"), refused("more than once"), refused("more than once")});
        to.statement(
            "a union by position, NULLs last",
            az::select(col<&employee::bonus>.label("b"))
                .union_all(az::select(az::maybe(col<&project::weight>)))
                .order_by(az::position(1).asc(az::nulls_order::last)),
            {R"(SELECT "employee"."bonus" AS "b" FROM "employee" UNION ALL SELECT "project"."weight" FROM "project" ORDER BY 1 NULLS LAST)",
             R"(SELECT "employee"."bonus" AS "b" FROM "employee" UNION ALL SELECT "project"."weight" FROM "project" ORDER BY 1 NULLS LAST)",
             R"(SELECT `employee`.`bonus` AS `b` FROM `employee` UNION ALL SELECT `project`.`weight` FROM `project` ORDER BY (`b`) IS NULL, `b`)"});
        const auto ranked =
            az::select(level.label("x"), flags.label("y")).order_by(az::label_ref("x")).limit(3).subquery("ranked", {"y", "x"});
        to.statement(
            "a subquery that gives its labels other names", az::select(std::get<0>(ranked.columns())),
            {R"(SELECT "ranked"."y" FROM (SELECT "employee"."level" AS "y", "employee"."flags" AS "x" FROM "employee" ORDER BY "y" LIMIT ?) AS "ranked")",
             R"(SELECT "ranked"."y" FROM (SELECT "employee"."level" AS "y", "employee"."flags" AS "x" FROM "employee" ORDER BY "y" LIMIT $1::BIGINT) AS "ranked")",
             R"(SELECT `ranked`.`y` FROM (SELECT `employee`.`level` AS `y`, `employee`.`flags` AS `x` FROM `employee` ORDER BY `y` LIMIT ?) AS `ranked`)"},
            "3");
        const auto united = az::select(col<&employee::id>, col<&employee::name>)
                                .union_all(az::select(col<&project::id>, col<&project::title>))
                                .order_by(col<&employee::name>)
                                .limit(3)
                                .subquery("united", {"key", "what"});
        to.statement(
            "a union that gives its columns other names", az::select(std::get<0>(united.columns())),
            {R"(SELECT "united"."key" FROM (SELECT "employee"."id" AS "key", "employee"."name" AS "what" FROM "employee" UNION ALL SELECT "project"."id", "project"."title" FROM "project" ORDER BY "what" LIMIT ?) AS "united")",
             R"(SELECT "united"."key" FROM (SELECT "employee"."id" AS "key", "employee"."name" AS "what" FROM "employee" UNION ALL SELECT "project"."id", "project"."title" FROM "project" ORDER BY "what" LIMIT $1::BIGINT) AS "united")",
             R"(SELECT `united`.`key` FROM (SELECT `employee`.`id` AS `key`, `employee`.`name` AS `what` FROM `employee` UNION ALL SELECT `project`.`id`, `project`.`title` FROM `project` ORDER BY `what` LIMIT ?) AS `united`)"},
            "3");
        const auto one = az::alias<employee>("one");
        const auto other = az::alias<employee>("other");
        const auto more = az::bound(1);
        to.statement(
            "by one of two aliases",
            az::select((one[&employee::level] + more).label("a"), (other[&employee::level] + more).label("b"))
                .order_by(other[&employee::level] + more),
            {R"(SELECT "one"."level" + ? AS "a", "other"."level" + ? AS "b" FROM "employee" AS "one", "employee" AS "other" ORDER BY 2)",
             R"(SELECT "one"."level" + $1::INTEGER AS "a", "other"."level" + $2::INTEGER AS "b" FROM "employee" AS "one", "employee" AS "other" ORDER BY 2)",
             R"(SELECT `one`.`level` + ? AS `a`, `other`.`level` + ? AS `b` FROM `employee` AS `one`, `employee` AS `other` ORDER BY 2)"},
            "1, 1");
        const auto kind = col<&employee::level> % 2;
        to.statement("the first of each kind", az::select(kind.label("kind"), col<&employee::id>).distinct_on(kind).order_by(kind),
                     {refused("cannot do DISTINCT ON"),
                      R"(SELECT DISTINCT ON (1) "employee"."level" % $1::INTEGER AS "kind", "employee"."id" FROM "employee" ORDER BY 1)",
                      refused("cannot do DISTINCT ON")},
                     "2");
    }};

}  // namespace
}  // namespace compile_table
