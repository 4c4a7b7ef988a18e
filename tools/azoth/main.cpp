// azoth: the command line tool.
#include "commands.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>

namespace {

namespace command = azoth::command;

constexpr int usage_error = 2;

void add_search_options(CLI::App& to, command::search_options& search) {
    to.add_option("--plugin", search.plugins, "A dialect's file, tried before all others")->type_name("FILE");
    to.add_option("--folder", search.folders, "A folder with dialects, searched before the usual ones")->type_name("FOLDER");
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

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : usage_error;
    }
    command::apply(search);
    if (*dialects && !why.empty()) return command::explain_dialect(why);
    if (*dialects) command::list_dialects();
    if (*ping) command::ping(target, std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)});
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth: {}\n", e.what());
        return 1;
    }
}
