#pragma once

#include <azoth/azoth.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::command {

/// A value as a column of this type has it, whatever form its database keeps it in: so that it can be sent to another one, and compared.
/// Throws data_error where it is none of the type.
value typed_value(const cell& from, const type& of);

/// The value as a text that is the same for all forms of it: decimals with other zeros behind, documents with other blanks.
std::string canonical(const value& v, const type& of);

/// A sum over rows in any order: two tables with the same rows have the same.
struct checksum {
    std::int64_t rows{};
    std::uint64_t sum{};
    std::uint64_t mixed{};
    friend bool operator==(const checksum&, const checksum&) = default;

    void add(std::string_view row);
};

/// For sums, and to spread rows.
std::uint64_t hash_of(std::string_view text);

}  // namespace azoth::command
