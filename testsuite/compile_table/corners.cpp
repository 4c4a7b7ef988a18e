// What random trees have found: see testsuite/properties.
#include "table.hpp"

namespace compile_table {
namespace {

const theme corners{
    "corners", [](rows_of& to) {
        to.expression("a number too large for the column's type", col<&employee::level> == std::int64_t{3'000'000'000},
                      {R"("employee"."level" = ?)", R"("employee"."level" = $1::BIGINT)", R"(`employee`.`level` = ?)"}, "3000000000");
        to.expression("a list with a number too large for the column's type",
                      col<&employee::level>.in(std::vector<std::int64_t>{1, 3'000'000'000}),
                      {R"(("employee"."level" IN (?, ?)))", R"((CAST("employee"."level" AS BIGINT) IN ($1, $2)))",
                       R"((`employee`.`level` IN (?, ?)))"},
                      "[1, 3000000000]");
        to.expression("a list of fractions for an integer", col<&employee::level>.in(std::vector<double>{1.5}),
                      {R"(("employee"."level" IN (?)))", R"((CAST("employee"."level" AS DOUBLE PRECISION) IN ($1)))",
                       R"((`employee`.`level` IN (?)))"},
                      "[1.5]");
        to.expression("a list of integers for a function", func::char_length(col<&employee::name>).in(std::vector<std::int64_t>{1}),
                      {R"((length("employee"."name") IN (?)))", R"((CAST(char_length("employee"."name") AS BIGINT) IN ($1)))",
                       R"((char_length(`employee`.`name`) IN (?)))"},
                      "[1]");
        to.expression("nullif of decimals of two forms",
                      func::call<az::decimal>("nullif", col<&employee::salary>, az::literal(az::decimal{0})),
                      {R"(nullif(azoth_decimal("employee"."salary") COLLATE azoth_decimal, '0') COLLATE azoth_decimal)",
                       R"(nullif("employee"."salary", 0::NUMERIC))", R"(nullif(`employee`.`salary`, 0))"});
        to.expression("what is left of a decimal", col<&employee::salary> % az::decimal{1} == az::decimal{0},
                      {R"((azoth_modulo("employee"."salary", ?) COLLATE azoth_decimal) = azoth_decimal(?) COLLATE azoth_decimal)",
                       R"("employee"."salary" % $1::NUMERIC = $2::NUMERIC)", R"((`employee`.`salary` % ? + 0) = ?)"},
                      "'1', '0'");
        to.expression("texts by a condition on decimals",
                      az::when(col<&employee::salary> > az::literal(az::decimal::parse("1.5")), "a").otherwise("b") > "a",
                      {R"(CASE WHEN azoth_decimal("employee"."salary") > '1.5' COLLATE azoth_decimal THEN ? ELSE ? END COLLATE BINARY > ?)",
                       R"(CASE WHEN "employee"."salary" > 1.5::NUMERIC THEN $1::TEXT ELSE $2::TEXT END > $3::TEXT)",
                       R"(CASE WHEN `employee`.`salary` > 1.5 THEN ? ELSE ? END > ?)"},
                      "'a', 'b', 'a'");
        to.expression("a double as an integer", col<&project::weight>.as<std::int64_t>(),
                      {R"(CAST(azoth_nearest("project"."weight") AS INTEGER))", R"(CAST("project"."weight" AS BIGINT))",
                       R"(CAST(`project`.`weight` AS SIGNED))"});
    }};

}  // namespace
}  // namespace compile_table
