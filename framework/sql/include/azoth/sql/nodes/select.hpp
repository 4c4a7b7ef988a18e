#pragma once

#include <azoth/sql/nodes/clauses.hpp>
#include <azoth/sql/nodes/statement_base.hpp>

namespace azoth {

/// Text of the program's own, for one dialect or a family of them.
struct dialect_text {
    std::string dialect;
    std::string sql;
    node_ptr source{};  ///< whose hint it is; null: the whole query's
    auto fields() const { return std::tie(dialect, sql, source); }
};

enum class join_kind : std::uint8_t { inner, left, right, full, cross };

struct join_item {
    join_kind kind{};
    node_ptr target;
    node_ptr on;  ///< null: by the foreign key between the two sides
    auto fields() const { return std::tie(kind, target, on); }
};

/// What a query says to a layer above that runs it, and not to the database.
struct AZOTH_API statement_option {
    statement_option() noexcept = default;
    virtual ~statement_option();
};

class AZOTH_API select_node final : public statement_node<select_node> {
public:
    static constexpr node_kind static_kind{node_numbers::select, "select"};
    enum class correlations : std::uint8_t { found, said };
    auto fields() const {
        return std::tie(items, from, joins, where, group_by, having, order_by, limit, offset, distinct, correlation, correlated, with,
                        prefixes, suffixes, hints, distinct_on, windows, limits, lock);
    }

    std::vector<select_item> items{};
    std::vector<node_ptr> from{};  ///< said explicitly; others are found in the expressions
    std::vector<join_item> joins{};
    std::vector<node_ptr> where{};
    std::vector<node_ptr> group_by{};
    std::vector<node_ptr> having{};
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    node_ptr offset{};
    bool distinct{};
    correlations correlation{};
    std::vector<node_ptr> correlated{};  ///< where it is said: what comes from the query around, and nothing else does
    std::vector<node_ptr> with{};        ///< CTEs that stand before it whether or not it uses them
    std::vector<dialect_text> prefixes{};
    std::vector<dialect_text> suffixes{};
    std::vector<dialect_text> hints{};
    std::vector<node_ptr> distinct_on{};
    std::vector<named_window> windows{};
    limit_kind limits{};
    lock_clause lock{};
    std::vector<std::shared_ptr<const statement_option>> options{};  ///< part of no SQL
};

enum class set_operator : std::uint8_t { union_, union_all, intersect, except, intersect_all, except_all };

class AZOTH_API compound_node final : public statement_node<compound_node> {
public:
    static constexpr node_kind static_kind{node_numbers::compound, "compound select"};
    compound_node(set_operator o, std::vector<node_ptr> of) : op{o}, parts{std::move(of)} {}
    auto fields() const { return std::tie(op, parts, order_by, limit, offset, limits); }

    set_operator op;
    std::vector<node_ptr> parts;
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    node_ptr offset{};
    limit_kind limits{};
};

}  // namespace azoth
