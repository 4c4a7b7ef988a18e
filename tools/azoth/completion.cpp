// azoth completion.
#include "completion.hpp"

#include "command_line.hpp"
#include "commands.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <ostream>

namespace azoth::command {
namespace {

enum class argument { none, free, file, folder, words };

struct described_option {
    std::vector<std::string> names{};  ///< with their dashes
    argument takes{};
    std::string argument_name{};
    std::vector<std::string> words{};
    std::string about{};
    bool is_positional{};
    bool is_repeated{};
};

std::string escaped(std::string_view text, std::string_view special) {
    std::string made;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) made += '\\';
        made += c;
    }
    return made;
}

/// In single quotes, as a POSIX shell and zsh take it.
std::string in_quotes(std::string_view text) {
    std::string made{"'"};
    for (const char c : text) made += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    return made + "'";
}

/// "ddl:DIALECT" is begun, not ended.
std::vector<std::string> begun(std::vector<std::string> words) {
    for (auto& w : words)
        if (const auto colon = w.find(':'); colon != std::string::npos) w.resize(colon + 1);
    return words;
}

described_option described(const CLI::Option& option) {
    described_option made;
    for (const auto& name : option.get_snames()) made.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) made.names.push_back("--" + name);
    made.is_positional = option.get_positional();
    made.argument_name = made.is_positional ? option.get_name(true) : option.get_type_name();
    made.words = begun(words_of(option));
    made.about = option.get_description();
    made.is_repeated = option.get_expected_max() > 1;
    if (!takes_argument(option)) made.takes = argument::none;
    else if (!made.words.empty()) made.takes = argument::words;
    else if (made.argument_name == "FILE") made.takes = argument::file;
    else if (made.argument_name == "FOLDER") made.takes = argument::folder;
    else made.takes = argument::free;
    return made;
}

std::vector<described_option> options_of(const CLI::App& app) {
    std::vector<described_option> all;
    for (const CLI::Option* o : app.get_options([](const CLI::Option*) { return true; })) all.push_back(described(*o));
    return all;
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& program) {
    return program.get_subcommands([](const CLI::App*) { return true; });
}

std::string option_names(const CLI::App& app) {
    std::string all;
    for (const auto& o : options_of(app))
        if (!o.is_positional) all += fmt::format("{}{}", all.empty() ? "" : " ", fmt::join(o.names, " "));
    return all;
}

/// What bash's compgen is asked for an argument.
std::string bash_source(const described_option& o) {
    switch (o.takes) {
        case argument::file: return "-f";
        case argument::folder: return "-d";
        case argument::words: return "-W " + in_quotes(fmt::format("{}", fmt::join(o.words, " ")));
        default: return {};
    }
}

void write_bash_subcommand(std::ostream& to, const CLI::App& app) {
    to << "        " << app.get_name() << ")\n            case $before in\n";
    std::string positional;
    for (const auto& o : options_of(app)) {
        const std::string source = bash_source(o);
        if (o.is_positional && !source.empty()) positional = " $(compgen " + source + " -- \"$word\")";
        if (o.is_positional || o.takes == argument::none) continue;
        to << fmt::format("                {}) {} ;;\n", fmt::join(o.names, "|"),
                          source.empty() ? "return" : "COMPREPLY=($(compgen " + source + " -- \"$word\")); return");
    }
    to << "            esac\n            COMPREPLY=($(compgen -W " << in_quotes(option_names(app)) << " -- \"$word\")";
    if (!positional.empty()) to << positional;
    to << ") ;;\n";
}

std::string zsh_action(const described_option& o) {
    switch (o.takes) {
        case argument::file: return "_files";
        case argument::folder: return "_files -/";
        case argument::words: return fmt::format("({})", escaped(fmt::format("{}", fmt::join(o.words, " ")), ":"));
        default: return {};
    }
}

std::string zsh_spec(const described_option& o) {
    const std::string action = zsh_action(o);
    if (o.is_positional) return in_quotes(fmt::format("{}:{}:{}", o.is_repeated ? "*" : "", o.argument_name, action));
    std::string name;
    const std::string others = o.names.size() == 1 ? "" : fmt::format("({})", fmt::join(o.names, " "));
    if (o.is_repeated && o.takes != argument::none) name = "'*'";
    else if (!others.empty()) name = in_quotes(others);
    name += o.names.size() == 1 ? o.names.front() : fmt::format("{{{}}}", fmt::join(o.names, ","));
    std::string rest = "[" + escaped(o.about, "[]:") + "]";
    if (o.takes != argument::none)
        rest += ":" + escaped((o.takes == argument::words ? std::string{"word"} : o.argument_name), ":") + ":" + action;
    return name + in_quotes(rest);
}

