#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Simple SQL in its words: defaults, checks and computations as databases write them down.
namespace azoth::detail {

enum class token_kind : unsigned char { word, number, text, bytes, name, mark };

struct token {
    token_kind kind;
    std::string text;  ///< of a name or a text: unquoted; of bytes: their hexadecimal digits
};
using tokens = std::vector<token>;

// What means the same everywhere. Functions are those of which all databases take the same arguments and give the same results.
inline constexpr std::array<std::string_view, 17> keywords{
    "and",   "or",   "not",  "is",   "null", "in",  "between",           "like",        "true",
    "false", "case", "when", "then", "else", "end", "current_timestamp", "current_date"};
inline constexpr std::array<std::string_view, 8> functions{"lower", "upper", "abs", "coalesce", "nullif", "trim", "ltrim", "rtrim"};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}
[[nodiscard]] std::string lower(std::string_view word);
[[nodiscard]] bool is_mark(const tokens& all, std::size_t i, std::string_view mark);
[[nodiscard]] bool is_word(const tokens& all, std::size_t i, std::string_view word);

[[nodiscard]] std::optional<tokens> tokens_of(std::string_view family, std::string_view sql);
/// What databases of one family write, as all would say it: without casts, with the usual names of functions. Nothing where something is
/// met that is no token of plain SQL.
[[nodiscard]] std::optional<tokens> plain_tokens(std::string_view family, std::string_view sql);
/// Without parentheses that change nothing, and without BETWEEN of a column.
[[nodiscard]] tokens without_parentheses(const tokens& all);

}  // namespace azoth::detail
