#pragma once

#include <azoth/dialect.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace azoth::mysql::connector {

/// Appends the value as an SQL literal of its type: numbers as numbers, DATE'...' and the like, text in single quotes. What stands inside
/// quotes means the same in every SQL mode, whatever a program has made of the session's since: text with a backslash, which some modes
/// take for an escape, is written in hexadecimal digits, as bytes are.
///
/// Throws data_error for what no server can keep (see check_parameter).
void append_literal(std::string& to, const cell& value);

/// As a text literal, without a look at what is in it: SQL text, for PREPARE.
void append_text(std::string& to, std::string_view text);

/// "USING 1, 'a'", with a blank ahead; nothing where there are no values.
void append_using(std::string& to, std::span<const cell> values);

/// How many bytes the values take as literals, at most.
[[nodiscard]] std::size_t literal_size(std::span<const cell> values) noexcept;

}  // namespace azoth::mysql::connector