std::string fish_text(std::string_view text) { return "'" + escaped(text, "\\'") + "'"; }

std::string fish_option(const described_option& o) {
    std::string made;
    for (const auto& n : o.names) made += n.starts_with("--") ? " -l " + n.substr(2) : " -s " + n.substr(1);
    switch (o.takes) {
        case argument::none: break;
        case argument::file: made += o.is_positional ? " -F" : " -r -F"; break;
        case argument::folder: made += " -x -a '(__fish_complete_directories)'"; break;
        case argument::words: made += " -x -a " + fish_text(fmt::format("{}", fmt::join(o.words, " "))); break;
        case argument::free: made += " -x"; break;
    }
    return o.is_positional ? made : made + " -d " + fish_text(o.about);
}

}  // namespace

void write_bash_completion(std::ostream& to, const CLI::App& program) {
    to << "# Completion of azoth in bash; made by `azoth completion bash`.\n_azoth() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '";
    for (const auto* s : subcommands_of(program)) to << s->get_name() << ' ';
    to << option_names(program) << "' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n";
    for (const auto* s : subcommands_of(program)) write_bash_subcommand(to, *s);
    to << "    esac\n}\ncomplete -F _azoth azoth\n";
}

void write_zsh_completion(std::ostream& to, const CLI::App& program) {
    to << "#compdef azoth\n# Completion of azoth in zsh; made by `azoth completion zsh`.\n_azoth() {\n"
          "    local curcontext=$curcontext state line\n    local -a subcommands=(\n";
    for (const auto* s : subcommands_of(program))
        to << "        " << in_quotes(s->get_name() + ":" + escaped(s->get_description(), ":")) << '\n';
    to << "    )\n    _arguments -C";
    for (const auto& o : options_of(program)) to << " \\\n        " << zsh_spec(o);
    to << " \\\n        '1:subcommand:->subcommand' '*::argument:->arguments'\n    case $state in\n"
          "        subcommand) _describe subcommand subcommands ;;\n        arguments)\n            case $words[1] in\n";
    for (const auto* s : subcommands_of(program)) {
        to << "                " << s->get_name() << ")\n                    _arguments";
        for (const auto& o : options_of(*s)) to << " \\\n                        " << zsh_spec(o);
        to << " ;;\n";
    }
    to << "            esac ;;\n    esac\n}\n_azoth \"$@\"\n";
}

void write_fish_completion(std::ostream& to, const CLI::App& program) {
    to << "# Completion of azoth in fish; made by `azoth completion fish`.\ncomplete -c azoth -f\n";
    for (const auto& o : options_of(program)) to << "complete -c azoth -n __fish_use_subcommand" << fish_option(o) << '\n';
    for (const auto* s : subcommands_of(program))
        to << "complete -c azoth -n __fish_use_subcommand -a " << s->get_name() << " -d " << fish_text(s->get_description()) << '\n';
    for (const auto* s : subcommands_of(program))
        for (const auto& o : options_of(*s)) {
            if (o.is_positional && o.takes == argument::free) continue;
            to << "complete -c azoth -n '__fish_seen_subcommand_from " << s->get_name() << "'" << fish_option(o) << '\n';
        }
}

subcommand declare_completion(CLI::App& program) {
    const auto shell = std::make_shared<std::string>();
    auto* line = program.add_subcommand("completion", "Write a shell's completion script");
    one_of(line->add_option("SHELL", *shell, "bash, zsh or fish"), "bash|zsh|fish")->required();
    line->footer(
        "Packages install these; for one that came otherwise:\n  azoth completion bash > ~/.local/share/bash-completion/completions/azoth\n"
        "  azoth completion zsh > \"${fpath[1]}/_azoth\"\n  azoth completion fish > ~/.config/fish/completions/azoth.fish");
    return {line,
            [shell, &program] {
                if (*shell == "bash") write_bash_completion(std::cout, program);
                else if (*shell == "zsh") write_zsh_completion(std::cout, program);
                else write_fish_completion(std::cout, program);
                return 0;
            },
            false};
}

}  // namespace azoth::command
