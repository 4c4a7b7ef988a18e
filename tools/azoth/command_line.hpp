#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace azoth::command {

/// How the help looks: a line an option, with its argument's name, and its default behind what it does.
class help_layout : public CLI::Formatter {
public:
    help_layout() { column_width(28); }
    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
    std::string make_option_opts(const CLI::Option* option) const override;
    std::string make_option_desc(const CLI::Option* option) const override;
};

/// Whether it is no flag.
bool takes_argument(const CLI::Option& option);

/// An option that may be given again, with one argument each time: not one that takes all words behind it, and the URL among them.
CLI::Option* repeated(CLI::Option* option);

/// An option of names with commas between, blanks around which are none of theirs.
CLI::Option* listed(CLI::Option* option);

/// Only these words are taken. They are the name of the argument in the help ("table|json|csv"), and what shells complete.
CLI::Option* one_of(CLI::Option* option, const std::string& words);

/// The words that an argument's name lists; none where it is a name.
std::vector<std::string> words_of(const CLI::Option& option);

}  // namespace azoth::command
