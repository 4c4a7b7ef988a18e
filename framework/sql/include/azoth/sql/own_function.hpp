#pragma once

#include <azoth/sql/functions.hpp>

#include <string_view>

namespace azoth {

/// A function of the database's with its signature, so that calls are checked: NULL where an argument is.
///
///     inline constexpr azoth::sql_function<std::string(std::string)> soundex{"soundex"};
///     select(soundex(col<&Person::name>))
template <class Signature>
class sql_function;

template <class R, class... Args>
class sql_function<R(Args...)> {
    static_assert(storable<R> && (storable<Args> && ...), "azoth: a function takes and gives values that databases have");

public:
    /// The name has to be a constant of the program; a call of one that is no identifier throws programming_error (statement).
    constexpr explicit sql_function(std::string_view name) noexcept : name_{name} {}

    template <class... Es>
    [[nodiscard]] auto operator()(const Es&... arguments) const {
        static_assert(sizeof...(Es) == sizeof...(Args), "azoth: this function takes another number of arguments");
        if constexpr (sizeof...(Es) == sizeof...(Args)) {
            (detail::check_comparable<expr<Args>, Es>(), ...);
            return function_expr<detail::nullable_like_t<R, Es...>>{
                detail::make_function(name_, {argument<Args>(arguments)...}, detail::type_for<R>())};
        }
    }

private:
    template <class Arg, class E>
    static node_ptr argument(const E& e) {
        if constexpr (expression<E>) return e.node();
        else return detail::node_of(static_cast<Arg>(e));
    }

    std::string_view name_;
};

}  // namespace azoth
