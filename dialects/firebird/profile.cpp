#include "connection.hpp"

#include <fmt/format.h>

namespace azoth::firebird {

void fill_profile(profile& out) {
    out.dialect = "firebird";
    out.driver = "fbclient";
    out.server = "Firebird";
    const unsigned client = master().getUtilInterface()->getClientVersion();  // embedded: the library is the server
    out.server_version = fmt::format("{}.{}", client >> 8, client & 0xff);
    out.client_library = "libfbclient " + out.server_version;
    out.version = (client >> 8) * 10'000 + (client & 0xff) * 100;

    capabilities& can = out.can;
    can.returning_on_insert = can.returning_on_update = can.returning_on_delete = true;
    can.many_returned_rows = can.multi_row_values = false;
    can.ctes = can.recursive_ctes = can.windows = can.right_joins = can.full_joins = can.nulls_first_last = can.row_locks =
        can.ordered_updates = true;
    can.window_frames = can.named_windows = false;
    can.simultaneous_assignments = can.default_values_insert = true;
    can.regular_expressions = can.row_values = can.distribution_functions = can.bit_aggregates = can.ordered_aggregates = false;
    can.collecting_aggregates = can.array_elements = can.plans = can.recursive_unions = can.deep_recursion = false;
    can.long_value_tables = can.exact_texts = can.large_literals = can.code_points = can.trim_sets = can.quantified_nulls = false;
    can.short_double_texts = can.rereads_locked_rows = false;

    can.transactions = can.savepoints = can.read_only_transactions = true;
    for (const auto level : {isolation_level::autocommit, isolation_level::read_committed, isolation_level::repeatable_read,
                             isolation_level::snapshot, isolation_level::serializable})
        can.isolation_levels |= bit(level);

    can.alter_add_constraint = can.sequences = can.comments = true;
    can.names_unique_constraint = can.names_foreign_key = can.names_not_null_column = can.names_check_constraint = true;

    can.streaming = can.cheap_prepare = can.cancel = can.statement_deadlines = true;
    can.max_parameters = 1'499;
    can.max_value_bytes = 1'000'000'000;
    can.nul_in_text = can.division_by_zero_fails = can.strict_casts = true;
    can.microseconds = can.wide_decimals = false;

    schema_capabilities& schema = can.schema;
    schema.virtual_columns = schema.functional_indexes = schema.views = schema.replaced_views = true;
    schema.added_columns = schema.dropped_columns = schema.renamed_columns = schema.create_index_if_not_exists = true;
    schema.mixed_indexes = schema.expression_defaults = false;
}

}  // namespace azoth::firebird
