#include "profile.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

constexpr int v3_38 = 3'038'000;
constexpr int v3_39 = 3'039'000;

capabilities capabilities_of(int version, bool shared_cache) {
    capabilities can;
    can.returning_on_insert = can.returning_on_update = can.returning_on_delete = true;  // 3.35, the oldest that is supported
    can.ctes = can.recursive_ctes = can.windows = true;
    can.right_joins = can.full_joins = version >= v3_39;
    can.nulls_first_last = can.multi_row_values = can.filtered_aggregates = can.intersect_except = true;
    can.default_values_insert = true;
    can.upsert = upsert_style::on_conflict;
    can.cte_materialization = can.table_functions = can.array_and_json_tables = true;
    can.joined_windows = can.group_frames = can.frame_exclusion = can.limit_expressions = true;
    can.upsert_targets = can.upsert_partial_indexes = can.upsert_reads_rows_twice = can.returning_skips_untouched = true;
    can.simultaneous_assignments = can.joined_updates = can.ctes_in_updates = true;

    can.transactions = can.savepoints = can.ddl_in_transactions = can.read_only_transactions = true;
    can.isolation_levels = bit(isolation_level::serializable) | bit(isolation_level::autocommit);
    if (shared_cache) can.isolation_levels |= bit(isolation_level::read_uncommitted);

    auto& schema = can.schema;
    schema.stored_columns = schema.virtual_columns = schema.deferrable_keys = true;
    schema.partial_indexes = schema.functional_indexes = schema.index_collations = schema.create_index_if_not_exists = true;
    schema.views = schema.tables_from_queries = schema.temporary_tables = schema.temporary_names = schema.column_collations = true;

    schema.checks_of_changed_columns = schema.restarted_identities = true;
    schema.added_columns = schema.dropped_columns = schema.renamed_columns = schema.renamed_tables = true;

    // The columns of a UNIQUE constraint are told, not its name; of a foreign key nothing is.
    can.names_not_null_column = can.names_check_constraint = true;

    can.streaming = can.cheap_prepare = can.cancel = can.statement_deadlines = can.full_reset = can.last_insert_id = true;
    can.keys_ascend_in_batches = true;
    can.infinite_values = can.nul_in_text = true;
    can.json_paths = version >= v3_38;
    can.json_keys_with_minus = can.json_escaped_keys = can.json_containment = can.array_search = can.array_slices = can.array_removal =
        true;
    can.max_parameters = 32'766;
    can.max_value_bytes = 1'000'000'000;
    return can;
}

}  // namespace

void fill_profile(profile& out, int library_version, bool shared_cache) {
    out.dialect = "sqlite";
    out.driver = "sqlite3";
    out.server = "SQLite";
    const int major = library_version / 1'000'000;
    const int minor = library_version / 1000 % 1000;
    const int patch = library_version % 1000;
    out.server_version = fmt::format("{}.{}.{}", major, minor, patch);
    out.client_library = "SQLite " + out.server_version;
    out.version = static_cast<std::uint32_t>(major * 10'000 + minor * 100 + patch);
    out.can = capabilities_of(library_version, shared_cache);
    out.folds_table_names = out.folds_column_names = true;
}

}  // namespace azoth::sqlite
