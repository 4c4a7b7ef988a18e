#include "table.hpp"

namespace compile_table {
namespace {

const theme grouping{
    "grouping", [](rows_of& to) {
        const auto half = col<&employee::level> * 2;
        to.statement("groups", az::select(col<&employee::department_id>, func::count()).group_by(col<&employee::department_id>),
                     {R"(SELECT "employee"."department_id", count(*) FROM "employee" GROUP BY "employee"."department_id")",
                      R"(SELECT "employee"."department_id", count(*) FROM "employee" GROUP BY "employee"."department_id")",
                      R"(SELECT `employee`.`department_id`, count(*) FROM `employee` GROUP BY `employee`.`department_id`)"});
        to.statement(
            "groups of several keys, and HAVING",
            az::select(col<&employee::department_id>, col<&employee::level>, func::count())
                .group_by(col<&employee::department_id>, col<&employee::level>)
                .having(func::count() > 1, func::max(col<&employee::salary>) > az::decimal(10)),
            {R"(SELECT "employee"."department_id", "employee"."level", count(*) FROM "employee" GROUP BY "employee"."department_id", "employee"."level" HAVING count(*) > ? AND max("employee"."salary") > ?)",
             R"(SELECT "employee"."department_id", "employee"."level", count(*) FROM "employee" GROUP BY "employee"."department_id", "employee"."level" HAVING count(*) > $1::BIGINT AND max("employee"."salary") > $2::NUMERIC)",
             R"(SELECT `employee`.`department_id`, `employee`.`level`, count(*) FROM `employee` GROUP BY `employee`.`department_id`, `employee`.`level` HAVING count(*) > ? AND max(`employee`.`salary`) > ?)"},
            "1, '10'");
        to.statement("a label as key",
                     az::select((col<&employee::level> / 2.0).label("half"), func::count()).group_by(az::label_ref("half")),
                     {R"(SELECT "employee"."level" / ? AS "half", count(*) FROM "employee" GROUP BY 1)",
                      R"(SELECT "employee"."level" / $1::DOUBLE PRECISION AS "half", count(*) FROM "employee" GROUP BY 1)",
                      R"(SELECT `employee`.`level` / ? AS `half`, count(*) FROM `employee` GROUP BY 1)"},
                     "2");
        to.statement("a computed key", az::select(half, func::count()).group_by(half).order_by(half),
                     {R"(SELECT "employee"."level" * ?, count(*) FROM "employee" GROUP BY 1 ORDER BY 1)",
                      R"(SELECT "employee"."level" * $1::INTEGER, count(*) FROM "employee" GROUP BY 1 ORDER BY 1)",
                      R"(SELECT `employee`.`level` * ?, count(*) FROM `employee` GROUP BY 1 ORDER BY 1)"},
                     "2");
        to.statement(
            "a computed key without values",
            az::select((col<&employee::level> + col<&employee::flags>).label("both"), func::count()).group_by(az::label_ref("both")),
            {R"(SELECT "employee"."level" + "employee"."flags" AS "both", count(*) FROM "employee" GROUP BY "employee"."level" + "employee"."flags")",
             R"(SELECT "employee"."level" + "employee"."flags" AS "both", count(*) FROM "employee" GROUP BY "employee"."level" + "employee"."flags")",
             R"(SELECT `employee`.`level` + `employee`.`flags` AS `both`, count(*) FROM `employee` GROUP BY `employee`.`level` + `employee`.`flags`)"});
        to.statement(
            "a label in HAVING",
            az::select(col<&employee::level>, func::count().label("n"))
                .group_by(col<&employee::level>)
                .having(az::label_ref<std::int64_t>("n") > 1),
            {R"(SELECT "employee"."level", count(*) AS "n" FROM "employee" GROUP BY "employee"."level" HAVING count(*) > ?)",
             R"(SELECT "employee"."level", count(*) AS "n" FROM "employee" GROUP BY "employee"."level" HAVING count(*) > $1::BIGINT)",
             R"(SELECT `employee`.`level`, count(*) AS `n` FROM `employee` GROUP BY `employee`.`level` HAVING count(*) > ?)"},
            "1");
        to.statement(
            "rollup",
            az::select(col<&employee::department_id>, az::maybe(col<&employee::level>), func::count())
                .group_by(az::rollup(col<&employee::department_id>, col<&employee::level>)),
            {refused("cannot do ROLLUP"),
             R"(SELECT "employee"."department_id", "employee"."level", count(*) FROM "employee" GROUP BY ROLLUP ("employee"."department_id", "employee"."level"))",
             R"(SELECT `employee`.`department_id`, `employee`.`level`, count(*) FROM `employee` GROUP BY `employee`.`department_id`, `employee`.`level` WITH ROLLUP)"});
        to.statement(
            "rollup in an order",
            az::select(col<&employee::department_id>, func::count())
                .group_by(az::rollup(col<&employee::department_id>))
                .order_by(col<&employee::department_id>),
            {refused("cannot do ROLLUP"),
             R"(SELECT "employee"."department_id", count(*) FROM "employee" GROUP BY ROLLUP ("employee"."department_id") ORDER BY "employee"."department_id")",
             refused("cannot do ORDER BY beside ROLLUP")});
        to.statement(
            "rollup beside a key",
            az::select(az::maybe(col<&employee::level>), func::count()).group_by(col<&employee::active>, az::rollup(col<&employee::level>)),
            {refused("cannot do ROLLUP"),
             R"(SELECT "employee"."level", count(*) FROM "employee" GROUP BY "employee"."active", ROLLUP ("employee"."level"))",
             refused("cannot do ROLLUP beside other keys")});
        to.statement(
            "cube",
            az::select(col<&employee::department_id>, az::maybe(col<&employee::level>), func::count())
                .group_by(az::cube(col<&employee::department_id>, col<&employee::level>)),
            {refused("cannot do CUBE"),
             R"(SELECT "employee"."department_id", "employee"."level", count(*) FROM "employee" GROUP BY CUBE ("employee"."department_id", "employee"."level"))",
             refused("cannot do CUBE")});
        to.statement(
            "grouping sets",
            az::select(col<&employee::department_id>, az::maybe(col<&employee::level>), func::count())
                .group_by(az::grouping_sets({{col<&employee::department_id>, col<&employee::level>}, {col<&employee::level>}, {}})),
            {refused("cannot do GROUPING SETS"),
             R"(SELECT "employee"."department_id", "employee"."level", count(*) FROM "employee" GROUP BY GROUPING SETS (("employee"."department_id", "employee"."level"), ("employee"."level"), ()))",
             refused("cannot do GROUPING SETS")});
        to.statement(
            "grouping()",
            az::select(az::maybe(col<&employee::level>), func::grouping(col<&employee::level>), func::count())
                .group_by(az::rollup(col<&employee::level>)),
            {refused("cannot do GROUPING()"),
             R"(SELECT "employee"."level", GROUPING("employee"."level"), count(*) FROM "employee" GROUP BY ROLLUP ("employee"."level"))",
             refused("cannot do GROUPING()")});
        to.statement("distinct", az::select(col<&employee::department_id>).distinct(),
                     {R"(SELECT DISTINCT "employee"."department_id" FROM "employee")",
                      R"(SELECT DISTINCT "employee"."department_id" FROM "employee")",
                      R"(SELECT DISTINCT `employee`.`department_id` FROM `employee`)"});
        to.statement(
            "distinct by keys",
            az::select(col<&employee::department_id>, col<&employee::name>)
                .distinct_on(col<&employee::department_id>)
                .order_by(col<&employee::department_id>, col<&employee::salary>.desc()),
            {refused("cannot do DISTINCT ON"),
             R"(SELECT DISTINCT ON ("employee"."department_id") "employee"."department_id", "employee"."name" FROM "employee" ORDER BY "employee"."department_id", "employee"."salary" DESC)",
             refused("cannot do DISTINCT ON")});
        to.statement("distinct twice", az::select(col<&employee::name>).distinct().distinct_on(col<&employee::level>),
                     {refused("a select has both distinct() and distinct_on()"), refused("a select has both distinct() and distinct_on()"),
                      refused("a select has both distinct() and distinct_on()")});
        to.statement("a label that nobody defines", az::select(col<&employee::level>).order_by(az::label_ref("nowhere")),
                     {refused(R"(the query has no label "nowhere" to refer to; it has no labels at all)"),
                      refused(R"(the query has no label "nowhere" to refer to; it has no labels at all)"),
                      refused(R"(the query has no label "nowhere" to refer to; it has no labels at all)")});
    }};

}  // namespace
}  // namespace compile_table
