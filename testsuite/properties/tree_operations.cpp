// Operations on numbers and texts.
#include "tree_generator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace properties {
namespace {

using k = az::type_kind;
using o = az::operation;

constexpr int endless = 60;  // binary digits of a real that are not told
constexpr double longest_text = 1000;

az::node_ptr operation_of(o op, std::vector<az::node_ptr> arguments, const az::type& t) {
    return az::detail::make_operation(op, std::move(arguments), t);
}

az::type result_type(domain of) { return of == domain::integer ? az::type{k::big_integer} : type_of_domain(of); }

}  // namespace

/// The largest or least of two or three.
term tree_generator::of_several(domain of, int depth) {
    const o op = from_.pick(2) == 0 ? o::greatest : o::least;
    term made = make(of, depth - 1);
    std::vector<az::node_ptr> arguments{made.node};
    for (unsigned i = 1 + from_.pick(2); i > 0; --i) {
        const term next = other(of, depth, made);
        made.largest = std::max(made.largest, next.largest);
        made.scale = std::max(made.scale, next.scale);
        arguments.push_back(next.node);
    }
    const az::type t = az::widest_type(arguments);
    made.node = operation_of(op, std::move(arguments), t);
    return made;
}

term tree_generator::floor_quotient(const term& x, const term& y, domain of) {
    const auto divisor = call("nullif", {y.node, zero_like(of)}, az::type_of(*y.node));
    const double smallest = std::pow(of == domain::real ? 0.5 : 0.1, y.scale);
    const term made{operation_of(o::floor_divide, {x.node, divisor}, result_type(of)), x.largest / smallest + 1, 0};
    return fits(made, of) ? made : x;
}

term tree_generator::integer_operation(int depth) {
    const unsigned what = from_.pick(8);
    switch (what) {
        case 0: {
            const term x = integer(depth - 1);
            return floor_quotient(x, other(domain::integer, depth, x), domain::integer);
        }
        case 1: return {operation_of(o::sign, {make(static_cast<domain>(from_.pick(3)), depth - 1).node}, k::integer), 1};
        case 2: {
            const term x = text(depth - 1);
            return {operation_of(o::position, {other(domain::text, depth, x).node, x.node}, k::big_integer), longest_text};
        }
        case 3: return {operation_of(o::octet_length, {text(depth - 1).node}, k::big_integer), 4 * longest_text};
        case 4: return {operation_of(o::code_point, {text(depth - 1).node}, k::big_integer), 0x10ffff};
        default: return bits(integer(depth - 1), depth);
    }
}

/// Every bit that one of the operands has may be in the result.
term tree_generator::bits(const term& x, int depth) {
    constexpr std::array<o, 3> ops{o::bit_and, o::bit_or, o::bit_xor};
    constexpr std::array<int, 6> places{0, 1, 2, 7, 20, 31};
    const unsigned what = from_.pick(6);
    if (what == 5) return {operation_of(o::bit_not, {x.node}, k::big_integer), x.largest + 1};
    if (what < 3) {
        const term y = other(domain::integer, depth, x);
        const term made{az::detail::make_bitwise(ops[what], x.node, y.node), 2 * std::max(x.largest, y.largest) + 1};
        return fits(made, domain::integer) ? made : x;
    }
    const int by = places[from_.pick(places.size())];
    if (what == 3) return {az::detail::make_shift(o::shift_right, x.node, by), x.largest};
    const term made{az::detail::make_shift(o::shift_left, x.node, by), x.largest * std::pow(2.0, by)};
    return fits(made, domain::integer) ? made : x;
}

term tree_generator::rounded(const term& x, domain of) {
    constexpr std::array<o, 4> ops{o::round, o::truncate, o::ceiling, o::floor};
    const unsigned what = from_.pick(4);
    const int digits = static_cast<int>(from_.pick(4));
    if (what > 1) return {operation_of(ops[what], {x.node}, az::type_of(*x.node)), x.largest + 1, 0};
    return {az::detail::make_rounding(ops[what], x.node, digits), x.largest + 1, of == domain::exact ? digits : digits == 0 ? 0 : endless};
}

term tree_generator::exact_operation(int depth) {
    const term x = exact(depth - 1);
    if (from_.pick(3) == 0) return floor_quotient(x, other(domain::exact, depth, x), domain::exact);
    return rounded(x, domain::exact);
}

