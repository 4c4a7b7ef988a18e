#pragma once

#include <azoth/schema/column_options.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/nodes/dml.hpp>

#include <type_traits>
#include <utility>

namespace azoth {

namespace detail {

/// A bind whose value is made each time a statement runs.
AZOTH_API node_ptr make_made_bind(std::shared_ptr<const value_maker> maker, type t);

template <class F>
class calling_maker final : public value_maker {
public:
    explicit calling_maker(F call) : call_{std::move(call)} {}
    [[nodiscard]] value make() const override { return value_from(call_()); }

private:
    F call_;
};

template <class F>
node_ptr made_by(F call) {
    static_assert(std::is_invocable_v<const F&>, "azoth: a default is made by a function without arguments");
    using made = std::remove_cvref_t<std::invoke_result_t<const F&>>;
    static_assert(storable<made>, "azoth: the function's result cannot be bound: specialise azoth::value_traits for its type");
    return make_made_bind(std::make_shared<const calling_maker<F>>(std::move(call)), type_for<made>());
}

/// `Value`: the C++ type of what the column gets.
template <class Value, bool OnInsert>
struct own_default_option {
    using default_type = Value;
    node_ptr node;
    void apply(column_draft& to) const { (OnInsert ? to.spec.on_insert : to.spec.on_update) = node; }
};

/// That a member can take what the option gives it.
template <class Member, class Option>
consteval void check_default() {
    if constexpr (requires { typename Option::default_type; }) {
        using given = typename Option::default_type;
        check_comparable<expr<Member>, expr<given>>();
        static_assert(is_optional_v<Member> || !is_optional_v<given>,
                      "azoth: a default that can be NULL is given to a member that cannot: make the member a std::optional");
        static_assert(!std::integral<remove_optional_t<Member>> ||
                          !(std::floating_point<remove_optional_t<given>> || std::same_as<remove_optional_t<given>, decimal>),
                      "azoth: a default with a fraction is given to an integer member");
    }
}

}  // namespace detail

/// What an INSERT that leaves the column out sends for it: called when it runs, once for each row, by the thread that runs it. What it
/// throws passes through.
template <class F>
[[nodiscard]] auto default_from(F make) {
    return detail::own_default_option<std::remove_cvref_t<std::invoke_result_t<const F&>>, true>{detail::made_by(std::move(make))};
}
/// The same as SQL in the INSERT: a function's call, a subquery, text(). It sees no columns, and its values stand in it as literals.
template <expression E>
[[nodiscard]] auto default_expression(const E& expression) {
    return detail::own_default_option<typename E::value_type, true>{expression.node()};
}
/// What an UPDATE, or an upsert that updates, sends where it leaves the column out: called once for each time it runs.
template <class F>
[[nodiscard]] auto on_update_from(F make) {
    return detail::own_default_option<std::remove_cvref_t<std::invoke_result_t<const F&>>, false>{detail::made_by(std::move(make))};
}
/// A column of the table that is being mapped, by its name in the database, for `on_update_expression`.
template <storable T>
[[nodiscard]] expr<T> own_column(std::string_view name) {
    return expr<T>{make_node<const own_column_node>(std::string{name}, detail::type_for<remove_optional_t<T>>())};
}
/// The same as SQL: `on_update_expression(own_column<int>("version") + 1)` sees the row as it was.
template <expression E>
[[nodiscard]] auto on_update_expression(const E& expression) {
    return detail::own_default_option<typename E::value_type, false>{expression.node()};
}

}  // namespace azoth
