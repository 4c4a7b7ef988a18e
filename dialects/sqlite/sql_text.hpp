#pragma once

#include <string_view>

namespace azoth::sqlite {

/// What is left of SQL text behind blanks, comments and (where asked) semicolons.
std::string_view skip_blanks(std::string_view sql, bool semicolons = false) noexcept;

/// The word that says what a statement does, WITH clauses skipped: "INSERT", as it is spelt. Empty where there is none.
std::string_view verb_of(std::string_view sql) noexcept;

/// Compares ASCII letters without regard to case.
bool same_word(std::string_view a, std::string_view b) noexcept;

}  // namespace azoth::sqlite
