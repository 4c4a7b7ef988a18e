#pragma once

#include <azoth/dialect.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::mysql {

/// A piece of SQL as the server prints it. All pieces in a row are the whole.
struct sql_token {
    enum class kinds { blank, word, name, text, sign };
    kinds kind{};
    std::string_view raw{};
    std::string value{};  ///< of names and texts: without quotes and escapes

    [[nodiscard]] bool is_sign(char c) const noexcept { return kind == kinds::sign && raw.front() == c; }
    [[nodiscard]] bool is_name(std::string_view n) const noexcept { return kind == kinds::name && value == n; }
    [[nodiscard]] bool is_word(std::string_view w) const noexcept;
};
/// Whether a backslash in a text is one, or says what the next character means.
enum class backslashes { escape, are_plain };
/// By default as the server prints it, whatever the session's mode is.
std::vector<sql_token> tokens_of(std::string_view sql, backslashes in_texts = backslashes::escape);

/// The same SQL with texts that our sessions, in which a backslash is one, read as they were meant, and with names in backticks, which
/// every session takes for names. What follows wants it so.
std::string with_our_quotes(std::string_view sql);
/// Without the name of the schema before the names in it, so that the SQL means the database of whoever runs it.
std::string without_schema(std::string_view sql, std::string_view schema);
/// Those of the names that the SQL says together with the schema.
std::vector<std::string> names_read(std::string_view sql, std::string_view schema, const std::vector<std::string>& names);
/// MySQL prints the expressions of its catalogue with a backslash before each quote. (Untested: from its manual and bug 100607.)
std::string unescaped_once(std::string_view sql);
/// The labels in a check such as `mood` IN ('happy', 'sad').
std::optional<std::vector<std::string>> labels_in_check(std::string_view sql, std::string_view column);
/// Whether the check is json_valid(`column`), which MariaDB makes of the type JSON.
bool is_json_check(std::string_view sql, std::string_view column);

}  // namespace azoth::mysql
