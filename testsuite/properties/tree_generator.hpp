#pragma once

#include "byte_source.hpp"
#include "sample.hpp"

#include <initializer_list>

namespace properties {

/// What a tree computes. `real` is approximate, `exact` a decimal.
enum class domain : std::uint8_t { integer, real, exact, text, truth, day };
inline constexpr unsigned domain_count = 6;

/// How values stand in a tree.
enum class leaf_form : std::uint8_t { bound, literal, mixed };

/// A tree with what its values can be at most, so that none overflows on any database: digits before the point by size, those after it by
/// scale. The scale of a real is in binary digits; what a day can be is by how many days it has been moved.
struct term {
    az::node_ptr node;
    double largest{};
    int scale{};
};

/// Random trees of one type from bytes. The same bytes make the same tree in every form of leaf.
class tree_generator {
public:
    tree_generator(byte_source& from, leaf_form form) noexcept : from_{from}, form_{form} {}

    [[nodiscard]] term make(domain of, int depth);
    [[nodiscard]] term leaf(domain of, const az::node* like = nullptr);

private:
    using binary = az::binary_operator;

    term integer(int depth);
    term real(int depth);
    term exact(int depth);
    term text(int depth);
    term truth(int depth);
    term day(int depth);

    // Of any type.
    term choice(domain of, int depth);
    term fallback(domain of, int depth);
    term unless_equal(domain of, int depth);
    term extreme(domain of, int depth);

    // Numbers.
    term arithmetic(binary op, const term& x, const term& y, domain of);
    term remainder(const term& x, const term& y, domain of);
    term negated(const term& x);
    term absolute(const term& x);
    term cast(const term& x, const az::type& to);
    term quotient(const term& x, const term& y, domain of);
    term integer_from_other(int depth);
    term real_from_other(int depth);
    term exact_from_other(int depth);
    term number(int depth);

    // Days.
    term moved_day(int depth);
    term integer_of_days(int depth);

    // Operations that each dialect says in its own way.
    term integer_operation(int depth);
    term bits(const term& x, int depth);
    term exact_operation(int depth);
    term real_operation(int depth);
    term text_operation(int depth);
    term replaced(const term& x, std::string_view wanted, int depth);
    term truth_operation(int depth);
    term of_several(domain of, int depth);
    term floor_quotient(const term& x, const term& y, domain of);
    term rounded(const term& x, domain of);
    term tuples(int depth);

    // Truths.
    term logic(int depth);
    term comparison(int depth);
    term between(int depth);
    term in_list(int depth);
    term like(int depth);
    term distinct(int depth);
    term null_test(int depth);

    /// A second operand: often a value that takes the first one's type, as `column == 5` makes it.
    term other(domain of, int depth, const term& first);
    term value_leaf(domain of, const az::node* like, unsigned which, bool as_literal);
    domain any_domain() { return static_cast<domain>(from_.pick(domain_count)); }

    byte_source& from_;
    leaf_form form_;
};

[[nodiscard]] inline az::node_ptr call(std::string_view name, std::initializer_list<az::node_ptr> arguments, const az::type& t) {
    return az::detail::make_function(name, arguments, t);
}
/// Whether the largest value of a number has room on every database.
[[nodiscard]] bool fits(const term& t, domain of);
[[nodiscard]] az::node_ptr zero_like(domain of);
/// The type under which a domain's values travel.
[[nodiscard]] az::type type_of_domain(domain d);
/// A value to try, of `value_count` there are.
[[nodiscard]] az::value value_to_try(domain d, unsigned which);
inline constexpr unsigned value_count = 16;

}  // namespace properties
