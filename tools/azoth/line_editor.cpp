#include "line_editor.hpp"

#include "interrupts.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <filesystem>
#include <iterator>
#include <memory>
#include <utility>

#include <editline/readline.h>
#include <poll.h>
#include <unistd.h>

namespace azoth::command {
namespace {

constexpr int longest_history = 1000;

/// The library's callbacks have no room for a pointer of ours.
struct reading {
    line_editor::completer complete{};
    std::vector<std::string> found{};
    std::size_t at{};
    int interrupted{-1};  ///< a descriptor
};
reading& current() {
    static reading r;
    return r;
}

char* next_candidate(const char*, int) {
    reading& r = current();
    return r.at < r.found.size() ? strdup(r.found[r.at++].c_str()) : nullptr;
}

char** complete_word(const char* begun, int start, int) {
    rl_attempted_completion_over = 1;  // never file names
    reading& r = current();
    r.at = 0;
    r.found = r.complete({rl_line_buffer, static_cast<std::size_t>(start)}, begun);
    return rl_completion_matches(begun, &next_candidate);
}

/// A character of the terminal; EOF at Ctrl-C, too, which the library would take for the program's end.
int next_character(FILE*) {
    std::mbstate_t state{};
    wchar_t made{};
    for (;;) {
        pollfd waiting[]{{STDIN_FILENO, POLLIN, 0}, {current().interrupted, POLLIN, 0}};
        if (poll(waiting, std::size(waiting), -1) < 0) continue;
        if (waiting[1].revents != 0) return EOF;
        char byte{};
        if (::read(STDIN_FILENO, &byte, 1) != 1) return EOF;
        const std::size_t used = std::mbrtowc(&made, &byte, 1, &state);
        if (used == static_cast<std::size_t>(-2)) continue;
        return used == static_cast<std::size_t>(-1) ? static_cast<unsigned char>(byte) : static_cast<int>(made);
    }
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

line_editor::line_editor(completer complete, interrupts& keys) : history_file_{history_path()}, keys_{keys} {
    current().complete = std::move(complete);
    current().interrupted = keys.descriptor();
    rl_catch_signals = 0;
    rl_basic_word_break_characters = " \t\n\"'`@$><=;|&{(,)+-*/%!";
    rl_getc_function = &next_character;
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
    current() = {};
}

line_editor::answer line_editor::read(const std::string& prompt) {
    rl_resize_terminal();
    const std::unique_ptr<char, freed> line{readline(prompt.c_str())};
    if (keys_.taken()) {
        std::fputs("^C\n", stdout);
        return {ending::interrupted, {}};
    }
    if (!line) return {ending::end_of_input, {}};
    return {ending::line, line.get()};
}

void line_editor::remember(const std::string& statement) {
    std::string line = statement;
    std::ranges::replace(line, '\n', ' ');
    if (!line.empty()) add_history(line.c_str());
}

}  // namespace azoth::command
