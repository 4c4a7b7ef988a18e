#pragma once

#include "sql_tree.hpp"

#include <azoth/sql/node.hpp>
#include <azoth/sql/type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// Where an expression comes from, and where it goes.
struct sql_move {
    std::string_view family{};
    std::string_view target{};
    const std::vector<column_spec>& columns;                ///< that it may name
    const std::vector<std::string>& collations = no_names;  ///< theirs: empty is the family's usual one, none at all too

    static inline const std::vector<std::string> no_names{};
};

/// Whether SQLite is one of the two.
[[nodiscard]] inline bool is_between_sqlite(const sql_move& move) { return (move.family == "sqlite") != (move.target == "sqlite"); }

/// An expression that a database of one family wrote down, made such that the dialects of another write it in their own way. Null where the
/// other may make something else of it: what one of them alone has, casts that round here and cut there, texts that are compared with
/// numbers or by a collation, LIKE where one side knows upper from lower case, decimals that SQLite would compute as floats.
node_ptr portable_sql(const sql_move& move, std::string_view sql);

/// What the databases still make otherwise of an expression that moves, for people; empty: nothing.
std::string_view other_meaning(const sql_move& move, std::string_view sql);
/// Whether it is NULL, a default that is none.
bool is_null_sql(std::string_view family, std::string_view sql);

/// A form in which two expressions are equal that differ in quotes, cases of words, parentheses and casts that change nothing. What is no
/// expression, or more than the parser knows, stays as it is but for quotes and cases. `columns` tell which casts change nothing.
std::string canonical_sql(std::string_view family, std::string_view sql, const std::vector<column_spec>& columns = {});

/// The value of a type that the expression is nothing but, as a literal; null where it is more, or no value of the type.
node_ptr literal_sql(std::string_view family, std::string_view sql, const type& of);
/// The same of a part of one.
node_ptr literal_of(const sql_tree& tree, const type& of);

/// Whether an expression may name a column: where it cannot be read, whether the name stands in it.
bool names_column(std::string_view family, std::string_view sql, std::string_view column);

}  // namespace azoth::detail
