// The compiled core of <azoth/sql/expression.hpp> and <azoth/sql/functions.hpp>.
#include "build.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/functions.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace azoth::detail {

node_ptr make_unary(unary_operator op, const node_ptr& operand) { return make_node<const unary_node>(op, operand); }
node_ptr make_is_null(const node_ptr& operand, bool negated) {
    return make_node<const unary_node>(negated ? unary_operator::is_not_null : unary_operator::is_null, operand);
}
node_ptr make_binary(binary_operator op, const node_ptr& left, const node_ptr& right) {
    return make_node<const binary_node>(op, left, right);
}

node_ptr make_logical(logical_operator op, const node_ptr& left, const node_ptr& right) {
    std::vector<node_ptr> terms;
    const auto* flat = node_cast<logical_node>(left);
    if (flat && flat->op == op) {
        terms.reserve(flat->terms.size() + 1);
        terms = flat->terms;
    } else {
        terms.reserve(2);
        terms.push_back(left);
    }
    terms.push_back(right);
    return make_node<const logical_node>(op, std::move(terms));
}

namespace {

type own_type(const value& v) { return type_of_value(v.kind(), v.element_kind()); }

bool is_array_of_unknown(const type& t) { return t.kind == type_kind::array && !(t.rare && t.rare->element); }

/// Whether an integer is one of the type's, as the narrowest database keeps it.
bool fits(const value& v, type_kind kind) {
    const cell c = v.view();
    if (c.tag == cell_tag::u64 && c.i64 < 0) return kind == type_kind::unsigned_big_integer;  // from 2^63 on
    if (c.tag != cell_tag::i64 && c.tag != cell_tag::u64) return true;
    const auto within = [&](auto limits) { return c.i64 >= limits.min() && c.i64 <= limits.max(); };
    switch (kind) {
        case type_kind::small_integer: return within(std::numeric_limits<std::int16_t>{});
        case type_kind::integer:
        case type_kind::unsigned_small_integer: return within(std::numeric_limits<std::int32_t>{});
        default: return true;
    }
}

/// A value takes the type of what it meets, so that it is stored in the same form; but never one that would change its meaning.
type meet(const value& v, const node* like) {
    const type_kind own = v.kind();
    if (!like) return own_type(v);
    type t = type_of(*like);
    const bool same_family = family_of(t.kind) == family_of(own);
    const bool float_meets_exact =
        (own == type_kind::double_ || own == type_kind::real) && t.kind != type_kind::double_ && t.kind != type_kind::real;
    const bool decimal_meets_integer = own == type_kind::numeric && is_integer(t.kind);
    const bool is_foreign =
        !same_family || float_meets_exact || decimal_meets_integer || is_array_of_unknown(t) || (is_integer(t.kind) && !fits(v, t.kind));
    if (own != type_kind::unknown && is_foreign) return own_type(v);
    return t;
}

/// One type for a list: that of the first element which brings its own.
type meet_all(const std::vector<value>& list, const node* like) {
    const type usual = meet(list.empty() ? value{} : list.front(), like);
    for (const auto& v : list)
        if (const type t = meet(v, like); !v.is_null() && like && t.kind != type_of(*like).kind) return t;
    return usual;
}

}  // namespace

node_ptr make_bind(value v, const node* like) {
    type t = meet(v, like);
    return make_node<const bind_node>(std::move(v), std::move(t));
}

node_ptr make_parameter(std::string_view name, type t, bool nullable, bool is_list) {
    if (name.empty()) throw_error(errc::parameter, "a parameter's name is empty");
    auto bind = make_node<bind_node>(value{}, std::move(t));
    bind->name = name;
    bind->nullable = nullable;
    bind->is_list = is_list;
    return bind;
}

node_ptr make_in_parameter(const node_ptr& operand, const node_ptr& list, bool negated) {
    return make_node<const in_node>(operand, list, negated);
}

node_ptr make_literal(value v) {
    const type t = own_type(v);
    return make_node<const literal_node>(std::move(v), t);
}

node_handle<bind_node> make_list(std::vector<value> list, const node* like) {
    auto bind = make_node<bind_node>(value{}, meet_all(list, like));
    bind->list = std::move(list);
    bind->is_list = true;
    return bind;
}

node_ptr make_in_list(const node_ptr& operand, std::vector<value> list, bool negated) {
    return make_node<const in_node>(operand, node_ptr{make_list(std::move(list), operand.get())}, negated);
}

node_ptr make_in_query(const node_ptr& operand, const node_ptr& query, bool negated) {
    return make_node<const in_node>(operand, node_ptr{make_node<const scalar_subquery_node>(query)}, negated);
}

node_ptr make_between(const node_ptr& operand, const node_ptr& low, const node_ptr& high, bool negated) {
    return make_node<const between_node>(operand, low, high, negated);
}
node_ptr make_label(const node_ptr& operand, std::string_view name) { return make_node<const label_node>(operand, std::string{name}); }
node_ptr make_order(const node_ptr& operand, bool descending, nulls_order nulls) {
    return make_node<const order_node>(operand, descending, nulls);
}
node_ptr make_cast(const node_ptr& operand, type t) { return make_node<const cast_node>(operand, std::move(t)); }

void require_function_name(std::string_view name) {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_word))
        throw_error(errc::statement, fmt::format("\"{}\" is no function name: letters, digits, underscores and dots only", name));
}

node_ptr make_function(std::string_view name, std::initializer_list<node_ptr> arguments, type t, bool distinct) {
    require_function_name(name);
    auto call = make_node<function_node>(std::string{name}, std::vector<node_ptr>{arguments}, std::move(t));
    call->distinct = distinct;
    return call;
}

node_ptr make_star() {
    static const node_ptr star = [] {
        auto n = make_node<const star_node>();
        n->make_immortal();
        return n;
    }();
    return star;
}

}  // namespace azoth::detail
