#pragma once

#include <azoth/sql/nodes/select.hpp>

namespace azoth {

class entity_info;

struct assignment {
    node_ptr column;
    node_ptr value;
    auto fields() const { return std::tie(column, value); }
};

/// One more row of an insert, beside its `values` and in their order.
struct value_row {
    std::vector<node_ptr> values{};
    auto fields() const { return std::tie(values); }
};

/// A column of the row that an upsert proposed and the table refused.
class AZOTH_API proposed_node final : public node_base<proposed_node> {
public:
    static constexpr node_kind static_kind{node_numbers::proposed, "proposed value"};
    explicit proposed_node(node_ptr of) : column{std::move(of)} {}
    auto fields() const { return std::tie(column); }

    node_ptr column;
};

/// DEFAULT, in the place of a value that an update gives a column.
class AZOTH_API default_value_node final : public node_base<default_value_node> {
public:
    static constexpr node_kind static_kind{node_numbers::default_value, "DEFAULT"};
    static auto fields() { return std::tuple<>{}; }
};

/// A column of the row that is being updated, in an expression that the mapping adds to every update of its table.
class AZOTH_API own_column_node final : public node_base<own_column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::own_column, "own column"};
    own_column_node(std::string n, azoth::type t) : name{std::move(n)}, type{std::move(t)} {}
    auto fields() const { return std::tie(name, type); }

    std::string name;
    azoth::type type;
};

enum class conflict_action : std::uint8_t { none, nothing, update };

/// What an insert does with a row whose key is there already. Without a target any unique key counts.
struct conflict_clause {
    conflict_action action{};
    std::vector<node_ptr> targets{};      ///< the columns of the key that counts
    std::vector<node_ptr> index_where{};  ///< the condition of a partial index
    std::string constraint{};             ///< the key by its name, in place of its columns
    std::vector<assignment> values{};
    std::vector<node_ptr> where{};
    [[nodiscard]] bool has_target() const noexcept { return !targets.empty() || !constraint.empty(); }
    /// Whether a row may end up neither inserted nor updated.
    [[nodiscard]] bool may_skip() const noexcept { return action == conflict_action::nothing || !where.empty(); }
    auto fields() const { return std::tie(action, targets, index_where, constraint, values, where); }
};

/// INSERT of rows (`values`, and `rows` where there are more), of what a query gives (`columns` and `query`), of many rows whose values
/// come at execution (`columns` alone), or of nothing but defaults.
class AZOTH_API insert_node final : public statement_node<insert_node> {
public:
    static constexpr node_kind static_kind{node_numbers::insert, "insert"};
    explicit insert_node(node_ptr into) : table{std::move(into)} {}
    auto fields() const { return std::tie(table, values, rows, columns, query, conflict, returning, keyless, empty_is_default); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<value_row> rows{};
    std::vector<node_ptr> columns{};
    node_ptr query{};
    conflict_clause conflict{};
    std::vector<select_item> returning{};
    bool keyless{};           ///< nobody will ask for the inserted key
    bool empty_is_default{};  ///< rows of objects: what is empty gets the mapping's default
};

class AZOTH_API update_node final : public statement_node<update_node> {
public:
    static constexpr node_kind static_kind{node_numbers::update, "update"};
    explicit update_node(node_ptr of, const entity_info* by = nullptr) : table{std::move(of)}, entity{by} {}
    auto fields() const { return std::tie(table, values, joins, where, order_by, limit, returning); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<join_item> joins{};  ///< inner or cross
    std::vector<node_ptr> where{};
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    std::vector<select_item> returning{};
    const entity_info* entity;  ///< the struct that the program has named, for a layer above; null: none. Part of no SQL
};

class AZOTH_API delete_node final : public statement_node<delete_node> {
public:
    static constexpr node_kind static_kind{node_numbers::delete_, "delete"};
    explicit delete_node(node_ptr from, const entity_info* by = nullptr) : table{std::move(from)}, entity{by} {}
    auto fields() const { return std::tie(table, joins, where, order_by, limit, returning); }

    node_ptr table;
    std::vector<join_item> joins{};  ///< inner or cross
    std::vector<node_ptr> where{};
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    std::vector<select_item> returning{};
    const entity_info* entity;  ///< as of an update
};

}  // namespace azoth
