#include "ansi_rules.hpp"
#include "compile_scope.hpp"
#include "from_clause.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

/// The first column of an outer-joined source that the expression hands on as it is, NULL and all.
const column_node* bare_outer_column(const node& e, const std::vector<const node*>& outer) {
    switch (e.kind().number) {
        case node_numbers::column: {
            const auto& column = static_cast<const column_node&>(e);
            return std::find(outer.begin(), outer.end(), column.source.get()) != outer.end() ? &column : nullptr;
        }
        case node_numbers::label: return bare_outer_column(*static_cast<const label_node&>(e).operand, outer);
        case node_numbers::cast: return bare_outer_column(*static_cast<const cast_node&>(e).operand, outer);
        case node_numbers::unary: {
            const auto& unary = static_cast<const unary_node&>(e);
            const bool hands_on = unary.op == unary_operator::negate || unary.op == unary_operator::not_;
            return hands_on ? bare_outer_column(*unary.operand, outer) : nullptr;
        }
        case node_numbers::binary: {
            const auto& binary = static_cast<const binary_node&>(e);
            if (binary.op == binary_operator::is_distinct_from || binary.op == binary_operator::is_not_distinct_from) return nullptr;
            const auto* left = bare_outer_column(*binary.left, outer);
            return left ? left : bare_outer_column(*binary.right, outer);
        }
        default: return nullptr;
    }
}

void refuse_bare_outer_columns(const compiler::scope& scope, const std::vector<select_item>& items) {
    for (const auto& item : items) {
        if (!item.strict) continue;
        if (const auto* column = bare_outer_column(*item.expression, scope.outer_joined))
            throw_error(
                errc::statement,
                fmt::format(
                    "{}.{} comes from an outer join, so it can be NULL, but is read into a type that cannot: select maybe(...) of it",
                    source_name(*column->source), column->spec->name));
    }
}

bool is_key_of(const node& e, const std::vector<node_ptr>& keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const node_ptr& key) {
        const auto* grouping = node_cast<grouping_node>(key);
        return grouping ? is_key_of(e, grouping->keys) : detail::same_expression(detail::without_label(*key), detail::without_label(e));
    });
}

/// A key of rollup() and its kin is NULL in the rows whose groups do not have it.
void refuse_bare_grouping_keys(const select_node& n) {
    for (const auto& key : n.group_by) {
        const auto* grouping = node_cast<grouping_node>(key);
        if (!grouping) continue;
        for (const auto& item : n.items)
            if (item.strict && is_key_of(*item.expression, grouping->keys))
                throw_error(errc::statement,
                            "a key of rollup(), cube() or grouping_sets() is NULL in subtotals, but is read into a type that cannot be: "
                            "select maybe(...) of it");
    }
}

void write_item(compiler& out, const select_item& item, bool names_result) {
    out << item.expression;
    std::string name;
    if (const auto* label = node_cast<label_node>(item.expression)) {
        out << " AS ";
        out.identifier(label->name);
        name = label->name;
    } else if (const auto* column = node_cast<column_node>(item.expression)) {
        name = column->spec->name;
    } else if (const auto* function = node_cast<function_node>(item.expression)) {
        name = function->name;
    }
    if (names_result) out.add_result_column(std::move(name), type_of(*item.expression));
}

void write_distinct(compiler& out, const select_node& n) {
    if (n.distinct) out << "DISTINCT ";
    if (n.distinct_on.empty()) return;
    if (n.distinct) throw_error(errc::statement, "a select has both distinct() and distinct_on(): say one");
    out.require(out.can().distinct_on, "DISTINCT ON", "number the rows with func::row_number() in a subquery, and keep those of number 1");
    out << "DISTINCT ON (";
    detail::write_keys(out, n.distinct_on);
    out << ") ";
}

void write_lock_of(compiler& out, const select_node& n) {
    if (n.distinct || !n.distinct_on.empty() || !n.group_by.empty() || !n.having.empty())
        throw_error(errc::statement, "with_for_update() locks rows of tables, but the query groups them or takes equal ones once");
    out.rules().lock(out, n.lock);
}

void write_select_body(compiler& out, const select_node& n) {
    const auto from = detail::open_from_clause(out, n);
    refuse_bare_outer_columns(out.current_scope(), n.items);
    refuse_bare_grouping_keys(n);
    const bool names_result = out.is_top_level() && !out.has_result_columns();
    out.current_scope().query = &n;
    out << "SELECT ";
    detail::write_texts(out, n.prefixes, "", " ");
    write_distinct(out, n);
    bool first = true;
    for (const auto& item : n.items) {
        if (!first) out << ", ";
        first = false;
        write_item(out, item, names_result);
    }
    detail::write_from_clause(out, n, from);
    detail::write_where(out, " WHERE ", n.where);
    detail::write_group_by(out, n);
    detail::write_where(out, " HAVING ", n.having);
    detail::write_windows(out, n);
    detail::write_order_by(out, n.order_by, n.items);
    detail::write_limits(out, n.limit, n.offset, n.limits, !n.order_by.empty());
    if (n.lock.strength != lock_strength::none) write_lock_of(out, n);
    detail::write_texts(out, n.suffixes, " ", "");
}

void write_select(compiler& out, const select_node& n) {
    if (n.items.empty()) throw_error(errc::statement, "a select has no columns: name at least one");
    const bool qualified = out.qualifies();
    out.set_qualifies(true);
    const bool is_statement = out.depth() == 0 && out.is_top_level();
    if (is_statement) {
        out.set_kind(statement_kind::query, true);
        if (out.buffer().empty()) detail::write_ctes(out, n);
    }
    out.in_scope([&] { write_select_body(out, n); });
    out.set_qualifies(qualified);
}

void write_text(compiler& out, const text_node& n) {
    if (out.depth() == 0 && out.is_top_level() && out.buffer().empty()) {
        out.set_kind(statement_kind::text, true);
        out.mark_raw();
        for (const auto& column : n.columns) {
            const auto* label = node_cast<label_node>(column.expression);
            out.add_result_column(label ? label->name : std::string{}, type_of(*column.expression));
        }
    }
    for (std::size_t i = 0; i < n.pieces.size(); ++i) {
        out << n.pieces[i];
        if (i >= n.binds.size()) break;
        const auto* bind = node_cast<bind_node>(n.binds[i]);
        if (bind && bind->is_list) write_text_list(out, *bind, n.pieces[i]);
        else out << n.binds[i];
    }
}

}  // namespace

void write_text_list(compiler& out, const bind_node& list, std::string_view before) {
    const auto last = before.find_last_not_of(" \t\n");
    const bool in_parentheses = last != std::string_view::npos && before[last] == '(';
    if (!in_parentheses) out << '(';
    out.text_list_parameter(list);
    if (!in_parentheses) out << ')';
}

namespace detail {

void write_where(compiler& out, std::string_view keyword, const std::vector<node_ptr>& terms) {
    if (terms.empty()) return;
    out << keyword << *make_node<logical_node>(logical_operator::and_, terms);
}

bool has_tail(const select_node& n) {
    return !n.order_by.empty() || n.limit || n.offset || n.lock.strength != lock_strength::none || !n.suffixes.empty();
}

void set_select_rules(rule_table& r) {
    r.set<select_node, &write_select>();
    r.set<text_node, &write_text>();
}

}  // namespace detail
}  // namespace azoth
