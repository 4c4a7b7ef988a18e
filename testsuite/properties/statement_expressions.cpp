// The expressions of random statements.
#include "statement_generator.hpp"

#include <algorithm>
#include <array>

namespace properties {
namespace {

using k = az::type_kind;

az::value some_value(unsigned which, unsigned salt) {
    switch (which % 6) {
        case 0: return az::value{static_cast<std::int64_t>(which + salt)};
        case 1: return az::value{"text " + std::to_string(which + salt)};
        case 2: return az::value{az::decimal{static_cast<std::int64_t>(which + salt), 1}};
        case 3: return az::value{static_cast<std::int32_t>(which + salt)};
        case 4: return az::value{(which + salt) % 2 == 0};
        default: return az::value{0.5 + which + salt};
    }
}

}  // namespace

az::node_ptr statement_generator::column_of(const az::node_ptr& source) {
    const auto& specs = az::columns_of(*source);
    return az::detail::make_column(source, specs.at(from_.pick(4) % specs.size()));
}

/// Of what the query selects from, of what stands around it, and rarely of anything.
az::node_ptr statement_generator::column() {
    const unsigned where = from_.pick(16);
    const unsigned which = from_.pick(8);
    if (where == 15 && !sources_.empty()) return column_of(sources_[which % sources_.size()]);
    if (visible_.empty()) return column_of(tables_[which % tables_.size()]);
    if (where < 12) return column_of(visible_[visible_.size() - 1 - which % std::min<std::size_t>(visible_.size(), 3)]);
    return column_of(visible_[which % visible_.size()]);
}

/// A new one, or one that has been used before.
az::node_ptr statement_generator::bind() {
    const unsigned what = from_.pick(3);
    const unsigned which = from_.pick(12);
    if (what == 2 && !binds_.empty()) return binds_[which % binds_.size()];
    binds_.push_back(which == 11 ? az::detail::make_parameter("given", k::big_integer)
                                 : az::detail::make_bind(some_value(which, salt_), nullptr));
    return binds_.back();
}

az::node_ptr statement_generator::literal() { return az::detail::make_literal(some_value(from_.pick(12), 0)); }

az::node_ptr statement_generator::value(int depth) {
    if (depth <= 0) {
        const unsigned what = from_.pick(4);
        return what < 2 ? column() : what == 2 ? bind() : literal();
    }
    switch (from_.pick(14)) {
        case 1: return bind();
        case 2: return literal();
        case 3:
        case 4: {
            const auto op = static_cast<az::binary_operator>(static_cast<unsigned>(az::binary_operator::add) + from_.pick(6));
            const auto left = value(depth - 1);
            return az::detail::make_binary(op, left, value(depth - 1));
        }
        case 5: return choice(depth);
        case 6: return aggregate(depth);
        case 7: return window(depth);
        case 8: return scalar(depth);
        case 9: {
            const auto inner = value(depth - 1);
            static constexpr std::array<k, 5> kinds{k::text, k::big_integer, k::numeric, k::double_, k::date};
            return az::detail::make_cast(inner, kinds[from_.pick(5)]);
        }
        case 10: return az::detail::make_unary(az::unary_operator::negate, value(depth - 1));
        case 11: return operation(depth);
        case 12:
            return from_.pick(2) == 0 ? condition(depth - 1)
                                      : az::detail::make_collate(value(depth - 1), from_.pick(2) == 0 ? "C" : "NOCASE");
        default: return column();
    }
}

az::node_ptr statement_generator::condition(int depth) {
    const unsigned what = from_.pick(8);
    if (depth > 1 && what == 1) {
        const auto op = from_.pick(2) == 0 ? az::logical_operator::and_ : az::logical_operator::or_;
        const auto left = condition(depth - 1);
        return az::detail::make_logical(op, left, condition(depth - 1));
    }
    if (depth > 1 && what == 2) return az::detail::make_unary(az::unary_operator::not_, condition(depth - 1));
    if (what == 3) return in(depth);
    if (what == 7 && from_.pick(2) == 1) return tuples(depth);
    if (what == 4) return az::detail::make_is_null(value(depth - 1), from_.pick(2) == 1);
    if (depth > 0 && what == 5) {
        const nodes around = visible_;
        const auto found = az::detail::make_exists(select(depth - 1, 1));
        visible_ = around;
        return found;
    }
    if (what == 6) {
        const auto of = value(depth - 1);
        const auto low = value(depth - 1);
        const auto high = bind();
        return az::detail::make_between(of, low, high, from_.pick(2) == 1);
    }
    static constexpr std::array<unsigned, 10> signs{0, 1, 2, 3, 4, 5, 12, 13, 14, 15};
    const auto op = static_cast<az::binary_operator>(signs[from_.pick(10)]);
    const auto left = value(depth - 1);
    return az::detail::make_binary(op, left, value(depth - 1));
}

az::node_ptr statement_generator::in(int depth) {
    const bool negated = from_.pick(2) == 1;
    const auto operand = value(depth - 1);
    if (depth > 0 && from_.one_in(3)) return az::detail::make_in_query(operand, select(depth - 1, 1), negated);
    const unsigned which = from_.pick(12);
    std::vector<az::value> list;
    const unsigned length = from_.pick(4);
    // A list that is empty says nothing of its type.
    for (unsigned i = 0; i < (length == 0 ? 0 : length + salt_); ++i) list.push_back(some_value(which, salt_));
    return az::detail::make_in_list(operand, std::move(list), negated);
}

az::node_ptr statement_generator::tuples(int depth) {
    const auto first = value(depth - 1);
    const auto second = value(depth - 1);
    const auto tuple = az::detail::make_tuple_node({first, second});
    const unsigned which = from_.pick(12);
    if (from_.pick(2) == 0) {
        const auto other = bind();
        return az::detail::make_tuple_comparison(az::binary_operator::less, tuple, az::detail::make_tuple_node({other, literal()}));
    }
    const std::vector<az::value> list(1 + salt_, some_value(which, salt_));
    return az::detail::make_tuple_in_list(tuple, {list, list}, from_.pick(2) == 1);
}

az::node_ptr statement_generator::choice(int depth) {
    std::vector<az::case_node::branch> branches;
    for (unsigned i = 1 + from_.pick(2); i > 0; --i) {
        const auto when = condition(depth - 1);
        branches.push_back({when, value(depth - 1)});
    }
    az::node_ptr otherwise;
    if (from_.pick(2) == 0) otherwise = value(depth - 1);
    return az::make_node<const az::case_node>(std::move(branches), otherwise);
}

az::node_ptr statement_generator::aggregate(int depth) {
    static constexpr std::array<const char*, 6> names{"count", "sum", "min", "max", "avg", "coalesce"};
    const char* name = names[from_.pick(6)];
    const bool distinct = from_.one_in(4);
    const auto of = value(depth - 1);
    auto made = az::make_node<az::function_node>(name, nodes{of}, az::type_of(*of));
    made->distinct = distinct;
    const unsigned more = from_.pick(8);
    if (more == 6) made->filter = condition(depth - 1);
    if (more == 7) made->order.push_back(order(depth - 1));
    return made;
}

az::node_ptr statement_generator::window(int depth) {
    auto made = az::make_node<az::window_node>(aggregate(depth));
    for (unsigned i = from_.pick(2); i > 0; --i) made->partition.push_back(value(depth - 1));
    for (unsigned i = from_.pick(2); i > 0; --i) made->order.push_back(order(depth - 1));
    using kinds = az::frame_bound::kinds;
    static constexpr std::array<az::window_node::frames, 3> frames{az::window_node::frames::rows, az::window_node::frames::range,
                                                                   az::window_node::frames::groups};
    if (from_.one_in(3)) {
        made->frame = frames[from_.pick(3)];
        made->from.kind = kinds::preceding;
        made->from.rows = from_.pick(4);
        made->to.kind = from_.pick(2) == 0 ? kinds::current_row : kinds::unbounded_following;
        made->exclusion = static_cast<az::frame_exclusion>(from_.pick(4));
    }
    if (from_.one_in(5)) made->base = from_.pick(2) == 0 ? "w" : "v";
    return made;
}

/// Of those with one or two operands.
az::node_ptr statement_generator::operation(int depth) {
    using o = az::operation;
    static constexpr std::array<o, 11> all{o::floor_divide, o::bit_and, o::bit_or, o::bit_xor, o::shift_left, o::shift_right,
                                           o::greatest,     o::least,   o::ilike,  o::power,   o::bit_not};
    const o op = all[from_.pick(all.size())];
    nodes arguments{value(depth - 1)};
    if (op != o::bit_not) arguments.push_back(value(depth - 1));
    const az::type t = op == o::ilike ? az::type{k::boolean} : az::type_of(*arguments.front());
    return az::make_node<const az::operation_node>(op, std::move(arguments), t);
}

az::node_ptr statement_generator::order(int depth) {
    const bool descending = from_.pick(2) == 1;
    const auto nulls = static_cast<az::nulls_order>(std::max(from_.pick(16), 13U) - 13U);
    return az::detail::make_order(value(depth - 1), descending, nulls);
}

az::node_ptr statement_generator::scalar(int depth) {
    const nodes around = visible_;
    const auto made = az::detail::make_scalar(select(depth - 1, 1));
    visible_ = around;
    return made;
}

}  // namespace properties
