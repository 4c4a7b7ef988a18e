// What @name@ can do. Claim what works, and nothing else: what is not claimed is refused before it is sent, and the suite checks both ways.
#include "connection.hpp"

namespace @name@_dialect {

void fill_profile(azoth::profile& out) {
    out.dialect = "@name@";
    out.driver = "@driver@";
    out.server = "@Name@";
    out.server_version = "unknown";  // as the server says it
    out.client_library = "none";     // name and version of the library beneath
    out.version = 0;                 // major * 10000 + minor * 100 + patch

    azoth::capabilities& can = out.can = azoth::no_claims();
    // Nearly all databases do some things (ROWS and RANGE in a window, microseconds, regular expressions ...): a plugin that begins with
    // azoth::capabilities{} claims those already.
    can.max_parameters = 999;  // in one statement

    // A good order, each with a group of the suite's cases:
    //   can.transactions and can.isolation_levels (azoth::bit of each level, the usual one at least), can.savepoints
    //   can.multi_row_values, can.default_values_insert, can.returning_on_insert
    //   can.ctes, can.windows, can.intersect_except, can.right_joins, can.nulls_first_last
    //   can.schema.views, can.schema.added_columns, can.alter_add_constraint, can.schemas
    //   can.streaming, can.cancel, can.statement_deadlines
    //   can.names_unique_constraint and its sisters
    // <azoth/sql/profile.hpp> has all of them, each with its meaning. Some only the dialect can refuse, where it writes types (wide_decimals)
    // or takes values (microseconds, nan_values, infinite_values, nul_in_text: a data_error from `bind`).
}

}  // namespace @name@_dialect
