#include "table.hpp"

namespace compile_table {
namespace {

const theme basics{
    "basics", [](rows_of& to) {
        to.statement("columns and a condition", az::select(col<&employee::id>, col<&employee::name>).where(col<&employee::level> > 3),
                     {R"(SELECT "employee"."id", "employee"."name" FROM "employee" WHERE "employee"."level" > ?)",
                      R"(SELECT "employee"."id", "employee"."name" FROM "employee" WHERE "employee"."level" > $1::INTEGER)",
                      R"(SELECT `employee`.`id`, `employee`.`name` FROM `employee` WHERE `employee`.`level` > ?)"},
                     "3");
        to.expression(
            "LIKE", col<&employee::name>.like("a%"),
            {R"("employee"."name" LIKE ?)", R"("employee"."name" LIKE $1::VARCHAR ESCAPE '')", R"(`employee`.`name` LIKE ? ESCAPE X'01')"},
            "'a%'");
    }};

}  // namespace
}  // namespace compile_table
