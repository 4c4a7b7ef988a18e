#pragma once

#include <azoth/schema/definition.hpp>

#include <cstddef>
#include <string>

namespace azoth {

/// How constraints and indexes are called that the program leaves unnamed: `naming_convention{.index = "ix_{columns}"}`. A pattern holds
/// {table}, {schema}, {columns} (all, with _ between; what is computed counts as "expr") and {column} (the first); a foreign key's also
/// {referred_table}, {referred_columns} and {referred_column}. One with {name} is for what has a name, which it is put around:
/// "ck_{table}_{name}" calls `check("positive", ...)` of "item" "ck_item_positive".
///
/// What would be longer than `longest` is cut, and ends in a hash of the whole: two long names do not become one.
struct naming_convention {
    std::string primary_key{"pk_{table}"};
    std::string unique{"uq_{table}_{columns}"};
    std::string check{};  ///< empty: the database's choice
    std::string foreign_key{"fk_{table}_{columns}_{referred_table}"};
    std::string index{"ix_{table}_{columns}"};
    std::string unique_index{"ux_{table}_{columns}"};
    std::size_t longest{longest_name};  ///< bytes; so few that names are the same on all databases
};

namespace detail {

/// Throws interface_error (mapping) naming the pattern, what is wrong with it, and the tokens that there are.
void check_naming(const naming_convention& convention);
/// Names what has no name yet, and takes down which these are.
void name_all(table_definition& table, const naming_convention& convention);
/// The table as the convention calls its parts, where the program has not; throws interface_error (mapping) where two get the same name, or
/// a pattern wants a name and there is none.
table_ptr renamed(const table_ptr& table, const naming_convention& convention);

}  // namespace detail

}  // namespace azoth
