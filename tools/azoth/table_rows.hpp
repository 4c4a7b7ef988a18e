#pragma once

#include <azoth/azoth.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace azoth::command {

/// A value as a column of this type has it, whatever form its database keeps it in: so that it can be sent to another one, and compared.
/// Throws data_error where it is none of the type.
value typed_value(const cell& from, const type& of);

/// The columns of a table that are not computed: those that rows are made of.
std::vector<std::size_t> filled_columns(const table_definition& of);

/// A sum over rows in any order: two tables with the same rows have the same.
struct checksum {
    std::int64_t rows{};
    std::uint64_t sum{};
    std::uint64_t mixed{};
    friend bool operator==(const checksum&, const checksum&) = default;
};

class row_summer {
public:
    void add(const std::vector<value>& row, const std::vector<type>& types);
    [[nodiscard]] const checksum& result() const noexcept { return sum_; }

private:
    checksum sum_{};
    std::string scratch_{};
};

}  // namespace azoth::command
