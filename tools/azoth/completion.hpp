#pragma once

#include <iosfwd>

namespace CLI {
class App;
}

namespace azoth::command {

/// Scripts by which shells complete the program's subcommands and options, made of what these say of themselves. An argument called FILE or
/// FOLDER is completed with those, one called "a|b" with its words, and others not at all.
void write_bash_completion(std::ostream& to, const CLI::App& program);
void write_zsh_completion(std::ostream& to, const CLI::App& program);
void write_fish_completion(std::ostream& to, const CLI::App& program);

}  // namespace azoth::command
