#pragma once

#include <azoth/sql/column.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace azoth {

namespace detail {

/// An object, asked for its members as a statement's source is. Integers have 64 bits, as the results of expressions do.
template <class T>
class members_of {
public:
    explicit members_of(const T& object) noexcept : object_{&object} {}
    template <class V, class C>
    requires std::derived_from<T, C>
    [[nodiscard]] decltype(auto) operator[](V C::*member) const { return counted<V>((*object_).*member); }
    /// Of an embedded member.
    template <auto... Path>
    requires std::derived_from<T, typename member_path<Path...>::owner>
    [[nodiscard]] decltype(auto) operator[](const column_of<Path...>&) const {
        return counted<typename member_path<Path...>::value>((*object_.*....*Path));
    }

    [[nodiscard]] const T& object() const noexcept { return *object_; }

private:
    template <class V>
    static decltype(auto) counted(const V& held) {
        using value = expressed_as_t<V>;
        using wide = std::conditional_t<std::same_as<value, std::uint64_t>, std::uint64_t, std::int64_t>;
        if constexpr (std::integral<value> && !std::same_as<value, bool>) return static_cast<wide>(static_cast<const value&>(held));
        else return static_cast<const value&>(held);
    }
    const T* object_;
};

/// Whether what a hybrid gives of an object is what it gives in SQL: `V` is the expression's type, `R` the object's.
template <class V, class R>
consteval bool is_same_kind() {
    using in_sql = remove_optional_t<V>;
    using of_object = remove_optional_t<R>;
    if constexpr (!std::convertible_to<R, V>) return false;
    else if constexpr (std::is_arithmetic_v<in_sql> && std::is_arithmetic_v<of_object>)
        return std::integral<in_sql> == std::integral<of_object> && std::same_as<in_sql, bool> == std::same_as<of_object, bool>;
    else return true;
}

template <class V, class R>
[[nodiscard]] V hybrid_result(R&& given) {
    static_assert(is_same_kind<V, std::remove_cvref_t<R>>(),
                  "azoth: a hybrid gives the same of an object and in SQL: here the types differ (a quotient of integers is a double in "
                  "SQL; what can be NULL is a std::optional)");
    return static_cast<V>(std::forward<R>(given));
}

template <class T, class G, class... A>
consteval void check_hybrid() {
    static_assert(mapped<T>, "azoth: the hybrid's struct is not mapped: specialise az::mapping for it, and define the hybrid behind that");
    static_assert(std::is_empty_v<G>, "azoth: a hybrid is made by a lambda that captures nothing");
    static_assert(expression<std::invoke_result_t<const G&, const entity_ref<T>&, const A&...>>,
                  "azoth: a hybrid's function gives an expression where it is given the struct's table or an alias of it");
}
template <class T, class G, class... A>
struct hybrid_value {
    using type = typename std::remove_cvref_t<std::invoke_result_t<const G&, const entity_ref<T>&, const A&...>>::value_type;
};

/// What leads to an object: a handle, a pointer, an iterator.
template <class P, class T>
concept leads_to = !std::convertible_to<const P&, const T&> && requires(const P& p) {
    { *p } -> std::convertible_to<const T&>;
};

/// What the two kinds of hybrids share: `F` is asked of objects, `G` in statements.
template <class T, class F, class G>
struct hybrid_rule {
    template <class... A>
    static auto of_object(const T& object, const A&... arguments) {
        check_hybrid<T, G, A...>();
        using value = typename hybrid_value<T, G, A...>::type;
        if constexpr (std::same_as<F, G>) return hybrid_result<value>(F{}(members_of<T>{object}, arguments...));
        else return hybrid_result<value>(F{}(object, arguments...));
    }
    template <entity_source E, class... A>
    static auto in_sql(const E& source, const A&... arguments) {
        check_hybrid<T, G, A...>();
        static_assert(std::same_as<typename E::entity_type, T>, "azoth: the hybrid is of another struct");
        return expr<typename hybrid_value<T, G, A...>::type>{G{}(source, arguments...).node()};
    }
};

}  // namespace detail

