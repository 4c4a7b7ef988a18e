#include "tree_generator.hpp"

#include <algorithm>
#include <cmath>

namespace properties {
namespace {

using k = az::type_kind;

constexpr double whole_in_double = 9007199254740992.0;  // 2^53
constexpr double largest_exact = 1e24;
constexpr double largest_real = 1e30;
constexpr int most_digits = 10;        // after the point, of decimals
constexpr int binary_digits_kept = 9;  // after the point, of reals that are still small and exact

/// What an integer of the tree's type may be at most: PostgreSQL computes 32-bit integers in 32 bits.
double room_for(const az::node& n) { return az::type_of(n).kind == k::big_integer ? 4e18 : 2e9; }

}  // namespace

bool fits(const term& t, domain of) {
    switch (of) {
        case domain::integer: return t.largest <= room_for(*t.node);
        case domain::exact: return t.largest <= largest_exact && t.scale <= most_digits;
        case domain::real: return t.largest <= largest_real;
        default: return true;
    }
}

az::node_ptr zero_like(domain of) {
    return of == domain::real ? az::detail::make_literal(az::value{0.0}) : az::detail::make_literal(az::value{std::int64_t{0}});
}

term tree_generator::arithmetic(binary op, const term& x, const term& y, domain of) {
    const bool multiplies = op == binary::multiply;
    term made{az::detail::make_binary(op, x.node, y.node), multiplies ? x.largest * y.largest : x.largest + y.largest,
              multiplies ? x.scale + y.scale : std::max(x.scale, y.scale)};
    return fits(made, of) ? made : x;
}

/// By what is never zero: that is an error on some databases and NULL on others.
term tree_generator::remainder(const term& x, const term& y, domain of) {
    constexpr double small = 1e9;
    if (of == domain::real && (x.scale > binary_digits_kept || y.scale > binary_digits_kept || x.largest > small || y.largest > small))
        return x;
    const auto divisor = call("nullif", {y.node, zero_like(of)}, az::type_of(*y.node));
    return {az::detail::make_binary(binary::modulo, x.node, divisor), std::max(x.largest, y.largest), std::max(x.scale, y.scale)};
}

term tree_generator::negated(const term& x) { return {az::detail::make_unary(az::unary_operator::negate, x.node), x.largest, x.scale}; }
term tree_generator::absolute(const term& x) { return {call("abs", {x.node}, az::type_of(*x.node)), x.largest, x.scale}; }
term tree_generator::cast(const term& x, const az::type& to) { return {az::detail::make_cast(x.node, to), x.largest, x.scale}; }

/// True division, as `/` makes it: integers are divided as doubles.
term tree_generator::quotient(const term& x, const term& y, domain of) {
    const auto left = of == domain::integer ? az::detail::make_cast(x.node, k::double_) : x.node;
    const auto divisor = call("nullif", {y.node, zero_like(of)}, az::type_of(*y.node));
    constexpr int endless = 60;
    const double largest = x.largest * 1024;  // the smallest divisor that is not zero is 1/512
    if (largest > largest_real || y.scale > binary_digits_kept) return real(0);
    return {az::detail::make_binary(binary::divide, left, divisor), largest, endless};
}

term tree_generator::integer(int depth) {
    if (depth <= 0) return leaf(domain::integer);
    const unsigned what = from_.pick(15);
    switch (what) {
        case 12:
        case 13: return integer_operation(depth);
        case 1:
        case 2:
        case 3: {
            const term x = integer(depth - 1);
            const binary op = what == 1 ? binary::add : what == 2 ? binary::subtract : binary::multiply;
            return arithmetic(op, x, other(domain::integer, depth, x), domain::integer);
        }
        case 4: {
            const term x = integer(depth - 1);
            return remainder(x, other(domain::integer, depth, x), domain::integer);
        }
        case 5: {
            const term x = integer(depth - 1);
            return fits({x.node, x.largest + 1, 0}, domain::integer) ? negated(x) : x;
        }
        case 6: {
            const term x = integer(depth - 1);
            return fits({x.node, x.largest + 1, 0}, domain::integer) ? absolute(x) : x;
        }
        case 7: return choice(domain::integer, depth);
        case 8: return fallback(domain::integer, depth);
        case 9: return unless_equal(domain::integer, depth);
        case 10: return extreme(domain::integer, depth);
        case 11: return integer_from_other(depth);
        default: return leaf(domain::integer);
    }
}

term tree_generator::integer_from_other(int depth) {
    constexpr double small = 1e15;
    constexpr double longest_text = 1000;
    switch (from_.pick(5)) {
        case 4: return integer_of_days(depth);
        case 0: return {call("char_length", {text(depth - 1).node}, k::big_integer), longest_text};
        case 1: return {az::detail::make_cast(truth(depth - 1).node, k::big_integer), 1};
        case 2: {
            const term x = exact(depth - 1);
            return x.largest <= small ? term{az::detail::make_cast(x.node, k::big_integer), x.largest + 1} : leaf(domain::integer);
        }
        default: {
            const term x = real(depth - 1);
            return x.largest <= small ? term{az::detail::make_cast(x.node, k::big_integer), x.largest + 1} : leaf(domain::integer);
        }
    }
}

term tree_generator::real(int depth) {
    if (depth <= 0) return leaf(domain::real);
    const unsigned what = from_.pick(15);
    switch (what) {
        case 13: return real_operation(depth);
        case 1:
        case 2:
        case 3: {
            const term x = real(depth - 1);
            const binary op = what == 1 ? binary::add : what == 2 ? binary::subtract : binary::multiply;
            return arithmetic(op, x, other(domain::real, depth, x), domain::real);
        }
        case 4: {
            const term x = real(depth - 1);
            return remainder(x, other(domain::real, depth, x), domain::real);
        }
        case 5: return negated(real(depth - 1));
        case 6: return absolute(real(depth - 1));
        case 7: return choice(domain::real, depth);
        case 8: return fallback(domain::real, depth);
        case 9: return unless_equal(domain::real, depth);
        case 10: return extreme(domain::real, depth);
        case 11: return real_from_other(depth);
        case 12: {
            const domain of = from_.pick(2) == 0 ? domain::integer : domain::real;
            const term x = make(of, depth - 1);
            const term y = make(of, depth - 1);
            return x.largest > whole_in_double || y.largest > whole_in_double ? leaf(domain::real) : quotient(x, y, of);
        }
        default: return leaf(domain::real);
    }
}

/// A real beside an integer, or a cast.
term tree_generator::real_from_other(int depth) {
    const bool from_exact = from_.pick(2) == 1;
    const term x = make(from_exact ? domain::exact : domain::integer, depth - 1);
    if (x.largest > whole_in_double / 1e3) return leaf(domain::real);
    constexpr int endless = 60;
    if (from_exact) return {az::detail::make_cast(x.node, k::double_), x.largest, endless};
    if (from_.pick(2) == 0) return {az::detail::make_cast(x.node, k::double_), x.largest, 0};
    return arithmetic(from_.pick(2) == 0 ? binary::add : binary::multiply, x, real(depth - 1), domain::real);
}

term tree_generator::exact(int depth) {
    if (depth <= 0) return leaf(domain::exact);
    const unsigned what = from_.pick(15);
    switch (what) {
        case 12:
        case 13: return exact_operation(depth);
        case 1:
        case 2:
        case 3: {
            const term x = exact(depth - 1);
            const binary op = what == 1 ? binary::add : what == 2 ? binary::subtract : binary::multiply;
            return arithmetic(op, x, other(domain::exact, depth, x), domain::exact);
        }
        case 4: {
            const term x = exact(depth - 1);
            return remainder(x, other(domain::exact, depth, x), domain::exact);
        }
        case 5: return negated(exact(depth - 1));
        case 6: return absolute(exact(depth - 1));
        case 7: return choice(domain::exact, depth);
        case 8: return fallback(domain::exact, depth);
        case 9: return unless_equal(domain::exact, depth);
        case 10: return extreme(domain::exact, depth);
        case 11: return exact_from_other(depth);
        default: return leaf(domain::exact);
    }
}

/// A decimal beside an integer, or a cast; of a decimal too, to fewer digits.
term tree_generator::exact_from_other(int depth) {
    const unsigned what = from_.pick(4);
    if (what == 3) {
        const term x = exact(depth - 1);
        const unsigned scale = from_.pick(4);
        return {az::detail::make_cast(x.node, az::numeric(38, static_cast<std::uint16_t>(scale))), x.largest + 1, static_cast<int>(scale)};
    }
    const term x = integer(depth - 1);
    if (what == 0) return {az::detail::make_cast(x.node, az::numeric(30, 3)), x.largest, 3};
    const term y = exact(depth - 1);
    const binary op = from_.pick(2) == 0 ? binary::subtract : binary::multiply;
    return what == 1                                        ? arithmetic(op, y, x, domain::exact)
           : arithmetic(op, x, y, domain::exact).scale == 0 ? y
                                                            : arithmetic(op, x, y, domain::exact);
}

}  // namespace properties
