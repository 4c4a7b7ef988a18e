#include "profile.hpp"

#include <fmt/format.h>

namespace azoth::postgresql {
namespace {

void claim_statements(capabilities& can) {
    can.returning_on_insert = can.returning_on_update = can.returning_on_delete = true;
    can.ctes = can.recursive_ctes = can.windows = can.lateral_joins = can.right_joins = can.full_joins = true;
    can.nulls_first_last = can.multi_row_values = can.filtered_aggregates = true;
    can.distinct_on = can.row_locks = can.intersect_except = can.default_values_insert = true;
    can.upsert = upsert_style::on_conflict;
    can.explain_analyze = can.explain_json = true;
    can.intersect_except_all = can.dml_in_ctes = can.cte_materialization = true;
    can.table_functions = can.table_function_ordinality = can.table_function_definitions = true;
    can.array_and_json_tables = can.table_samples = true;
    can.upsert_targets = can.upsert_partial_indexes = can.upsert_constraint_names = can.returning_skips_untouched = true;
    can.simultaneous_assignments = can.joined_updates = can.returning_of_joined = can.update_to_default = can.ctes_in_updates = true;
}

void claim_queries(capabilities& can) {
    can.ordered_sets = can.joined_windows = can.group_frames = can.frame_exclusion = can.decimal_range_frames = true;
    can.grouping_sets = can.rollup = can.ordered_rollup = can.rollup_of_nothing = can.grouping_function = true;
    can.limit_expressions = can.fetch_with_ties = true;
    can.lock_nowait = can.skip_locked = can.locks_of_tables = can.key_locks = true;
}

void claim_transactions(capabilities& can, const server_facts& server) {
    can.transactions = can.savepoints = can.ddl_in_transactions = can.read_only_transactions = can.deferrable_transactions = true;
    can.two_phase = server.max_prepared_transactions > 0;
    // It takes READ UNCOMMITTED, and reads what is committed.
    can.isolation_levels = bit(isolation_level::autocommit) | bit(isolation_level::read_uncommitted) |
                           bit(isolation_level::read_committed) | bit(isolation_level::repeatable_read) |
                           bit(isolation_level::serializable);
}

void claim_schema(capabilities& can, int version) {
    can.alter_add_constraint = can.sequences = can.schemas = can.comments = true;
    auto& schema = can.schema;
    schema.identity_columns = schema.restarted_numbers = schema.restarted_identities = true;
    schema.stored_columns = version >= 120'000;
    schema.virtual_columns = version >= 180'000;
    schema.nulls_not_distinct = version >= 150'000;
    schema.deferrable_keys = schema.deferrable_uniques = schema.full_match = true;
    schema.partial_indexes = schema.functional_indexes = schema.index_nulls_order = true;
    schema.covering_indexes = version >= 110'000;
    schema.index_methods = schema.operator_classes = schema.index_collations = true;
    schema.views = schema.replaced_views = schema.materialized_views = schema.tables_from_queries = schema.temporary_tables =
        schema.temporary_names = true;
    schema.enum_types = schema.cascading_drops = schema.create_index_if_not_exists = schema.column_collations = true;
    schema.checks_of_changed_columns = true;
    schema.added_columns = schema.dropped_columns = schema.renamed_columns = schema.renamed_tables = true;
    schema.altered_columns = schema.converted_columns = schema.altered_sequences = schema.added_enum_values = true;
    can.names_unique_constraint = can.names_foreign_key = can.names_not_null_column = can.names_check_constraint = true;
}

void claim_connection(capabilities& can) {
    can.streaming = can.cancel = can.statement_deadlines = can.full_reset = can.notifications = true;
    can.waits_through_waiter = true;
    can.keys_ascend_in_batches = true;
    can.max_parameters = 65'535;
    can.max_value_bytes = 500'000'000;  // bytes that come as text are twice as long, and a message has 1 GB at most
}

void claim_values(capabilities& can) {
    can.nan_values = can.infinite_values = can.months_in_intervals = can.native_arrays = can.strict_casts = true;
    can.division_by_zero_fails = true;
    can.json_paths = can.json_keys_with_minus = can.json_escaped_keys = can.json_containment = can.array_search = can.array_slices =
        can.array_removal = true;
}

}  // namespace

void fill_profile(profile& out, const server_facts& server) {
    out.dialect = "postgresql";
    out.driver = "libpqxx";
    out.server = "PostgreSQL";
    out.server_version = server.version_text;
    // 15.4 is 150004: since 10 there are a major and a minor number. Before, 9.6.4 was 90604.
    constexpr int two_numbers = 100'000;
    out.version = static_cast<std::uint32_t>(
        server.version < two_numbers ? server.version : server.version / 10'000 * 10'000 + server.version % 10'000 * 100);
    out.can = {};
    claim_statements(out.can);
    claim_queries(out.can);
    claim_transactions(out.can, server);
    claim_schema(out.can, server.version);
    claim_connection(out.can);
    claim_values(out.can);
}

}  // namespace azoth::postgresql
