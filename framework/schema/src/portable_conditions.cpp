// What is true on both sides.
#include "sql_mover.hpp"
#include "sql_tokens.hpp"

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;

/// Whether texts are the same where their bytes are, and in the order of those: of tables that the family has made, or that Azoth has.
/// Collations of PostgreSQL's tell all texts apart, but for those that somebody makes otherwise, and each database has an order of its own.
bool tells_bytes(std::string_view family, std::string_view collation, bool by_order) {
    const std::string name = lower(std::string{collation});
    if (family == "sqlite") return name.empty() || name == "binary";
    if (family == "mysql") return name.empty() || name.ends_with("_nopad_bin") || name == "utf8mb4_0900_bin" || name == "binary";
    if (family != "postgresql") return name.empty();
    return name == "c" || name == "posix" || (name.empty() && !by_order);
}

}  // namespace

node_ptr sql_mover::compared(const sql_tree& t) const {
    constexpr std::array<std::pair<std::string_view, binary_operator>, 6> operators{{{"=", binary_operator::equal},
                                                                                     {"<>", binary_operator::not_equal},
                                                                                     {"<", binary_operator::less},
                                                                                     {"<=", binary_operator::less_equal},
                                                                                     {">", binary_operator::greater},
                                                                                     {">=", binary_operator::greater_equal}}};
    const bool has_left = is_literal(t.parts[0]);
    const bool has_right = is_literal(t.parts[1]);
    if (has_left && has_right) return {};
    node_ptr l = has_left ? node_ptr{} : run(t.parts[0]);
    node_ptr r = has_right ? node_ptr{} : run(t.parts[1]);
    if (has_left && r) l = meeting(t.parts[0], r);
    if (has_right && l) r = meeting(t.parts[1], l);
    const bool by_order = t.text != "=" && t.text != "<>";
    if (!l || !r || !can_be_compared(l, r, by_order) || !tell_bytes(t, by_order)) return {};
    for (const auto& [spelling, op] : operators)
        if (t.text == spelling) return make_node<const binary_node>(op, l, r);
    return {};
}

node_ptr sql_mover::condition(const sql_tree& t) const {
    node_ptr made = run(t);
    return made && family_of(made) == type_family::boolean ? made : node_ptr{};
}

node_ptr sql_mover::denied(const sql_tree& t) const {
    const node_ptr of = condition(t.parts[0]);
    return of ? node_ptr{make_node<const unary_node>(unary_operator::not_, of)} : node_ptr{};
}

node_ptr sql_mover::logical(const sql_tree& t, logical_operator op) const {
    std::vector<node_ptr> terms;
    for (const auto& part : t.parts)
        if (terms.push_back(condition(part)); !terms.back()) return {};
    return make_node<const logical_node>(op, std::move(terms));
}

node_ptr sql_mover::is(const sql_tree& t) const {
    const node_ptr of = run(t.parts[0]);
    if (!of || t.parts.size() > 1) return {};
    if (t.text == "null") return make_node<const unary_node>(t.is_negated ? unary_operator::is_not_null : unary_operator::is_null, of);
    if (family_of(of) != type_family::boolean || t.is_negated) return {};
    return make_node<const unary_node>(t.text == "true" ? unary_operator::is_true : unary_operator::is_false, of);
}

node_ptr sql_mover::in(const sql_tree& t) const {
    const node_ptr of = is_literal(t.parts[0]) ? node_ptr{} : run(t.parts[0]);
    if (!of || !tell_bytes(t, false)) return {};
    std::vector<value> values;
    for (std::size_t i = 1; i < t.parts.size(); ++i) {
        const node_ptr literal = is_literal(t.parts[i]) ? meeting(t.parts[i], of) : node_ptr{};
        const auto* content = literal ? node_cast<literal_node>(literal) : nullptr;
        if (!content || !can_be_compared(of, literal, false)) return {};
        values.push_back(content->content);
    }
    return make_in_list(of, std::move(values), t.is_negated);
}

node_ptr sql_mover::like(const sql_tree& t) const {
    const sql_tree& pattern = t.parts[1];
    if (t.text != "like" || t.parts.size() > 2 || pattern.kind != kinds::text) return {};
    const bool has_letters = std::ranges::any_of(lower(pattern.text), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool has_backslash = pattern.text.find('\\') != std::string::npos;
    if (has_backslash || (has_letters && is_between_sqlite(move_))) return {};
    if (move_.family != "sqlite" && !tell_bytes(t.parts[0], false)) return {};
    const node_ptr of = run(t.parts[0]);
    if (!of || family_of(of) != type_family::text || type_of(*of).kind == k::enumeration) return {};
    return make_node<const binary_node>(t.is_negated ? binary_operator::not_like : binary_operator::like, of, literal_of(pattern, k::text));
}

bool sql_mover::tell_bytes(const sql_tree& t, bool by_order) const {
    if (t.kind != kinds::column) return std::ranges::all_of(t.parts, [&](const sql_tree& part) { return tell_bytes(part, by_order); });
    const column_spec* found = column_of(move_.family, move_.columns, t.text);
    if (!found || azoth::family_of(found->type.kind) != type_family::text) return true;
    const auto at = static_cast<std::size_t>(found - move_.columns.data());
    const std::string_view collation = at < move_.collations.size() ? std::string_view{move_.collations[at]} : std::string_view{};
    return tells_bytes(move_.family, collation, by_order) && tells_bytes(move_.target, {}, by_order);
}

bool sql_mover::can_be_compared(const node_ptr& l, const node_ptr& r, bool by_order) const {
    const type_family family = family_of(l);
    if (family != family_of(r) || family == type_family::unknown) return false;
    const bool has_enumeration = type_of(*l).kind == k::enumeration || type_of(*r).kind == k::enumeration;
    const bool has_literal = node_cast<literal_node>(l) || node_cast<literal_node>(r);
    if (has_enumeration && (by_order || !has_literal)) return false;  // by place here, by label there
    if (is_between_sqlite(move_) && is_float(l) != is_float(r) && (is_decimal(l) || is_decimal(r))) return false;
    if (family == type_family::boolean || family == type_family::uuid) return !by_order;
    return family != type_family::json && family != type_family::array && family != type_family::interval;
}

}  // namespace azoth::detail
