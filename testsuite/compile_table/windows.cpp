#include "table.hpp"

namespace compile_table {
namespace {

const theme windows{
    "windows", [](rows_of& to) {
        to.expression("over all rows", func::count().over(), {R"(count(*) OVER ())", R"(count(*) OVER ())", R"(count(*) OVER ())"});
        to.expression(
            "partition and order",
            func::row_number().over(
                az::partition_by(col<&employee::department_id>).order_by(col<&employee::salary>.desc(), col<&employee::id>)),
            {R"(row_number() OVER (PARTITION BY "employee"."department_id" ORDER BY "employee"."salary" DESC, "employee"."id"))",
             R"(row_number() OVER (PARTITION BY "employee"."department_id" ORDER BY "employee"."salary" DESC, "employee"."id"))",
             R"(row_number() OVER (PARTITION BY `employee`.`department_id` ORDER BY `employee`.`salary` DESC, `employee`.`id`))"});
        to.expression("rank", func::rank().over(az::window{}.order_by(col<&employee::level>)),
                      {R"(rank() OVER (ORDER BY "employee"."level"))", R"(rank() OVER (ORDER BY "employee"."level"))",
                       R"(rank() OVER (ORDER BY `employee`.`level`))"});
        to.expression("dense rank", func::dense_rank().over(az::window{}.order_by(col<&employee::level>)),
                      {R"(dense_rank() OVER (ORDER BY "employee"."level"))", R"(dense_rank() OVER (ORDER BY "employee"."level"))",
                       R"(dense_rank() OVER (ORDER BY `employee`.`level`))"});
        to.expression("percent rank and cumulative distribution",
                      func::percent_rank().over(az::window{}.order_by(col<&employee::level>)) +
                          func::cume_dist().over(az::window{}.order_by(col<&employee::level>)),
                      {R"(percent_rank() OVER (ORDER BY "employee"."level") + cume_dist() OVER (ORDER BY "employee"."level"))",
                       R"(percent_rank() OVER (ORDER BY "employee"."level") + cume_dist() OVER (ORDER BY "employee"."level"))",
                       R"(percent_rank() OVER (ORDER BY `employee`.`level`) + cume_dist() OVER (ORDER BY `employee`.`level`))"});
        to.expression("equal parts", func::ntile(4).over(az::window{}.order_by(col<&employee::salary>)),
                      {R"(ntile(?) OVER (ORDER BY "employee"."salary"))", R"(ntile($1::INTEGER) OVER (ORDER BY "employee"."salary"))",
                       R"(ntile(?) OVER (ORDER BY `employee`.`salary`))"},
                      "4");
        to.expression("the row before", func::lag(col<&employee::name>).over(az::window{}.order_by(col<&employee::id>)),
                      {R"(lag("employee"."name", ?) OVER (ORDER BY "employee"."id"))",
                       R"(lag("employee"."name", $1::INTEGER) OVER (ORDER BY "employee"."id"))",
                       R"(LAG(`employee`.`name`, ?) OVER (ORDER BY `employee`.`id`))"},
                      "1");
        to.expression("two rows after", func::lead(col<&employee::salary>, 2).over(az::window{}.order_by(col<&employee::id>)),
                      {R"(lead("employee"."salary", ?) OVER (ORDER BY "employee"."id"))",
                       R"(lead("employee"."salary", $1::INTEGER) OVER (ORDER BY "employee"."id"))",
                       R"(LEAD(`employee`.`salary`, ?) OVER (ORDER BY `employee`.`id`))"},
                      "2");
        to.expression(
            "the row before, or another value", func::lag(col<&employee::level>, 1, 0).over(az::window{}.order_by(col<&employee::id>)),
            {R"(lag("employee"."level", ?, ?) OVER (ORDER BY "employee"."id"))",
             R"(lag("employee"."level", $1::INTEGER, $2::INTEGER) OVER (ORDER BY "employee"."id"))",
             {R"(CASE WHEN LAG(1, ?) OVER (ORDER BY `employee`.`id`) IS NULL THEN ? ELSE LAG(`employee`.`level`, ?) OVER (ORDER BY `employee`.`id`) END)",
              std::string_view{"1, 0, 1"}}},
            "1, 0");
        to.expression("first, last", func::first_value(col<&employee::hired>).over(az::window{}.order_by(col<&employee::id>)),
                      {R"(first_value("employee"."hired") OVER (ORDER BY "employee"."id"))",
                       R"(first_value("employee"."hired") OVER (ORDER BY "employee"."id"))",
                       R"(first_value(`employee`.`hired`) OVER (ORDER BY `employee`.`id`))"});
        to.expression(
            "last value of the window",
            func::last_value(col<&employee::name>).over(az::window{}.order_by(col<&employee::id>).rows(std::nullopt, std::nullopt)),
            {R"(last_value("employee"."name") OVER (ORDER BY "employee"."id" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))",
             R"(last_value("employee"."name") OVER (ORDER BY "employee"."id" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))",
             R"(last_value(`employee`.`name`) OVER (ORDER BY `employee`.`id` ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))"});
        to.expression("n-th value", func::nth_value(col<&employee::name>, 2).over(az::window{}.order_by(col<&employee::id>)),
                      {R"(nth_value("employee"."name", ?) OVER (ORDER BY "employee"."id"))",
                       R"(nth_value("employee"."name", $1::INTEGER) OVER (ORDER BY "employee"."id"))",
                       R"(nth_value(`employee`.`name`, ?) OVER (ORDER BY `employee`.`id`))"},
                      "2");
        to.expression("sum of integers over a window",
                      func::sum(col<&employee::level>).over(az::partition_by(col<&employee::department_id>)),
                      {R"(sum("employee"."level") OVER (PARTITION BY "employee"."department_id"))",
                       R"(CAST(sum("employee"."level") OVER (PARTITION BY "employee"."department_id") AS BIGINT))",
                       R"(sum(`employee`.`level`) OVER (PARTITION BY `employee`.`department_id`))"});
        to.expression("sum of decimals over a window",
                      func::sum(col<&employee::salary>).over(az::partition_by(col<&employee::department_id>)),
                      {R"(azoth_sum("employee"."salary") OVER (PARTITION BY "employee"."department_id") COLLATE azoth_decimal)",
                       R"(sum("employee"."salary") OVER (PARTITION BY "employee"."department_id"))",
                       R"(sum(`employee`.`salary`) OVER (PARTITION BY `employee`.`department_id`))"});
        to.expression("some rows of a window",
                      func::count().filter(col<&employee::active>).over(az::partition_by(col<&employee::department_id>)),
                      {R"(count(*) FILTER (WHERE "employee"."active") OVER (PARTITION BY "employee"."department_id"))",
                       R"(count(*) FILTER (WHERE "employee"."active") OVER (PARTITION BY "employee"."department_id"))",
                       R"(count(CASE WHEN `employee`.`active` THEN 1 END) OVER (PARTITION BY `employee`.`department_id`))"});
        to.expression("standard deviation over a window",
                      func::stddev_samp(col<&employee::bonus>).over(az::window{}.order_by(col<&employee::id>)),
                      {R"(azoth_stddev_samp("employee"."bonus") OVER (ORDER BY "employee"."id"))",
                       R"(stddev_samp("employee"."bonus") OVER (ORDER BY "employee"."id"))",
                       R"(stddev_samp(`employee`.`bonus`) OVER (ORDER BY `employee`.`id`))"});
        to.expression(
            "bits over a window", func::bit_or(col<&employee::flags>).over(az::partition_by(col<&employee::department_id>)),
            {R"(azoth_bit_or("employee"."flags") OVER (PARTITION BY "employee"."department_id"))",
             R"(bit_or("employee"."flags") OVER (PARTITION BY "employee"."department_id"))",
             R"(CASE WHEN COUNT(`employee`.`flags`) OVER (PARTITION BY `employee`.`department_id`) > 0 THEN CAST(BIT_OR(`employee`.`flags`) OVER (PARTITION BY `employee`.`department_id`) AS SIGNED) END)"});
        to.expression(
            "texts joined over a window", func::string_agg(col<&employee::name>, ",").over(az::window{}.order_by(col<&employee::id>)),
            {R"(group_concat("employee"."name", ?) OVER (ORDER BY "employee"."id"))",
             R"(string_agg("employee"."name", $1::TEXT) OVER (ORDER BY "employee"."id"))", refused("cannot do string_agg() over a window")},
            "','");
        to.expression("NULLs last in a window",
                      func::row_number().over(az::window{}.order_by(col<&employee::bonus>.asc(az::nulls_order::last))),
                      {R"(row_number() OVER (ORDER BY "employee"."bonus" NULLS LAST))",
                       R"(row_number() OVER (ORDER BY "employee"."bonus" NULLS LAST))",
                       R"(row_number() OVER (ORDER BY `employee`.`bonus` IS NULL, `employee`.`bonus`))"});
        to.expression("NULLs first in a window, descending",
                      func::row_number().over(az::window{}.order_by(col<&employee::bonus>.desc(az::nulls_order::first))),
                      {R"(row_number() OVER (ORDER BY "employee"."bonus" DESC NULLS FIRST))",
                       R"(row_number() OVER (ORDER BY "employee"."bonus" DESC NULLS FIRST))",
                       R"(row_number() OVER (ORDER BY `employee`.`bonus` IS NOT NULL, `employee`.`bonus` DESC))"});
        to.expression(
            "a frame of rows", func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::id>).rows(-2, 0)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`id` ROWS BETWEEN 2 PRECEDING AND CURRENT ROW))"});
        to.expression(
            "a frame of rows to the end",
            func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::id>).rows(1, std::nullopt)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`id` ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))"});
        to.expression(
            "a frame of values", func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::level>).range(-2, 2)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`level` RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING))"});
        to.expression(
            "a frame of values without end",
            func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::level>).range(std::nullopt, 0)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`level` RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))"});
        to.expression(
            "a frame of values, of doubles",
            func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::bonus>).range(-1.5, 0)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."bonus" RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."bonus" RANGE BETWEEN '1.5'::DOUBLE PRECISION PRECEDING AND CURRENT ROW) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`bonus` RANGE BETWEEN 1.5e0 PRECEDING AND CURRENT ROW))"});
        to.expression(
            "a frame of values, of decimals",
            func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::salary>).range(az::decimal(-150, 2), 10)),
            {refused("cannot do a RANGE frame over decimals"),
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."salary" RANGE BETWEEN 1.50::NUMERIC PRECEDING AND 10::BIGINT FOLLOWING) AS BIGINT))",
             R"(sum(`employee`.`level`) OVER (ORDER BY `employee`.`salary` RANGE BETWEEN 1.50 PRECEDING AND 10 FOLLOWING))"});
        to.expression(
            "a frame of days",
            func::count().over(az::window{}.order_by(col<&employee::hired>).range(-std::chrono::days{3}, std::chrono::days{0})),
            {R"(count(*) OVER (ORDER BY CAST(strftime('%s', substr("employee"."hired", 1, 10)) AS INTEGER) * 1000000 RANGE BETWEEN 259200000000 PRECEDING AND CURRENT ROW))",
             R"(count(*) OVER (ORDER BY "employee"."hired" RANGE BETWEEN '0 mons 0 days 72:00:00.000000'::INTERVAL PRECEDING AND CURRENT ROW))",
             R"(count(*) OVER (ORDER BY TIMESTAMPDIFF(MICROSECOND, '1970-01-01', `employee`.`hired`) RANGE BETWEEN 259200000000 PRECEDING AND CURRENT ROW))"});
        to.expression(
            "a frame of hours, descending",
            func::count().over(
                az::window{}.order_by(col<&employee::created>.desc()).range(-std::chrono::hours{1}, std::chrono::minutes{90})),
            {R"(count(*) OVER (ORDER BY CAST(strftime('%s', substr("employee"."created", 1, 19)) AS INTEGER) * 1000000 + CAST(substr("employee"."created", 21, 6) AS INTEGER) DESC RANGE BETWEEN 3600000000 PRECEDING AND 5400000000 FOLLOWING))",
             R"(count(*) OVER (ORDER BY "employee"."created" DESC RANGE BETWEEN '0 mons 0 days 01:00:00.000000'::INTERVAL PRECEDING AND '0 mons 0 days 01:30:00.000000'::INTERVAL FOLLOWING))",
             R"(count(*) OVER (ORDER BY TIMESTAMPDIFF(MICROSECOND, '1970-01-01', `employee`.`created`) DESC RANGE BETWEEN 3600000000 PRECEDING AND 5400000000 FOLLOWING))"});
        to.expression(
            "a frame of days, NULLs last",
            func::count().over(
                az::window{}.order_by(col<&employee::left_on>.asc(az::nulls_order::last)).range(std::nullopt, std::chrono::days{1})),
            {R"(count(*) OVER (ORDER BY CAST(strftime('%s', substr("employee"."left_on", 1, 10)) AS INTEGER) * 1000000 NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND 86400000000 FOLLOWING))",
             R"(count(*) OVER (ORDER BY "employee"."left_on" NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND '0 mons 0 days 24:00:00.000000'::INTERVAL FOLLOWING))",
             refused("NULLS FIRST / NULLS LAST in the window of a RANGE frame")});
        to.expression(
            "a frame of minutes of the day",
            func::count().over(az::window{}.order_by(col<&employee::starts>).range(-std::chrono::minutes{30}, std::nullopt)),
            {R"(count(*) OVER (ORDER BY CAST(strftime('%s', '1970-01-01 ' || substr("employee"."starts", 1, 8)) AS INTEGER) * 1000000 + CAST(substr("employee"."starts", 10, 6) AS INTEGER) RANGE BETWEEN 1800000000 PRECEDING AND UNBOUNDED FOLLOWING))",
             R"(count(*) OVER (ORDER BY "employee"."starts" RANGE BETWEEN '0 mons 0 days 00:30:00.000000'::INTERVAL PRECEDING AND UNBOUNDED FOLLOWING))",
             R"(count(*) OVER (ORDER BY TIME_TO_SEC(`employee`.`starts`) * 1000000 RANGE BETWEEN 1800000000 PRECEDING AND UNBOUNDED FOLLOWING))"});
        to.expression(
            "a frame of groups", func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::level>).groups(-1, 1)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."level" GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."level" GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS BIGINT))",
             refused("cannot do a GROUPS frame")});
        to.expression(
            "a frame without its own row",
            func::sum(col<&employee::level>)
                .over(az::window{}.order_by(col<&employee::id>).rows(-1, 1).exclude(az::frame_exclusion::current_row)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."id" ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS BIGINT))",
             refused("cannot do EXCLUDE in a window's frame")});
        to.expression(
            "a frame without ties",
            func::sum(col<&employee::level>)
                .over(az::window{}.order_by(col<&employee::level>).range(std::nullopt, 0).exclude(az::frame_exclusion::ties)),
            {R"(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES))",
             R"(CAST(sum("employee"."level") OVER (ORDER BY "employee"."level" RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS BIGINT))",
             refused("cannot do EXCLUDE in a window's frame")});
        to.statement(
            "a named window",
            az::select(func::rank().over("w"), func::sum(col<&employee::level>).over("w"))
                .window("w", az::partition_by(col<&employee::department_id>).order_by(col<&employee::salary>))
                .order_by(col<&employee::id>),
            {R"(SELECT rank() OVER "w", sum("employee"."level") OVER "w" FROM "employee" WINDOW "w" AS (PARTITION BY "employee"."department_id" ORDER BY "employee"."salary") ORDER BY "employee"."id")",
             R"(SELECT rank() OVER "w", CAST(sum("employee"."level") OVER "w" AS BIGINT) FROM "employee" WINDOW "w" AS (PARTITION BY "employee"."department_id" ORDER BY "employee"."salary") ORDER BY "employee"."id")",
             R"(SELECT rank() OVER `w`, sum(`employee`.`level`) OVER `w` FROM `employee` WINDOW `w` AS (PARTITION BY `employee`.`department_id` ORDER BY `employee`.`salary`) ORDER BY `employee`.`id`)"});
        to.statement(
            "a named window refined",
            az::select(func::sum(col<&employee::level>).over(az::window{"w"}.order_by(col<&employee::id>).rows(-1, 0)))
                .window("w", az::partition_by(col<&employee::department_id>)),
            {R"(SELECT sum("employee"."level") OVER ("w" ORDER BY "employee"."id" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM "employee" WINDOW "w" AS (PARTITION BY "employee"."department_id"))",
             R"(SELECT CAST(sum("employee"."level") OVER ("w" ORDER BY "employee"."id" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS BIGINT) FROM "employee" WINDOW "w" AS (PARTITION BY "employee"."department_id"))",
             R"(SELECT sum(`employee`.`level`) OVER (`w` ORDER BY `employee`.`id` ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM `employee` WINDOW `w` AS (PARTITION BY `employee`.`department_id`))"});
        to.statement(
            "two named windows",
            az::select(func::rank().over("a"), func::rank().over("b"))
                .window("a", az::window{}.order_by(col<&employee::salary>))
                .window("b", az::window{}.order_by(col<&employee::level>)),
            {R"(SELECT rank() OVER "a", rank() OVER "b" FROM "employee" WINDOW "a" AS (ORDER BY "employee"."salary"), "b" AS (ORDER BY "employee"."level"))",
             R"(SELECT rank() OVER "a", rank() OVER "b" FROM "employee" WINDOW "a" AS (ORDER BY "employee"."salary"), "b" AS (ORDER BY "employee"."level"))",
             R"(SELECT rank() OVER `a`, rank() OVER `b` FROM `employee` WINDOW `a` AS (ORDER BY `employee`.`salary`), `b` AS (ORDER BY `employee`.`level`))"});
        to.statement("a window that nobody defines", az::select(func::count().over("nowhere")).select_from(az::entity<employee>),
                     {refused(R"(the query has no window "nowhere")"), refused(R"(the query has no window "nowhere")"),
                      refused(R"(the query has no window "nowhere")")});
        to.statement("a window that is ordered twice",
                     az::select(func::rank().over(az::window{"w"}.order_by(col<&employee::id>)))
                         .window("w", az::window{}.order_by(col<&employee::level>)),
                     {refused(R"(the window "w" has that already)"), refused(R"(the window "w" has that already)"),
                      refused(R"(the window "w" has that already)")});
        to.statement("a frame of values without an order", az::select(func::sum(col<&employee::level>).over(az::window{}.range(-1, 0))),
                     {refused("a RANGE frame with a distance needs a window that is ordered by one expression"),
                      refused("a RANGE frame with a distance needs a window that is ordered by one expression"),
                      refused("a RANGE frame with a distance needs a window that is ordered by one expression")});
        to.statement(
            "a frame of days over numbers",
            az::select(func::sum(col<&employee::level>).over(az::window{}.order_by(col<&employee::level>).range(-std::chrono::days{1}, 0))),
            {refused("a RANGE frame reaches as far as a duration, but its window is ordered by values of the type integer"),
             refused("a RANGE frame reaches as far as a duration, but its window is ordered by values of the type integer"),
             refused("a RANGE frame reaches as far as a duration, but its window is ordered by values of the type integer")});
        to.statement(
            "a frame of values with NULLs last",
            az::select(func::sum(col<&employee::level>)
                           .over(az::window{}.order_by(col<&employee::bonus>.asc(az::nulls_order::last)).range(-1.5, 0))),
            {R"(SELECT sum("employee"."level") OVER (ORDER BY "employee"."bonus" NULLS LAST RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW) FROM "employee")",
             R"(SELECT CAST(sum("employee"."level") OVER (ORDER BY "employee"."bonus" NULLS LAST RANGE BETWEEN '1.5'::DOUBLE PRECISION PRECEDING AND CURRENT ROW) AS BIGINT) FROM "employee")",
             refused("cannot do NULLS FIRST / NULLS LAST in the window of a RANGE frame")});
    }};

}  // namespace
}  // namespace compile_table
