#pragma once

#include <azoth/schema/alter_nodes.hpp>
#include <azoth/schema/ddl.hpp>

namespace azoth {

// Statements that change what is there. A table is said as it is before the statement, as far as the statement goes by it: its name, and
// for `alter_column` all of the column, which some databases are told again.

namespace detail {

/// A column on its way to what it becomes, and what has been said of it.
struct column_alteration {
    column_spec spec{};
    column_details details{};
    column_changes said{};
    node_ptr conversion{};
};

struct no_default_option {};
struct not_numbered_option {};
struct conversion_option {
    node_ptr expression;
};

AZOTH_API void alter(column_alteration& what, const type& to);
AZOTH_API void alter(column_alteration& what, const nullable_option& to);
AZOTH_API void alter(column_alteration& what, const server_default_option& to);
AZOTH_API void alter(column_alteration& what, const no_default_option& to);
AZOTH_API void alter(column_alteration& what, const collation_option& to);
AZOTH_API void alter(column_alteration& what, const identity_option& to);
AZOTH_API void alter(column_alteration& what, const not_numbered_option& to);
AZOTH_API void alter(column_alteration& what, const conversion_option& to);

template <class Option>
concept alters_column = requires(column_alteration& what, const Option& o) {
    detail::alter(what, o);
};

AZOTH_API column_alteration start_altering(const table& of, std::string_view column);
AZOTH_API ddl_statement finish_altering(const table& of, column_alteration what);

}  // namespace detail

/// Of `alter_column`: the column has no default any more.
inline constexpr detail::no_default_option no_server_default{};
/// Of `alter_column`: the program gives the numbers from now on.
inline constexpr detail::not_numbered_option not_numbered{};
/// Of `alter_column`: what makes values of the new type of those before, as an expression over `own_column`. Without it the database
/// converts as it can, and fails where it cannot. Databases without ALTER ... USING refuse it: update before, or afterwards.
template <expression E>
[[nodiscard]] detail::conversion_option converted_by(const E& expression) {
    return {expression.node()};
}

/// ALTER TABLE ... ADD COLUMN: `add_column(item, column("weight", type_kind::integer))`. A key, a unique constraint and an index are
/// statements of their own; said of the column they throw interface_error (mapping). SQLite cannot add a column that is NOT NULL without
/// a constant default.
[[nodiscard]] AZOTH_API ddl_statement add_column(const table& to, const column_draft& what);
/// ALTER TABLE ... DROP COLUMN. Its values are lost.
[[nodiscard]] AZOTH_API ddl_statement drop_column(const table& of, std::string column);
[[nodiscard]] AZOTH_API ddl_statement rename_column(const table& of, std::string column, std::string to);
[[nodiscard]] AZOTH_API ddl_statement rename_table(const table& what, std::string to);

/// ALTER TABLE ... ALTER COLUMN, by the words that `column` takes: `alter_column(item, "price", numeric(12, 2), not_null,
/// server_default("0"))`; what is not said stays. Comments are changed by `comment_on`. Throws programming_error (no-such-column). SQLite
/// has no ALTER COLUMN: see `rebuild_table`.
template <detail::alters_column... Options>
[[nodiscard]] ddl_statement alter_column(const table& of, std::string_view column, const Options&... to) {
    static_assert(sizeof...(Options) > 0,
                  "azoth: alter_column has to be told what becomes of the column: a type, not_null, server_default ...");
    detail::column_alteration what = detail::start_altering(of, column);
    (detail::alter(what, to), ...);
    return detail::finish_altering(of, std::move(what));
}

/// ALTER SEQUENCE: it counts as `to` says; what that leaves open is the database's choice. It goes on from where it is, or with `next`.
[[nodiscard]] AZOTH_API ddl_statement alter_sequence(const sequence& to, std::optional<std::int64_t> next = std::nullopt);

/// ALTER TYPE ... ADD VALUE: the new label stands before another one, or, without one, behind all. PostgreSQL does not take the label in
/// the transaction that has added it. Throws interface_error (mapping) for a type without a name.
[[nodiscard]] AZOTH_API ddl_statement add_enum_value(const type& to, std::string label, std::string before = {});
[[nodiscard]] AZOTH_API ddl_statement rename_enum(const type& what, std::string to);

}  // namespace azoth
