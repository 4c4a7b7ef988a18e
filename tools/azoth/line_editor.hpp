#pragma once

#include <functional>
#include <string>
#include <vector>

namespace azoth::command {

class interrupts;

/// Reads lines from a terminal, with editing, a history that is kept in a file, and completion. One at a time in a process: the library
/// beneath has one state.
class line_editor {
public:
    /// `complete` gives the words that could stand in place of the one being typed, `begun`, behind `before`.
    using completer = std::function<std::vector<std::string>(const std::string& before, const std::string& begun)>;
    line_editor(completer complete, interrupts& keys);
    ~line_editor();
    line_editor(const line_editor&) = delete;
    line_editor& operator=(const line_editor&) = delete;

    enum class ending { line, end_of_input, interrupted };
    struct answer {
        ending how{};
        std::string line{};
    };
    /// A line, or what came in its place: Ctrl-D, or Ctrl-C.
    answer read(const std::string& prompt);
    void remember(const std::string& statement);

private:
    std::string history_file_;
    interrupts& keys_;
};

}  // namespace azoth::command
