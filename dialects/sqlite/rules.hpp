#pragma once

#include <azoth/dialect.hpp>

#include <array>

namespace azoth::sqlite {

/// How SQLite writes SQL. Made once.
const rule_table& rules();

// The parts of it, a file each.
void set_type_rules(rule_table& to);
void set_ddl_rules(rule_table& to);
void set_alter_rules(rule_table& to);
void set_decimal_rules(rule_table& to);
void set_moment_rules(rule_table& to);
void set_aggregate_rules(rule_table& to);
void set_operator_rules(rule_table& to);
void set_table_rules(rule_table& to);
void set_compound_rules(rule_table& to);

/// CURRENT_TIMESTAMP and CURRENT_TIME as defaults: SQLite's own have whole seconds and say no zone, so that a column gets the form that
/// Azoth writes, in which text sorts as time does.
struct moment_default {
    type_kind kind;  ///< of the column
    std::string_view word;
    std::string_view sql;
};
inline constexpr std::array moment_defaults{
    moment_default{type_kind::timestamp_tz, "CURRENT_TIMESTAMP", "strftime('%Y-%m-%d %H:%M:%f000Z', 'now')"},
    moment_default{type_kind::timestamp, "CURRENT_TIMESTAMP", "strftime('%Y-%m-%d %H:%M:%f000', 'now')"},
    moment_default{type_kind::time, "CURRENT_TIME", "strftime('%H:%M:%f000', 'now')"},
};

/// Whether the parts of a set operation have a column's exact numbers in different forms.
bool mixes_exact_forms(const compound_node& n, std::size_t column);
void set_document_rules(rule_table& to);

/// Whether values of the type are exact numbers: decimals, and unsigned integers of 64 bits, which SQLite has no number for.
bool is_exact(const type& t) noexcept;
/// Whether they are kept as text with the collation azoth_decimal: what 15 digits and a REAL cannot hold.
bool is_kept_as_text(const type& t) noexcept;
/// Whether an expression's SQL has that collation in it, where SQLite finds it from outside.
bool brings_collation(const node& e);

/// Whether the expression is an exact number, in whatever form; whether it may be one as text.
bool is_exact_expression(const node& e);
bool may_be_exact_text(const node& e);
/// The expression as an exact number's text, ready to be compared; as a double.
void write_exact(compiler& out, const node& e);
void write_real(compiler& out, const node& e);
/// Behind an expression that is an exact number's text.
void write_decimal_collation(compiler& out);

/// Comparisons of tuples, and with ANY and ALL.
void write_tuple_comparison(compiler& out, const binary_node& n, std::string_view sign);
void write_tuple_in(compiler& out, const in_node& n);
void write_quantified_comparison(compiler& out, const binary_node& n, std::string_view sign);

/// Writes what comes out of `written` as CAST would make it: SQLite's own CAST knows none of the types that are kept as text.
void write_cast(compiler& out, const cast_node& n);

}  // namespace azoth::sqlite
