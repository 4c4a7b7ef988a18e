// azoth inspect.
#include "inspect.hpp"

#include "command_line.hpp"
#include "commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <sstream>

namespace azoth::command {
namespace {

struct inspect_options {
    std::string target{};
    std::string schema{};
    std::vector<std::string> tables{};  ///< empty: all
    std::string as{"text"};             ///< one of `forms`
};

constexpr const char* forms = "text|ddl|ddl:DIALECT|cpp|mermaid|dot|svg";

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

}  // namespace

subcommand declare_inspect(CLI::App& program) {
    const auto said = std::make_shared<inspect_options>();
    auto* line = program.add_subcommand("inspect", "Show a database's schema: for people, as SQL, as C++ or as a diagram");
    line->add_option("URL", said->target, "The database")->required();
    repeated(line->add_option("--table", said->tables, "Only this table or view; may be said again"))->type_name("NAME");
    line->add_option("--schema", said->schema, "The schema; the connection's own where it is not said")->type_name("NAME");
    one_of(line->add_option("--as", said->as, "What to write"), forms)->capture_default_str();
    line->footer(
        "Examples:\n  azoth inspect sqlite:///shop.db\n  azoth inspect postgresql://ann@db.example/shop --as ddl:sqlite\n"
        "  azoth inspect sqlite:///shop.db --as cpp > shop.hpp\n  azoth inspect sqlite:///shop.db --as svg > shop.svg");
    return {line, [said] {
                inspect(*said);
                return 0;
            }};
}

}  // namespace azoth::command
