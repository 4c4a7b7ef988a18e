#pragma once

#include <azoth/sql/nodes/expression.hpp>

#include <string>
#include <vector>

namespace azoth {

/// Columns of which no two rows have the same values.
struct unique_key {
    std::string name{};
    std::vector<std::string> columns{};
    friend bool operator==(const unique_key&, const unique_key&) = default;
};

/// A table as statements see it. Its columns' specs stay where they are for its whole life.
class AZOTH_API table_node final : public node_base<table_node> {
public:
    static constexpr node_kind static_kind{node_numbers::table, "table"};
    table_node(std::string n, std::string s, std::vector<column_spec> c, std::vector<unique_key> k = {})
        : name{std::move(n)}, schema{std::move(s)}, columns{std::move(c)}, keys{std::move(k)} {}
    auto fields() const { return std::tie(name, schema); }
    bool matches(const node& other, node_matcher& matcher) const override;

    const std::string name;
    const std::string schema;
    const std::vector<column_spec> columns;
    const std::vector<unique_key> keys;  ///< the primary key first, where it has one
};

/// A table under another name; an empty name is made up when the statement is compiled.
class AZOTH_API alias_node final : public identity_node<alias_node> {
public:
    static constexpr node_kind static_kind{node_numbers::alias, "alias"};
    alias_node(node_ptr of, std::string n) : source{std::move(of)}, name{std::move(n)} {}
    auto fields() const { return std::tie(source, name); }

    node_ptr source;
    std::string name;
};

/// A query in a FROM clause; a lateral one sees the sources before it.
class AZOTH_API subquery_node final : public identity_node<subquery_node> {
public:
    static constexpr node_kind static_kind{node_numbers::subquery, "subquery"};
    subquery_node(node_ptr q, std::string n, std::vector<column_spec> c) : query{std::move(q)}, name{std::move(n)}, columns{std::move(c)} {}
    auto fields() const { return std::tie(query, name, columns, lateral); }

    node_ptr query;
    std::string name;
    std::vector<column_spec> columns;
    bool lateral{};
};

/// The name by which a recursive CTE's second part refers to the CTE itself: no child, so that no cycle arises.
class AZOTH_API cte_self_node final : public identity_node<cte_self_node> {
public:
    static constexpr node_kind static_kind{node_numbers::cte_self, "recursive reference"};
    cte_self_node(std::string n, std::vector<column_spec> c) : name{std::move(n)}, columns{std::move(c)} {}
    auto fields() const { return std::tie(name, columns); }

    std::string name;
    std::vector<column_spec> columns;
};

/// Whether a database computes a CTE once and keeps it, or folds it into what uses it; no result depends on it.
enum class materialization : std::uint8_t { unspecified, materialized, not_materialized };

/// WITH name AS (query [UNION [ALL] recursive part]).
class AZOTH_API cte_node final : public identity_node<cte_node> {
public:
    static constexpr node_kind static_kind{node_numbers::cte, "common table expression"};
    cte_node(std::string n, std::vector<column_spec> c, node_ptr q) : name{std::move(n)}, columns{std::move(c)}, query{std::move(q)} {}
    auto fields() const { return std::tie(name, columns, query, self, recursive, distinct, hint); }

    std::string name;
    std::vector<column_spec> columns;
    node_ptr query;
    node_ptr self{};  ///< what the recursive part calls itself; matched first
    node_ptr recursive{};
    bool distinct{};  ///< UNION rather than UNION ALL
    materialization hint{};
};

/// The columns that a source offers; empty for what is no source.
AZOTH_API const std::vector<column_spec>& columns_of(const node& source);
/// One of them by name; throws programming_error (no-such-column) with near names.
AZOTH_API const column_spec& find_column(const node& source, std::string_view name);
/// The source's name for messages.
AZOTH_API std::string source_name(const node& source);

}  // namespace azoth
