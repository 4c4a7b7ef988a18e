#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/type.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

enum class tree_kind : unsigned char {
    column,  ///< `text`: its name
    number,  ///< `text`: its digits
    text,
    bytes,  ///< `text`: hexadecimal digits
    truth,  ///< `text`: "true" or "false"
    null,
    moment,      ///< "current_timestamp" or "current_date"
    sign,        ///< minus
    negation,    ///< NOT
    all,         ///< AND
    some,        ///< OR
    compared,    ///< `text`: = <> < <= > >=
    computed,    ///< `text`: + - * / % ||
    like,        ///< `text`: like, ilike, glob ...; the text, its pattern, and the escape where there is one
    in,          ///< the value, and those that it may be
    quantified,  ///< `text`: any or all, the right side of a comparison
    is,          ///< `text`: null, true, false, or "distinct from" another
    call,        ///< `text`: the function
    cast,        ///< `text`: the type as `type_text` says it
    collate,     ///< `text`: the collation
    case_,       ///< conditions and results in turn, and at last the result of all else
    array,
};

/// An expression as a database wrote it down: small, and every part known.
struct sql_tree {
    tree_kind kind{};
    std::string text{};
    std::vector<sql_tree> parts{};
    bool is_negated{};    ///< NOT LIKE, NOT IN, IS NOT
    bool has_brackets{};  ///< in the text that it was read from
};

[[nodiscard]] constexpr bool is_signed_integer(type_kind kind) noexcept {
    return kind == type_kind::small_integer || kind == type_kind::integer || kind == type_kind::big_integer;
}
[[nodiscard]] constexpr bool is_float(type_kind kind) noexcept { return kind == type_kind::real || kind == type_kind::double_; }

/// Null where anything is met that is not understood. No text makes it fail otherwise.
[[nodiscard]] std::optional<sql_tree> parsed_sql(std::string_view family, std::string_view sql);

/// The same with what means the same said in one way: functions and types by their usual names, BETWEEN as two comparisons, = ANY
/// (ARRAY[...]) as IN, and without casts that change no value and that PostgreSQL writes by itself: of literals, of texts to text, of
/// numbers to wider ones that are compared. `columns` tell what is a cast to what something is already.
[[nodiscard]] sql_tree plain_sql(std::string_view family, sql_tree tree, const std::vector<column_spec>& columns);

/// In the one way in which it can be written, with the parentheses that it needs.
[[nodiscard]] std::string spelled(std::string_view family, const sql_tree& tree);

/// The column of a name, as databases of the family know it by; null where there is none.
[[nodiscard]] const column_spec* column_of(std::string_view family, const std::vector<column_spec>& columns, std::string_view name);
/// What a cast makes: "character varying(20)" is a string of 20. Unknown where the types of several databases go by the name.
[[nodiscard]] type cast_type(std::string_view family, std::string_view name);
/// What an expression is; unknown where the tree does not tell.
[[nodiscard]] type type_in(std::string_view family, const sql_tree& tree, const std::vector<column_spec>& columns);

/// Null where the text is no number, and where it is NaN or infinite: not every database has them.
[[nodiscard]] std::optional<double> finite_number(std::string_view text);

}  // namespace azoth::detail
