#include "command_line.hpp"

#include <algorithm>
#include <utility>

namespace azoth::command {

std::string help_layout::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
    // A group that is not the last leaves two empty lines.
    return CLI::detail::find_and_replace(CLI::Formatter::make_help(app, std::move(name), mode), "\n\n\n", "\n\n");
}

std::string help_layout::make_option_opts(const CLI::Option* option) const {
    if (!takes_argument(*option) || option->get_positional()) return {};
    return " " + option->get_type_name() + (option->get_allow_extra_args() ? " ..." : "");
}

std::string help_layout::make_option_desc(const CLI::Option* option) const {
    const std::string& fallback = option->get_default_str();
    return option->get_description() + (fallback.empty() ? "" : " (else " + fallback + ")");
}

bool takes_argument(const CLI::Option& option) { return option.get_items_expected_max() != 0; }

CLI::Option* repeated(CLI::Option* option) { return option->allow_extra_args(false); }

CLI::Option* listed(CLI::Option* option) {
    return repeated(option)->delimiter(',')->transform([](const std::string& name) { return CLI::detail::trim_copy(name); });
}

CLI::Option* one_of(CLI::Option* option, const std::string& words) {
    return option->type_name(words)->check([option, words](const std::string& given) -> std::string {
        const auto all = words_of(*option);
        const bool known = std::ranges::any_of(all, [&](const std::string& word) {
            const std::size_t colon = word.find(':');  // "ddl:DIALECT": what follows the colon is free
            if (colon == std::string::npos) return given == word;
            return given.size() > colon + 1 && given.starts_with(word.substr(0, colon + 1));
        });
        return known ? "" : "there is no \"" + given + "\": " + words;
    });
}

std::vector<std::string> words_of(const CLI::Option& option) {
    const std::string name = option.get_type_name();
    return name.find('|') == std::string::npos ? std::vector<std::string>{} : CLI::detail::split(name, '|');
}

}  // namespace azoth::command
