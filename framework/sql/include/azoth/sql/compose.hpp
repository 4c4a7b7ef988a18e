#pragma once

#include <azoth/sql/column.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <optional>
#include <ranges>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth {

template <class E>
concept select_element = expression<E> || entity_source<E>;

namespace detail {
AZOTH_API void add_item(select_node& n, const node_ptr& expression, bool strict);
AZOTH_API void add_items(select_node& n, const std::vector<node_ptr>& columns, bool strict);
AZOTH_API node_handle<select_node> copy_of(const node_ptr& query);
/// A copy without its columns, which still selects from what they came from.
AZOTH_API node_handle<select_node> without_columns(const node_ptr& query);
AZOTH_API node_handle<select_node> as_optional_columns(const node_ptr& query);

template <class E>
void append_element(select_node& n, const E& e) {
    if constexpr (expression<E>) add_item(n, e.node(), !can_be_null_v<E>);
    else add_items(n, e.columns(), !is_optional_v<typename E::value_type>);
}

/// What a query can do that is put together while the program runs. `D` is select_statement<Ts...>.
template <class D, class... Ts>
class composition {
public:
    /// The condition where `applies`; else the query as it is.
    template <class C>
    [[nodiscard]] D where_if(bool applies, const C& condition) const {
        check_conditions<C>();
        return applies ? self().where(condition) : self();
    }
    /// The condition that `make` makes of the value where there is one:
    /// `query.where_if(wanted, [](const auto& name) { return col<&Package::name> == name; })`.
    template <class V, class F>
    [[nodiscard]] D where_if(const std::optional<V>& given, const F& make) const {
        static_assert(std::is_invocable_v<const F&, const V&>,
                      "azoth: where_if() of an optional value needs a function that makes a condition of the value");
        return given ? self().where(make(*given)) : self();
    }

    /// More columns, behind those that are there; the rows have more fields then.
    template <class... Es>
    [[nodiscard]] auto add_columns(const Es&... elements) const {
        check_elements<Es...>();
        auto node = copy_of(self().node());
        (append_element(*node, elements), ...);
        return select_statement<Ts..., typename Es::value_type...>{std::move(node)};
    }
    /// The same query with other columns: from the same tables, under the same conditions.
    template <class... Es>
    [[nodiscard]] auto with_only_columns(const Es&... elements) const {
        check_elements<Es...>();
        auto node = without_columns(self().node());
        (append_element(*node, elements), ...);
        return select_statement<typename Es::value_type...>{std::move(node)};
    }
    /// The same with columns that the program chooses when it runs; its rows are dynamic then.
    template <std::ranges::input_range R, class Dynamic = select_statement<>>
    requires expression<std::ranges::range_value_t<R>>
    [[nodiscard]] Dynamic add_columns(const R& columns) const { return Dynamic{with_columns(as_optional_columns(self().node()), columns)}; }
    template <std::ranges::input_range R, class Dynamic = select_statement<>>
    requires expression<std::ranges::range_value_t<R>>
    [[nodiscard]] Dynamic with_only_columns(const R& columns) const {
        return Dynamic{with_columns(without_columns(self().node()), columns)};
    }
    /// The same query with dynamic rows: queries of any columns have one type so.
    template <class Dynamic = select_statement<>>
    [[nodiscard]] Dynamic untyped() const {
        return Dynamic{as_optional_columns(self().node())};
    }

private:
    template <class... Es>
    static consteval void check_elements() {
        static_assert(sizeof...(Es) > 0, "azoth: no column is given");
        static_assert((select_element<Es> && ...),
                      "azoth: a query's columns are columns, expressions and entities: a plain value goes through literal() or bound()");
    }
    [[nodiscard]] const D& self() const noexcept { return static_cast<const D&>(*this); }
    template <class R>
    static node_handle<select_node> with_columns(node_handle<select_node> node, const R& columns) {
        for (const auto& c : columns) add_item(*node, c.node(), false);
        return node;
    }
};

}  // namespace detail

/// Any statement, whatever its rows: what a container of different ones holds. A value; its rows are dynamic.
class any_statement {
public:
    using row_type = std::tuple<>;
    template <class S>
    requires requires(const S& s) {
        typename S::row_type;
        s.node();
    }
    any_statement(const S& statement) : node_{statement.node()} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};

}  // namespace azoth
