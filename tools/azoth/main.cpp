// azoth: the command line tool.
#include "command_line.hpp"
#include "commands.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace {

namespace command = azoth::command;

constexpr int usage_error = 2;

void add_search_options(CLI::App& to, command::search_options& search) {
    constexpr const char* group = "Where dialects are looked for";
    command::repeated(to.add_option("--plugin", search.plugins, "A dialect's file, tried before all others; may be said again"))
        ->type_name("FILE")
        ->group(group);
    command::repeated(to.add_option("--folder", search.folders, "A folder with dialects, before the usual ones; may be said again"))
        ->type_name("FOLDER")
        ->group(group);
}

std::vector<command::subcommand> declare_all(CLI::App& program) {
    return {command::declare_sql(program),         command::declare_inspect(program),   command::declare_copy(program),
            command::declare_diff(program),        command::declare_ping(program),      command::declare_dialects(program),
            command::declare_new_dialect(program), command::declare_completion(program)};
}

/// CLI11 says of a misspelt subcommand, or an option before it, that there is none.
bool is_misspelt(const std::string& word, const std::vector<command::subcommand>& all, const CLI::App& program) {
    const bool is_option = word.starts_with('-');
    std::vector<std::string> names;
    if (is_option)
        for (const auto* o : program.get_options()) names.push_back("--" + o->get_lnames().front());
    else
        for (const auto& s : all) names.push_back(s.line->get_name());
    if (std::ranges::find(names, word) != names.end() || (is_option && program.get_option_no_throw(word))) return false;
    fmt::print(stderr, "azoth: there is no {} \"{}\": {}\n", is_option ? "option" : "subcommand", word, fmt::join(names, ", "));
    return true;
}

/// What is wrong with a command line, and where the help is.
std::string told(const CLI::App* program, const CLI::Error& e) {
    std::string name = program->get_name();
    for (const auto* s : program->get_subcommands()) name += " " + s->get_name();
    return fmt::format("azoth: {}; {} --help tells more\n", e.what(), name);
}

int run(int argc, char** argv) {
    CLI::App program{"Azoth: SQL on any database, schemas shown, compared and copied", "azoth"};
    program.set_version_flag("--version", "azoth " AZOTH_VERSION, "Print the version and exit");
    program.set_help_flag("-h,--help", "Print this help and exit");
    program.require_subcommand(1);
    program.formatter(std::make_shared<command::help_layout>());
    program.footer(
        "A database is named by a URL: sqlite:///file.db, postgresql://user:password@host/name, mariadb://...\n"
        "Exit codes: 0 done, 1 failed (of diff: different), 2 wrong use. `man azoth` tells more.");
    program.failure_message(&told);
    command::search_options search;
    const auto all = declare_all(program);
    for (const auto& s : all)
        if (s.uses_dialects) add_search_options(*s.line, search);

    if (argc > 1 && is_misspelt(argv[1], all, program)) return usage_error;
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return program.exit(e) == 0 ? 0 : usage_error;
    }
    command::apply(search);
    const auto chosen = std::ranges::find_if(all, [](const auto& s) { return s.line->parsed(); });
    const int code = chosen->run();
    if (!std::cout.flush() || std::fflush(stdout) != 0) throw std::runtime_error{"standard output takes no more: what is there is cut off"};
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    // Widths of characters are asked of the C library, which knows them in a UTF-8 locale only. Numbers and messages stay as they are.
    if (!std::setlocale(LC_CTYPE, "C.UTF-8")) std::setlocale(LC_CTYPE, "");
    try {
        return run(argc, argv);
    } catch (const azoth::url_error& e) {
        fmt::print(stderr, "azoth: {}\n", e.what());
        return usage_error;
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth: {}\n", e.what());
        return 1;
    }
}
