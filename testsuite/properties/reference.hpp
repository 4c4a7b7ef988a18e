#pragma once

#include "sample.hpp"

#include <string>
#include <variant>

namespace properties {

struct nothing {  ///< NULL
    friend bool operator==(nothing, nothing) noexcept { return true; }
};
struct no_opinion {  ///< what databases need not agree upon, or the reference does not know
    friend bool operator==(no_opinion, no_opinion) noexcept { return true; }
};

/// What an expression means for a row.
using meaning = std::variant<nothing, no_opinion, bool, std::int64_t, double, az::decimal, std::string, az::date>;

/// Computes trees as SQL's standard has it, without a database: numbers, texts and three-valued truths.
[[nodiscard]] meaning evaluate(const az::node& tree, const row& of);

[[nodiscard]] inline bool is_null(const meaning& m) noexcept { return std::holds_alternative<nothing>(m); }
[[nodiscard]] inline bool is_unknown(const meaning& m) noexcept { return std::holds_alternative<no_opinion>(m); }

/// -1, 0 or 1 of two that are not NULL; no_opinion where they cannot be compared, or not everywhere alike.
[[nodiscard]] meaning compare(const meaning& a, const meaning& b);
/// Whether a text matches LIKE's pattern; `escape` 0: none.
[[nodiscard]] bool matches_like(std::string_view text, std::string_view pattern, char escape = '\0');
/// As operators compute them on values that are not NULL.
[[nodiscard]] meaning calculate(az::binary_operator op, const meaning& a, const meaning& b);
[[nodiscard]] meaning cast_to(const meaning& from, const az::type& to);
[[nodiscard]] meaning call_function(std::string_view name, const std::vector<meaning>& arguments);
[[nodiscard]] meaning concat_with_separator(const std::vector<meaning>& arguments);
[[nodiscard]] meaning operate_on_texts(const az::operation_node& n, const std::string& text, const std::vector<meaning>& arguments);
/// Of a text in UTF-8.
[[nodiscard]] std::vector<std::string> characters_in(std::string_view text);
[[nodiscard]] meaning operate(const az::operation_node& n, const std::vector<meaning>& arguments);

[[nodiscard]] meaning meaning_of(const az::value& v, az::type_kind kind);
[[nodiscard]] std::string shown(const meaning& m);

}  // namespace properties
