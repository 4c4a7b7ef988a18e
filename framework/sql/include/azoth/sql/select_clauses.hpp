#pragma once

#include <azoth/sql/grouping.hpp>
#include <azoth/sql/ordered_clauses.hpp>
#include <azoth/sql/subquery.hpp>
#include <azoth/sql/windows.hpp>

#include <string_view>

namespace azoth {

namespace detail {
AZOTH_API node_handle<select_node> make_select();
AZOTH_API void add_window(select_node& n, std::string_view name, const window& spec);
}  // namespace detail

/// How rows are locked until the transaction ends, for with_for_update().
struct lock_options {
    lock_strength strength{lock_strength::update};
    lock_wait wait{lock_wait::wait};
};

/// What a query says besides its columns, sources and conditions.
template <class D>
class select_clauses : public ordered_clauses<D, select_node> {
public:
    /// Columns, expressions, labels of the query, `rollup(...)`, `cube(...)`, `grouping_sets(...)`.
    template <class... E>
    [[nodiscard]] D group_by(const E&... by) && {
        detail::check_group_keys<E...>();
        (detail::own(this->node_).group_by.push_back(by.node()), ...);
        return this->moved();
    }
    template <class... E>
    [[nodiscard]] D group_by(const E&... by) const& {
        return this->copy().group_by(by...);
    }
    template <class... C>
    [[nodiscard]] D having(const C&... conditions) && {
        detail::check_conditions<C...>();
        (detail::own(this->node_).having.push_back(conditions.node()), ...);
        return this->moved();
    }
    template <class... C>
    [[nodiscard]] D having(const C&... conditions) const& {
        return this->copy().having(conditions...);
    }
    [[nodiscard]] D distinct() && {
        detail::own(this->node_).distinct = true;
        return this->moved();
    }
    [[nodiscard]] D distinct() const& { return this->copy().distinct(); }
    /// The first row, by the query's order, of those that are equal in these: the order has to begin with them.
    template <expression... E>
    [[nodiscard]] D distinct_on(const E&... keys) && {
        static_assert(sizeof...(E) > 0, "azoth: distinct_on() needs the expressions by which rows are equal; distinct() takes whole rows");
        (detail::own(this->node_).distinct_on.push_back(keys.node()), ...);
        return this->moved();
    }
    template <expression... E>
    [[nodiscard]] D distinct_on(const E&... keys) const& {
        return this->copy().distinct_on(keys...);
    }
    /// WINDOW: a window that the query's functions use by its name, `func::sum(x).over("w")`.
    [[nodiscard]] D window(std::string_view name, const azoth::window& spec) && {
        detail::add_window(detail::own(this->node_), name, spec);
        return this->moved();
    }
    [[nodiscard]] D window(std::string_view name, const azoth::window& spec) const& { return this->copy().window(name, spec); }
    /// Locks the rows that it finds until the transaction ends: those of all its tables, or of those named.
    template <class... S>
    [[nodiscard]] D with_for_update(const lock_options& how, const S&... of) && {
        auto& lock = detail::own(this->node_).lock;
        lock = {how.strength, how.wait, {}};
        (lock.of.push_back(detail::source_of(of)), ...);
        return this->moved();
    }
    template <class... S>
    [[nodiscard]] D with_for_update(const lock_options& how, const S&... of) const& {
        return this->copy().with_for_update(how, of...);
    }
    [[nodiscard]] D with_for_update() && { return this->moved().with_for_update(lock_options{}); }
    [[nodiscard]] D with_for_update() const& { return this->copy().with_for_update(lock_options{}); }

protected:
    using ordered_clauses<D, select_node>::ordered_clauses;
};

}  // namespace azoth
