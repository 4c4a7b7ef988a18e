#include "table.hpp"

namespace compile_table {
namespace {

const theme locks{
    "locks", [](rows_of& to) {
        const auto boss = az::alias<employee>("boss");
        to.statement("for update", az::select(col<&employee::id>).where(col<&employee::id> == 1).with_for_update(),
                     {refused("cannot do FOR UPDATE and FOR SHARE"),
                      R"(SELECT "employee"."id" FROM "employee" WHERE "employee"."id" = $1::BIGINT FOR UPDATE)",
                      R"(SELECT `employee`.`id` FROM `employee` WHERE `employee`.`id` = ? FOR UPDATE)"},
                     "1");
        to.statement("for share", az::select(col<&employee::id>).with_for_update({az::lock_strength::share}),
                     {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "employee"."id" FROM "employee" FOR SHARE)",
                      R"(SELECT `employee`.`id` FROM `employee` LOCK IN SHARE MODE)"});
        to.statement("for no key update", az::select(col<&employee::id>).with_for_update({az::lock_strength::no_key_update}),
                     {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "employee"."id" FROM "employee" FOR NO KEY UPDATE)",
                      refused("cannot do locks that spare keys")});
        to.statement("for key share", az::select(col<&employee::id>).with_for_update({az::lock_strength::key_share}),
                     {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "employee"."id" FROM "employee" FOR KEY SHARE)",
                      refused("cannot do locks that spare keys")});
        to.statement("for update, not waiting", az::select(col<&employee::id>).with_for_update({.wait = az::lock_wait::nowait}),
                     {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "employee"."id" FROM "employee" FOR UPDATE NOWAIT)",
                      R"(SELECT `employee`.`id` FROM `employee` FOR UPDATE NOWAIT)"});
        to.statement(
            "for update of the next free ones",
            az::select(col<&employee::id>).order_by(col<&employee::id>).limit(2).with_for_update({.wait = az::lock_wait::skip_locked}),
            {refused("cannot do FOR UPDATE and FOR SHARE"),
             R"(SELECT "employee"."id" FROM "employee" ORDER BY "employee"."id" LIMIT $1::BIGINT FOR UPDATE SKIP LOCKED)",
             R"(SELECT `employee`.`id` FROM `employee` ORDER BY `employee`.`id` LIMIT ? FOR UPDATE SKIP LOCKED)"},
            "2");
        to.statement("for share, skipping",
                     az::select(col<&employee::id>).with_for_update({az::lock_strength::share, az::lock_wait::skip_locked}),
                     {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "employee"."id" FROM "employee" FOR SHARE SKIP LOCKED)",
                      R"(SELECT `employee`.`id` FROM `employee` LOCK IN SHARE MODE SKIP LOCKED)"});
        to.statement(
            "for update of one table",
            az::select(col<&employee::id>, col<&department::name>).join<department>().with_for_update({}, az::entity<employee>),
            {refused("cannot do FOR UPDATE and FOR SHARE"),
             R"(SELECT "employee"."id", "department"."name" FROM "employee" JOIN "department" ON "employee"."department_id" = "department"."id" FOR UPDATE OF "employee")",
             refused("cannot do locks of some of a query's tables (OF)")});
        to.statement(
            "for update of an alias", az::select(boss[&employee::id]).with_for_update({.wait = az::lock_wait::nowait}, boss),
            {refused("cannot do FOR UPDATE and FOR SHARE"), R"(SELECT "boss"."id" FROM "employee" AS "boss" FOR UPDATE OF "boss" NOWAIT)",
             refused("cannot do locks of some of a query's tables (OF)")});
        to.statement("for update of a stranger", az::select(col<&employee::id>).with_for_update({}, az::entity<project>),
                     {refused("cannot do FOR UPDATE and FOR SHARE"),
                      refused("with_for_update() names project, which the query does not select from"),
                      refused("cannot do locks of some of a query's tables (OF)")});
        to.statement("for update of groups", az::select(col<&employee::level>).group_by(col<&employee::level>).with_for_update(),
                     {refused("with_for_update() locks rows of tables, but the query groups them or takes equal ones once"),
                      refused("with_for_update() locks rows of tables, but the query groups them or takes equal ones once"),
                      refused("with_for_update() locks rows of tables, but the query groups them or takes equal ones once")});
    }};

}  // namespace
}  // namespace compile_table
