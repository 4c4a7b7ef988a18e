#pragma once

#include <azoth/sql/expression_traits.hpp>
#include <azoth/sql/nodes/operation.hpp>

namespace azoth {

namespace detail {

AZOTH_API node_ptr make_like(const node_ptr& operand, const node_ptr& pattern, char escape, bool negated, bool ignore_case);
/// Starts with, ends with, contains: the pattern for LIKE is made here, its own % and _ escaped.
AZOTH_API node_ptr make_search(operation op, const node_ptr& operand, const node_ptr& wanted, bool ignore_case);
AZOTH_API node_ptr make_regexp(operation op, const node_ptr& operand, const node_ptr& pattern, std::string_view flags, bool nullable);
AZOTH_API node_ptr make_regexp_replace(const node_ptr& operand, const node_ptr& pattern, std::string_view with, std::string_view flags,
                                       bool nullable);
AZOTH_API node_ptr make_collate(const node_ptr& operand, std::string_view name);
AZOTH_API node_ptr make_custom_operator(std::string_view symbol, const node_ptr& left, const node_ptr& right, type t);
AZOTH_API node_ptr make_bitwise(operation op, const node_ptr& left, const node_ptr& right);
AZOTH_API node_ptr make_shift(operation op, const node_ptr& operand, int places);
AZOTH_API node_ptr make_try_cast(const node_ptr& operand, type t);

template <class E>
inline constexpr bool may_be_text_v = family_v<E> == type_family::text || family_v<E> == type_family::unknown;

template <class D, class P>
consteval void check_match() {
    static_assert(may_be_text_v<D>, "azoth: LIKE needs a text column on its left");
    static_assert(may_be_text_v<P>, "azoth: LIKE needs a text pattern");
}
template <class D, class P>
consteval void check_search() {
    static_assert(may_be_text_v<D>, "azoth: starts_with(), ends_with() and contains() need a text on their left");
    static_assert(may_be_text_v<P>, "azoth: starts_with(), ends_with() and contains() look for a text");
}
template <class D, class P>
consteval void check_regexp() {
    static_assert(may_be_text_v<D>, "azoth: a regular expression needs a text on its left");
    static_assert(may_be_text_v<P>, "azoth: a regular expression is a text");
}

template <class E>
consteval bool has_bits() {
    using plain = bare_t<E>;
    if constexpr (std::same_as<plain, value>) return true;
    else if constexpr (!std::integral<plain> || std::same_as<plain, bool>) return false;
    else return std::is_signed_v<plain> || sizeof(plain) < sizeof(std::int64_t);
}
template <class L, class R>
consteval void check_bits() {
    static_assert(has_bits<L>() && has_bits<R>(),
                  "azoth: bitwise operations need integers, but no unsigned ones of 64 bits: not every database has them");
}

template <class From, class To>
consteval bool can_be_tried() {
    using from = bare_t<From>;
    using to = remove_optional_t<To>;
    constexpr bool is_whole = std::integral<to> && !std::same_as<to, bool>;
    if constexpr (family_v<From> == type_family::text) return is_whole || std::floating_point<to> || std::same_as<to, decimal>;
    else return is_whole && std::integral<from> && !std::same_as<from, bool>;
}

}  // namespace detail

/// What expressions of text can do.
template <class D, class T>
class text_members : public expression_base {
public:
    /// LIKE with % and _; a backslash is a character like others. `escape` makes the character behind it an ordinary one.
    template <class P>
    [[nodiscard]] auto like(const P& pattern) const {
        detail::check_match<D, P>();
        return matched<P>(detail::make_binary(binary_operator::like, node(), bind(pattern)));
    }
    template <class P>
    [[nodiscard]] auto not_like(const P& pattern) const {
        detail::check_match<D, P>();
        return matched<P>(detail::make_binary(binary_operator::not_like, node(), bind(pattern)));
    }
    template <class P>
    [[nodiscard]] auto like(const P& pattern, char escape) const {
        return like_as(pattern, escape, false, false);
    }
    template <class P>
    [[nodiscard]] auto not_like(const P& pattern, char escape) const {
        return like_as(pattern, escape, true, false);
    }
    /// LIKE that does not tell upper case from lower case.
    template <class P>
    [[nodiscard]] auto ilike(const P& pattern, char escape = '\0') const {
        return like_as(pattern, escape, false, true);
    }
    template <class P>
    [[nodiscard]] auto not_ilike(const P& pattern, char escape = '\0') const {
        return like_as(pattern, escape, true, true);
    }

    /// Whether the text begins so: every character of `wanted` stands for itself, and case counts.
    template <class P>
    [[nodiscard]] auto starts_with(const P& wanted) const {
        return search<P>(operation::starts_with, wanted, false);
    }
    template <class P>
    [[nodiscard]] auto ends_with(const P& wanted) const {
        return search<P>(operation::ends_with, wanted, false);
    }
    template <class P>
    [[nodiscard]] auto contains(const P& wanted) const {
        return search<P>(operation::contains, wanted, false);
    }
    /// The same, whatever the case.
    template <class P>
    [[nodiscard]] auto istarts_with(const P& wanted) const {
        return search<P>(operation::starts_with, wanted, true);
    }
    template <class P>
    [[nodiscard]] auto iends_with(const P& wanted) const {
        return search<P>(operation::ends_with, wanted, true);
    }
    template <class P>
    [[nodiscard]] auto icontains(const P& wanted) const {
        return search<P>(operation::contains, wanted, true);
    }

