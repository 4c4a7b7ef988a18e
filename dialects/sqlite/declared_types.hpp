#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

struct declared_type {
    azoth::type type{};
    bool is_known{true};  ///< whether the model has a word for it
};

/// The type that a column's declaration stands for: Azoth's own names by what they are made of, those that others use by their usual
/// meaning, all else by its affinity (SQLite's manual, "Datatypes In SQLite", section 3.1).
declared_type type_declared_as(std::string_view spelling);

}  // namespace azoth::sqlite
