#pragma once

#include <azoth/schema/compare.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// What a schema says, in the words of one server: things are the same that are spelled alike. What reads differently and means the same
/// (quotes, parentheses, casts to what something is already) is spelled in one way.
class schema_words {
public:
    schema_words(const rule_table& rules, const profile& server, const compare_options& options)
        : rules_{rules}, server_{server}, options_{options}, family_{rules.family_of(server.dialect)} {}

    /// For the expressions of one table, whose columns tell which casts change nothing. The table has to outlive it.
    [[nodiscard]] schema_words of(const table_definition& t) const;

    [[nodiscard]] std::string expression(const node_ptr& expression) const;
    /// Whether an expression may name the column.
    [[nodiscard]] bool names(const node_ptr& expression, const std::string& column) const;
    [[nodiscard]] std::string query(const view_definition& v) const;
    [[nodiscard]] std::string options_of(const sequence_options& o, const type& numbers = type_kind::big_integer) const;

    // of columns
    [[nodiscard]] std::string type_of(const table_definition& t, std::size_t column) const;
    /// The labels that the table itself has to say, where the database has no types for them.
    [[nodiscard]] std::string labels_of(const table_definition& t, std::size_t column) const;
    [[nodiscard]] std::string default_of(const table_definition& t, std::size_t column) const;
    /// How the database numbers the rows by the column, where it can be told how; numbers of a type have that type's bounds. Of columns by
    /// which it does.
    [[nodiscard]] std::string numbering_of(const table_definition& t, std::size_t column, const type& numbers) const;
    [[nodiscard]] std::string computation_of(const table_definition& t, std::size_t column) const;

    // of tables
    [[nodiscard]] std::string say(const foreign_key& k) const;
    [[nodiscard]] std::string say(const unique_constraint& u) const;
    [[nodiscard]] std::string say(const check_constraint& c) const;
    /// A unique constraint and a plain unique index are one thing: some databases know no difference.
    [[nodiscard]] std::string say(const index_definition& i) const;

    [[nodiscard]] static std::string list_of(const std::vector<std::string>& names);

private:
    [[nodiscard]] std::string say(const index_element& e, bool is_unique) const;
    struct written {
        std::string_view family{};
        std::string sql{};
    };
    [[nodiscard]] written sql_of(const node& expression) const;
    [[nodiscard]] std::string named(const std::string& name) const;

    const rule_table& rules_;
    const profile& server_;
    compare_options options_;
    std::string_view family_;
    const std::vector<column_spec>* columns_{};  ///< of the table at hand
};

}  // namespace azoth::detail
