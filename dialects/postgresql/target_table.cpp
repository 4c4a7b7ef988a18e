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

}  // namespace

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
