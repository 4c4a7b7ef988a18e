#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace azoth::command {

/// A subcommand on the command line: its name, help and options, and what it does once they have been read.
struct subcommand {
    CLI::App* line;
    std::function<int()> run;  ///< returns the exit code; what it throws is told, with exit code 1
    bool uses_dialects{true};
};

/// Each adds itself to the program. What its options say lives as long as `run`.
subcommand declare_dialects(CLI::App& program);
subcommand declare_new_dialect(CLI::App& program);
subcommand declare_ping(CLI::App& program);
subcommand declare_sql(CLI::App& program);
subcommand declare_inspect(CLI::App& program);
subcommand declare_copy(CLI::App& program);
subcommand declare_diff(CLI::App& program);
subcommand declare_completion(CLI::App& program);

/// Where to look for dialects before the usual places.
struct search_options {
    std::vector<std::string> plugins{};
    std::vector<std::string> folders{};
};
void apply(const search_options& search);

}  // namespace azoth::command
