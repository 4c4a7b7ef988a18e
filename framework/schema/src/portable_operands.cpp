// What is computed alike on both sides.
#include "sql_mover.hpp"
#include "sql_tokens.hpp"

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;

}  // namespace

node_ptr sql_mover::beside(const sql_tree& number, const node_ptr& other) const {
    return type_of(*other).kind == k::double_ ? literal_of(number, k::double_) : run(number);
}

node_ptr sql_mover::counted(node_ptr of, const node_ptr& other) const {
    const auto is_small = [](const node_ptr& n) { return is_signed_integer(type_of(*n).kind) && type_of(*n).kind != k::big_integer; };
    if (move_.target != "postgresql" || !is_small(of) || !is_small(other)) return of;
    return make_node<const cast_node>(std::move(of), k::big_integer);
}

node_ptr sql_mover::computed(const sql_tree& t) const {
    const bool has_left = t.parts[0].kind == kinds::number && !is_literal(t.parts[1]);
    const bool has_right = t.parts[1].kind == kinds::number && !is_literal(t.parts[0]);
    node_ptr l = has_left ? node_ptr{} : run(t.parts[0]);
    node_ptr r = has_right ? node_ptr{} : run(t.parts[1]);
    if (has_left && r) l = beside(t.parts[0], r);
    if (has_right && l) r = beside(t.parts[1], l);
    if (!l || !r || type_of(*l).kind == k::real || type_of(*r).kind == k::real) return {};
    if (is_between_sqlite(move_) && (is_decimal(l) || is_decimal(r))) return {};
    l = counted(std::move(l), r);
    const auto are = [&](type_family family) { return family_of(l) == family && family_of(r) == family; };
    const auto made = [&](binary_operator op) { return make_node<const binary_node>(op, l, r); };
    if (t.text == "||" && are(type_family::text)) return made(binary_operator::concat);
    if (!are(type_family::number) || is_unsigned(l) || is_unsigned(r)) return {};
    if (t.text == "+") return made(binary_operator::add);
    if (t.text == "-") return made(binary_operator::subtract);
    return t.text == "*" ? node_ptr{made(binary_operator::multiply)} : node_ptr{};
}

node_ptr sql_mover::negated(const sql_tree& t) const {
    const node_ptr of = run(t.parts[0]);
    if (!of || family_of(of) != type_family::number || is_unsigned(of)) return {};
    return make_node<const unary_node>(unary_operator::negate, of);
}

node_ptr sql_mover::call(const sql_tree& t) const {
    constexpr std::array<std::string_view, 5> of_texts{"lower", "upper", "trim", "ltrim", "rtrim"};
    if (t.text == "coalesce" && t.parts.size() > 1) return call_of_likes(t);
    if (t.text == "nullif" && t.parts.size() == 2) return tell_bytes(t, false) ? call_of_likes(t) : node_ptr{};
    if (t.parts.size() != 1) return {};
    const node_ptr of = run(t.parts[0]);
    if (!of) return {};
    const bool is_text = family_of(of) == type_family::text && type_of(*of).kind != k::enumeration;
    if (has(of_texts, t.text)) return is_text ? function(t.text, {of}, k::text) : node_ptr{};
    return t.text == "abs" && family_of(of) == type_family::number ? function(t.text, {of}, type_of(*of)) : node_ptr{};
}

node_ptr sql_mover::function(const std::string& name, std::vector<node_ptr> arguments, const type& of) {
    return make_node<const function_node>(name, std::move(arguments), of);
}

std::vector<node_ptr> sql_mover::likes(const std::vector<const sql_tree*>& of) const {
    const auto model = std::ranges::find_if(of, [](const sql_tree* t) { return !is_literal(*t); });
    const node_ptr other = model == of.end() ? run(*of.front()) : run(**model);
    if (!other) return {};
    std::vector<node_ptr> all;
    for (const sql_tree* part : of) {
        const bool is_model = model != of.end() && part == *model;
        node_ptr made = is_model ? other : is_literal(*part) ? meeting(*part, other) : run(*part);
        if (!made || !can_be_compared(made, other, false)) return {};
        all.push_back(std::move(made));
    }
    return all;
}

node_ptr sql_mover::call_of_likes(const sql_tree& t) const {
    std::vector<const sql_tree*> parts;
    for (const auto& part : t.parts) parts.push_back(&part);
    auto all = likes(parts);
    if (all.empty()) return {};
    const type of = t.text == "nullif" ? type_of(*all.front()) : widest_type(all);
    return function(t.text, std::move(all), of);
}

node_ptr sql_mover::choice(const sql_tree& t) const {
    std::vector<const sql_tree*> results;
    for (std::size_t i = 1; i < t.parts.size(); i += 2) results.push_back(&t.parts[i]);
    const bool has_else = t.parts.back().kind != kinds::null;
    if (has_else) results.push_back(&t.parts.back());
    const auto all = likes(results);
    if (all.empty()) return {};
    std::vector<case_node::branch> branches;
    for (std::size_t i = 0; i + 1 < t.parts.size(); i += 2) {
        branches.push_back({condition(t.parts[i]), all[i / 2]});
        if (!branches.back().condition) return {};
    }
    return make_node<const case_node>(std::move(branches), has_else ? all.back() : node_ptr{});
}

node_ptr sql_mover::cast(const sql_tree& t) const {
    const node_ptr of = is_literal(t.parts[0]) ? node_ptr{} : run(t.parts[0]);
    if (!of || !is_signed_integer(type_of(*of).kind)) return {};
    const type to = cast_type(move_.family, t.text);
    const bool is_wider = is_signed_integer(to.kind) && type_of(*of).kind <= to.kind;
    if (!is_wider && to.kind != k::double_ && to.kind != k::text) return {};
    return make_node<const cast_node>(of, to);
}

}  // namespace azoth::detail
