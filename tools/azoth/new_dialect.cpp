// azoth new-dialect.
#include "command_line.hpp"
#include "commands.hpp"
#include "dialect_project.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

namespace azoth::command {
namespace {

struct arguments {
    dialect_project wanted{};
    std::string folder{};
};

/// A pair that is offered already would be hidden by what is found first, and a name would go before another dialect's alias. Who brings a
/// further driver for a dialect leaves its URLs without a driver to the one that is there.
void fit_in(dialect_project& wanted) {
    for (const auto& c : dialect_registry::instance().candidates()) {
        if (!c.reason.empty()) continue;
        const plugin_metadata& m = c.metadata;
        if (std::ranges::find(m.aliases, wanted.name) != m.aliases.end())
            throw_error(errc::invalid_argument,
                        fmt::format("{} is another name of the dialect {}, {}: take another one", wanted.name, m.dialect, c.path.string()));
        if (m.dialect != wanted.name) continue;
        if (wanted.driver.empty() || m.driver == wanted.driver)
            throw_error(errc::invalid_argument,
                        fmt::format("there is a dialect {} already, {}: take another name, or say another driver with --driver",
                                    wanted.name, c.path.string()));
        wanted.is_default_driver = false;
    }
}

int make(arguments said) {
    (void)files_of(said.wanted);  // refuses what no dialect can be called
    fit_in(said.wanted);
    const auto files = files_of(said.wanted);
    const std::string folder = said.folder.empty() ? said.wanted.name : said.folder;
    write_project(folder, files);
    fmt::print("{}:\n", folder);
    for (const auto& file : files) fmt::print("  {}\n", file.path.string());
    fmt::print("\nNext:\n  cd {}\n  cmake -S . -B build && cmake --build build\nREADME.md tells how it goes on.\n", folder);
    return 0;
}

}  // namespace

subcommand declare_new_dialect(CLI::App& program) {
    const auto said = std::make_shared<arguments>();
    auto* line = program.add_subcommand("new-dialect", "Write the beginning of a dialect plugin: a project that builds at once");
    line->add_option("NAME", said->wanted.name, "What URLs will call it: lower-case letters, digits and _")->required();
    one_of(line->add_option(
                   "--like", said->wanted.like,
                   "What it begins as: standard SQL with a driver to be written, or another dialect, of which it changes what differs")
               ->capture_default_str(),
           "ansi|sqlite|postgresql|mysql");
    line->add_option("--driver", said->wanted.driver, "What its driver is called (default: the other dialect's, or native)")
        ->type_name("DRIVER");
    line->add_option("--into", said->folder, "The folder to make (default: NAME)")->type_name("FOLDER");
    line->footer(
        "Examples:\n  azoth new-dialect oracle --driver oci\n  azoth new-dialect cockroachdb --like postgresql\n"
        "The guide: framework/docs/writing-a-dialect.md, installed in /usr/share/doc/azoth.");
    return {line, [said] {
                constexpr int usage_error = 2;
                try {
                    return make(*said);
                } catch (const interface_error& e) {
                    fmt::print(stderr, "azoth: {}\n", e.what());
                    return usage_error;
                }
            }};
}

}  // namespace azoth::command