    /// Whether a regular expression is found in the text; the flag "i" ignores case. Other flags throw interface_error (invalid-argument).
    template <class P>
    [[nodiscard]] auto regexp_match(const P& pattern, std::string_view flags = {}) const {
        return regexp<P>(operation::regexp_match, pattern, flags);
    }
    template <class P>
    [[nodiscard]] auto not_regexp_match(const P& pattern, std::string_view flags = {}) const {
        return regexp<P>(operation::not_regexp_match, pattern, flags);
    }
    /// All that matches, replaced. In `with`, \1 to \9 are what the groups found, and \\ is a backslash.
    template <class P>
    [[nodiscard]] auto regexp_replace(const P& pattern, std::string_view with, std::string_view flags = {}) const {
        detail::check_regexp<D, P>();
        return expr<detail::nullable_like_t<std::string, D, P>>{
            detail::make_regexp_replace(node(), bind(pattern), with, flags, detail::can_be_null_v<P>)};
    }

    /// The text under another collation of the database's: `.collate("C")`. Names differ from one database to the next.
    [[nodiscard]] auto collate(std::string_view name) const {
        static_assert(detail::may_be_text_v<D>, "azoth: only text has a collation");
        return expr<T>{detail::make_collate(node(), name)};
    }

private:
    [[nodiscard]] const node_ptr& node() const { return static_cast<const D&>(*this).node(); }
    template <class P>
    node_ptr bind(const P& pattern) const {
        return detail::node_of(pattern, node().get());
    }
    template <class P>
    static auto matched(node_ptr made) {
        return expr<detail::nullable_like_t<bool, D, P>>{std::move(made)};
    }
    template <class P>
    auto like_as(const P& pattern, char escape, bool negated, bool ignore_case) const {
        detail::check_match<D, P>();
        return matched<P>(detail::make_like(node(), bind(pattern), escape, negated, ignore_case));
    }
    template <class P>
    auto search(operation op, const P& wanted, bool ignore_case) const {
        detail::check_search<D, P>();
        return matched<P>(detail::make_search(op, node(), bind(wanted), ignore_case));
    }
    template <class P>
    auto regexp(operation op, const P& pattern, std::string_view flags) const {
        detail::check_regexp<D, P>();
        return matched<P>(detail::make_regexp(op, node(), bind(pattern), flags, detail::can_be_null_v<P>));
    }
};

/// What expressions of integers can do with their bits, and any expression with an operator of the database's own.
template <class D, class T>
class number_members {
public:
    /// Bit by bit. The result is a signed integer of 64 bits everywhere.
    template <class R>
    [[nodiscard]] auto bitwise_and(const R& other) const {
        return bits(operation::bit_and, other);
    }
    template <class R>
    [[nodiscard]] auto bitwise_or(const R& other) const {
        return bits(operation::bit_or, other);
    }
    template <class R>
    [[nodiscard]] auto bitwise_xor(const R& other) const {
        return bits(operation::bit_xor, other);
    }
    [[nodiscard]] auto bitwise_not() const {
        detail::check_bits<D, D>();
        return integer<D>(detail::make_operation(operation::bit_not, {node()}, type_kind::big_integer));
    }
    /// Shifted by 0 to 63 places, others throw interface_error (invalid-argument). To the right the sign stays.
    [[nodiscard]] auto bitwise_lshift(int places) const {
        detail::check_bits<D, D>();
        return integer<D>(detail::make_shift(operation::shift_left, node(), places));
    }
    [[nodiscard]] auto bitwise_rshift(int places) const {
        detail::check_bits<D, D>();
        return integer<D>(detail::make_shift(operation::shift_right, node(), places));
    }

    /// An operator of the database's own, the type of its result said by the caller: `a.op<bool>("&&", b)`. Symbols or words, nothing
    /// else: throws programming_error (statement).
    template <storable R, class Other>
    [[nodiscard]] auto op(std::string_view symbol, const Other& other) const {
        return expr<R>{detail::make_custom_operator(symbol, node(), detail::node_of(other, node().get()), detail::type_for<R>())};
    }

private:
    [[nodiscard]] const node_ptr& node() const { return static_cast<const D&>(*this).node(); }
    template <class... Es>
    static auto integer(node_ptr made) {
        return expr<detail::nullable_like_t<std::int64_t, Es...>>{std::move(made)};
    }
    template <class R>
    auto bits(operation op, const R& other) const {
        detail::check_bits<D, R>();
        return integer<D, R>(detail::make_bitwise(op, node(), detail::node_of(other, node().get())));
    }
};

}  // namespace azoth
