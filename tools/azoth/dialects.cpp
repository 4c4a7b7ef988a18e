// azoth dialects.
#include "command_line.hpp"
#include "commands.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace azoth::command {
namespace {

using line = std::array<std::string, 6>;

void print_columns(const std::vector<line>& lines) {
    std::array<std::size_t, std::tuple_size_v<line>> widths{};
    for (const auto& l : lines)
        for (std::size_t i = 0; i < l.size(); ++i) widths[i] = std::max(widths[i], l[i].size());
    for (const auto& l : lines) {
        std::string text;
        for (std::size_t i = 0; i < l.size(); ++i) text += i + 1 == l.size() ? l[i] : fmt::format("{:<{}}  ", l[i], widths[i]);
        fmt::print("{}\n", text);
    }
}

std::string names_of(const plugin_metadata& m) {
    return m.aliases.empty() ? m.dialect : fmt::format("{} ({})", m.dialect, fmt::join(m.aliases, ", "));
}

line line_of(const plugin_candidate& c) {
    const plugin_metadata& m = c.metadata;
    const std::string file = c.path.empty() ? "(part of the program)" : c.path.string();
    return {names_of(m), m.driver + (m.is_default_driver ? " *" : ""), m.version, m.client_library, c.found_in, file};
}

void print_refused(const std::vector<plugin_candidate>& all) {
    bool first = true;
    for (const auto& c : all) {
        if (c.reason.empty()) continue;
        if (std::exchange(first, false)) fmt::print("\nNot usable:\n");
        fmt::print("  {} ({})\n    {} [{}]\n", c.path.string(), c.found_in, c.reason, code_name(c.problem));
    }
}

void list_dialects() {
    const auto all = dialect_registry::instance().candidates();
    std::vector<line> lines{{"DIALECT", "DRIVER", "VERSION", "CLIENT LIBRARY", "FOUND", "FILE"}};
    for (const auto& c : all)
        if (c.reason.empty()) lines.push_back(line_of(c));
    if (lines.size() == 1)
        fmt::print(
            "No dialect can be used. Dialects are files named azoth-dialect-<dialect>-<driver>.so; --folder or AZOTH_PLUGIN_PATH says "
            "where they are.\n");
    else print_columns(lines);
    print_refused(all);
    if (lines.size() > 1) fmt::print("\n* the dialect's default driver\n");
}

/// Tells the story of one look-up. Returns the exit code: 1 where the dialect cannot be used.
int explain_dialect(const std::string& name) {
    auto& registry = dialect_registry::instance();
    const std::string story = registry.explain(name);
    fmt::print("{}\n", story);
    try {
        (void)registry.find(name);  // loads it: only then the loader's own reasons are known
        return 0;
    } catch (const plugin_error& e) {
        const bool is_told = e.code() == errc::plugin_not_found || story.find(e.message()) != std::string::npos;
        if (!is_told) fmt::print("\n{}\n", e.what());
        return 1;
    }
}

}  // namespace

void apply(const search_options& search) {
    auto& registry = dialect_registry::instance();
    for (const auto& file : search.plugins) registry.add_plugin(file);
    for (const auto& folder : search.folders) registry.add_folder(folder);
}

subcommand declare_dialects(CLI::App& program) {
    const auto why = std::make_shared<std::string>();
    auto* line = program.add_subcommand("dialects", "List the dialects that are found, and what is wrong with the others");
    line->add_option("--why", *why, "Tell how this dialect (or dialect+driver) is looked up, and why it can or cannot be used")
        ->type_name("NAME");
    line->footer(
        "Exit code 1: the dialect of --why cannot be used.\n"
        "Examples:\n  azoth dialects\n  azoth dialects --why postgres");
    return {line, [why] {
                if (!why->empty()) return explain_dialect(*why);
                list_dialects();
                return 0;
            }};
}

}  // namespace azoth::command
