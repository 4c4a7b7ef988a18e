#pragma once

#include <azoth/schema/compare.hpp>
#include <azoth/schema/mapping.hpp>
#include <azoth/sql/executor.hpp>

#include <span>
#include <vector>

namespace azoth::orm {

namespace detail {
AZOTH_API std::vector<schema_difference> mapping_differences(std::span<const mapped_table* const> of, const executor_source& in);
AZOTH_API void check_mapping(std::span<const mapped_table* const> of, const executor_source& in);
}  // namespace detail

/// In what a database's tables differ from mapped structs, as far as reading and writing objects depends on it: tables and columns that are
/// missing, types, what can be NULL, primary keys, who numbers the rows, and columns that no struct has and that the database wants a value
/// for. Reads the schemas of the tables: `mapping_differences<Order, Line>(engine)`.
template <mapped... Ts>
[[nodiscard]] std::vector<schema_difference> mapping_differences(const executor_source& in) {
    const mapped_table* const tables[]{&mapped_table_of<Ts>()...};
    return detail::mapping_differences(tables, in);
}

/// The same for the start of a program that has its tables from elsewhere: throws interface_error (mapping) that tells all differences.
template <mapped... Ts>
void check_mapping(const executor_source& in) {
    const mapped_table* const tables[]{&mapped_table_of<Ts>()...};
    detail::check_mapping(tables, in);
}

}  // namespace azoth::orm
