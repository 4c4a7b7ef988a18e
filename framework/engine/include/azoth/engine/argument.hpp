#pragma once

#include <azoth/base/value.hpp>
#include <azoth/sql/expression.hpp>

#include <concepts>
#include <initializer_list>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

namespace detail {
/// A range of values that is no value itself, such as a text or a JSON document; an array is both.
template <class R>
concept argument_list =
    std::ranges::input_range<const R> && !std::convertible_to<const R&, std::string_view> &&
    std::constructible_from<value, std::ranges::range_value_t<const R>> && (!storable<R> || element_kind_v<R> != type_kind::unknown);
}  // namespace detail

/// A value for a `param` of a statement, or values for a `param_list`: `{{"id", 5}, {"names", names}}`. The name is a view.
struct argument {
    argument(std::string_view n, value v) : name{n}, content{std::move(v)} {}
    template <detail::argument_list R>
    argument(std::string_view n, const R& values) : name{n}, is_list{true} {
        for (const auto& v : values) list.push_back(detail::value_from<std::ranges::range_value_t<const R>>(v));
    }

    std::string_view name;
    value content{};
    std::vector<value> list{};
    bool is_list{};
};
using arguments = std::initializer_list<argument>;

}  // namespace azoth
