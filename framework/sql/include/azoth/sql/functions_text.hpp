#pragma once

#include <azoth/sql/expression.hpp>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_call(std::string_view name, std::vector<node_ptr> arguments, type t);
AZOTH_API node_ptr make_concat(const std::vector<node_ptr>& parts);
/// `characters` are written into the SQL; throws interface_error (invalid-argument) where there are none.
AZOTH_API node_ptr make_trim(operation op, const node_ptr& operand, std::string_view characters);
AZOTH_API node_ptr make_substring(const node_ptr& operand, const node_ptr& start, const node_ptr& length);
/// left, right, repeat: with a count of 0 or more, else interface_error (invalid-argument).
AZOTH_API node_ptr make_counted(operation op, const node_ptr& operand, std::int64_t count);
AZOTH_API node_ptr make_pad(operation op, const node_ptr& operand, std::int64_t length, std::string_view fill);
AZOTH_API node_ptr make_count(std::int64_t count);

template <class... Es>
consteval void check_texts() {
    static_assert(((family_v<Es> == type_family::text || family_v<Es> == type_family::unknown) && ...),
                  "azoth: this function works on texts: cast the argument with .as<std::string>()");
}
template <class... Es>
using text_like = expr<nullable_like_t<std::string, Es...>>;

template <class N>
node_ptr count_node(const N& n) {
    if constexpr (expression<N>) {
        static_assert(std::integral<bare_t<N>>, "azoth: places in a text are integers");
        return n.node();
    } else {
        static_assert(std::integral<N>, "azoth: places in a text are integers");
        return make_count(static_cast<std::int64_t>(n));
    }
}

}  // namespace detail

namespace func {

/// Without what stands at both ends, at the beginning, at the end: spaces, or any of `characters`.
template <expression E>
[[nodiscard]] auto trim(const E& e, std::string_view characters = " ") {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_trim(operation::trim, e.node(), characters)};
}
template <expression E>
[[nodiscard]] auto ltrim(const E& e, std::string_view characters = " ") {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_trim(operation::trim_leading, e.node(), characters)};
}
template <expression E>
[[nodiscard]] auto rtrim(const E& e, std::string_view characters = " ") {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_trim(operation::trim_trailing, e.node(), characters)};
}

/// From a place on, which counts from 1, to the end or so many characters. A constant below 1, or a negative length, throws
/// interface_error (invalid-argument); of a computed start below 1 the characters before the first one are counted, and are none.
template <expression E, class S>
[[nodiscard]] auto substring(const E& e, const S& start) {
    detail::check_texts<E>();
    return detail::text_like<E, S>{detail::make_substring(e.node(), detail::count_node(start), {})};
}
template <expression E, class S, class L>
[[nodiscard]] auto substring(const E& e, const S& start, const L& length) {
    detail::check_texts<E>();
    return detail::text_like<E, S, L>{detail::make_substring(e.node(), detail::count_node(start), detail::count_node(length))};
}
/// Where `wanted` stands first, from 1 on; 0: nowhere.
template <class W, expression E>
[[nodiscard]] auto position(const W& wanted, const E& e) {
    detail::check_texts<W, E>();
    return expr<detail::nullable_like_t<std::int64_t, W, E>>{
        detail::make_operation(operation::position, {detail::node_of(wanted, e.node().get()), e.node()}, type_kind::big_integer)};
}
/// Every `from` changed to `to`; case counts.
template <expression E, class F, class W>
[[nodiscard]] auto replace(const E& e, const F& from, const W& to) {
    detail::check_texts<E, F, W>();
    return detail::text_like<E, F, W>{
        detail::make_call("replace", {e.node(), detail::node_of(from), detail::node_of(to)}, type_kind::text)};
}
/// The first, the last so many characters.
template <expression E>
[[nodiscard]] auto left(const E& e, std::int64_t count) {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_counted(operation::left, e.node(), count)};
}
template <expression E>
[[nodiscard]] auto right(const E& e, std::int64_t count) {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_counted(operation::right, e.node(), count)};
}
/// Filled up to `length` characters, and cut to them.
template <expression E>
[[nodiscard]] auto lpad(const E& e, std::int64_t length, std::string_view fill = " ") {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_pad(operation::pad_left, e.node(), length, fill)};
}
template <expression E>
[[nodiscard]] auto rpad(const E& e, std::int64_t length, std::string_view fill = " ") {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_pad(operation::pad_right, e.node(), length, fill)};
}
template <expression E>
[[nodiscard]] auto repeat(const E& e, std::int64_t count) {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_counted(operation::repeat, e.node(), count)};
}
template <expression E>
[[nodiscard]] auto reverse(const E& e) {
    detail::check_texts<E>();
    return detail::text_like<E>{detail::make_operation(operation::reverse, {e.node()}, type_kind::text)};
}
/// One behind the other; NULL as soon as one of them is, as `+` has it.
template <expression E, class... Args>
[[nodiscard]] auto concat(const E& e, const Args&... args) {
    detail::check_texts<E, Args...>();
    return detail::text_like<E, Args...>{detail::make_concat({e.node(), detail::node_of(args, e.node().get())...})};
}
/// The same with a separator between; those that are NULL are left out.
template <class... Args>
[[nodiscard]] auto concat_ws(std::string_view separator, const Args&... args) {
    static_assert(sizeof...(Args) > 0, "azoth: concat_ws() joins at least one text");
    detail::check_texts<Args...>();
    return expr<std::string>{
        detail::make_operation(operation::concat_ws, {detail::node_of(separator), detail::node_of(args)...}, type_kind::text)};
}
/// In bytes, of the text in UTF-8.
template <expression E>
[[nodiscard]] auto octet_length(const E& e) {
    detail::check_texts<E>();
    return expr<detail::nullable_like_t<std::int64_t, E>>{
        detail::make_operation(operation::octet_length, {e.node()}, type_kind::big_integer)};
}
/// The number that Unicode has for the first character; 0 of an empty text.
template <expression E>
[[nodiscard]] auto code_point(const E& e) {
    detail::check_texts<E>();
    return expr<detail::nullable_like_t<std::int64_t, E>>{
        detail::make_operation(operation::code_point, {e.node()}, type_kind::big_integer)};
}
/// The character that has this number, from 1 on.
template <expression E>
[[nodiscard]] auto character(const E& e) {
    static_assert(std::integral<detail::bare_t<E>>, "azoth: character() needs the number of a character");
    return detail::text_like<E>{detail::make_operation(operation::character, {e.node()}, type_kind::text)};
}
/// NULL where the two are equal.
template <expression E, class V>
[[nodiscard]] auto nullif(const E& e, const V& other) {
    detail::check_comparable<E, V>();
    return expr<add_optional_t<typename E::value_type>>{
        detail::make_call("nullif", {e.node(), detail::node_of(other, e.node().get())}, type_of(*e.node()))};
}

}  // namespace func
}  // namespace azoth
