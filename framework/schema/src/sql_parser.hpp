#pragma once

#include "sql_tokens.hpp"
#include "sql_tree.hpp"

#include <utility>

namespace azoth::detail {

/// SQL expressions by recursive descent. What databases read in different ways without parentheses (a = b < c, a || b * c) is not
/// understood.
class sql_parser {
public:
    sql_parser(std::string_view family, const sql_token_list& all) noexcept : family_{family}, all_{all} {}

    std::optional<sql_tree> run();

private:
    using parsed = std::optional<sql_tree>;

    // what stands next
    [[nodiscard]] bool is_kind(token_kind kind, std::size_t ahead = 0) const;
    [[nodiscard]] bool is_mark(std::string_view mark, std::size_t ahead = 0) const;
    [[nodiscard]] bool is_word(std::string_view word, std::size_t ahead = 0) const;
    bool take_mark(std::string_view mark);
    bool take_word(std::string_view word);
    template <std::size_t N>
    std::string take_one_of(token_kind kind, const std::array<std::string_view, N>& of) {
        if (!is_kind(kind) || !has(of, lower(all_[at_].text))) return {};
        return lower(all_[at_++].text);
    }
    template <class... Parts>
    static sql_tree made_of(tree_kind kind, std::string text, Parts... parts) {
        sql_tree made{kind, std::move(text), {}, false, false};
        (made.parts.push_back(std::move(parts)), ...);
        return made;
    }

    // conditions, by how loosely their words bind
    parsed disjunction();
    parsed chain(tree_kind kind, std::string_view word, parsed (sql_parser::*next)());
    parsed conjunction();
    parsed negation();
    parsed comparison();
    [[nodiscard]] bool is_before_comparison() const;
    parsed compared(sql_tree left);
    parsed worded(sql_tree left, bool is_negated);
    parsed compared_by(std::string op, sql_tree left);
    parsed is(sql_tree left);
    parsed like(std::string op, sql_tree left);
    parsed in(sql_tree left);
    parsed between(sql_tree left, bool is_negated);
    bool take_list(sql_tree& to, std::string_view end);
    [[nodiscard]] static bool can_be_repeated(const sql_tree& t);

    // what is compared
    parsed operand();
    parsed sum();
    parsed product();
    template <std::size_t N>
    parsed left_to_right(const std::array<std::string_view, N>& operators, parsed (sql_parser::*next)());
    parsed signed_one();
    parsed with_suffixes(parsed made);
    parsed primary();
    parsed bracketed();
    parsed word();
    parsed array();
    parsed call();
    parsed cast();
    parsed choice();
    std::string type_text();
    std::string type_name();

    std::string_view family_;
    const sql_token_list& all_;
    std::size_t at_{};
    int depth_{};   ///< brackets, and what else holds a whole expression
    int joined_{};  ///< operators that deepen the tree without brackets
};

inline constexpr int deepest_sql = 150;
inline constexpr int most_joined_sql = 400;
inline constexpr std::size_t most_repeated_sql = 40;

}  // namespace azoth::detail
