#include "table.hpp"

namespace compile_table {
namespace {

const theme aggregates{
    "aggregates", [](rows_of& to) {
        to.expression("count of rows", func::count(), {R"(count(*))", R"(count(*))", R"(count(*))"});
        to.expression("count of values", func::count(col<&employee::email>),
                      {R"(count("employee"."email"))", R"(count("employee"."email"))", R"(count(`employee`.`email`))"});
        to.expression("count of distinct values", func::count(col<&employee::department_id>).distinct(),
                      {R"(count(DISTINCT "employee"."department_id"))", R"(count(DISTINCT "employee"."department_id"))",
                       R"(count(DISTINCT `employee`.`department_id`))"});
        to.expression("count of some rows", func::count().filter(col<&employee::level> > 3),
                      {R"(count(*) FILTER (WHERE "employee"."level" > ?))", R"(count(*) FILTER (WHERE "employee"."level" > $1::INTEGER))",
                       R"(count(CASE WHEN `employee`.`level` > ? THEN 1 END))"},
                      "3");
        to.expression("count of some distinct values", func::count(col<&employee::department_id>).distinct().filter(col<&employee::active>),
                      {R"(count(DISTINCT "employee"."department_id") FILTER (WHERE "employee"."active"))",
                       R"(count(DISTINCT "employee"."department_id") FILTER (WHERE "employee"."active"))",
                       R"(count(DISTINCT CASE WHEN `employee`.`active` THEN `employee`.`department_id` END))"});
        to.expression("sum of integers", func::sum(col<&employee::level>),
                      {R"(sum("employee"."level"))", R"(CAST(sum("employee"."level") AS BIGINT))", R"(sum(`employee`.`level`))"});
        to.expression("sum of 64-bit integers", func::sum(col<&employee::flags>),
                      {R"(sum("employee"."flags"))", R"(CAST(sum("employee"."flags") AS BIGINT))", R"(sum(`employee`.`flags`))"});
        to.expression("sum of unsigned integers", func::sum(col<&employee::badge>),
                      {R"(sum("employee"."badge"))", R"(CAST(sum("employee"."badge") AS BIGINT))", R"(sum(`employee`.`badge`))"});
        to.expression("sum of doubles", func::sum(col<&employee::bonus>),
                      {R"(sum("employee"."bonus"))", R"(sum("employee"."bonus"))", R"(sum(`employee`.`bonus`))"});
        to.expression(
            "sum of decimals", func::sum(col<&employee::salary>),
            {R"(azoth_sum("employee"."salary") COLLATE azoth_decimal)", R"(sum("employee"."salary"))", R"(sum(`employee`.`salary`))"});
        to.expression("sum of distinct decimals", func::sum(col<&employee::salary>).distinct(),
                      {R"(azoth_sum(DISTINCT "employee"."salary") COLLATE azoth_decimal)", R"(sum(DISTINCT "employee"."salary"))",
                       R"(sum(DISTINCT `employee`.`salary`))"});
        to.expression(
            "sum of some decimals", func::sum(col<&employee::salary>).filter(col<&employee::level> > 3, col<&employee::active>),
            {R"(azoth_sum("employee"."salary") FILTER (WHERE "employee"."level" > ? AND "employee"."active") COLLATE azoth_decimal)",
             R"(sum("employee"."salary") FILTER (WHERE "employee"."level" > $1::INTEGER AND "employee"."active"))",
             R"(sum(CASE WHEN `employee`.`level` > ? AND `employee`.`active` THEN `employee`.`salary` END))"},
            "3");
        to.expression("average of integers", func::avg(col<&employee::level>),
                      {R"(avg("employee"."level"))", R"(avg("employee"."level"))", R"(avg(`employee`.`level`))"});
        to.expression("average of some decimals", func::avg(col<&employee::salary>).filter(col<&employee::email>.is_not_null()),
                      {R"(azoth_avg("employee"."salary") FILTER (WHERE "employee"."email" IS NOT NULL) COLLATE azoth_decimal)",
                       R"(avg("employee"."salary") FILTER (WHERE "employee"."email" IS NOT NULL))",
                       R"(avg(CASE WHEN `employee`.`email` IS NOT NULL THEN `employee`.`salary` END))"});
        to.expression("least and greatest", func::max(col<&employee::salary>) - func::min(col<&employee::salary>),
                      {R"(azoth_subtract(max("employee"."salary"), min("employee"."salary")) COLLATE azoth_decimal)",
                       R"(max("employee"."salary") - min("employee"."salary"))", R"(max(`employee`.`salary`) - min(`employee`.`salary`))"});
        to.expression("greatest of some dates", func::max(col<&employee::hired>).filter(col<&employee::left_on>.is_null()),
                      {R"(max("employee"."hired") FILTER (WHERE "employee"."left_on" IS NULL))",
                       R"(max("employee"."hired") FILTER (WHERE "employee"."left_on" IS NULL))",
                       R"(max(CASE WHEN `employee`.`left_on` IS NULL THEN `employee`.`hired` END))"});
        to.expression("all of the conditions", func::bool_and(col<&employee::level> > 3),
                      {R"(min("employee"."level" > ?))", R"(bool_and("employee"."level" > $1::INTEGER))", R"(min(`employee`.`level` > ?))"},
                      "3");
        to.expression("any of the conditions, of some rows", func::bool_or(col<&employee::active>).filter(col<&employee::level> > 3),
                      {R"(max("employee"."active") FILTER (WHERE "employee"."level" > ?))",
                       R"(bool_or("employee"."active") FILTER (WHERE "employee"."level" > $1::INTEGER))",
                       R"(max(CASE WHEN `employee`.`level` > ? THEN `employee`.`active` END))"},
                      "3");
        to.expression("bits that all have", func::bit_and(col<&employee::flags>),
                      {R"(azoth_bit_and("employee"."flags"))", R"(bit_and("employee"."flags"))",
                       R"(CASE WHEN COUNT(`employee`.`flags`) > 0 THEN CAST(BIT_AND(`employee`.`flags`) AS SIGNED) END)"});
        to.expression(
            "bits that any has, of some rows", func::bit_or(col<&employee::flags>).filter(col<&employee::active>),
            {R"(azoth_bit_or("employee"."flags") FILTER (WHERE "employee"."active"))",
             R"(bit_or("employee"."flags") FILTER (WHERE "employee"."active"))",
             R"(CASE WHEN COUNT(CASE WHEN `employee`.`active` THEN `employee`.`flags` END) > 0 THEN CAST(BIT_OR(CASE WHEN `employee`.`active` THEN `employee`.`flags` END) AS SIGNED) END)"});
        to.expression(
            "standard deviation of a sample", func::stddev_samp(col<&employee::bonus>),
            {R"(azoth_stddev_samp("employee"."bonus"))", R"(stddev_samp("employee"."bonus"))", R"(stddev_samp(`employee`.`bonus`))"});
        to.expression(
            "standard deviation of a population", func::stddev_pop(col<&employee::level>),
            {R"(azoth_stddev_pop("employee"."level"))", R"(stddev_pop("employee"."level"))", R"(stddev_pop(`employee`.`level`))"});
        to.expression("variance of a sample", func::var_samp(col<&employee::salary>),
                      {R"(azoth_var_samp("employee"."salary"))", R"(var_samp("employee"."salary"))", R"(var_samp(`employee`.`salary`))"});
        to.expression("variance of a population, of some rows", func::var_pop(col<&employee::bonus>).filter(col<&employee::active>),
                      {R"(azoth_var_pop("employee"."bonus") FILTER (WHERE "employee"."active"))",
                       R"(var_pop("employee"."bonus") FILTER (WHERE "employee"."active"))",
                       R"(var_pop(CASE WHEN `employee`.`active` THEN `employee`.`bonus` END))"});
        to.expression(
            "texts joined", func::string_agg(col<&employee::name>, ", "),
            {R"(group_concat("employee"."name", ?))",
             R"(string_agg("employee"."name", $1::TEXT))",
             {R"(SUBSTRING(GROUP_CONCAT(CONCAT(?, `employee`.`name`) SEPARATOR ''), CHAR_LENGTH(?) + 1))", std::string_view{"', ', ', '"}}},
            "', '");
        to.expression("texts joined by a literal", func::string_agg(col<&employee::name>, az::literal("; ")),
                      {R"(group_concat("employee"."name", '; '))", R"(string_agg("employee"."name", '; '))",
                       R"(GROUP_CONCAT(`employee`.`name` SEPARATOR '; '))"});
        to.expression(
            "texts joined in an order",
            func::string_agg(col<&employee::name>, ", ").order_by(col<&employee::salary>.desc(), col<&employee::name>),
            {R"(azoth_string_agg('-dlnafb', "employee"."name", ?, "employee"."salary", "employee"."name"))",
             R"(string_agg("employee"."name", $1::TEXT ORDER BY "employee"."salary" DESC, "employee"."name"))",
             {R"(SUBSTRING(GROUP_CONCAT(CONCAT(?, `employee`.`name`) ORDER BY `employee`.`salary` DESC, `employee`.`name` SEPARATOR ''), CHAR_LENGTH(?) + 1))",
              std::string_view{"', ', ', '"}}},
            "', '");
        to.expression("texts joined in an order, NULLs last",
                      func::string_agg(col<&employee::name>, az::literal(",")).order_by(col<&employee::email>.asc(az::nulls_order::last)),
                      {R"(azoth_string_agg('-alb', "employee"."name", ',', "employee"."email"))",
                       R"(string_agg("employee"."name", ',' ORDER BY "employee"."email" NULLS LAST))",
                       R"(GROUP_CONCAT(`employee`.`name` ORDER BY `employee`.`email` IS NULL, `employee`.`email` SEPARATOR ','))"});
        to.expression(
            "distinct texts joined in their order",
            func::string_agg(col<&employee::name>, ",").distinct().order_by(col<&employee::name>.desc()),
            {R"(azoth_string_agg('ddlb', "employee"."name", ?, "employee"."name"))",
             R"(string_agg(DISTINCT "employee"."name", $1::TEXT ORDER BY "employee"."name" DESC))",
             {R"(SUBSTRING(GROUP_CONCAT(DISTINCT CONCAT(?, `employee`.`name`) ORDER BY `employee`.`name` DESC SEPARATOR ''), CHAR_LENGTH(?) + 1))",
              std::string_view{"',', ','"}}},
            "','");
        to.expression(
            "some texts joined", func::string_agg(col<&employee::name>, ",").filter(col<&employee::active>),
            {R"(group_concat("employee"."name", ?) FILTER (WHERE "employee"."active"))",
             R"(string_agg("employee"."name", $1::TEXT) FILTER (WHERE "employee"."active"))",
             {R"(SUBSTRING(GROUP_CONCAT(CASE WHEN `employee`.`active` THEN CONCAT(?, `employee`.`name`) END SEPARATOR ''), CHAR_LENGTH(?) + 1))",
              std::string_view{"',', ','"}}},
            "','");
        to.expression(
            "an array", func::array_agg(col<&employee::level>).order_by(col<&employee::id>),
            {R"(('[' || azoth_string_agg('-afb', json_quote("employee"."level"), ',', "employee"."id") || ']'))",
             R"(array_agg("employee"."level" ORDER BY "employee"."id"))",
             R"(CONCAT('[', GROUP_CONCAT(JSON_EXTRACT(JSON_ARRAY(`employee`.`level`), '$[0]') ORDER BY `employee`.`id` SEPARATOR ','), ']'))"});
        to.expression("an array of texts that can be NULL", func::array_agg(col<&employee::email>),
                      {R"(('[' || group_concat(json_quote("employee"."email"), ',') || ']'))", R"(array_agg("employee"."email"))",
                       R"(CONCAT('[', GROUP_CONCAT(JSON_EXTRACT(JSON_ARRAY(`employee`.`email`), '$[0]') SEPARATOR ','), ']'))"});
        to.expression(
            "a JSON array of numbers", func::json_agg(col<&employee::level>).order_by(col<&employee::name>.desc()),
            {R"(('[' || azoth_string_agg('-dlb', json_quote("employee"."level"), ',', "employee"."name") || ']'))",
             R"(jsonb_agg("employee"."level" ORDER BY "employee"."name" DESC))",
             R"(CONCAT('[', GROUP_CONCAT(JSON_EXTRACT(JSON_ARRAY(`employee`.`level`), '$[0]') ORDER BY `employee`.`name` DESC SEPARATOR ','), ']'))"});
        to.expression(
            "a JSON array of some booleans", func::json_agg(col<&employee::active>).filter(col<&employee::level> > 3),
            {R"(('[' || group_concat(CASE WHEN "employee"."active" THEN 'true' WHEN NOT "employee"."active" THEN 'false' ELSE 'null' END, ',') FILTER (WHERE "employee"."level" > ?) || ']'))",
             R"(jsonb_agg("employee"."active") FILTER (WHERE "employee"."level" > $1::INTEGER))",
             R"(CONCAT('[', GROUP_CONCAT(CASE WHEN `employee`.`level` > ? THEN CASE WHEN `employee`.`active` THEN 'true' WHEN NOT `employee`.`active` THEN 'false' ELSE 'null' END END SEPARATOR ','), ']'))"},
            "3");
        to.expression("a JSON array of doubles", func::json_agg(col<&employee::bonus>),
                      {R"(('[' || group_concat(coalesce(azoth_json_real("employee"."bonus"), 'null'), ',') || ']'))",
                       R"(jsonb_agg("employee"."bonus"))",
                       R"(CONCAT('[', GROUP_CONCAT(JSON_EXTRACT(JSON_ARRAY(`employee`.`bonus`), '$[0]') SEPARATOR ','), ']'))"});
        to.expression(
            "a JSON object", func::json_object_agg(col<&employee::name>, col<&employee::level>),
            {R"(('{' || group_concat(json_quote("employee"."name") || ':' || json_quote("employee"."level"), ',') || '}'))",
             R"(jsonb_object_agg("employee"."name", "employee"."level"))",
             R"(CONCAT('{', GROUP_CONCAT(CONCAT(JSON_EXTRACT(JSON_ARRAY(`employee`.`name`), '$[0]'), ':', JSON_EXTRACT(JSON_ARRAY(`employee`.`level`), '$[0]')) SEPARATOR ','), '}'))"});
        to.expression(
            "percentile between values", func::percentile_cont(0.5).within_group(col<&employee::salary>),
            {refused("cannot do WITHIN GROUP"), R"(percentile_cont('0.5'::DOUBLE PRECISION) WITHIN GROUP (ORDER BY "employee"."salary"))",
             refused("cannot do WITHIN GROUP")});
        to.expression("percentile that is a value", func::percentile_disc(0.25).within_group(col<&employee::name>.desc()),
                      {refused("cannot do WITHIN GROUP"),
                       R"(percentile_disc('0.25'::DOUBLE PRECISION) WITHIN GROUP (ORDER BY "employee"."name" DESC))",
                       refused("cannot do WITHIN GROUP")});
        to.expression(
            "mode", func::mode().within_group(col<&employee::level>),
            {refused("cannot do WITHIN GROUP"), R"(mode() WITHIN GROUP (ORDER BY "employee"."level"))", refused("cannot do WITHIN GROUP")});
        to.expression(
            "percentile of some rows", func::percentile_cont(0.9).within_group(col<&employee::bonus>).filter(col<&employee::active>),
            {refused("cannot do WITHIN GROUP"),
             R"(percentile_cont('0.9'::DOUBLE PRECISION) WITHIN GROUP (ORDER BY "employee"."bonus") FILTER (WHERE "employee"."active"))",
             refused("cannot do FILTER behind percentile_cont()")});
        to.expression(
            "percentile over a window",
            func::percentile_cont(0.5).within_group(col<&employee::salary>).over(az::partition_by(col<&employee::department_id>)),
            {refused("cannot do WITHIN GROUP over a window"), refused("cannot do WITHIN GROUP over a window"),
             R"(percentile_cont(0.5e0) WITHIN GROUP (ORDER BY `employee`.`salary`) OVER (PARTITION BY `employee`.`department_id`))"});
        to.expression(
            "an aggregate of the database's own", func::call<double>("sum", col<&employee::bonus>).distinct(),
            {R"(sum(DISTINCT "employee"."bonus"))", R"(sum(DISTINCT "employee"."bonus"))", R"(sum(DISTINCT `employee`.`bonus`))"});
        to.statement(
            "sum compared with more than an integer",
            az::select(col<&employee::department_id>)
                .group_by(col<&employee::department_id>)
                .having(func::sum(col<&employee::level>) > 3'000'000'000),
            {R"(SELECT "employee"."department_id" FROM "employee" GROUP BY "employee"."department_id" HAVING sum("employee"."level") > ?)",
             R"(SELECT "employee"."department_id" FROM "employee" GROUP BY "employee"."department_id" HAVING CAST(sum("employee"."level") AS BIGINT) > $1::BIGINT)",
             R"(SELECT `employee`.`department_id` FROM `employee` GROUP BY `employee`.`department_id` HAVING sum(`employee`.`level`) > ?)"},
            "3000000000");
        to.statement("distinct texts in another order",
                     az::select(func::string_agg(col<&employee::name>, ",").distinct().order_by(col<&employee::level>)),
                     {refused("string_agg() takes distinct values in another order than theirs"),
                      refused("string_agg() takes distinct values in another order than theirs"),
                      refused("string_agg() takes distinct values in another order than theirs")});
        to.statement(
            "texts joined in the order of a collation",
            az::select(func::string_agg(col<&employee::name>, az::literal(",")).order_by(col<&employee::name>.collate("C").desc())),
            {refused("string_agg() ordered or made distinct by a collation (C)"),
             R"(SELECT string_agg("employee"."name", ',' ORDER BY "employee"."name" COLLATE "C" DESC) FROM "employee")",
             R"(SELECT GROUP_CONCAT(`employee`.`name` ORDER BY `employee`.`name` COLLATE C DESC SEPARATOR ',') FROM `employee`)"});
        to.statement("a distinct aggregate over a window", az::select(func::sum(col<&employee::level>).distinct().over()),
                     {refused("sum() over a window cannot be distinct()"), refused("sum() over a window cannot be distinct()"),
                      refused("sum() over a window cannot be distinct()")});
        to.statement("an ordered aggregate over a window",
                     az::select(func::string_agg(col<&employee::name>, ",").order_by(col<&employee::id>).over()),
                     {refused("string_agg() over a window takes the window's order"),
                      refused("string_agg() over a window takes the window's order"), refused("cannot do string_agg() over a window")});
    }};

}  // namespace
}  // namespace compile_table
