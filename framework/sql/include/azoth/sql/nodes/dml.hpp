#pragma once

#include <azoth/sql/nodes/statement_base.hpp>

namespace azoth {

struct assignment {
    node_ptr column;
    node_ptr value;
    auto fields() const { return std::tie(column, value); }
};

/// INSERT of one row (`values`), of what a query gives (`columns` and `query`), of many rows whose values come at execution
/// (`columns` alone), or of nothing but defaults.
class AZOTH_API insert_node final : public statement_node<insert_node> {
public:
    static constexpr node_kind static_kind{node_numbers::insert, "insert"};
    explicit insert_node(node_ptr into) : table{std::move(into)} {}
    auto fields() const { return std::tie(table, values, columns, query, returning); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<node_ptr> columns{};
    node_ptr query{};
    std::vector<select_item> returning{};
};

class AZOTH_API update_node final : public statement_node<update_node> {
public:
    static constexpr node_kind static_kind{node_numbers::update, "update"};
    explicit update_node(node_ptr of) : table{std::move(of)} {}
    auto fields() const { return std::tie(table, values, where, returning); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<node_ptr> where{};
    std::vector<select_item> returning{};
};

class AZOTH_API delete_node final : public statement_node<delete_node> {
public:
    static constexpr node_kind static_kind{node_numbers::delete_, "delete"};
    explicit delete_node(node_ptr from) : table{std::move(from)} {}
    auto fields() const { return std::tie(table, where, returning); }

    node_ptr table;
    std::vector<node_ptr> where{};
    std::vector<select_item> returning{};
};

}  // namespace azoth
