#pragma once

#include "schema_words.hpp"

#include <azoth/schema/alter_nodes.hpp>

#include <set>
#include <string>
#include <vector>

namespace azoth::detail {

/// What is only in one of two tables.
template <class Part>
struct part_difference {
    std::vector<Part> gone{};
    std::vector<Part> come{};
    [[nodiscard]] bool any() const noexcept { return !gone.empty() || !come.empty(); }
};

struct altered_column {
    std::string name{};
    column_changes what{};
};

/// What makes one table of another. Columns that are computed otherwise, or of a column that becomes another type, are both gone and come;
/// so are checks and indexes that compute with such columns.
struct table_difference {
    table_ptr before{};
    table_ptr after{};
    std::vector<std::string> gone_columns{};
    std::vector<std::string> new_columns{};
    std::vector<altered_column> altered{};
    part_difference<foreign_key> keys{};
    part_difference<unique_constraint> uniques{};
    part_difference<check_constraint> checks{};
    part_difference<index_definition> indexes{};
    bool primary_key{};
    bool comment{};
    std::vector<reflection_note> left_out{};  ///< of what the database has of the first, and the model has not

    [[nodiscard]] bool any() const noexcept;
    /// Columns whose type changes, or that are made anew: what rests on them has to step aside.
    [[nodiscard]] std::set<std::string> moved_columns() const;
    /// Whether a column is made anew, under its name.
    [[nodiscard]] bool is_remade(const std::string& column) const;
};

/// `retyped`: enumerations that are made anew, so that columns of them change their type without being spelled otherwise.
table_difference difference_of(const table_ptr& before, const table_ptr& after, const schema_words& words, const compare_options& options,
                               const std::vector<object_name>& retyped);

/// Whether an expression names the column.
bool mentions(const schema_words& words, const node_ptr& expression, const std::string& column);
/// Whether the index has the column in it, or computes with it.
bool mentions(const schema_words& words, const index_definition& index, const std::string& column);

}  // namespace azoth::detail