/// Of numbers that are small multiples of a power of two, which round alike in any base.
term tree_generator::real_operation(int depth) {
    constexpr double small = 1e9;
    constexpr int few = 6;
    term x = real(depth - 1);
    const unsigned what = from_.pick(4);
    if (what == 0) return {operation_of(o::square_root, {x.node}, k::double_), x.largest, endless};
    if (x.largest > small || x.scale > few) return x;
    if (what == 1) {
        const term y = other(domain::real, depth, x);
        return y.largest > small || y.scale > few ? x : floor_quotient(x, y, domain::real);
    }
    return rounded(x, domain::real);
}

/// For MariaDB, which takes a bound NULL for nothing to put in where the text is empty.
term tree_generator::replaced(const term& x, std::string_view wanted, int depth) {
    term by = other(domain::text, depth, x);
    const auto* bind = az::node_cast<az::bind_node>(by.node);
    const auto* literal = az::node_cast<az::literal_node>(by.node);
    if ((bind && bind->content.is_null()) || (literal && literal->content.is_null())) by = x;
    return {call("replace", {x.node, az::detail::make_bind(az::value{wanted}, nullptr), by.node}, k::text)};
}

term tree_generator::text_operation(int depth) {
    using az::detail::make_counted;
    constexpr std::array<std::string_view, 4> some{" ", "a", "a%", "\\é'"};
    const term x = text(depth - 1);
    const unsigned what = from_.pick(10);
    const auto few = static_cast<std::int64_t>(from_.pick(5));
    const std::string_view characters = some[from_.pick(some.size())];
    switch (what) {
        case 0: return {az::detail::make_trim(o::trim, x.node, characters)};
        case 1: return {az::detail::make_trim(few % 2 == 0 ? o::trim_leading : o::trim_trailing, x.node, characters)};
        case 2: return {az::detail::make_substring(x.node, az::detail::make_count(few + 1), {})};
        case 3: return {az::detail::make_substring(x.node, az::detail::make_count(few + 1), az::detail::make_count(few))};
        case 4: return {make_counted(few % 2 == 0 ? o::left : o::right, x.node, few)};
        case 5: return {az::detail::make_pad(few % 2 == 0 ? o::pad_left : o::pad_right, x.node, few * 2, characters)};
        case 6: return {operation_of(o::reverse, {x.node}, k::text)};
        case 7: return replaced(x, characters, depth);
        case 8:
            return {operation_of(o::concat_ws,
                                 {az::detail::make_bind(az::value{characters}, nullptr), x.node, other(domain::text, depth, x).node},
                                 k::text)};
        default: return depth > 3 ? x : term{make_counted(o::repeat, x.node, few % 3)};
    }
}

term tree_generator::truth_operation(int depth) {
    constexpr std::array<o, 3> searches{o::starts_with, o::ends_with, o::contains};
    constexpr std::array<std::string_view, 6> patterns{"%", "a%", "%/%%", "a/_b", "_", "%'%"};
    const unsigned what = from_.pick(8);
    if (what < 2) return tuples(depth);
    if (what == 2)
        return {
            az::detail::make_unary(from_.pick(2) == 0 ? az::unary_operator::is_true : az::unary_operator::is_false, truth(depth - 1).node)};
    const bool ignores_case = from_.one_in(3);
    const bool negated = from_.pick(2) == 1;
    const term x = text(depth - 1);
    if (what < 6) return {az::detail::make_search(searches[what - 3], x.node, other(domain::text, depth, x).node, ignores_case)};
    const auto pattern = az::detail::make_bind(az::value{patterns[from_.pick(patterns.size())]}, x.node.get());
    return {az::detail::make_like(x.node, pattern, '/', negated, ignores_case)};
}

/// Two compared, or one looked for in a list.
term tree_generator::tuples(int depth) {
    using b = az::binary_operator;
    constexpr std::array<b, 6> signs{b::equal, b::not_equal, b::less, b::less_equal, b::greater, b::greater_equal};
    const std::array<domain, 2> of{any_domain(), any_domain()};
    const std::array<term, 2> left{make(of[0], depth - 1), make(of[1], depth - 1)};
    const auto tuple = az::detail::make_tuple_node({left[0].node, left[1].node});
    if (from_.pick(2) == 0) {
        const auto first = other(of[0], depth, left[0]).node;
        const auto second = other(of[1], depth, left[1]).node;
        return {az::detail::make_tuple_comparison(signs[from_.pick(signs.size())], tuple, az::detail::make_tuple_node({first, second}))};
    }
    std::vector<std::vector<az::value>> columns(2);
    for (unsigned i = from_.pick(4); i > 0; --i)
        for (std::size_t c = 0; c < 2; ++c) columns[c].push_back(value_to_try(of[c], from_.pick(value_count - 1)));
    return {az::detail::make_tuple_in_list(tuple, std::move(columns), from_.pick(2) == 1)};
}

}  // namespace properties
