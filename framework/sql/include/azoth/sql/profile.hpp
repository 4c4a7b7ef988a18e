#pragma once

#include <azoth/base/export.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace azoth {

enum class upsert_style : std::uint8_t { none, on_conflict, on_duplicate_key, merge };
enum class isolation_level : std::uint8_t {
    database_default,
    autocommit,
    read_uncommitted,
    read_committed,
    repeatable_read,
    snapshot,
    serializable
};

constexpr std::uint32_t bit(isolation_level level) noexcept { return 1u << static_cast<unsigned>(level); }

/// The standard's words: "READ COMMITTED"; "AUTOCOMMIT", "SNAPSHOT" and "DEFAULT" for those it has none for.
AZOTH_API std::string_view isolation_name(isolation_level level) noexcept;

/// What a server can have in a schema.
struct schema_capabilities {
    bool identity_columns{};    ///< GENERATED ... AS IDENTITY with options of its own
    bool stored_columns{};      ///< computed when a row is written
    bool virtual_columns{};     ///< computed when a row is read
    bool deferrable_keys{};     ///< foreign keys that are checked at a transaction's end
    bool deferrable_uniques{};  ///< ... and unique and primary keys
    bool full_match{};          ///< foreign keys with MATCH FULL
    bool nulls_not_distinct{};  ///< unique keys for which two NULLs are the same
    bool partial_indexes{};
    bool functional_indexes{};
    bool covering_indexes{};  ///< INCLUDE
    bool index_nulls_order{};
    bool index_methods{};
    bool operator_classes{};
    bool index_prefixes{};
    bool index_collations{};
    bool views{};
    bool replaced_views{};  ///< CREATE OR REPLACE VIEW
    bool materialized_views{};
    bool tables_from_queries{};  ///< CREATE TABLE ... AS
    bool temporary_tables{};
    bool temporary_names{};  ///< the session's temporary tables can be listed
    bool enum_types{};
    bool enum_columns{};     ///< an enumeration's labels in its column's type
    bool cascading_drops{};  ///< DROP ... CASCADE
    bool create_index_if_not_exists{};
    bool column_collations{};
    bool restarted_numbers{};  ///< a numbered key can be told where to go on; else it always goes on behind the largest
    bool added_columns{};      ///< ALTER TABLE ... ADD COLUMN
    bool dropped_columns{};
    bool renamed_columns{};
    bool renamed_tables{};
    bool altered_columns{};    ///< another type, default, NOT NULL or numbering
    bool converted_columns{};  ///< ... of values that an expression makes of those before
    bool altered_sequences{};
    bool added_enum_values{};
    // what nearly all databases do: claimed where nothing is said
    bool mixed_indexes{true};        ///< an index whose columns go up and down, or that has an expression beside others
    bool expression_defaults{true};  ///< a column's default is computed; else it is a literal, or a word such as CURRENT_DATE
    // claimed where they are said, as those before
    bool checks_of_changed_columns{};  ///< checks of columns that the database numbers, or that a foreign key changes
    bool restarted_identities{};       ///< an identity can be told where to go on, whatever other numbered keys do

    std::array<bool, 16> spare{};  ///< as capabilities::spare

    friend bool operator==(const schema_capabilities&, const schema_capabilities&) = default;
};

