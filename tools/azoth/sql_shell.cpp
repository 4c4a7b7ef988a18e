#include "sql_shell.hpp"

#include "inspect.hpp"
#include "interrupts.hpp"
#include "line_editor.hpp"
#include "name_completer.hpp"
#include "paged_output.hpp"
#include "statement_error.hpp"
#include "statement_splitter.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

namespace azoth::command {
namespace {

constexpr std::string_view help = R"(A statement ends with a semicolon. Each is committed by itself; BEGIN starts a transaction.
  \d           the tables            \d TABLE     its columns, keys and indexes
  \x           a line a value        \timing      how long statements take
  \format F    table, json or csv    \pager       long results through a pager; \pager COMMAND: this one
  \i FILE      runs a script         \r           forgets the statement that has begun
  \?           this help             \q           ends (so does Ctrl-D)
Tab completes names. Ctrl-C forgets what has been typed, or cancels the statement that runs.
)";

class shell {
public:
    explicit shell(sql_session& session)
        : session_{session},
          splitter_{quoting_of(session.family())},
          names_{session.on()},
          editor_{[this](const std::string& before, const std::string& begun) { return names_.candidates(before, begun); }, keys_} {}

    void run() {
        while (!is_over_) {
            const auto answer = editor_.read(prompt());
            switch (answer.how) {
                case line_editor::ending::interrupted: splitter_.clear(); break;
                case line_editor::ending::end_of_input:
                    std::cout << '\n';
                    leave();
                    break;
                case line_editor::ending::line: take(answer.line); break;
            }
        }
    }

private:
    [[nodiscard]] std::string prompt() const {
        if (splitter_.is_inside()) return "   ...> ";
        return session_.in_transaction() ? "azoth*> " : "azoth> ";
    }
    /// Tells errors, and lets Ctrl-C end what runs on the connection.
    template <class Work>
    bool guarded(Work work) {
        const std::jthread watched = keys_.watch([this] {
            if (!session_.is_paging()) session_.on().cancel();  // in a pager the key is the pager's
        });
        try {
            work();
            return true;
        } catch (const error& e) {
            fmt::print(stderr, "{}\n", told(e));
            return false;
        } catch (const std::exception& e) {
            fmt::print(stderr, "{}\n", e.what());
            return false;
        }
    }
    void take(const std::string& line) {
        if (line.starts_with('\\')) guarded([&] { command(line); });
        else feed(line);
    }
    void feed(const std::string& line) {
        splitter_.feed(line + "\n");
        while (auto statement = splitter_.next()) {
            editor_.remember(*statement + ";");
            const bool done = guarded([&] { session_.run(*statement); });
            if (changes_names(*statement)) names_.forget();
            if (!done && session_.in_transaction()) std::cout << "the transaction is still open\n";
        }
    }
    static bool changes_names(const std::string& statement) {
        const std::string word = first_word(statement);
        return word == "CREATE" || word == "DROP" || word == "ALTER";
    }

    /// A name as completion writes it, in quotes where it needs them.
    static std::string unquoted(const std::string& said) {
        if (said.size() < 2 || said.front() != '"' || said.back() != '"') return said;
        std::string name;
        for (std::size_t i = 1; i + 1 < said.size(); ++i) {
            name += said[i];
            if (said[i] == '"' && said[i + 1] == '"' && i + 2 < said.size()) ++i;
        }
        return name;
    }

    void command(const std::string& line) {
        editor_.remember(line);
        std::istringstream parts{line};
        std::string name;
        parts >> name;
        std::string argument;
        std::getline(parts >> std::ws, argument);
        while (!argument.empty() && (argument.back() == ' ' || argument.back() == ';')) argument.pop_back();
        if (name == "\\q") leave();
        else if (name == "\\?") std::cout << help;
        else if (name == "\\d") describe(argument);
        else if (name == "\\x") toggle(session_.settings().style.expanded, "a line a value");
        else if (name == "\\timing") toggle(session_.settings().timing, "timing");
        else if (name == "\\pager") set_pager(argument);
        else if (name == "\\format") set_format(argument);
        else if (name == "\\i") include(argument);
        else if (name == "\\r") splitter_.clear();
        else throw std::runtime_error{fmt::format("there is no command {}: \\? lists them", name)};
    }
    static void toggle(bool& what, std::string_view name) {
        what = !what;
        fmt::print("{} is {}\n", name, what ? "on" : "off");
    }
    void set_pager(const std::string& said) {
        std::string& pager = session_.settings().pager;
        pager = !said.empty() ? said : pager.empty() ? usual_pager() : "";
        if (pager.empty()) fmt::print("no pager\n");
        else fmt::print("long results go through {}\n", pager);
    }
    void set_format(const std::string& name) {
        const auto format = format_named(name);
        if (!format) throw std::runtime_error{fmt::format("there is no format \"{}\": table, json or csv", name)};
        session_.settings().format = *format;
    }
    void include(const std::string& file) {
        std::ifstream script{file};
        if (!script) throw std::runtime_error{fmt::format("cannot read {}", file)};
        run_script(session_, script, file);
    }

    void describe(const std::string& said) {
        if (said.empty()) return list_tables();
        const std::string name = unquoted(said);
        const inspected found = read_database(session_.on(), {.names = {name}});
        if (found.all.definition().tables.empty() && found.all.definition().views.empty())
            throw std::runtime_error{fmt::format("there is no table or view \"{}\": \\d lists them", name)};
        session_.show([&](std::ostream& to) { write_schema_text(to, found); });
    }
    void list_tables() {
        std::vector<std::vector<std::string>> rows;
        session_.on().with_executor([&](executor& on) {
            for (const auto& name : on.reflect().table_names()) rows.push_back({name, "table"});
            for (const auto& name : on.reflect().view_names()) rows.push_back({name, "view"});
        });
        if (rows.empty()) std::cout << "no tables\n";
        else session_.show({"name", "kind"}, rows);
    }

    /// A transaction that nobody ended is asked about, not lost in silence.
    void leave() {
        is_over_ = true;
        if (!session_.in_transaction()) return;
        const auto answer = editor_.read("A transaction is open. Commit it, roll it back, or stay? [c/r/s] ");
        const bool commits = answer.line == "c" || answer.line == "commit";
        const bool is_lost = answer.how == line_editor::ending::end_of_input || answer.line == "r";
        if (answer.how == line_editor::ending::end_of_input) std::cout << '\n';
        is_over_ = (commits || is_lost) && guarded([&] { session_.run(commits ? "COMMIT" : "ROLLBACK"); });
    }

    sql_session& session_;
    statement_splitter splitter_;
    name_completer names_;
    interrupts keys_{};
    line_editor editor_;
    bool is_over_{};
};

}  // namespace

void run_shell(sql_session& session, const std::string& title) {
    std::cout << title << "\n\\? for help, \\q to leave\n";
    shell{session}.run();
}

void run_script(sql_session& session, std::istream& script, const std::string& name) {
    statement_splitter splitter{quoting_of(session.family())};
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
