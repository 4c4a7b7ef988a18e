#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/clauses.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace azoth {

/// Several groupings of one query, for group_by().
class AZOTH_API grouping {
public:
    grouping(grouping_node::forms form, std::vector<node_ptr> keys);
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};

/// A key of a set of grouping_sets().
class grouping_key {
public:
    template <expression E>
    grouping_key(const E& by) : node_{by.node()} {}  // not explicit: a set is a list of expressions
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};

/// The keys of one grouping; none for the total of all rows.
class AZOTH_API grouping_set {
public:
    grouping_set() noexcept = default;
    grouping_set(std::initializer_list<grouping_key> by);
    [[nodiscard]] const std::vector<node_ptr>& keys() const noexcept { return keys_; }

private:
    std::vector<node_ptr> keys_{};
};

/// Groups by all keys, by all but the last, and so on to the total of all rows. Keys that a group does not have are NULL.
template <expression... E>
[[nodiscard]] grouping rollup(const E&... by) {
    static_assert(sizeof...(E) > 0, "azoth: rollup() needs keys to group by");
    return grouping{grouping_node::forms::rollup, {by.node()...}};
}
/// Groups by every choice among the keys.
template <expression... E>
[[nodiscard]] grouping cube(const E&... by) {
    static_assert(sizeof...(E) > 0, "azoth: cube() needs keys to group by");
    return grouping{grouping_node::forms::cube, {by.node()...}};
}
/// Groups by each of the sets: `grouping_sets({{a, b}, {a}, {}})`.
[[nodiscard]] AZOTH_API grouping grouping_sets(std::initializer_list<grouping_set> sets);

/// A column of the query's result by its label, for ORDER BY, GROUP BY and HAVING. A query without such a label throws programming_error
/// (statement) when it is compiled.
template <storable T = value>
[[nodiscard]] expr<T> label_ref(std::string_view name) {
    return expr<T>{make_node<const label_ref_node>(std::string{name}, detail::type_for<T>())};
}

namespace detail {
template <class... E>
consteval void check_group_keys() {
    static_assert(((expression<E> || std::same_as<E, grouping>)&&...),
                  "azoth: group_by() takes expressions, such as col<&T::name>, rollup(), cube() and grouping_sets()");
}
}  // namespace detail

}  // namespace azoth
