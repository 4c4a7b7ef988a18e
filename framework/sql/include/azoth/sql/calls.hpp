#pragma once

#include <azoth/sql/expression.hpp>

#include <initializer_list>
#include <string_view>

namespace azoth::detail {

AZOTH_API node_ptr make_function(std::string_view name, std::initializer_list<node_ptr> arguments, type t, bool distinct = false);
AZOTH_API node_ptr make_star();

template <class E>
inline constexpr bool is_number_v = family_v<E> == type_family::number || family_v<E> == type_family::unknown;

}  // namespace azoth::detail
