#include "line_editor.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include <editline/readline.h>

namespace azoth::command {
namespace {

constexpr int longest_history = 1000;

/// The library's callbacks have no room for a pointer of ours.
line_editor::completer& current_completer() {
    static line_editor::completer complete;
    return complete;
}

char* next_candidate(const char* begun, int state) {
    static std::vector<std::string> found;
    static std::size_t at = 0;
    if (state == 0) {
        found = current_completer() ? current_completer()(begun) : std::vector<std::string>{};
        at = 0;
    }
    return at < found.size() ? strdup(found[at++].c_str()) : nullptr;
}

char** complete_word(const char* begun, int, int) {
    rl_attempted_completion_over = 1;  // never file names
    return rl_completion_matches(begun, &next_candidate);
}

std::string history_path() {
    if (const char* said = std::getenv("AZOTH_HISTORY")) return said;
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    if (!state && !home) return {};
    std::filesystem::path folder = state ? std::filesystem::path{state} : std::filesystem::path{home} / ".local" / "state";
    std::error_code ignored;
    std::filesystem::create_directories(folder / "azoth", ignored);
    return folder / "azoth" / "history";
}

struct freed {
    void operator()(char* line) const noexcept { std::free(line); }
};

}  // namespace

line_editor::line_editor(completer complete) : history_file_{history_path()} {
    current_completer() = std::move(complete);
    rl_readline_name = const_cast<char*>("azoth");
    rl_attempted_completion_function = &complete_word;
    using_history();
    stifle_history(longest_history);
    if (!history_file_.empty()) read_history(history_file_.c_str());
}

line_editor::~line_editor() {
    if (!history_file_.empty()) {
        write_history(history_file_.c_str());
        std::error_code ignored;  // statements may hold what is nobody else's business
        std::filesystem::permissions(history_file_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    }
    current_completer() = {};
}

std::optional<std::string> line_editor::read(const std::string& prompt) {
    const std::unique_ptr<char, freed> line{readline(prompt.c_str())};
    if (!line) return std::nullopt;
    return std::string{line.get()};
}

void line_editor::remember(const std::string& statement) {
    std::string line = statement;
    std::ranges::replace(line, '\n', ' ');
    if (!line.empty()) add_history(line.c_str());
}

}  // namespace azoth::command
