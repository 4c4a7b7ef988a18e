#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace azoth {

namespace detail {

/// The node itself where nobody else holds it, else a copy that takes its place: statements are values.
AZOTH_API select_node& own(node_handle<select_node>& n);
AZOTH_API compound_node& own(node_handle<compound_node>& n);
AZOTH_API node_ptr make_limit(std::int64_t rows, std::string_view what);
AZOTH_API node_ptr make_percentage(double percent);
/// A limit that is computed or given later; throws interface_error (invalid-argument) for a value below 0.
AZOTH_API node_ptr check_limit(const node_ptr& rows, std::string_view what);

template <class E>
consteval void check_limit_type() {
    static_assert(std::integral<bare_t<E>>, "azoth: a limit or an offset is a whole number of rows");
    static_assert(!can_be_null_v<E>, "azoth: a limit or an offset cannot be NULL: give func::coalesce() a number of rows");
}

}  // namespace detail

/// ORDER BY, LIMIT and OFFSET, of a query and of a set operation. Statements are values: each function returns a changed one. `D` is the
/// statement's class, `N` its node's.
template <class D, class N>
class ordered_clauses {
public:
    template <expression... E>
    [[nodiscard]] D order_by(const E&... by) && {
        (detail::own(node_).order_by.push_back(by.node()), ...);
        return moved();
    }
    template <expression... E>
    [[nodiscard]] D order_by(const E&... by) const& {
        return copy().order_by(by...);
    }
    /// At most so many rows; negative numbers throw interface_error (invalid-argument).
    [[nodiscard]] D limit(std::int64_t rows) && { return limited(detail::make_limit(rows, "limit"), limit_kind::rows); }
    [[nodiscard]] D limit(std::int64_t rows) const& { return copy().limit(rows); }
    /// ... a number that is computed, or given when the statement runs: `limit(param<std::int64_t>("page"))`.
    template <expression E>
    [[nodiscard]] D limit(const E& rows) && {
        detail::check_limit_type<E>();
        return limited(detail::check_limit(rows.node(), "limit"), limit_kind::rows);
    }
    template <expression E>
    [[nodiscard]] D limit(const E& rows) const& {
        return copy().limit(rows);
    }
    /// So many rows are left out first.
    [[nodiscard]] D offset(std::int64_t rows) && { return skipping(detail::make_limit(rows, "offset")); }
    [[nodiscard]] D offset(std::int64_t rows) const& { return copy().offset(rows); }
    template <expression E>
    [[nodiscard]] D offset(const E& rows) && {
        detail::check_limit_type<E>();
        return skipping(detail::check_limit(rows.node(), "offset"));
    }
    template <expression E>
    [[nodiscard]] D offset(const E& rows) const& {
        return copy().offset(rows);
    }
    /// FETCH FIRST: `with_ties` adds the rows that the order puts at the same place as the last one.
    [[nodiscard]] D fetch(std::int64_t rows, bool with_ties = false) && {
        return limited(detail::make_limit(rows, "fetch"), with_ties ? limit_kind::rows_with_ties : limit_kind::rows);
    }
    [[nodiscard]] D fetch(std::int64_t rows, bool with_ties = false) const& { return copy().fetch(rows, with_ties); }
    template <expression E>
    [[nodiscard]] D fetch(const E& rows, bool with_ties = false) && {
        detail::check_limit_type<E>();
        return limited(detail::check_limit(rows.node(), "fetch"), with_ties ? limit_kind::rows_with_ties : limit_kind::rows);
    }
    template <expression E>
    [[nodiscard]] D fetch(const E& rows, bool with_ties = false) const& {
        return copy().fetch(rows, with_ties);
    }
    /// FETCH FIRST n PERCENT.
    [[nodiscard]] D fetch_percent(double percent, bool with_ties = false) && {
        return limited(detail::make_percentage(percent), with_ties ? limit_kind::percent_with_ties : limit_kind::percent);
    }
    [[nodiscard]] D fetch_percent(double percent, bool with_ties = false) const& { return copy().fetch_percent(percent, with_ties); }

protected:
    explicit ordered_clauses(node_handle<N> node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] D copy() const { return static_cast<const D&>(*this); }
    [[nodiscard]] D moved() { return std::move(static_cast<D&>(*this)); }

    node_handle<N> node_;

private:
    D limited(node_ptr rows, limit_kind kind) {
        auto& n = detail::own(node_);
        n.limit = std::move(rows);
        n.limits = kind;
        return moved();
    }
    D skipping(node_ptr rows) {
        detail::own(node_).offset = std::move(rows);
        return moved();
    }
};

}  // namespace azoth
