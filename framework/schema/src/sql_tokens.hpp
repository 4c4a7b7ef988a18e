#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Simple SQL in its words: defaults, checks, computations and views as databases write them down.
namespace azoth::detail {

enum class token_kind : unsigned char { word, number, text, bytes, name, mark };

struct token {
    token_kind kind;
    std::string text;  ///< of a name or a text: unquoted; of bytes: their hexadecimal digits in small letters
};
using sql_token_list = std::vector<token>;

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}
/// Of ASCII letters alone, as servers compare names.
[[nodiscard]] constexpr char lower_letter(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] std::string lower(std::string_view word);
/// Whether they are the digits of bytes.
[[nodiscard]] bool is_hexadecimal(std::string_view digits);
/// Whether databases of a family take names for one that differ in the case of their letters only, quoted or not.
[[nodiscard]] bool folds_names(std::string_view family);

/// Nothing where something is met that is no token of plain SQL: a comment, an operator of the database's own, an open quote.
[[nodiscard]] std::optional<sql_token_list> tokens_of(std::string_view family, std::string_view sql);
/// A name without quotes, where it is in small letters and no word of SQL's; else in double ones.
[[nodiscard]] std::string shown_name(std::string_view name);
[[nodiscard]] std::string shown_text(std::string_view text);
/// Tokens in the one way in which each can be written, with a blank between.
[[nodiscard]] std::string spelled(std::string_view family, const sql_token_list& all);

}  // namespace azoth::detail
