#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace azoth::command {

/// Reads lines from a terminal, with editing, a history that is kept in a file, and completion. One at a time in a process: the library
/// beneath has one state.
class line_editor {
public:
    /// `complete` gives the words that could stand in place of the one being typed.
    using completer = std::function<std::vector<std::string>(const std::string& begun)>;
    explicit line_editor(completer complete);
    ~line_editor();
    line_editor(const line_editor&) = delete;
    line_editor& operator=(const line_editor&) = delete;

    /// Nothing at the end of the input (Ctrl-D).
    std::optional<std::string> read(const std::string& prompt);
    void remember(const std::string& statement);

private:
    std::string history_file_;
};

}  // namespace azoth::command
