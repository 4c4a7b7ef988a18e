#pragma once

#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/nodes/statement.hpp>

#include <string_view>
#include <vector>

// What INSERT, UPDATE and DELETE share.
namespace azoth::detail {

/// Says what the statement is. False where it is a part of another one: in a CTE.
bool begin_dml(compiler& out, statement_kind kind, const std::vector<select_item>& returning);
/// The column, which has to be one of the table's. Else programming_error (statement).
const column_node& target_column(const node_ptr& column, const node& table);
/// The table, which has to be one, or an alias of one where `may_be_alias`.
const table_node& target_table(const node& target, bool may_be_alias, std::string_view verb);
/// ("a", "b")
void write_names(compiler& out, const std::vector<node_ptr>& columns, const node& table);
void refuse_twice(const std::vector<assignment>& values, const node& table);
/// A value on its way into a column.
void write_assigned(compiler& out, const node_ptr& column, const node_ptr& value);
/// What the mapping gives a column: an expression, or a value made when the statement runs.
void write_own_default(compiler& out, const node_ptr& column, const node_ptr& value);
/// The same as a value among others.
class own_default_node final : public node_base<own_default_node> {
public:
    static constexpr node_kind static_kind{node_kind::extension, "azoth default of a column"};
    explicit own_default_node(node_ptr what) : value{std::move(what)} {}
    auto fields() const { return std::tie(value); }
    node_ptr value;
};
/// The assignments and those that the mapping adds to every update.
std::vector<assignment> with_own_updates(const std::vector<assignment>& values, const node_ptr& table);
/// " RETURNING ...", after the capability has been asked for. `joined`: the statement has other tables too.
void write_returning(compiler& out, const std::vector<select_item>& items, const node& table, bool joined = false);

/// Column names without their table.
template <class Body>
void unqualified(compiler& out, Body&& body) {
    const bool before = out.qualifies();
    out.set_qualifies(false);
    body();
    out.set_qualifies(before);
}

}  // namespace azoth::detail
