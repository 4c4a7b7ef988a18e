// azoth diff.
#include "command_line.hpp"
#include "commands.hpp"
#include "copy_losses.hpp"
#include "inspect.hpp"
#include "text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
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
    bool are_of_one_kind{};
};

/// The enumeration that the other schema has in the same column, where it has the same labels; else null.
const type* same_enumeration(const table_definition& of, const column_spec& column, const schema_definition& other) {
    if (column.type.kind != type_kind::enumeration || !column.type.rare) return nullptr;
    const auto table = std::ranges::find_if(other.tables, [&](const table_ptr& t) { return t->name() == of.name(); });
    if (table == other.tables.end()) return nullptr;
    const auto& columns = (*table)->node->columns;
    const auto found = std::ranges::find(columns, column.name, &column_spec::name);
    const bool is_same = found != columns.end() && found->type.kind == type_kind::enumeration && found->type.rare &&
                         found->type.rare->labels == column.type.rare->labels;
    return is_same ? &found->type : nullptr;
}

/// Calls enumerations as another schema does. Where they are no types of the database's, their names are made up by who reads them.
void name_enumerations(schema_definition& all, const schema_definition& as) {
    const auto name_of = [](const type& t) { return object_name{t.rare->schema, t.rare->name}; };
    for (auto& t : all.tables) {
        auto columns = t->node->columns;
        for (auto& c : columns) {
            const type* wanted = same_enumeration(*t, c, as);
            if (!wanted) continue;
            const auto known = std::ranges::find(all.enums, name_of(c.type), &enum_definition::name);
            if (known != all.enums.end()) known->name = name_of(*wanted);
            c.type = *wanted;
        }
        auto changed = std::make_shared<table_definition>(*t);
        changed->node = make_node<const table_node>(t->node->name, t->node->schema, std::move(columns), t->node->keys);
        t = std::move(changed);
    }
    std::vector<enum_definition> each;
    for (auto& e : all.enums)
        if (std::ranges::find(each, e.name, &enum_definition::name) == each.end()) each.push_back(std::move(e));
    all.enums = std::move(each);
}

two_schemas read_both(const engine& first, const engine& second, const reflection_request& request) {
    const inspected a = read_database(first, request);
    inspected b = read_database(second, request);
    portable_schema moved = portable_to(a.all.definition(), a.family, b.server, b.family);
    if (!a.server.can.schema.enum_types && b.server.can.schema.enum_types) name_enumerations(moved.schema, b.all.definition());
    std::vector<reflection_note> left_out = a.all.notes();
    left_out.insert(left_out.end(), b.all.notes().begin(), b.all.notes().end());
    const bool are_of_one_kind = a.family == b.family;
    return {std::move(moved), std::move(left_out), std::move(b), are_of_one_kind};
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

/// What is neither compared nor changed, a line for all objects of which the same is said.
void write_left_out(const two_schemas& two, std::string_view before) {
    const auto write = [&](const std::string& why, const std::vector<reflection_note>& notes) {
        for (const auto& line : grouped_notes(notes, two.first.schema)) fmt::print("{}{}: {}\n", before, why, printable(line));
    };
    write("not looked at", two.left_out);
    write("not on " + two.second.server.server, two.first.lost);
}

/// What the DDL does not change.
std::vector<schema_difference> differences_of_storage(const two_schemas& two, const executor& on) {
    if (!two.are_of_one_kind) return {};
    return compare_storage(two.first.schema, two.second.all.definition(), on.server_profile());
}

int write_text(const two_schemas& two, executor& on, const compare_options& how) {
    auto found = compare(on, two.first.schema, two.second.all.definition(), how);
    std::ranges::move(differences_of_storage(two, on), std::back_inserter(found));
    write_left_out(two, "  ");
    for (const auto& d : found) write_difference(d);
    return found.empty() ? 0 : 1;
}

int write_ddl(const two_schemas& two, executor& on, const compare_options& how) {
    schema_changes made = changes_between(on, two.second.all.definition(), two.first.schema, how);
    for (const auto& d : differences_of_storage(two, on)) {
        made.impossible.emplace_back();
        made.impossible.back().of = d.of;
        made.impossible.back().what = fmt::format("{} stays as it is: {}", d.what, d.after.empty() ? "nothing" : d.after);
    }
    if (made.empty()) return 0;
    write_left_out(two, "-- ");
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
    const compare_options how{.comments = !options.no_comments && two.second.server.can.comments,
                              .constraint_names = options.names,
                              .across_kinds = !two.are_of_one_kind};
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
