#include "name_completer.hpp"

#include "sql_shell.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace azoth::command {
namespace {

constexpr std::array<std::string_view, 44> words{
    "ALTER",    "AND",    "AS",    "BEGIN", "BETWEEN",  "BY",     "CASE", "COMMIT", "CREATE", "DELETE", "DESC",
    "DISTINCT", "DROP",   "ELSE",  "END",   "EXISTS",   "FROM",   "FULL", "GROUP",  "HAVING", "IN",     "INDEX",
    "INNER",    "INSERT", "INTO",  "IS",    "JOIN",     "LEFT",   "LIKE", "LIMIT",  "NOT",    "NULL",   "OFFSET",
    "ON",       "OR",     "ORDER", "RIGHT", "ROLLBACK", "SELECT", "SET",  "TABLE",  "UPDATE", "VALUES", "WHERE"};
constexpr std::array<std::string_view, 6> before_tables{"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "\\D"};

/// Words that no server takes for a name, beside those above.
constexpr std::array<std::string_view, 38> reserved{
    "ALL",        "ANALYZE", "ANY",     "ASC",        "BOTH",      "CASCADE", "CAST",   "CHECK",   "COLLATE", "COLUMN",
    "CONSTRAINT", "CROSS",   "DEFAULT", "DO",         "FALSE",     "FETCH",   "FOR",    "FOREIGN", "GRANT",   "KEY",
    "NATURAL",    "OUTER",   "PRIMARY", "REFERENCES", "RETURNING", "SOME",    "THEN",   "TO",      "TRIGGER", "TRUE",
    "UNION",      "UNIQUE",  "USER",    "USING",      "VIEW",      "WHEN",    "WINDOW", "WITH"};

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

bool starts_with_ignoring_case(std::string_view text, std::string_view begun) {
    return text.size() >= begun.size() && std::ranges::equal(begun, text.substr(0, begun.size()), {}, lower, lower);
}

std::string in_capitals(std::string_view text) {
    std::string made{text};
    std::ranges::transform(made, made.begin(), upper);
    return made;
}

/// In capitals.
std::string last_word(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return in_capitals(text.substr(text.find_last_of(" \t(") + 1));
}

bool is_word_of_sql(std::string_view name) {
    const std::string word = in_capitals(name);
    return std::ranges::find(words, word) != words.end() || std::ranges::find(reserved, word) != reserved.end();
}

/// Where the name in quotes begins that the line's end is in; npos: in none.
std::size_t open_quote(std::string_view line) {
    char open = 0;
    std::size_t from = std::string_view::npos;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (open == 0 && (c == '"' || c == '\'')) {
            open = c;
            from = i + 1;
        } else if (c == open) {
            open = 0;
        }
    }
    return open == '"' ? from : std::string_view::npos;
}

std::string doubled_quotes(std::string_view name) {
    std::string made;
    for (const char c : name) made.append(c == '"' ? 2 : 1, c);
    return made;
}

/// A keyword as the user writes them.
std::string in_case_of(std::string_view word, const std::string& begun) {
    std::string made{word};
    if (std::islower(static_cast<unsigned char>(begun.front())) != 0) std::ranges::transform(made, made.begin(), lower);
    return made;
}

/// In order, each once.
std::vector<std::string> sorted(std::vector<std::string> names) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace

void name_completer::read() {
    schema_definition all;
    of_.with_executor([&](executor& on) {
        all = on.reflect().read({.sequences = false, .enums = false});
        folds_capitals_ = !on.server_profile().folds_column_names;
    });
    const auto add = [&](const std::string& name, const std::vector<column_spec>& columns) {
        for (const auto& c : columns) tables_[name].push_back(c.name);
    };
    for (const auto& t : all.tables) add(t->node->name, t->node->columns);
    for (const auto& v : all.views) add(v.name.name, v.columns);
}

/// "item.pr": the columns of a table; behind what is no table's name it is an alias, and may be any's.
void name_completer::add_columns(const std::string& begun, std::vector<std::string>& to) const {
    const std::size_t dot = begun.find('.');
    const std::string before = begun.substr(0, dot == std::string::npos ? 0 : dot + 1);
    const std::string owner = before.substr(0, dot);
    const std::string rest = begun.substr(before.size());
    const bool is_table = tables_.contains(owner);
    for (const auto& [name, columns] : tables_) {
        if (is_table && name != owner) continue;
        for (const auto& c : columns)
            if (starts_with_ignoring_case(c, rest)) to.push_back(before + spelled(c));
    }
}

std::string name_completer::spelled(const std::string& name) const {
    const auto is_plain = [&](char c) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        return (is_capital && !folds_capitals_) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    const bool starts_plainly = !name.empty() && (name.front() < '0' || name.front() > '9');
    if (starts_plainly && std::ranges::all_of(name, is_plain) && !is_word_of_sql(name)) return name;
    return '"' + doubled_quotes(name) + '"';
}

std::vector<std::string> name_completer::in_open_quotes(const std::string& typed, std::size_t word) const {
    std::vector<std::string> found;
    const auto add = [&](const std::string& name) {
        const std::string quoted = doubled_quotes(name);
        if (starts_with_ignoring_case(quoted, typed)) found.push_back(quoted.substr(word) + '"');
    };
    for (const auto& [name, columns] : tables_) {
        add(name);
        for (const auto& c : columns) add(c);
    }
    return found;
}

std::vector<std::string> name_completer::candidates(const std::string& before, const std::string& begun) {
    try {
        if (tables_.empty()) read();
    } catch (const std::exception&) {
        // Words can still be completed.
    }
    std::vector<std::string> found;
    if (const std::size_t quote = open_quote(before); quote != std::string::npos) {
        const std::string typed = before.substr(quote) + begun;
        return sorted(in_open_quotes(typed, typed.size() - begun.size()));
    }
    if (before.empty() && begun.starts_with('\\')) {
        for (const auto command : shell_commands)
            if (command.starts_with(begun)) found.emplace_back(command);
        return found;
    }
    for (const auto& [name, columns] : tables_)
        if (starts_with_ignoring_case(name, begun)) found.push_back(spelled(name));
    if (std::ranges::find(before_tables, last_word(before)) != before_tables.end()) return found;
    add_columns(begun, found);
    if (!begun.empty())
        for (const auto word : words)
            if (starts_with_ignoring_case(word, begun)) found.push_back(in_case_of(word, begun));
    return sorted(std::move(found));
}

}  // namespace azoth::command
