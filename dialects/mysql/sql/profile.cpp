#include "profile.hpp"

namespace azoth::mysql {
namespace {

constexpr std::uint64_t rest_of_a_packet = 4096;  // a value travels with its statement or its row

void claim_statements(capabilities& can, const server_facts& s) {
    can.returning_on_insert = s.is_at_least(10'05'00, 0);
    can.returning_on_delete = s.is_mariadb();
    can.ctes = can.recursive_ctes = can.windows = can.multi_row_values = can.row_locks = can.default_values_insert = true;
    can.right_joins = true;
    can.lateral_joins = s.is_at_least(0, 8'00'14);
    can.intersect_except = s.is_at_least(10'03'00, 8'00'31);
    can.upsert = upsert_style::on_duplicate_key;
    can.explain_analyze = s.is_at_least(10'01'00, 8'00'18);
    can.explain_json = true;
    can.intersect_except_all = s.is_at_least(10'05'00, 8'00'31);
    can.array_and_json_tables = s.is_at_least(10'06'00, 8'00'04);
    can.upsert_reads_rows_twice = can.joined_updates = can.ordered_updates = can.update_to_default = true;
    can.ctes_in_updates = !s.is_mariadb();
    can.simultaneous_assignments = s.is_mariadb();  // by the session's mode
}

void claim_queries(capabilities& can, const server_facts& s) {
    can.nulls_first_last = can.filtered_aggregates = true;  // said in other words
    can.ordered_set_windows = s.is_at_least(10'03'03, 0);
    can.decimal_range_frames = true;
    can.rollup = true;
    can.ordered_rollup = can.grouping_function = s.is_at_least(0, 8'00'12);
    can.fetch_with_ties = s.is_at_least(10'06'00, 0);
    can.lock_nowait = s.is_at_least(10'03'00, 8'00'01);
    can.skip_locked = s.is_at_least(10'06'00, 8'00'01);
    can.locks_of_tables = s.is_at_least(0, 8'00'01);
}

void claim_transactions(capabilities& can) {
    can.transactions = can.savepoints = can.two_phase = can.read_only_transactions = true;
    for (const auto level : {isolation_level::autocommit, isolation_level::read_uncommitted, isolation_level::read_committed,
                             isolation_level::repeatable_read, isolation_level::serializable})
        can.isolation_levels |= bit(level);
}

capabilities capabilities_of(const server_facts& s, const driver_facts& d) {
    capabilities can;
    claim_statements(can, s);
    claim_queries(can, s);
    claim_transactions(can);
    can.alter_add_constraint = can.schemas = can.comments = true;
    can.sequences = s.is_mariadb();
    auto& schema = can.schema;
    schema.stored_columns = schema.virtual_columns = schema.index_prefixes = schema.index_methods = true;
    schema.functional_indexes = s.is_at_least(0, 8'00'13);
    schema.views = schema.replaced_views = schema.tables_from_queries = schema.temporary_tables = schema.column_collations = true;
    schema.temporary_names = s.is_mariadb() && s.version >= 11'02'00;
    schema.restarted_numbers = schema.restarted_identities = true;
    schema.create_index_if_not_exists = s.is_mariadb();
    schema.added_columns = schema.dropped_columns = schema.renamed_tables = schema.altered_columns = true;
    schema.renamed_columns = s.is_at_least(10'05'02, 8'00'00);
    schema.altered_sequences = s.is_mariadb();
    can.names_unique_constraint = can.names_foreign_key = can.names_not_null_column = can.names_check_constraint = true;
    can.json_paths = true;
    can.json_keys_with_minus = can.json_escaped_keys = !s.is_mariadb();
    can.array_search = s.is_at_least(10'06'00, 8'00'04);  // JSON_TABLE
    can.array_slices = s.is_at_least(10'09'00, 8'00'02);  // ranges in paths
    can.streaming = d.streaming;
    can.cheap_prepare = d.cheap_prepare;
    can.cancel = d.cancel;
    can.statement_deadlines = d.statement_deadlines;
    can.full_reset = d.full_reset;
    can.waits_through_waiter = d.waits_through_waiter;
    can.last_insert_id = true;
    // InnoDB hands them out row by row in every lock mode; what differs is whether other statements' keys come between.
    can.keys_ascend_in_batches = true;
    can.nul_in_text = true;
    can.max_parameters = 65'535;
    can.max_value_bytes = s.max_packet > rest_of_a_packet ? s.max_packet - rest_of_a_packet : 0;
    return can;
}

}  // namespace

void fill_profile(profile& out, const server_facts& server, const driver_facts& driver) {
    out.dialect = driver.dialect;
    out.driver = driver.driver;
    out.server = server.is_mariadb() ? "MariaDB" : "MySQL";
    out.server_version = server.version_text;
    out.client_library = driver.client_library;
    out.version = server.version;
    out.can = capabilities_of(server, driver);
    out.folds_table_names = server.folds_table_names;
    out.folds_column_names = true;
}

server_facts newest_server(std::string_view dialect) {
    server_facts s = read_version(dialect == "mysql" ? "8.4.0" : "11.8.0-MariaDB");
    s.max_packet = std::uint64_t{16} << 20;  // what MariaDB comes with
    return s;
}

}  // namespace azoth::mysql
