#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/type_kind.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// A generic SQL type with its size. Cheap to copy; the rare parts are shared.
struct type {
    struct rare_parts {
        std::vector<std::string> labels{};                          ///< of an enumeration
        std::string name{};                                         ///< of a type the database defines
        std::string schema{};                                       ///< ... where it stands, if not in the default one
        std::shared_ptr<const type> element{};                      ///< of an array
        std::vector<std::pair<std::string, std::string>> native{};  ///< names that dialects have for it: see native_type
    };

    type_kind kind{type_kind::unknown};
    std::uint32_t length{};     ///< of string (characters) and binary (bytes); 0: unlimited
    std::uint16_t precision{};  ///< of numeric (digits) ; 0: the dialect's default
    std::uint16_t scale{};
    std::shared_ptr<const rare_parts> rare{};

    constexpr type() noexcept = default;
    constexpr type(type_kind k) noexcept : kind{k} {}

    /// The name that a dialect, or its family, has for a native_type; empty where it has none.
    [[nodiscard]] AZOTH_API std::string_view native_name(std::string_view dialect, std::string_view family = {}) const noexcept;
};

/// A type of the databases' own, whose values travel as those of `base`: `native_type(type_kind::text, {{"postgresql", "CITEXT"}})`. On
/// dialects that are not named it is `base`. A name of more than words, digits, commas, parentheses and texts in quotes throws
/// programming_error (statement).
AZOTH_API type native_type(const type& base, std::vector<std::pair<std::string, std::string>> names);

/// Varying text of at most `length` characters.
inline type string(std::uint32_t length) {
    type t{type_kind::string};
    t.length = length;
    return t;
}
/// An exact decimal of `precision` digits, `scale` of them after the point.
inline type numeric(std::uint16_t precision, std::uint16_t scale = 0) {
    type t{type_kind::numeric};
    t.precision = precision;
    t.scale = scale;
    return t;
}
/// Bytes, at most `length` of them.
inline type binary(std::uint32_t length) {
    type t{type_kind::binary};
    t.length = length;
    return t;
}

/// An enumeration that the database has as a type, where it can: a column of type `enum_type(...)` is of it. Elsewhere the column says the
/// labels itself, or a check does.
[[nodiscard]] AZOTH_API type enum_type(std::string name, std::vector<std::string> labels, std::string schema = {});
/// An array of elements of one type.
AZOTH_API type array_of(const type& element);
/// The type of a value that is one of `kind`, or an array of `element` where that is known.
AZOTH_API type type_of_value(type_kind kind, type_kind element);

AZOTH_API bool operator==(const type& a, const type& b) noexcept;
/// "numeric(10, 2)", for messages.
AZOTH_API std::string to_string(const type& t);

}  // namespace azoth