/// One definition, for objects and for statements. A value without a state; made by `hybrid`.
template <class T, class F, class G>
class hybrid_of : public operations<hybrid_of<T, F, G>, typename detail::hybrid_value<T, G>::type> {
    using rule = detail::hybrid_rule<T, F, G>;

public:
    using value = typename detail::hybrid_value<T, G>::type;

    /// The expression on the struct's own table, so that the hybrid stands in a statement as a column does.
    [[nodiscard]] const node_ptr& node() const {
        detail::check_hybrid<T, G>();
        static const detail::never_destroyed<node_ptr> made{rule::in_sql(entity<T>).node()};
        return made.value;
    }
    /// The same on an alias.
    template <entity_source E>
    [[nodiscard]] expr<value> operator()(const E& source) const {
        return rule::in_sql(source);
    }
    /// The value of an object, as the object is now; or of what a handle leads to.
    [[nodiscard]] value operator()(const T& object) const { return rule::of_object(object); }
    /// In the definition of another hybrid.
    [[nodiscard]] value operator()(const detail::members_of<T>& of) const { return rule::of_object(of.object()); }
    template <detail::leads_to<T> P>
    [[nodiscard]] value operator()(const P& handle) const {
        return rule::of_object(*handle);
    }
};

/// The same with arguments; made by `hybrid_method`.
template <class T, class F, class G>
class hybrid_method_of {
    using rule = detail::hybrid_rule<T, F, G>;

public:
    template <entity_source E, class... A>
    [[nodiscard]] auto operator()(const E& source, const A&... arguments) const {
        return rule::in_sql(source, arguments...);
    }
    template <class... A>
    [[nodiscard]] auto operator()(const T& object, const A&... arguments) const {
        return rule::of_object(object, arguments...);
    }
    template <class... A>
    [[nodiscard]] auto operator()(const detail::members_of<T>& of, const A&... arguments) const {
        return rule::of_object(of.object(), arguments...);
    }
    template <detail::leads_to<T> P, class... A>
    [[nodiscard]] auto operator()(const P& handle, const A&... arguments) const {
        return rule::of_object(*handle, arguments...);
    }
};

/// What can be asked of an object and in a query, said once. The function is given something that has the struct's members by `[]`:
///
///     inline constexpr auto total = azoth::hybrid<Line>([](const auto& line) { return line[&Line::quantity] * line[&Line::price]; });
///
///     total(*line)                                     // of an object, or a handle: a value
///     select<Line>().where(total > 100).order_by(total.desc())
///     total(azoth::alias<Line>("l"))                   // on an alias
///
/// The function captures nothing. Both sides have to give the same type, which the compiler checks; inside of it each computes in its own
/// way: quotients of integers are whole numbers in C++ alone, comparisons with NULL are unknown in SQL alone.
template <class T, class F>
[[nodiscard]] constexpr hybrid_of<T, F, F> hybrid(F) {
    return {};
}
/// The same where C++ and SQL say it in different words: the first function is given the object, the second one the source.
template <class T, class F, class G>
[[nodiscard]] constexpr hybrid_of<T, F, G> hybrid(F, G) {
    static_assert(std::is_empty_v<F>, "azoth: a hybrid is made by a lambda that captures nothing");
    return {};
}

/// A hybrid with arguments: `hybrid_method<Line>([](const auto& line, auto least) { return line[&Line::quantity] >= least; })`, which is
/// `at_least(*line, 5)` of an object, and `at_least(entity<Line>, 5)` in a query.
template <class T, class F>
[[nodiscard]] constexpr hybrid_method_of<T, F, F> hybrid_method(F) {
    return {};
}
template <class T, class F, class G>
[[nodiscard]] constexpr hybrid_method_of<T, F, G> hybrid_method(F, G) {
    static_assert(std::is_empty_v<F>, "azoth: a hybrid is made by a lambda that captures nothing");
    return {};
}

}  // namespace azoth
