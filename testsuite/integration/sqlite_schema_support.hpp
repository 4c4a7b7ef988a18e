#pragma once

#include "sqlite_support.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

namespace sqlite_tests {

using kind = az::type_kind;

inline az::schema_definition read(const az::executor_source& from, const az::reflection_request& request = {}) {
    az::schema_definition found;
    from.with_executor([&](az::executor& on) { found = on.reflect().read(request); });
    return found;
}

/// What a reflector answers.
template <class F>
auto asked(const az::executor_source& from, F question) {
    std::optional<decltype(question(std::declval<az::reflector&>()))> answer;
    from.with_executor([&](az::executor& on) { answer = question(on.reflect()); });
    return *answer;
}

inline const az::table_definition& table_in(const az::schema_definition& all, std::string_view name) {
    for (const auto& t : all.tables)
        if (t->node->name == name) return *t;
    throw std::runtime_error{"no table " + std::string{name}};
}

/// A connection to a database in memory, in which these statements have run.
inline az::connection made_by(std::initializer_list<const char*> statements) {
    az::connection c = open("sqlite://").connect();
    for (const char* sql : statements) run(c, sql);
    c.commit();
    return c;
}

/// The one table that the statement makes, as it is read; and what is said beside it.
struct read_table {
    explicit read_table(const char* sql) : all{read(made_by({sql}))}, table{*all.tables.at(0)} {}
    az::schema_definition all;
    const az::table_definition& table;
    [[nodiscard]] const az::column_spec& column(std::size_t i) const { return table.node->columns.at(i); }
    [[nodiscard]] const az::column_details& details(std::size_t i) const { return table.details.at(i); }
};

/// SQL as SQLite wrote it down; empty where there is none.
inline std::string sql_of(const az::node_ptr& expression) {
    const auto* native = az::node_cast<az::native_sql_node>(expression);
    return native ? native->sql : std::string{};
}

inline std::string notes_of(const az::schema_definition& all) {
    std::string notes;
    for (const auto& n : all.notes) notes += n.of.name + ": " + n.what + "\n";
    return notes;
}

/// All CREATE statements of the main database, in the order of their names.
inline std::string sql_in(const az::executor_source& of) {
    struct : az::row_sink {
        void row(std::span<const az::cell> cells) override { text += std::string{cells.front().chars_view()} + "\n"; }
        std::string text{};
    } rows;
    of.with_executor(
        [&](az::executor& on) { on.run("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name", {}, &rows); });
    return rows.text;
}

/// That what was read makes the same database again, to the letter once Azoth has written it.
inline void check_made_again(const az::executor_source& of) {
    const auto make = [](const az::executor_source& from, const az::engine& in) {
        az::metadata all;
        all.reflect(from);
        all.create_all(in);
    };
    const az::engine second = open("sqlite://");
    const az::engine third = open("sqlite://");
    make(of, second);
    make(second, third);
    CHECK(sql_in(second) == sql_in(third));
}

}  // namespace sqlite_tests
