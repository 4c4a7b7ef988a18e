// azoth inspect.
#include "inspect.hpp"

#include "command_line.hpp"
#include "commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <unistd.h>

namespace azoth::command {
namespace {

struct inspect_options {
    std::string target{};
    std::string schema{};
    std::vector<std::string> tables{};  ///< empty: all
    std::string as{"text"};             ///< one of `forms`
};

constexpr const char* forms = "text|ddl|ddl:DIALECT|cpp|mermaid|dot|svg";

/// The diagram's colours where the viewer's are dark: what `write_schema_dot` paints, by its light colour.
constexpr std::string_view dark_colours = R"(<style>@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } text[fill="#486581"] { fill: #9fb3c8 } text[fill="#627d98"] { fill: #829ab1 }
  polygon[fill="white"] { fill: #0d1117 } polygon[fill="#ffffff"] { fill: #161b22 } polygon[fill="#f5f7fa"] { fill: #1c2128 }
  polygon[fill="#fdf6e3"] { fill: #2d2a1e } polygon[fill="#334e68"] { fill: #243b53 }
  [stroke="#9aa5b1"], polyline[stroke="#9aa5b1"] { stroke: #486581 }
}</style>
)";

struct closed {
    void operator()(FILE* pipe) const noexcept { pclose(pipe); }
};

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, closed> pipe{popen(command.c_str(), "r")};
    if (!pipe) throw std::runtime_error{"cannot start Graphviz's dot"};
    std::string all;
    std::array<char, 65536> some{};
    while (const std::size_t n = std::fread(some.data(), 1, some.size(), pipe.get())) all.append(some.data(), n);
    return all;
}

/// Graphviz draws it.
void draw(const std::string& dot) {
    std::string file = std::filesystem::temp_directory_path() / "azoth-XXXXXX";
    const int made = mkstemp(file.data());
    if (made < 0) throw std::runtime_error{fmt::format("cannot write {}", file)};
    close(made);
    std::ofstream{file} << dot;
    std::string svg = output_of("dot -Tsvg '" + file + "'");
    std::filesystem::remove(file);
    const std::size_t root = svg.find("<svg");
    if (root == std::string::npos) throw std::runtime_error{"Graphviz's dot has drawn nothing"};
    svg.insert(svg.find('>', root) + 2, dark_colours);
    std::cout << svg;
}

bool has_graphviz() { return std::system("command -v dot >/dev/null 2>&1") == 0; }

void inspect(const inspect_options& options) {
    if (options.as == "svg" && !has_graphviz())
        throw std::runtime_error{"--as svg needs Graphviz: apt-get install graphviz, or take --as mermaid"};
    const engine db = create_engine(existing(options.target));
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
