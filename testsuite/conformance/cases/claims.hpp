#pragma once

#include <azoth/conformance/claim.hpp>

/// What cases rest on: the capabilities of a profile, by their names in azoth::capabilities. Alphabetical.
namespace azoth::conformance::claims {

inline constexpr claim array_and_json_tables{"array_and_json_tables", [](const profile& p) { return p.can.array_and_json_tables; }};
inline constexpr claim array_elements{"array_elements", [](const profile& p) { return p.can.array_elements; }};
inline constexpr claim array_removal{"array_removal", [](const profile& p) { return p.can.array_removal; }};
inline constexpr claim array_search{"array_search", [](const profile& p) { return p.can.array_search; }};
inline constexpr claim array_slices{"array_slices", [](const profile& p) { return p.can.array_slices; }};
inline constexpr claim bit_aggregates{"bit_aggregates", [](const profile& p) { return p.can.bit_aggregates; }};
inline constexpr claim cancel{"cancel", [](const profile& p) { return p.can.cancel; }, refusal::none};
inline constexpr claim code_points{"code_points", [](const profile& p) { return p.can.code_points; }};
inline constexpr claim collecting_aggregates{"collecting_aggregates", [](const profile& p) { return p.can.collecting_aggregates; }};
inline constexpr claim ctes{"ctes", [](const profile& p) { return p.can.ctes; }};
inline constexpr claim ctes_in_updates{"ctes_in_updates", [](const profile& p) { return p.can.ctes_in_updates; }};
inline constexpr claim ddl_in_transactions{"ddl_in_transactions", [](const profile& p) { return p.can.ddl_in_transactions; },
                                           refusal::none};
inline constexpr claim decimal_range_frames{"decimal_range_frames", [](const profile& p) { return p.can.decimal_range_frames; }};
inline constexpr claim deep_recursion{"deep_recursion", [](const profile& p) { return p.can.deep_recursion; }, refusal::none};
inline constexpr claim default_values_insert{"default_values_insert", [](const profile& p) { return p.can.default_values_insert; }};
inline constexpr claim deferrable_transactions{"deferrable_transactions", [](const profile& p) { return p.can.deferrable_transactions; }};
inline constexpr claim distinct_on{"distinct_on", [](const profile& p) { return p.can.distinct_on; }};
inline constexpr claim distribution_functions{"distribution_functions", [](const profile& p) { return p.can.distribution_functions; }};
inline constexpr claim division_by_zero_fails{"division_by_zero_fails", [](const profile& p) { return p.can.division_by_zero_fails; },
                                              refusal::none};
inline constexpr claim dml_in_ctes{"dml_in_ctes", [](const profile& p) { return p.can.dml_in_ctes; }};
inline constexpr claim exact_texts{"exact_texts", [](const profile& p) { return p.can.exact_texts; }, refusal::none};
inline constexpr claim fetch_percent{"fetch_percent", [](const profile& p) { return p.can.fetch_percent; }};
inline constexpr claim fetch_with_ties{"fetch_with_ties", [](const profile& p) { return p.can.fetch_with_ties; }};
inline constexpr claim frame_exclusion{"frame_exclusion", [](const profile& p) { return p.can.frame_exclusion; }};
inline constexpr claim full_joins{"full_joins", [](const profile& p) { return p.can.full_joins; }};
inline constexpr claim group_frames{"group_frames", [](const profile& p) { return p.can.group_frames; }};
inline constexpr claim grouping_function{"grouping_function", [](const profile& p) { return p.can.grouping_function; }};
inline constexpr claim grouping_sets{"grouping_sets", [](const profile& p) { return p.can.grouping_sets; }};
inline constexpr claim infinite_values{"infinite_values", [](const profile& p) { return p.can.infinite_values; }, refusal::value};
/// The key of an inserted row, by whatever means.
inline constexpr claim inserted_keys{"last_insert_id", [](const profile& p) { return p.can.last_insert_id || p.can.returning_on_insert; },
                                     refusal::none};
inline constexpr claim intersect_except{"intersect_except", [](const profile& p) { return p.can.intersect_except; }};
inline constexpr claim intersect_except_all{"intersect_except_all", [](const profile& p) { return p.can.intersect_except_all; }};
/// One level of the set that a profile has.
template <isolation_level Level>
inline constexpr claim isolation{"isolation_levels", [](const profile& p) { return (p.can.isolation_levels & bit(Level)) != 0; }};
inline constexpr claim joined_updates{"joined_updates", [](const profile& p) { return p.can.joined_updates; }};
inline constexpr claim joined_windows{"joined_windows", [](const profile& p) { return p.can.joined_windows; }};
inline constexpr claim json_containment{"json_containment", [](const profile& p) { return p.can.json_containment; }};
inline constexpr claim json_escaped_keys{"json_escaped_keys", [](const profile& p) { return p.can.json_escaped_keys; }, refusal::none};
inline constexpr claim json_keys_with_minus{"json_keys_with_minus", [](const profile& p) { return p.can.json_keys_with_minus; }};
inline constexpr claim json_paths{"json_paths", [](const profile& p) { return p.can.json_paths; }};
inline constexpr claim key_locks{"key_locks", [](const profile& p) { return p.can.key_locks; }};
inline constexpr claim large_literals{"large_literals", [](const profile& p) { return p.can.large_literals; }, refusal::none};
inline constexpr claim last_insert_id{"last_insert_id", [](const profile& p) { return p.can.last_insert_id; }, refusal::none};
inline constexpr claim lateral_joins{"lateral_joins", [](const profile& p) { return p.can.lateral_joins; }};
inline constexpr claim limit_expressions{"limit_expressions", [](const profile& p) { return p.can.limit_expressions; }};
inline constexpr claim lock_nowait{"lock_nowait", [](const profile& p) { return p.can.lock_nowait; }};
inline constexpr claim locks_of_tables{"locks_of_tables", [](const profile& p) { return p.can.locks_of_tables; }};
inline constexpr claim long_value_tables{"long_value_tables", [](const profile& p) { return p.can.long_value_tables; }, refusal::none};
inline constexpr claim many_deleted_rows{"many_returned_rows",
                                         [](const profile& p) { return p.can.returning_on_delete && p.can.many_returned_rows; },
                                         refusal::not_supported, [](const profile& p) { return !p.can.returning_on_delete; }};
/// RETURNING of a statement that changes many rows. Where it is claimed of single rows nothing is refused, since they look alike.
inline constexpr claim many_inserted_rows{"many_returned_rows",
                                          [](const profile& p) { return p.can.returning_on_insert && p.can.many_returned_rows; },
                                          refusal::not_supported, [](const profile& p) { return !p.can.returning_on_insert; }};
inline constexpr claim many_updated_rows{"many_returned_rows",
                                         [](const profile& p) { return p.can.returning_on_update && p.can.many_returned_rows; },
                                         refusal::not_supported, [](const profile& p) { return !p.can.returning_on_update; }};
inline constexpr claim microseconds{"microseconds", [](const profile& p) { return p.can.microseconds; }, refusal::value};
inline constexpr claim multi_row_values{"multi_row_values", [](const profile& p) { return p.can.multi_row_values; }};
inline constexpr claim named_windows{"named_windows", [](const profile& p) { return p.can.windows && p.can.named_windows; }};
inline constexpr claim names_check_constraint{"names_check_constraint", [](const profile& p) { return p.can.names_check_constraint; },
                                              refusal::none};
inline constexpr claim names_foreign_key{"names_foreign_key", [](const profile& p) { return p.can.names_foreign_key; }, refusal::none};
inline constexpr claim names_not_null_column{"names_not_null_column", [](const profile& p) { return p.can.names_not_null_column; },
                                             refusal::none};
inline constexpr claim names_unique_constraint{"names_unique_constraint", [](const profile& p) { return p.can.names_unique_constraint; },
                                               refusal::none};
inline constexpr claim nan_values{"nan_values", [](const profile& p) { return p.can.nan_values; }, refusal::value};
inline constexpr claim notifications{"notifications", [](const profile& p) { return p.can.notifications; }};
inline constexpr claim nul_in_text{"nul_in_text", [](const profile& p) { return p.can.nul_in_text; }, refusal::value};
inline constexpr claim ordered_aggregates{"ordered_aggregates", [](const profile& p) { return p.can.ordered_aggregates; }};
inline constexpr claim ordered_rollup{"ordered_rollup", [](const profile& p) { return p.can.ordered_rollup; }};
inline constexpr claim ordered_set_windows{"ordered_set_windows", [](const profile& p) { return p.can.ordered_set_windows; }};
inline constexpr claim ordered_sets{"ordered_sets", [](const profile& p) { return p.can.ordered_sets; }};
inline constexpr claim ordered_updates{"ordered_updates", [](const profile& p) { return p.can.ordered_updates; }};
inline constexpr claim plans{"plans", [](const profile& p) { return p.can.plans; }};
inline constexpr claim quantified_nulls{"quantified_nulls", [](const profile& p) { return p.can.quantified_nulls; }, refusal::none};
inline constexpr claim read_only_transactions{"read_only_transactions", [](const profile& p) { return p.can.read_only_transactions; }};
inline constexpr claim recursive_ctes{"recursive_ctes", [](const profile& p) { return p.can.recursive_ctes; }};
inline constexpr claim recursive_unions{"recursive_unions", [](const profile& p) { return p.can.recursive_unions; }};
inline constexpr claim regular_expressions{"regular_expressions", [](const profile& p) { return p.can.regular_expressions; }};
inline constexpr claim returned_stored_columns{"schema.stored_columns",
                                               [](const profile& p) { return p.can.schema.stored_columns && p.can.returning_on_insert; }};
/// RETURNING, and other assignments, of changes with other tables.
inline constexpr claim returning_joined_deletes{"joined_updates",
                                                [](const profile& p) { return p.can.joined_updates && p.can.returning_on_delete; }};
inline constexpr claim returning_joined_updates{"joined_updates",
                                                [](const profile& p) { return p.can.joined_updates && p.can.returning_on_update; }};
inline constexpr claim returning_of_joined{"returning_of_joined", [](const profile& p) { return p.can.returning_of_joined; }};
inline constexpr claim returning_on_delete{"returning_on_delete", [](const profile& p) { return p.can.returning_on_delete; }};
inline constexpr claim returning_on_insert{"returning_on_insert", [](const profile& p) { return p.can.returning_on_insert; }};
inline constexpr claim returning_on_update{"returning_on_update", [](const profile& p) { return p.can.returning_on_update; }};
inline constexpr claim returning_skips_untouched{"returning_skips_untouched",
                                                 [](const profile& p) { return p.can.returning_skips_untouched; }};
inline constexpr claim returning_upserts{"upsert",
                                         [](const profile& p) { return p.can.upsert != upsert_style::none && p.can.returning_on_insert; }};
inline constexpr claim right_joins{"right_joins", [](const profile& p) { return p.can.right_joins; }};
inline constexpr claim rollup{"rollup", [](const profile& p) { return p.can.rollup; }};
inline constexpr claim rollup_of_nothing{"rollup_of_nothing", [](const profile& p) { return p.can.rollup_of_nothing; }, refusal::none};
inline constexpr claim row_locks{"row_locks", [](const profile& p) { return p.can.row_locks; }};
inline constexpr claim row_values{"row_values", [](const profile& p) { return p.can.row_values; }};
inline constexpr claim savepoints{"savepoints", [](const profile& p) { return p.can.savepoints; }};
inline constexpr claim simultaneous_assignments{"simultaneous_assignments",
                                                [](const profile& p) { return p.can.simultaneous_assignments; }};
inline constexpr claim simultaneous_joined_updates{"joined_updates",
                                                   [](const profile& p) { return p.can.joined_updates && p.can.simultaneous_assignments; }};
inline constexpr claim simultaneous_upserts{
    "upsert", [](const profile& p) { return p.can.upsert != upsert_style::none && p.can.simultaneous_assignments; }};
inline constexpr claim skip_locked{"skip_locked", [](const profile& p) { return p.can.skip_locked; }};
inline constexpr claim statement_deadlines{"statement_deadlines", [](const profile& p) { return p.can.statement_deadlines; },
                                           refusal::none};
inline constexpr claim streaming{"streaming", [](const profile& p) { return p.can.streaming; }, refusal::none};
inline constexpr claim strict_casts{"strict_casts", [](const profile& p) { return p.can.strict_casts; }, refusal::none};
inline constexpr claim table_function_definitions{"table_function_definitions",
                                                  [](const profile& p) { return p.can.table_function_definitions; }};
inline constexpr claim table_function_ordinality{"table_function_ordinality",
                                                 [](const profile& p) { return p.can.table_function_ordinality; }};
inline constexpr claim table_functions{"table_functions", [](const profile& p) { return p.can.table_functions; }};
inline constexpr claim table_samples{"table_samples", [](const profile& p) { return p.can.table_samples; }};
inline constexpr claim trim_sets{"trim_sets", [](const profile& p) { return p.can.trim_sets; }};
inline constexpr claim two_phase{"two_phase", [](const profile& p) { return p.can.two_phase; }};
inline constexpr claim update_to_default{"update_to_default", [](const profile& p) { return p.can.update_to_default; }};
inline constexpr claim upsert_constraint_names{"upsert_constraint_names", [](const profile& p) { return p.can.upsert_constraint_names; }};
inline constexpr claim upsert_partial_indexes{"upsert_partial_indexes", [](const profile& p) { return p.can.upsert_partial_indexes; }};
inline constexpr claim upsert_reads_rows_twice{"upsert_reads_rows_twice", [](const profile& p) { return p.can.upsert_reads_rows_twice; },
                                               refusal::none};
inline constexpr claim upsert_targets{"upsert_targets", [](const profile& p) { return p.can.upsert_targets; }};
inline constexpr claim upserts{"upsert", [](const profile& p) { return p.can.upsert != upsert_style::none; }};
inline constexpr claim wide_decimals{"wide_decimals", [](const profile& p) { return p.can.wide_decimals; }};
inline constexpr claim window_frames{"window_frames", [](const profile& p) { return p.can.windows && p.can.window_frames; }};

}  // namespace azoth::conformance::claims
