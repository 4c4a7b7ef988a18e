// azoth sql: a shell, and scripts.
#include "command_line.hpp"
#include "commands.hpp"
#include "paged_output.hpp"
#include "sql_shell.hpp"
#include "text_width.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <unistd.h>

namespace azoth::command {
namespace {

struct sql_options {
    std::string target{};
    std::vector<std::string> files{};       ///< scripts, run first
    std::vector<std::string> statements{};  ///< of -c
    std::string format{"table"};
};

/// An open transaction at a script's end is nobody's decision: it is undone, and said.
void finish(sql_session& session, const std::string& name) {
    if (!session.in_transaction()) return;
    session.abandon();
    throw std::runtime_error{fmt::format("{} ends inside a transaction, which was rolled back: end it with COMMIT or ROLLBACK", name)};
}

void run_text(sql_session& session, const std::string& text, const std::string& name) {
    std::istringstream script{text};
    run_script(session, script, name);
}

void sql(const sql_options& options) {
    const engine db = create_engine(url::parse(options.target));
    const bool is_terminal = isatty(STDOUT_FILENO) != 0;
    const bool is_interactive = options.statements.empty() && options.files.empty() && isatty(STDIN_FILENO) != 0 && is_terminal;

    sql_settings settings;
    settings.format = format_named(options.format).value_or(output_format::table);
    settings.style = {.width = terminal_width(), .lines = is_terminal, .colours = is_terminal && !std::getenv("NO_COLOR")};
    settings.says_counts = settings.format == output_format::table && is_terminal;
    settings.timing = is_interactive;
    if (is_interactive) settings.pager = usual_pager();
    sql_session session{db, settings, std::cout};

    for (const auto& file : options.files) {
        std::ifstream script{file};
        if (!script || std::filesystem::is_directory(file)) throw std::runtime_error{fmt::format("cannot read {}", file)};
        run_script(session, script, file);
        finish(session, file);
    }
    for (const auto& statement : options.statements) run_text(session, statement, "-c");
    if (!options.statements.empty()) finish(session, "-c");
    if (!options.statements.empty() || !options.files.empty()) return;
    if (is_interactive)
        return run_shell(session,
                         fmt::format("{} ({} {})", db.url().to_string(), session.server().server, session.server().server_version));
    run_script(session, std::cin, "standard input");
    finish(session, "standard input");
}

}  // namespace

subcommand declare_sql(CLI::App& program) {
    const auto said = std::make_shared<sql_options>();
    auto* line = program.add_subcommand("sql", "Run SQL: a shell on a terminal, else scripts from files, -c or standard input");
    line->add_option("URL", said->target, "The database, such as postgresql://user@host/name")->required();
    line->add_option("FILE", said->files, "Scripts to run, one after another");
    repeated(line->add_option("-c,--command", said->statements, "Statements to run, in place of a shell; may be said again"))
        ->type_name("SQL");
    one_of(line->add_option("--format", said->format, "How rows are written"), "table|json|csv")->capture_default_str();
    line->footer(
        "The first error ends a script, with exit code 1.\n"
        "Examples:\n  azoth sql sqlite:///shop.db\n  azoth sql sqlite:///shop.db -c 'SELECT * FROM item' --format csv\n"
        "  azoth sql postgresql://ann@db.example/shop < changes.sql");
    return {line, [said] {
                sql(*said);
                return 0;
            }};
}

}  // namespace azoth::command
