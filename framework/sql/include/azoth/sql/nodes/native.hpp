#pragma once

#include <azoth/sql/node_base.hpp>
#include <azoth/sql/nodes/kinds.hpp>

#include <string>

namespace azoth {

/// SQL as a database wrote it down, such as a view's query or a check's condition: other dialects refuse it.
class AZOTH_API native_sql_node final : public node_base<native_sql_node> {
public:
    static constexpr node_kind static_kind{node_numbers::native_sql, "SQL of one dialect"};
    native_sql_node(std::string of, std::string text) : dialect{std::move(of)}, sql{std::move(text)} {}
    auto fields() const { return std::tie(dialect, sql); }

    std::string dialect;  ///< or a family of dialects
    std::string sql;
};

/// A sequence's next number.
class AZOTH_API next_value_node final : public node_base<next_value_node> {
public:
    static constexpr node_kind static_kind{node_numbers::next_value, "a sequence's next value"};
    next_value_node(std::string in_schema, std::string of) : schema{std::move(in_schema)}, name{std::move(of)} {}
    auto fields() const { return std::tie(schema, name); }

    std::string schema;
    std::string name;
};

}  // namespace azoth
