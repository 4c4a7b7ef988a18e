#pragma once

#include <azoth/conformance/case.hpp>

/// What a server can have in a schema.
namespace azoth::conformance::claims {

inline constexpr claim added_columns{"schema.added_columns", [](const profile& p) { return p.can.schema.added_columns; }};
inline constexpr claim added_enum_values{"schema.added_enum_values", [](const profile& p) { return p.can.schema.added_enum_values; }};
inline constexpr claim alter_add_constraint{"alter_add_constraint", [](const profile& p) { return p.can.alter_add_constraint; }};
inline constexpr claim altered_columns{"schema.altered_columns", [](const profile& p) { return p.can.schema.altered_columns; }};
inline constexpr claim altered_sequences{"schema.altered_sequences",
                                         [](const profile& p) { return p.can.sequences && p.can.schema.altered_sequences; }};
inline constexpr claim cascading_drops{"schema.cascading_drops", [](const profile& p) { return p.can.schema.cascading_drops; }};
/// ... by ALTER TABLE, or by a table that is made anew and takes the name. What cannot be done is told in the list of changes.
inline constexpr claim changed_columns{
    "schema.altered_columns", [](const profile& p) { return p.can.schema.altered_columns || p.can.schema.renamed_tables; }, refusal::none};
inline constexpr claim changed_indexes{"schema.mixed_indexes", [](const profile& p) { return p.can.schema.mixed_indexes; }, refusal::none};
/// Where there are no sequences the case has none.
inline constexpr claim changed_sequences{
    "schema.altered_sequences", [](const profile& p) { return !p.can.sequences || p.can.schema.altered_sequences; }, refusal::none};
inline constexpr claim column_collations{"schema.column_collations", [](const profile& p) { return p.can.schema.column_collations; }};
inline constexpr claim comments{"comments", [](const profile& p) { return p.can.comments; }};
inline constexpr claim converted_columns{"schema.converted_columns", [](const profile& p) { return p.can.schema.converted_columns; }};
inline constexpr claim covering_indexes{"schema.covering_indexes", [](const profile& p) { return p.can.schema.covering_indexes; }};
inline constexpr claim create_index_if_not_exists{"schema.create_index_if_not_exists",
                                                  [](const profile& p) { return p.can.schema.create_index_if_not_exists; }};
/// Those that are declared with a table are left out where there are none.
inline constexpr claim declared_comments{"comments", [](const profile& p) { return p.can.comments; }, refusal::none};
inline constexpr claim deferrable_keys{"schema.deferrable_keys", [](const profile& p) { return p.can.schema.deferrable_keys; }};
inline constexpr claim deferrable_uniques{"schema.deferrable_uniques", [](const profile& p) { return p.can.schema.deferrable_uniques; }};
inline constexpr claim dropped_columns{"schema.dropped_columns", [](const profile& p) { return p.can.schema.dropped_columns; }};
inline constexpr claim enum_types{"schema.enum_types", [](const profile& p) { return p.can.schema.enum_types; }};
inline constexpr claim expression_defaults{"schema.expression_defaults", [](const profile& p) { return p.can.schema.expression_defaults; }};
inline constexpr claim full_match{"schema.full_match", [](const profile& p) { return p.can.schema.full_match; }};
inline constexpr claim functional_indexes{"schema.functional_indexes", [](const profile& p) { return p.can.schema.functional_indexes; }};
inline constexpr claim identity_columns{"schema.identity_columns", [](const profile& p) { return p.can.schema.identity_columns; },
                                        refusal::none};
inline constexpr claim materialized_views{"schema.materialized_views", [](const profile& p) { return p.can.schema.materialized_views; }};
inline constexpr claim mixed_indexes{"schema.mixed_indexes", [](const profile& p) { return p.can.schema.mixed_indexes; }};
inline constexpr claim nulls_not_distinct{"schema.nulls_not_distinct", [](const profile& p) { return p.can.schema.nulls_not_distinct; }};
/// ... made by SQL of the program's own, which nobody refuses before the database does.
inline constexpr claim own_temporary_tables{"schema.temporary_tables", [](const profile& p) { return p.can.schema.temporary_tables; },
                                            refusal::none};
inline constexpr claim partial_indexes{"schema.partial_indexes", [](const profile& p) { return p.can.schema.partial_indexes; }};
inline constexpr claim renamed_columns{"schema.renamed_columns", [](const profile& p) { return p.can.schema.renamed_columns; }};
inline constexpr claim renamed_tables{"schema.renamed_tables", [](const profile& p) { return p.can.schema.renamed_tables; }};
inline constexpr claim replaced_views{"schema.replaced_views", [](const profile& p) { return p.can.schema.replaced_views; }};
/// Schemas beside the default one. Where there are none, a name in front of a table's may mean something else: an attached file.
inline constexpr claim schemas{"schemas", [](const profile& p) { return p.can.schemas; }, refusal::none};
inline constexpr claim sequence_defaults{"schema.expression_defaults",
                                         [](const profile& p) { return p.can.sequences && p.can.schema.expression_defaults; }};
inline constexpr claim sequences{"sequences", [](const profile& p) { return p.can.sequences; }};
inline constexpr claim stored_columns{"schema.stored_columns", [](const profile& p) { return p.can.schema.stored_columns; }};
inline constexpr claim tables_from_queries{"schema.tables_from_queries", [](const profile& p) { return p.can.schema.tables_from_queries; }};
inline constexpr claim temporary_tables{"schema.temporary_tables", [](const profile& p) { return p.can.schema.temporary_tables; }};
inline constexpr claim views{"schema.views", [](const profile& p) { return p.can.schema.views; }};
inline constexpr claim virtual_columns{"schema.virtual_columns", [](const profile& p) { return p.can.schema.virtual_columns; }};

}  // namespace azoth::conformance::claims
