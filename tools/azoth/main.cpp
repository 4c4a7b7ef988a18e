// azoth: the command line tool.
#include "commands.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <clocale>
#include <cstdio>

namespace {

namespace command = azoth::command;

constexpr int usage_error = 2;

void add_search_options(CLI::App& to, command::search_options& search) {
    to.add_option("--plugin", search.plugins, "A dialect's file, tried before all others")->type_name("FILE");
    to.add_option("--folder", search.folders, "A folder with dialects, searched before the usual ones")->type_name("FOLDER");
}

/// As diff(1) has it: 0 the same, 1 different, 2 trouble.
int compared(const command::diff_options& two) {
    try {
        return command::diff(two);
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth: {}\n", e.what());
        return usage_error;
    }
}

int run(int argc, char** argv) {
    CLI::App app{"Azoth: look at dialects and databases"};
    app.set_version_flag("--version", "azoth " AZOTH_VERSION);
    app.require_subcommand(1);

    command::search_options search;
    std::string why;
    auto* dialects =
        app.add_subcommand("dialects", "List the dialects that are found, where, their versions, and what is wrong with the others");
    dialects->add_option("--why", why, "Tell how this dialect (or dialect+driver) is looked up and why it can or cannot be used")
        ->type_name("NAME");
    add_search_options(*dialects, search);

    std::string target;
    double seconds = 10;
    auto* ping = app.add_subcommand("ping", "Open a database and tell server, version and what it can do");
    ping->add_option("URL", target, "The database, such as sqlite:///file.db")->required();
    ping->add_option("--timeout", seconds, "Seconds to wait for an answer")->capture_default_str()->check(CLI::Range(0.001, 86400.0));
    add_search_options(*ping, search);

    command::sql_options query;
    auto* sql = app.add_subcommand("sql", "Run SQL: a shell on a terminal, else scripts from files, -c or standard input");
    sql->add_option("URL", query.target, "The database, such as postgresql://user@host/name")->required();
    sql->add_option("FILE", query.files, "Scripts to run, one after another")->check(CLI::ExistingFile);
    sql->add_option("-c,--command", query.statements, "Statements to run, in place of a shell")->type_name("SQL");
    sql->add_option("--format", query.format, "How rows are written")
        ->capture_default_str()
        ->check(CLI::IsMember({"table", "json", "csv"}));
    sql->footer(
        "Examples:\n  azoth sql sqlite:///shop.db\n  azoth sql sqlite:///shop.db -c 'SELECT * FROM item' --format csv\n"
        "  azoth sql postgresql://ann@db.example/shop < changes.sql");
    add_search_options(*sql, search);

    command::inspect_options look;
    auto* inspect = app.add_subcommand("inspect", "Show a database's schema: for people, as SQL, as C++ or as a diagram");
    inspect->add_option("URL", look.target, "The database")->required();
    inspect->add_option("--table", look.tables, "Only this table or view; may be said again")->type_name("NAME");
    inspect->add_option("--schema", look.schema, "The schema; the connection's own where it is not said")->type_name("NAME");
    inspect->add_option("--as", look.as, "text, ddl, ddl:DIALECT, cpp, mermaid, dot or svg")
        ->capture_default_str()
        ->check(command::check_inspect_format);
    inspect->footer(
        "Examples:\n  azoth inspect sqlite:///shop.db\n  azoth inspect postgresql://ann@db.example/shop --as ddl:sqlite\n"
        "  azoth inspect sqlite:///shop.db --as cpp > shop.hpp\n  azoth inspect sqlite:///shop.db --as svg > shop.svg");
    add_search_options(*inspect, search);

    command::copy_options move;
    auto* copy = app.add_subcommand("copy", "Copy schema and rows to another database, of any dialect");
    copy->add_option("SOURCE", move.source, "The database to read")->required();
    copy->add_option("TARGET", move.target, "The database to write to")->required();
    copy->add_option("--tables", move.tables, "Only these tables")->type_name("NAME")->delimiter(',');
    copy->add_option("--schema", move.schema, "The schema to read")->type_name("NAME");
    copy->add_option("--jobs", move.jobs, "Tables at a time")->capture_default_str()->check(CLI::Range(1, 64));
    copy->add_flag("--verify", move.verify, "Read both afterwards, and compare every value");
    copy->add_flag("--strict", move.strict, "Copy nothing where something would be lost");
    copy->footer(
        "An interrupted copy goes on where it was when the same command is given again.\nExamples:\n"
        "  azoth copy sqlite:///shop.db postgresql://ann@db.example/shop --verify\n"
        "  azoth copy mariadb://ann@db.example/shop sqlite:///shop.db --tables item,price");
    add_search_options(*copy, search);

    command::diff_options two;
    auto* diff = app.add_subcommand("diff", "Tell how the schemas of two databases differ; the exit code is 1 where they do");
    diff->add_option("FIRST", two.first, "A database")->required();
    diff->add_option("SECOND", two.second, "Another one")->required();
    diff->add_option("--schema", two.schema, "The schema in both")->type_name("NAME");
    diff->add_flag("--names", two.names, "Constraints and indexes have to have the same names, too");
    diff->add_flag("!--no-comments", two.comments, "Comments may differ");
    add_search_options(*diff, search);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : usage_error;
    }
    command::apply(search);
    if (*dialects && !why.empty()) return command::explain_dialect(why);
    if (*dialects) command::list_dialects();
    if (*sql) command::sql(query);
    if (*inspect) command::inspect(look);
    if (*copy) command::copy(move);
    if (*diff) return compared(two);
    if (*ping) command::ping(target, std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)});
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Widths of characters are asked of the C library, which knows them in a UTF-8 locale only. Numbers and messages stay as they are.
    if (!std::setlocale(LC_CTYPE, "C.UTF-8")) std::setlocale(LC_CTYPE, "");
    try {
        return run(argc, argv);
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth: {}\n", e.what());
        return 1;
    }
}
