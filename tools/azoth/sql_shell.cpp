#include "sql_shell.hpp"

#include "line_editor.hpp"
#include "statement_splitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace azoth::command {
namespace {

constexpr std::string_view help = R"(A statement ends with a semicolon. Each is committed by itself; BEGIN starts a transaction.
  \d           the tables            \d TABLE     a table's columns
  \x           a line a value        \timing      how long statements take
  \format F    table, json or csv    \i FILE      runs a script
  \r           forgets the statement that has begun
  \?           this help             \q           ends (so does Ctrl-D)
)";

constexpr std::array<std::string_view, 44> words{
    "ALTER",    "AND",    "AS",    "BEGIN", "BETWEEN",  "BY",     "CASE", "COMMIT", "CREATE", "DELETE", "DESC",
    "DISTINCT", "DROP",   "ELSE",  "END",   "EXISTS",   "FROM",   "FULL", "GROUP",  "HAVING", "IN",     "INDEX",
    "INNER",    "INSERT", "INTO",  "IS",    "JOIN",     "LEFT",   "LIKE", "LIMIT",  "NOT",    "NULL",   "OFFSET",
    "ON",       "OR",     "ORDER", "RIGHT", "ROLLBACK", "SELECT", "SET",  "TABLE",  "UPDATE", "VALUES", "WHERE"};

bool starts_with_ignoring_case(std::string_view text, std::string_view begun) {
    return text.size() >= begun.size() && std::equal(begun.begin(), begun.end(), text.begin(), [](char a, char b) {
               return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
           });
}

class shell {
public:
    explicit shell(sql_session& session)
        : session_{session}, splitter_{quoting_of(session.server().dialect)}, editor_{[this](const std::string& b) {
              return candidates(b);
          }} {}

