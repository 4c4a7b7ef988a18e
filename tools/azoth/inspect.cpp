// azoth inspect and azoth diff.
#include "inspect.hpp"

#include "commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <sstream>

namespace azoth::command {
namespace {

constexpr std::array<std::string_view, 6> formats{"text", "ddl", "cpp", "mermaid", "dot", "svg"};

struct closed {
    void operator()(FILE* pipe) const noexcept { pclose(pipe); }
};

/// Graphviz draws it: its `dot` reads what we write, and writes to our standard output.
void draw(const std::string& dot) {
    std::cout.flush();
    const std::unique_ptr<FILE, closed> pipe{popen("dot -Tsvg", "w")};
    if (!pipe) throw std::runtime_error{"cannot start Graphviz's dot"};
    std::fwrite(dot.data(), 1, dot.size(), pipe.get());
    // The shell tells 127 where there is no such program; its message is on standard error already.
}

bool has_graphviz() { return std::system("command -v dot >/dev/null 2>&1") == 0; }

}  // namespace

std::string check_inspect_format(const std::string& name) {
    if (name.starts_with("ddl:") && name.size() > 4) return {};
    for (const auto f : formats)
        if (name == f) return {};
    return fmt::format("there is no format \"{}\": text, ddl, ddl:DIALECT, cpp, mermaid, dot or svg", name);
}

void inspect(const inspect_options& options) {
    if (options.as == "svg" && !has_graphviz())
        throw std::runtime_error{"--as svg needs Graphviz: apt-get install graphviz, or take --as mermaid"};
    const engine db = create_engine(url::parse(options.target));
    const inspected found = read_database(db, {.schema = options.schema, .names = options.tables});
    for (const auto& wanted : options.tables) {
        const auto& all = found.all.definition();
        const bool there = std::ranges::any_of(all.tables, [&](const auto& t) { return t->node->name == wanted; }) ||
                           std::ranges::any_of(all.views, [&](const auto& v) { return v.name.name == wanted; });
        if (!there) throw std::runtime_error{fmt::format("there is no table or view \"{}\" in {}", wanted, db.url().to_string())};
    }
    if (options.as == "text") write_schema_text(std::cout, found);
    else if (options.as == "cpp") write_schema_cpp(std::cout, found);
    else if (options.as == "mermaid") write_schema_mermaid(std::cout, found);
    else if (options.as == "dot") write_schema_dot(std::cout, found);
    else if (options.as == "svg") {
        std::ostringstream dot;
        write_schema_dot(dot, found);
        draw(dot.str());
    } else write_schema_ddl(std::cout, found, options.as == "ddl" ? std::string{} : options.as.substr(4));
}

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
                        {.comments = options.comments && on.server_profile().can.comments, .constraint_names = options.names});
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

}  // namespace azoth::command
