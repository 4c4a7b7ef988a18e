// Texts, days and truths, and what makes a value of any type of others.
#include "tree_generator.hpp"

#include <algorithm>
#include <array>

namespace properties {
namespace {

using k = az::type_kind;

term wider(const term& x, const term& y, az::node_ptr node) {
    return {std::move(node), std::max(x.largest, y.largest), std::max(x.scale, y.scale)};
}

}  // namespace

term tree_generator::make(domain of, int depth) {
    switch (of) {
        case domain::integer: return integer(depth);
        case domain::real: return real(depth);
        case domain::exact: return exact(depth);
        case domain::text: return text(depth);
        case domain::truth: return truth(depth);
        case domain::day: return day(depth);
    }
    return {};
}

term tree_generator::choice(domain of, int depth) {
    std::vector<az::case_node::branch> branches;
    const unsigned count = 1 + from_.pick(3);
    term result;
    for (unsigned i = 0; i < count; ++i) {
        const term condition = truth(depth - 1);
        const term branch = make(of, depth - 1);
        result = wider(result, branch, {});
        branches.push_back({condition.node, branch.node});
    }
    az::node_ptr otherwise;
    if (from_.pick(3) != 0) {
        const term last = make(of, depth - 1);
        result = wider(result, last, {});
        otherwise = last.node;
    }
    result.node = az::make_node<const az::case_node>(std::move(branches), otherwise);
    return result;
}

term tree_generator::fallback(domain of, int depth) {
    const term x = make(of, depth - 1);
    const term y = other(of, depth, x);
    const std::initializer_list<az::node_ptr> either{x.node, y.node};
    return wider(x, y, call("coalesce", either, az::widest_type(either)));
}

term tree_generator::unless_equal(domain of, int depth) {
    const term x = make(of, depth - 1);
    const term y = other(of, depth, x);
    return {call("nullif", {x.node, y.node}, az::type_of(*x.node)), x.largest, x.scale};
}

/// The larger of two as a CASE, or the largest of several.
term tree_generator::extreme(domain of, int depth) {
    if (from_.pick(2) == 1) return of_several(of, depth);
    const term x = make(of, depth - 1);
    const term y = other(of, depth, x);
    const auto condition = az::detail::make_binary(binary::greater_equal, x.node, y.node);
    return wider(x, y, az::make_node<const az::case_node>(std::vector<az::case_node::branch>{{condition, x.node}}, y.node));
}

term tree_generator::text(int depth) {
    if (depth <= 0) return leaf(domain::text);
    switch (from_.pick(13)) {
        case 9:
        case 10:
        case 11: return text_operation(depth);
        case 1:
        case 2: {
            const term x = text(depth - 1);
            return {az::detail::make_binary(binary::concat, x.node, other(domain::text, depth, x).node)};
        }
        case 3: return {call("lower", {text(depth - 1).node}, k::text)};
        case 4: return {call("upper", {text(depth - 1).node}, k::text)};
        case 5: return choice(domain::text, depth);
        case 6: return fallback(domain::text, depth);
        case 7: return unless_equal(domain::text, depth);
        case 8: return {az::detail::make_cast(from_.pick(2) == 0 ? integer(depth - 1).node : day(depth - 1).node, k::text)};
        default: return leaf(domain::text);
    }
}

term tree_generator::day(int depth) {
    if (depth <= 0) return leaf(domain::day);
    switch (from_.pick(9)) {
        case 5:
        case 6:
        case 7: return moved_day(depth);
        case 1: return choice(domain::day, depth);
        case 2: return fallback(domain::day, depth);
        case 3: return unless_equal(domain::day, depth);
        case 4: return extreme(domain::day, depth);
        default: return leaf(domain::day);
    }
}

/// By days or months, or back to where a year, quarter, month, week or day begins.
term tree_generator::moved_day(int depth) {
    constexpr double furthest = 100'000;
    constexpr std::array<std::int32_t, 8> counts{0, 1, -1, 12, 30, -31, 100, -400};
    const term x = day(depth - 1);
    const unsigned what = from_.pick(3);
    if (what == 2) return {az::detail::make_truncated(x.node, static_cast<az::date_part>(from_.pick(5))), x.largest + 366};
    const std::int32_t count = counts[from_.pick(counts.size())];
    const auto by = az::make_node<const az::bind_node>(az::value{count}, k::integer);
    const auto op = from_.pick(2) == 0 ? az::operation::add_interval : az::operation::subtract_interval;
    const auto unit = what == 0 ? az::interval_unit::day : az::interval_unit::month;
    const term made{az::detail::make_shifted(op, x.node, unit, by), x.largest + 31 * 400.0};
    return made.largest < furthest ? made : x;
}

/// A part of a day, or how many days lie between two.
term tree_generator::integer_of_days(int depth) {
    constexpr double most = 1e11;  // seconds since 1970
    using p = az::date_part;
    constexpr std::array<p, 9> parts{p::year,        p::quarter,     p::month, p::week,     p::day,
                                     p::day_of_week, p::day_of_year, p::epoch, p::week_year};
    const term x = day(depth - 1);
    if (from_.one_in(3)) return {az::detail::make_difference(x.node, day(depth - 1).node), most};
    return {az::detail::make_extract(x.node, parts[from_.pick(parts.size())]), most};
}

term tree_generator::truth(int depth) {
    if (depth <= 0) return leaf(domain::truth);
    switch (from_.pick(18)) {
        case 15:
        case 16: return truth_operation(depth);
        case 1:
        case 2: return logic(depth);
        case 3: return {az::detail::make_unary(az::unary_operator::not_, truth(depth - 1).node)};
        case 4:
        case 5:
        case 6: return comparison(depth);
        case 7: return between(depth);
        case 8: return in_list(depth);
        case 9: return like(depth);
        case 10: return distinct(depth);
        case 11: return null_test(depth);
        case 12: return choice(domain::truth, depth);
        case 13: return from_.pick(2) == 0 ? fallback(domain::truth, depth) : unless_equal(domain::truth, depth);
        case 14: return {az::detail::make_cast(integer(depth - 1).node, k::boolean)};
        default: return leaf(domain::truth);
    }
}

/// Any number of terms, none too.
term tree_generator::logic(int depth) {
    const auto op = from_.pick(2) == 0 ? az::logical_operator::and_ : az::logical_operator::or_;
    std::vector<az::node_ptr> terms;
    const unsigned count = (2 + from_.pick(4)) % 5;
    for (unsigned i = 0; i < count; ++i) terms.push_back(truth(depth - 1).node);
    return {az::make_node<const az::logical_node>(op, std::move(terms))};
}

/// A number of any of the three kinds.
term tree_generator::number(int depth) {
    const term x = make(static_cast<domain>(from_.pick(3)), depth);
    constexpr double compared_exactly = 1e14;  // as a double
    return x.largest > compared_exactly ? leaf(domain::real) : x;
}

term tree_generator::comparison(int depth) {
    constexpr std::array<binary, 6> signs{binary::equal,      binary::not_equal, binary::less,
                                          binary::less_equal, binary::greater,   binary::greater_equal};
    const binary sign = signs[from_.pick(6)];
    if (from_.one_in(5)) {
        const term x = number(depth - 1);
        return {az::detail::make_binary(sign, x.node, number(depth - 1).node)};
    }
    const domain of = any_domain();
    const term x = make(of, depth - 1);
    return {az::detail::make_binary(sign, x.node, other(of, depth, x).node)};
}

term tree_generator::between(int depth) {
    const bool negated = from_.pick(2) == 1;
    const domain of = any_domain();
    const term x = make(of == domain::truth ? domain::integer : of, depth - 1);
    const term low = other(of == domain::truth ? domain::integer : of, depth, x);
    const term high = other(of == domain::truth ? domain::integer : of, depth, x);
    return {az::detail::make_between(x.node, low.node, high.node, negated)};
}

term tree_generator::in_list(int depth) {
    const bool negated = from_.pick(2) == 1;
    const domain of = any_domain();
    const bool is_number = of == domain::integer || of == domain::real || of == domain::exact;
    const domain theirs = from_.one_in(3) && is_number ? static_cast<domain>(from_.pick(3)) : of;
    const term x = is_number && theirs != of ? number(depth - 1) : make(of, depth - 1);
    std::vector<az::value> list;
    const unsigned count = from_.pick(5);
    for (unsigned i = 0; i < count; ++i) {
        const bool is_null = from_.one_in(6);
        // The last integer has more digits than SQLite keeps in a NUMERIC(10, 2).
        const unsigned which = from_.pick(theirs == of ? value_count : value_count - 1);
        list.push_back(is_null ? az::value{} : value_to_try(theirs, which));
    }
    return {az::detail::make_in_list(x.node, std::move(list), negated)};
}

term tree_generator::like(int depth) {
    constexpr std::array<std::string_view, 12> patterns{"%", "a%", "%a", "_", "__", "%'%", "A%", "%\\%", "日%", "%é", "a\\%", ""};
    const binary op = from_.pick(2) == 0 ? binary::like : binary::not_like;
    const term x = text(depth - 1);
    if (from_.one_in(4)) return {az::detail::make_binary(op, x.node, other(domain::text, depth, x).node)};
    const az::value pattern{patterns[from_.pick(patterns.size())]};
    const bool as_literal = from_.pick(2) == 1;
    const bool literally = form_ == leaf_form::mixed ? as_literal : form_ == leaf_form::literal;
    return {
        az::detail::make_binary(op, x.node, literally ? az::detail::make_literal(pattern) : az::detail::make_bind(pattern, x.node.get()))};
}

term tree_generator::distinct(int depth) {
    const binary op = from_.pick(2) == 0 ? binary::is_distinct_from : binary::is_not_distinct_from;
    const domain of = any_domain();
    const term x = make(of, depth - 1);
    return {az::detail::make_binary(op, x.node, other(of, depth, x).node)};
}

term tree_generator::null_test(int depth) {
    const bool negated = from_.pick(2) == 1;
    return {az::detail::make_is_null(make(any_domain(), depth - 1).node, negated)};
}

}  // namespace properties
