#pragma once

#include "snapshot.hpp"

#include <azoth/engine/row_sources.hpp>
#include <azoth/sql/nodes/dml.hpp>

#include <span>
#include <vector>

namespace azoth::orm::detail {

/// SELECT of all columns of a class, from the tables that have them where those are several, and of its rows alone.
void add_columns(select_node& query, const entity_class& of);
/// The tables, and the condition that rows are of the class, for columns of it that a query has already.
void add_source(select_node& query, const entity_class& of);
/// SELECT of the key, and behind it of these columns, where the key is one of these: from the table that has all of them, else from a join.
[[nodiscard]] node_ptr select_columns_by_key(const entity_class& of, std::span<const std::size_t> columns,
                                             std::span<const std::vector<cell>> keys);
[[nodiscard]] node_ptr bind_of(const cell& c, const type& t);
/// column = value, or IS NULL
[[nodiscard]] node_ptr equals(const node_ptr& column, const cell& c);
/// The key's columns of a persistent object as the database has them; valid as long as its snapshot.
[[nodiscard]] std::vector<cell> committed_key(const instance& i);
[[nodiscard]] std::vector<std::vector<cell>> committed_keys(std::span<instance* const> of);
/// The row with this key.
void add_key(std::vector<node_ptr>& where, const entity_class& of, std::span<const cell> key);
/// The rows of one of a class's tables with this key.
void add_key(std::vector<node_ptr>& where, const class_part& part, std::span<const cell> key);
/// The rows with one of these keys, of as many columns.
[[nodiscard]] node_ptr one_of_keys(std::span<const node_ptr> columns, std::span<const std::vector<cell>> keys);

/// INSERT of these columns of a table, with RETURNING of those; places in the part.
[[nodiscard]] node_handle<insert_node> insert_of(const class_part& part, std::span<const std::size_t> columns,
                                                 std::span<const std::size_t> returned);

/// Columns of objects, as rows of an insert.
class instance_rows final : public azoth::detail::typed_row_source {
public:
    instance_rows(std::span<instance* const> of, std::span<const std::size_t> columns) noexcept : of_{of}, columns_{columns} {}
    node_handle<insert_node> prepare(const node_handle<insert_node>& statement) override { return make_node<insert_node>(*statement); }
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::optional<std::size_t> remaining() const override { return of_.size() - handed_out_; }

private:
    std::span<instance* const> of_;
    std::span<const std::size_t> columns_;
};

}  // namespace azoth::orm::detail
