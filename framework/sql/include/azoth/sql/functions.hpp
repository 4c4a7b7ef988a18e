#pragma once

#include <azoth/sql/aggregates.hpp>
#include <azoth/sql/functions_numbers.hpp>
#include <azoth/sql/functions_text.hpp>
#include <azoth/sql/tuple.hpp>

namespace azoth {

/// A call.
template <class T>
class function_expr : public expr<T> {
public:
    using expr<T>::expr;
};

namespace func {

/// Any function of the database by name, its result type said by the caller: `func::call<std::string>("soundex", name)`. The name has to
/// be a constant of the program; one that is no identifier throws programming_error (statement).
template <storable R, class... Args>
[[nodiscard]] call_expr<R> call(std::string_view name, const Args&... args) {
    return call_expr<R>{detail::make_function(name, {detail::node_of(args)...}, value_traits<R>::kind)};
}

/// The first argument that is not NULL; never NULL where one of them cannot be. Of numbers it has the widest one's type.
template <expression E, class... Args>
[[nodiscard]] auto coalesce(const E& e, const Args&... args) {
    (detail::check_comparable<E, Args>(), ...);
    using plain = detail::widest_t<E, Args...>;
    constexpr bool nullable = detail::can_be_null_v<E> && (detail::can_be_null_v<Args> && ...);
    using result = std::conditional_t<nullable, std::optional<plain>, plain>;
    const std::initializer_list<node_ptr> all{e.node(), detail::node_of(args, e.node().get())...};
    return function_expr<result>{detail::make_function("coalesce", all, widest_type(all))};
}
template <expression E>
[[nodiscard]] auto lower(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown, "azoth: lower() needs a text");
    return function_expr<typename E::value_type>{detail::make_function("lower", {e.node()}, type_kind::text)};
}
template <expression E>
[[nodiscard]] auto upper(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown, "azoth: upper() needs a text");
    return function_expr<typename E::value_type>{detail::make_function("upper", {e.node()}, type_kind::text)};
}
/// In characters.
template <expression E>
[[nodiscard]] auto char_length(const E& e) {
    static_assert(detail::family_v<E> == type_family::text || detail::family_v<E> == type_family::unknown,
                  "azoth: char_length() needs a text");
    return function_expr<detail::nullable_like_t<std::int64_t, E>>{
        detail::make_function("char_length", {e.node()}, type_kind::big_integer)};
}
template <expression E>
[[nodiscard]] auto abs(const E& e) {
    static_assert(detail::family_v<E> == type_family::number || detail::family_v<E> == type_family::unknown, "azoth: abs() needs a number");
    return function_expr<typename E::value_type>{detail::make_function("abs", {e.node()}, type_of(*e.node()))};
}

}  // namespace func

namespace detail {
/// The type of a CASE whose branches so far are `T`, with one more of `V`. The first branch says the type, a later one may widen it; NULL
/// may come with any.
template <class T, class V>
struct case_type {
    static consteval void check() {
        check_comparable<expr<T>, V>();
        static_assert(!std::integral<remove_optional_t<T>> || std::integral<bare_t<V>> || family_v<V> != type_family::number,
                      "azoth: this branch of a CASE has a fraction, but the first one is an integer: cast the first with .as<double>()");
    }
    static constexpr bool is_nothing = std::same_as<value_of_t<V>, std::nullopt_t>;
    using plain = typename wider<remove_optional_t<T>, V>::type;
    using type = std::conditional_t<is_nothing || can_be_null_v<V> || is_optional_v<T>, add_optional_t<plain>, plain>;
};
}  // namespace detail

/// CASE WHEN ... THEN ... ELSE ... END: `when(a > b, "more").when(a < b, "less").otherwise("same")`. The first branch says the type of all;
/// the widest of numbers.
template <class T>
class case_builder {
public:
    using value_type = T;
    explicit case_builder(std::vector<case_node::branch> branches = {}) : branches_{std::move(branches)} {}

    template <class C, class V>
    [[nodiscard]] auto when(const C& c, const V& v) const {
        detail::check_conditions<C>();
        detail::case_type<T, V>::check();
        auto branches = branches_;
        branches.push_back({c.node(), detail::node_of(v)});
        return case_builder<typename detail::case_type<T, V>::type>{std::move(branches)};
    }
    /// Without it the value is NULL where no branch applies.
    template <class V>
    [[nodiscard]] auto otherwise(const V& v) const {
        detail::case_type<T, V>::check();
        return expr<typename detail::case_type<T, V>::type>{make_node<const case_node>(branches_, detail::node_of(v))};
    }
    [[nodiscard]] expr<add_optional_t<T>> end() const { return expr<add_optional_t<T>>{make_node<const case_node>(branches_)}; }

private:
    std::vector<case_node::branch> branches_;
};

template <class C, class V>
[[nodiscard]] auto when(const C& c, const V& v) {
    return case_builder<detail::value_of_t<V>>{}.when(c, v);
}

/// CASE over a value: `case_of(col<&T::level>).when(1, "low").when(2, "high").otherwise("other")`.
template <class E, class T = void>
class case_of_builder {
public:
    explicit case_of_builder(E subject, case_builder<T> cases) : subject_{std::move(subject)}, cases_{std::move(cases)} {}

    template <class V, class R>
    [[nodiscard]] auto when(const V& v, const R& result) const {
        const auto next = cases_.when(subject_ == v, result);
        return case_of_builder<E, typename decltype(next)::value_type>{subject_, next};
    }
    template <class R>
    [[nodiscard]] auto otherwise(const R& result) const {
        return cases_.otherwise(result);
    }
    [[nodiscard]] auto end() const { return cases_.end(); }

private:
    E subject_;
    case_builder<T> cases_;
};
template <class E>
class case_of_builder<E, void> {
public:
    explicit case_of_builder(E subject) : subject_{std::move(subject)} {}
    template <class V, class R>
    [[nodiscard]] auto when(const V& v, const R& result) const {
        return case_of_builder<E, detail::value_of_t<R>>{subject_, case_builder<detail::value_of_t<R>>{}}.when(v, result);
    }

private:
    E subject_;
};

template <expression E>
[[nodiscard]] auto case_of(const E& subject) {
    return case_of_builder<E>{subject};
}

}  // namespace azoth
