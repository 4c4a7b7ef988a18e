#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth {

/// ANSI's literals: 'text' with quotes doubled, X'00ff', DATE '2026-01-01' and so on. Refuses what has no literal: NaN, NUL in text.
AZOTH_API void write_ansi_literal(compiler& out, const cell& value, const type& of);
/// 'text' with quotes doubled; refuses NUL and invalid UTF-8.
AZOTH_API void write_quoted_text(compiler& out, std::string_view text);

}  // namespace azoth
