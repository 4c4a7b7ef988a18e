// azoth diff.
#include "command_line.hpp"
#include "commands.hpp"
#include "inspect.hpp"
#include "text_width.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace azoth::command {
namespace {

constexpr int trouble = 2;

struct diff_options {
    std::string first{};
    std::string second{};
    std::string schema{};
    std::string as{"text"};
    bool names{};
    bool no_comments{};
};

/// Two databases in the words of the second: the first as it would be if it were moved there.
struct two_schemas {
    portable_schema first{};
    std::vector<reflection_note> left_out{};  ///< of either
    inspected second{};
};

two_schemas read_both(const engine& first, const engine& second, const reflection_request& request) {
    const inspected a = read_database(first, request);
    inspected b = read_database(second, request);
    portable_schema moved = portable_to(a.all.definition(), a.family, b.server, b.family);
    std::vector<reflection_note> left_out = a.all.notes();
    left_out.insert(left_out.end(), b.all.notes().begin(), b.all.notes().end());
    return {std::move(moved), std::move(left_out), std::move(b)};
}

/// A line each, whatever names and defaults hold.
void write_difference(const schema_difference& d) {
    const std::string name = printable(to_string(d.of));
    const std::string what = printable(d.what);
    const auto shown = [](const std::string& text) { return text.empty() ? "nothing" : printable(text); };
    if (d.kind == schema_difference::kinds::missing) fmt::print("- {}: {}\n", name, what);
    else if (d.kind == schema_difference::kinds::extra) fmt::print("+ {}: {}\n", name, what);
    else fmt::print("~ {}: {}: {} -> {}\n", name, what, shown(d.before), shown(d.after));
}

int write_text(const two_schemas& two, const executor& on, const compare_options& how) {
    const auto found = compare(two.first.schema, two.second.all.definition(), on.rules(), on.server_profile(), how);
    for (const auto& n : two.left_out) fmt::print("  not looked at: {}: {}\n", printable(n.of.name), printable(n.what));
    for (const auto& n : two.first.lost)
        fmt::print("  not on {}: {}: {}\n", two.second.server.server, printable(n.of.name), printable(n.what));
    for (const auto& d : found) write_difference(d);
    return found.empty() ? 0 : 1;
}

void write_remark(const std::string& kind, const reflection_note& note) {
    fmt::print("-- {}: {}: {}\n", kind, printable(note.of.name), printable(note.what));
}

int write_ddl(const two_schemas& two, const executor& on, const compare_options& how) {
    const schema_changes made = changes_between(two.second.all.definition(), two.first.schema, on.rules(), on.server_profile(), how);
    if (made.empty()) return 0;
    for (const auto& n : two.left_out) write_remark("not looked at", n);
    for (const auto& n : two.first.lost) write_remark("not on " + two.second.server.server, n);
    fmt::print("{}", script_of(made, on.rules(), on.server_profile()));
    for (const auto& n : made.impossible) fmt::print(stderr, "azoth: not done: {}: {}\n", printable(to_string(n.of)), printable(n.what));
    return made.impossible.empty() ? 1 : 2;
}

/// How the second database's schema differs from the first's, or the DDL that makes the second's like the first's. Returns the exit code: 1
/// where they differ, 2 where the second's server cannot do all of it.
int diff(const diff_options& options) {
    const engine first = create_engine(existing(options.first));
    const engine second = create_engine(existing(options.second));
    const two_schemas two = read_both(first, second, {.schema = options.schema});
    const compare_options how{.comments = !options.no_comments && two.second.server.can.comments, .constraint_names = options.names};
    int code = 0;
    second.with_executor([&](executor& on) { code = options.as == "ddl" ? write_ddl(two, on, how) : write_text(two, on, how); });
    return code;
}

}  // namespace

subcommand declare_diff(CLI::App& program) {
    const auto said = std::make_shared<diff_options>();
    auto* line = program.add_subcommand("diff", "Tell how the schemas of two databases differ, or write what makes them equal");
    line->add_option("FIRST", said->first, "A database")->required();
    line->add_option("SECOND", said->second, "Another one")->required();
    one_of(line->add_option("--as", said->as, "What to write; ddl makes the second like the first"), "text|ddl")->capture_default_str();
    line->add_option("--schema", said->schema, "The schema in both")->type_name("NAME");
    line->add_flag("--names", said->names, "Constraints and indexes have to have the same names, too");
    line->add_flag("--no-comments", said->no_comments, "Comments may differ");
    line->footer(
        "Exit codes, as diff has them: 0 the same, 1 different, 2 trouble.\n"
        "Examples:\n  azoth diff sqlite:///old.db postgresql://ann@db.example/shop\n"
        "  azoth diff --as ddl sqlite:///wanted.db sqlite:///shop.db > changes.sql");
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