/// What a server and its driver claim to do. The compiler refuses what is not claimed (not_supported_error), and the conformance
/// suite checks each claim both ways. The size stays as it is within a major version of the interface: a new claim takes a spare place.
struct capabilities {
    // statements
    bool returning_on_insert{};
    bool returning_on_update{};
    bool returning_on_delete{};
    bool ctes{};
    bool recursive_ctes{};
    bool windows{};
    bool lateral_joins{};
    bool right_joins{};
    bool full_joins{};
    bool nulls_first_last{};
    bool multi_row_values{};
    bool filtered_aggregates{};
    bool distinct_on{};
    bool row_locks{};
    bool intersect_except{};
    upsert_style upsert{upsert_style::none};
    // transactions
    bool transactions{};
    bool savepoints{};
    bool two_phase{};
    bool ddl_in_transactions{};
    bool read_only_transactions{};
    std::uint32_t isolation_levels{};  ///< a `bit` for each level
    // DDL
    bool alter_add_constraint{};
    bool sequences{};
    bool schemas{};
    bool comments{};
    // names of violated constraints in errors, per kind
    bool names_unique_constraint{};
    bool names_foreign_key{};
    bool names_not_null_column{};
    bool names_check_constraint{};
    // connection
    bool streaming{};            ///< results arrive in constant memory
    bool cheap_prepare{};        ///< preparing costs no round trip: done at first use, not at the second
    bool cancel{};               ///< `cancel` works from another thread
    bool statement_deadlines{};  ///< a deadline ends a running statement
    bool full_reset{};           ///< `reset` also undoes session settings and temporary objects
    bool last_insert_id{};
    bool waits_through_waiter{};  ///< never blocks elsewhere
    std::uint32_t max_parameters{999};
    std::uint64_t max_value_bytes{1'000'000'000};
    bool default_values_insert{};  ///< INSERT ... DEFAULT VALUES
    bool deferrable_transactions{};
    bool notifications{};           ///< LISTEN and NOTIFY
    bool keys_ascend_in_batches{};  ///< an INSERT of many rows generates keys in the rows' order
    // values
    bool nan_values{};              ///< a double can be NaN
    bool infinite_values{};         ///< ... or infinite
    bool nul_in_text{};             ///< text may hold the character U+0000
    bool months_in_intervals{};     ///< an interval keeps months apart from days
    bool division_by_zero_fails{};  ///< with an error, where others give NULL
    bool native_arrays{};           ///< arrays are more than JSON texts
    bool strict_casts{};            ///< a cast of a value that does not fit, or of a text that is no number, is an error
    // aggregates, windows, grouping, limits and locks
    bool ordered_sets{};          ///< WITHIN GROUP
    bool ordered_set_windows{};   ///< ... over a window
    bool joined_windows{};        ///< string_agg, array_agg and json_agg over a window
    bool group_frames{};          ///< GROUPS
    bool frame_exclusion{};       ///< EXCLUDE
    bool decimal_range_frames{};  ///< RANGE frames with distances over decimals
    bool grouping_sets{};         ///< GROUPING SETS, CUBE, ROLLUP anywhere
    bool rollup{};                ///< ROLLUP of all keys
    bool ordered_rollup{};        ///< ... in a query that is ordered
    bool rollup_of_nothing{};     ///< ... gives its total also where there are no rows
    bool grouping_function{};     ///< GROUPING()
    bool limit_expressions{};     ///< limits that are computed
    bool fetch_with_ties{};
    bool fetch_percent{};
    bool lock_nowait{};
    bool skip_locked{};
    bool locks_of_tables{};  ///< FOR UPDATE OF
    bool key_locks{};        ///< FOR NO KEY UPDATE, FOR KEY SHARE
    // INSERT, UPDATE and DELETE
    bool upsert_targets{};             ///< an upsert says which unique key counts; else any does
    bool upsert_partial_indexes{};     ///< ... of a partial index
    bool upsert_constraint_names{};    ///< ... by the constraint's name
    bool upsert_reads_rows_twice{};    ///< one upsert may meet the same row again and again
    bool returning_skips_untouched{};  ///< RETURNING of an upsert leaves out the rows that it neither inserted nor updated
    bool simultaneous_assignments{};   ///< each assignment of an UPDATE sees the row as it was
    bool joined_updates{};             ///< UPDATE and DELETE with other tables
    bool returning_of_joined{};        ///< ... whose columns RETURNING may give
    bool ordered_updates{};            ///< ORDER BY of an UPDATE or DELETE
    bool update_to_default{};          ///< SET column = DEFAULT
    bool ctes_in_updates{};            ///< WITH before an UPDATE or DELETE

    // plans of statements
    bool explain_analyze{};  ///< a statement's plan with what happened when it ran
    bool explain_json{};     ///< a plan as JSON
    // what stands in FROM
    bool intersect_except_all{};        ///< INTERSECT ALL and EXCEPT ALL
    bool cte_materialization{};         ///< MATERIALIZED and NOT MATERIALIZED, which others do without
    bool dml_in_ctes{};                 ///< INSERT, UPDATE and DELETE with RETURNING in a WITH
    bool table_functions{};             ///< the database's own functions in FROM
    bool table_function_ordinality{};   ///< WITH ORDINALITY
    bool table_function_definitions{};  ///< a call in FROM that says the types of its columns
    bool array_and_json_tables{};       ///< an array, or a JSON array, as a table
    bool table_samples{};               ///< TABLESAMPLE
    // documents and arrays in expressions
    bool json_paths{};            ///< doc["key"][0] and what is read from it
    bool json_keys_with_minus{};  ///< ... by keys that begin with a minus
    bool json_escaped_keys{};     ///< ... by keys that a document spells with \u escapes
    bool json_containment{};      ///< json_contains
    bool array_search{};          ///< array_contains, array_contains_all, array_overlaps, array_position
    bool array_slices{};          ///< slice
    bool array_removal{};         ///< array_remove
    // what nearly all databases do: claimed where nothing is said
    bool window_frames{true};       ///< ROWS and RANGE in a window
    bool named_windows{true};       ///< WINDOW
    bool wide_decimals{true};       ///< decimals of more than 18 digits or of no number of digits, and integers of 64 bits without a sign
    bool microseconds{true};        ///< dates and times keep microseconds
    bool many_returned_rows{true};  ///< RETURNING gives the rows of a statement that changes many
    bool regular_expressions{true};
    bool row_values{true};              ///< tuples are compared by order, with lists and with queries; where not, only two with each other
    bool distribution_functions{true};  ///< percent_rank, cume_dist and ntile
    bool bit_aggregates{true};          ///< bit_and and bit_or
    bool ordered_aggregates{true};      ///< string_agg in an order
    bool collecting_aggregates{true};   ///< array_agg, json_agg and json_object_agg
    bool array_elements{true};          ///< an array's elements and length, and arrays made of others
    bool plans{true};                   ///< EXPLAIN
    bool recursive_unions{true};        ///< a recursive CTE by UNION, which leaves out rows that were there
    bool deep_recursion{true};          ///< a recursive CTE of more than a thousand levels
    bool long_value_tables{true};       ///< hundreds of rows of values in FROM
    bool exact_texts{true};             ///< = tells texts apart that look the same: "é" of one character and of two
    bool large_literals{true};          ///< literals of hundreds of kilobytes
    bool code_points{true};             ///< code_point and character
    bool trim_sets{true};               ///< trim, ltrim and rtrim of any of several characters
    bool quantified_nulls{true};        ///< ANY and ALL over NULLs can be unknown
    bool short_double_texts{true};      ///< a double as text has the digits that it needs
    bool rereads_locked_rows{true};     ///< who has waited for a row changes it as it is then; else that is a serialization error

    /// Claims of later minor versions: not claimed by plugins that do not know of them. For nobody to use.
    std::array<bool, 48> spare{};

    schema_capabilities schema{};

    friend bool operator==(const capabilities&, const capabilities&) = default;
};

/// Nothing at all, not even what nearly all databases do: for a dialect that begins.
[[nodiscard]] AZOTH_API capabilities no_claims() noexcept;

/// Which server this is and what follows from that. Allocated by the framework, filled by the plugin.
struct profile {
    std::string dialect{};
    std::string driver{};
    std::string server{};          ///< "SQLite", "PostgreSQL", "MariaDB"
    std::string server_version{};  ///< as the server says it: "3.40.1"
    std::string client_library{};  ///< name and version of the library beneath the driver
    std::uint32_t version{};       ///< major * 10000 + minor * 100 + patch
    capabilities can{};
    bool folds_table_names{};   ///< names of tables and views that differ by the case of their letters alone are the same, however quoted
    bool folds_column_names{};  ///< ... and of columns
    std::array<bool, 14> spare{};  ///< as capabilities::spare
    /// Whose SQL it speaks, where that is another server's: a derived dialect says here what its base has found.
    std::string compatible_server{};
    std::uint32_t compatible_version{};  ///< as `version`

    /// What rules and reflectors go by where servers differ.
    [[nodiscard]] std::string_view sql_server() const noexcept { return compatible_server.empty() ? server : compatible_server; }
    [[nodiscard]] std::uint32_t sql_version() const noexcept { return compatible_server.empty() ? version : compatible_version; }

    friend bool operator==(const profile&, const profile&) = default;
};

}  // namespace azoth
