#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/value.hpp>
#include <azoth/base/value_traits.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azoth {

class mapped_table;
class table_builder;

/// Where the rows of a struct are that inherits another mapped one.
enum class inheritance_kind : std::uint8_t {
    none,
    single_table,  ///< in the base's table, with columns that are NULL for other structs
    joined,        ///< one in the base's table, and one with the same key in a table of its own
    concrete       ///< in a table of its own that has the base's columns too; the base knows nothing of it
};

/// Said to `inherits`: the struct's table has the base's columns too, and the base's rows are others.
struct concrete_table_tag {};
inline constexpr concrete_table_tag concrete_table{};

/// The mapping of another struct, asked for when it is needed: it may come later in the program.
struct later_mapping {
    const mapped_table& (*table)(){};
    table_builder (*builder)(){};
};

/// What a mapping says of the structs that its own inherits, or that inherit it.
struct mapped_inheritance {
    inheritance_kind kind{};
    std::optional<later_mapping> base{};
    std::vector<later_mapping> derived{};
    std::string discriminator{};  ///< of the first base: the column that tells of which struct a row is; empty: none
    value identity{};             ///< what it holds for this struct; null: the struct has no rows of its own
};

namespace detail {
/// A base that is not at the start of the struct that inherits it. Throws interface_error (mapping).
[[noreturn]] AZOTH_API void throw_base_behind(std::string_view of, std::string_view base);
/// What a column holds for a struct: a text, a number, an enumerator.
template <class V>
value identity_value(const V& identity) {
    if constexpr (std::is_convertible_v<const V&, std::string_view>) {
        return value{std::string{std::string_view{identity}}};
    } else {
        static_assert(storable<V>, "azoth: what tells structs apart is a text, a number or an enumerator");
        arena scratch;
        return value{codec_of<V>.write(&identity, scratch)};
    }
}
}  // namespace detail

}  // namespace azoth
