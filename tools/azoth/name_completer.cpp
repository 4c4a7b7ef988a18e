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

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

bool starts_with_ignoring_case(std::string_view text, std::string_view begun) {
    return text.size() >= begun.size() && std::ranges::equal(begun, text.substr(0, begun.size()), {}, lower, lower);
}

/// In capitals.
std::string last_word(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    std::string word{text.substr(text.find_last_of(" \t(") + 1)};
    std::ranges::transform(word, word.begin(), upper);
    return word;
}

/// A keyword as the user writes them.
std::string in_case_of(std::string_view word, const std::string& begun) {
    std::string made{word};
    if (std::islower(static_cast<unsigned char>(begun.front())) != 0) std::ranges::transform(made, made.begin(), lower);
    return made;
}

}  // namespace

void name_completer::read() {
    schema_definition all;
    of_.with_executor([&](executor& on) { all = on.reflect().read({.sequences = false, .enums = false}); });
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
            if (starts_with_ignoring_case(c, rest)) to.push_back(before + c);
    }
}

std::vector<std::string> name_completer::candidates(const std::string& before, const std::string& begun) {
    try {
        if (tables_.empty()) read();
    } catch (const std::exception&) {
        // Words can still be completed.
    }
    std::vector<std::string> found;
    if (before.empty() && begun.starts_with('\\')) {
        for (const auto command : shell_commands)
            if (command.starts_with(begun)) found.emplace_back(command);
        return found;
    }
    for (const auto& [name, columns] : tables_)
        if (starts_with_ignoring_case(name, begun)) found.push_back(name);
    if (std::ranges::find(before_tables, last_word(before)) != before_tables.end()) return found;
    add_columns(begun, found);
    if (!begun.empty())
        for (const auto word : words)
            if (starts_with_ignoring_case(word, begun)) found.push_back(in_case_of(word, begun));
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace azoth::command