    void run() {
        while (!is_over_) {
            const auto line = editor_.read(prompt());
            if (!line) break;
            if (line->starts_with('\\')) guarded([&] { command(*line); });
            else feed(*line);
        }
        leave();
    }

private:
    [[nodiscard]] std::string prompt() const {
        if (splitter_.is_inside()) return "   ...> ";
        return session_.in_transaction() ? "azoth*> " : "azoth> ";
    }
    template <class Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& e) {
            fmt::print(stderr, "{}\n", e.what());
        }
    }
    void feed(const std::string& line) {
        splitter_.feed(line + "\n");
        while (auto statement = splitter_.next()) {
            editor_.remember(*statement + ";");
            guarded([&] { session_.run(*statement); });
            if (changes_names(*statement)) names_.clear();
        }
    }
    static bool changes_names(const std::string& statement) {
        const std::string word = first_word(statement);
        return word == "CREATE" || word == "DROP" || word == "ALTER";
    }

    void command(const std::string& line) {
        editor_.remember(line);
        std::istringstream parts{line};
        std::string name;
        parts >> name;
        std::string argument;
        std::getline(parts >> std::ws, argument);
        while (!argument.empty() && (argument.back() == ' ' || argument.back() == ';')) argument.pop_back();
        if (name == "\\q") is_over_ = true;
        else if (name == "\\?") std::cout << help;
        else if (name == "\\d" && argument.empty()) describe_all();
        else if (name == "\\d") describe(argument);
        else if (name == "\\x") toggle(session_.settings().style.expanded, "a line a value");
        else if (name == "\\timing") toggle(session_.settings().timing, "timing");
        else if (name == "\\format") set_format(argument);
        else if (name == "\\i") include(argument);
        else if (name == "\\r") splitter_.clear();
        else throw std::runtime_error{fmt::format("there is no command {}: \\? lists them", name)};
    }
    static void toggle(bool& what, std::string_view name) {
        what = !what;
        fmt::print("{} is {}\n", name, what ? "on" : "off");
    }
    void set_format(const std::string& name) {
        auto& format = session_.settings().format;
        if (name == "table") format = output_format::table;
        else if (name == "json") format = output_format::json;
        else if (name == "csv") format = output_format::csv;
        else throw std::runtime_error{fmt::format("there is no format \"{}\": table, json or csv", name)};
    }
    void include(const std::string& file) {
        std::ifstream script{file};
        if (!script) throw std::runtime_error{fmt::format("cannot read {}", file)};
        run_script(session_, script, file);
    }

    void describe_all() {
        std::vector<std::vector<std::string>> rows;
        session_.on().with_executor([&](executor& on) {
            for (const auto& name : on.reflect().table_names()) rows.push_back({name, "table"});
            for (const auto& name : on.reflect().view_names()) rows.push_back({name, "view"});
        });
        session_.show({"name", "kind"}, rows);
    }
    void describe(const std::string& name) {
        schema_definition found;
        session_.on().with_executor([&](executor& on) { found = on.reflect().read({.names = {name}}); });
        std::vector<std::vector<std::string>> rows;
        for (const auto& t : found.tables)
            for (std::size_t i = 0; i < t->node->columns.size(); ++i) {
                const column_spec& c = t->node->columns[i];
                const std::string& spelled = t->details[i].native_type;
                rows.push_back(
                    {c.name, spelled.empty() ? to_string(c.type) : spelled, c.nullable ? "" : "not null", c.primary_key ? "key" : ""});
            }
        for (const auto& v : found.views)
            for (const auto& c : v.columns) rows.push_back({c.name, to_string(c.type), "", ""});
        if (rows.empty()) throw std::runtime_error{fmt::format("there is no table or view \"{}\": \\d lists them", name)};
        session_.show({"column", "type", "nulls", "key"}, rows);
    }

    std::vector<std::string> candidates(const std::string& begun) {
        try {
            if (names_.empty()) read_names();
        } catch (const std::exception&) {
            // Words can still be completed.
        }
        std::vector<std::string> found;
        for (const auto& name : names_)
            if (starts_with_ignoring_case(name, begun)) found.push_back(name);
        for (const auto word : words)
            if (!begun.empty() && starts_with_ignoring_case(word, begun)) found.emplace_back(word);
        return found;
    }
    void read_names() {
        session_.on().with_executor([&](executor& on) {
            const auto all = on.reflect().read({.sequences = false, .enums = false});
            for (const auto& t : all.tables) add_names(t->node->name, t->node->columns);
            for (const auto& v : all.views) add_names(v.name.name, v.columns);
        });
        std::ranges::sort(names_);
        names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    }
    void add_names(const std::string& of, const std::vector<column_spec>& columns) {
        names_.push_back(of);
        for (const auto& c : columns) names_.push_back(c.name);
    }

    /// A transaction that nobody ended is asked about, not lost in silence.
    void leave() {
        if (!session_.in_transaction()) return;
        const auto answer = editor_.read("A transaction is open. Commit it? [y/N] ");
        guarded([&] {
            if (answer && (*answer == "y" || *answer == "Y" || *answer == "yes")) session_.run("COMMIT");
            else session_.run("ROLLBACK");
        });
    }

    sql_session& session_;
    statement_splitter splitter_;
    std::vector<std::string> names_{};
    line_editor editor_;
    bool is_over_{};
};

}  // namespace

void run_shell(sql_session& session, const std::string& title) {
    std::cout << title << "\n\\? for help, \\q to leave\n";
    shell{session}.run();
}

void run_script(sql_session& session, std::istream& script, const std::string& name) {
    statement_splitter splitter{quoting_of(session.server().dialect)};
    std::size_t count = 0;
    const auto run = [&](const std::string& statement) {
        ++count;
        try {
            session.run(statement);
        } catch (const std::exception& e) {
            throw std::runtime_error{fmt::format("{}, statement {}: {}", name, count, e.what())};
        }
    };
    for (std::string line; std::getline(script, line);) {
        splitter.feed(line + "\n");
        while (const auto statement = splitter.next()) run(*statement);
    }
    if (const std::string last = splitter.rest(); !last.empty()) run(last);
}

}  // namespace azoth::command
