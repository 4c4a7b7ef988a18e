#include "target_table.hpp"

#include "statement.hpp"

#include <algorithm>
#include <array>

namespace azoth::postgresql {
namespace {

// Rules and row security act on INSERT, and not on COPY; a value for an identity column that is always generated is refused by INSERT, and
// taken by COPY.
constexpr std::string_view catalogue_query =
    "SELECT a.attname, CAST(a.atttypid AS BIGINT), c.relkind IN ('r', 'p') AND NOT c.relhasrules AND NOT c.relrowsecurity, "
    "a.attidentity = 'a' FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.oid = CAST($1 AS pg_catalog.regclass) AND a.attnum > 0 AND NOT a.attisdropped";

// The default's text is looked at, since only nextval() by itself ascends. 7: a trigger for each row, before an INSERT.
constexpr std::string_view ascending_key =
    "WITH RECURSIVE tree AS (SELECT CAST(CAST($1 AS pg_catalog.regclass) AS pg_catalog.oid) AS oid UNION "
    "SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON i.inhparent = tree.oid) "
    "SELECT CAST(a.attname AS TEXT) FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_index k ON k.indrelid = c.oid AND k.indisprimary AND k.indnatts = 1 "
    "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.indkey[0] "
    "LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum "
    "JOIN pg_catalog.pg_depend d ON CASE WHEN a.attidentity <> '' THEN d.deptype = 'i' "
    "AND d.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND d.refobjid = c.oid AND d.refobjsubid = a.attnum "
    "ELSE d.classid = CAST('pg_catalog.pg_attrdef' AS pg_catalog.regclass) AND d.objid = e.oid "
    "AND pg_catalog.pg_get_expr(e.adbin, e.adrelid) ~ '^nextval[(]''([^'']|'''')*''::regclass[)]$' END "
    "AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) "
    "JOIN pg_catalog.pg_sequence s ON s.seqrelid = CASE WHEN a.attidentity <> '' THEN d.objid ELSE d.refobjid END "
    "WHERE c.oid = CAST($1 AS pg_catalog.regclass) AND c.relkind IN ('r', 'p') AND NOT c.relhasrules "
    "AND s.seqincrement > 0 AND NOT s.seqcycle "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t JOIN tree ON t.tgrelid = tree.oid "
    "WHERE t.tgtype & 7 = 7 AND t.tgenabled <> 'D' AND NOT t.tgisinternal) "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_class p JOIN tree ON p.oid = tree.oid WHERE p.relkind = 'f')";

}  // namespace

std::string_view ascending_key_query() noexcept { return ascending_key; }

target_table look_up_target(const std::shared_ptr<session>& on, const batch_plan& plan, const execute_options& options) {
    target_table found{.takes_copy = true, .columns = std::vector<Oid>(plan.columns.size())};
    statement query{on, catalogue_query, statement::lifetimes::once};
    query.start(std::array{cell::text(plan.table)}, options);
    std::array<cell, 4> row;
    while (query.fetch(row, 1) != 0) {
        const auto at = std::find(plan.columns.begin(), plan.columns.end(), row[0].chars_view());
        if (row[2].i64 == 0) found.takes_copy = false;
        if (at == plan.columns.end()) continue;
        if (row[3].i64 != 0) found.takes_copy = false;
        found.columns[static_cast<std::size_t>(at - plan.columns.begin())] = static_cast<Oid>(row[1].i64);
    }
    return found;
}

}  // namespace azoth::postgresql
