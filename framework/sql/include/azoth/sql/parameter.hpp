#pragma once

#include <azoth/sql/expression.hpp>

#include <string_view>

namespace azoth {

/// A value that is given when the statement runs: `connection.execute(statement, {{"name", value}})`.
template <class T>
[[nodiscard]] expr<T> param(std::string_view name) {
    static_assert(storable<T>, "azoth: a parameter of this type cannot be sent: specialise azoth::value_traits for it");
    return expr<T>{detail::make_parameter(name, detail::type_for<T>(), is_optional_v<T>)};
}

/// A list for IN that is given when the statement runs: `col<&Package::id>.in(param_list<std::int64_t>("ids"))`, run with `{{"ids", ids}}`.
template <storable T>
class parameter_list {
public:
    using value_type = T;
    explicit parameter_list(std::string_view name) : node_{detail::make_parameter(name, detail::type_for<T>(), is_optional_v<T>, true)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }

private:
    node_ptr node_;
};
template <storable T>
[[nodiscard]] parameter_list<T> param_list(std::string_view name) {
    return parameter_list<T>{name};
}

}  // namespace azoth
