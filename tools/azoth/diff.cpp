// azoth diff.
#include "command_line.hpp"
#include "commands.hpp"
#include "inspect.hpp"

#include <fmt/format.h>

#include <memory>

namespace azoth::command {
namespace {

constexpr int trouble = 2;

struct diff_options {
    std::string first{};
    std::string second{};
    std::string schema{};
    bool names{};
    bool no_comments{};
};

/// How the second database's schema differs from the first's. Returns the exit code: 1 where it does.
int diff(const diff_options& options) {
    const engine first = create_engine(url::parse(options.first));
    const engine second = create_engine(url::parse(options.second));
    const reflection_request request{.schema = options.schema};
    const inspected a = read_database(first, request);
    const inspected b = read_database(second, request);
    std::vector<schema_difference> found;
    portable_schema made;
    second.with_executor([&](executor& on) {
        made = portable_to(a.all.definition(), a.family, on.server_profile(), b.family);
        found = compare(made.schema, b.all.definition(), on.rules(), on.server_profile(),
                        {.comments = !options.no_comments && on.server_profile().can.comments, .constraint_names = options.names});
    });
    for (const auto& n : made.lost) fmt::print("  not on {}: {}: {}\n", b.server.server, n.of.name, n.what);
    for (const auto& d : found) {
        const std::string name = to_string(d.of);
        if (d.kind == schema_difference::kinds::missing) fmt::print("- {}: {}\n", name, d.what);
        else if (d.kind == schema_difference::kinds::extra) fmt::print("+ {}: {}\n", name, d.what);
        else
            fmt::print("~ {}: {}: {} -> {}\n", name, d.what, d.before.empty() ? "nothing" : d.before,
                       d.after.empty() ? "nothing" : d.after);
    }
    return found.empty() ? 0 : 1;
}

}  // namespace

subcommand declare_diff(CLI::App& program) {
    const auto said = std::make_shared<diff_options>();
    auto* line = program.add_subcommand("diff", "Tell how the schemas of two databases differ");
    line->add_option("FIRST", said->first, "A database")->required();
    line->add_option("SECOND", said->second, "Another one")->required();
    line->add_option("--schema", said->schema, "The schema in both")->type_name("NAME");
    line->add_flag("--names", said->names, "Constraints and indexes have to have the same names, too");
    line->add_flag("--no-comments", said->no_comments, "Comments may differ");
    line->footer(
        "Exit codes, as diff has them: 0 the same, 1 different, 2 trouble.\n"
        "Example:\n  azoth diff sqlite:///old.db postgresql://ann@db.example/shop");
    return {line, [said] {
                try {
                    return diff(*said);
                } catch (const std::exception& e) {
                    fmt::print(stderr, "azoth: {}\n", e.what());
                    return trouble;
                }
            }};
}

}  // namespace azoth::command
