#pragma once

#include "file_descriptor.hpp"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace azoth::conformance {

/// A process that takes commands on its standard input and answers on protocol::answers; what it prints comes on a third pipe. It has a
/// process group of its own: a Ctrl-C at the terminal is the parent's to handle. Killed, with its group, and waited for when destroyed.
class child_process {
public:
    /// Throws operational_error where the system has no process left.
    explicit child_process(std::vector<std::string> arguments);
    ~child_process();
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    [[nodiscard]] int answers() const noexcept { return answers_.get(); }
    [[nodiscard]] int output() const noexcept { return output_.get(); }
    void close_output() noexcept { output_.close(); }

    /// False where the process does not read any more.
    [[nodiscard]] bool send(const std::string& line) noexcept;
    /// No command follows: it ends by itself.
    void close_commands() noexcept { commands_.close(); }
    /// Sends a signal to the process, not to its group.
    void signal(int number) const noexcept;
    /// Waits until it is gone; kills it once patience ends. Tells how it ended: "with code 3", "by signal 11 (Segmentation fault)", and
    /// remembers that.
    const std::string& wait(std::chrono::milliseconds patience) noexcept;
    /// Whether it ended with code 0; after `wait`.
    [[nodiscard]] bool ended_well() const noexcept { return status_ == 0; }

private:
    pid_t pid_{-1};
    file_descriptor commands_{};
    file_descriptor answers_{};
    file_descriptor output_{};
    std::optional<int> status_{};
    std::string ending_{};
};

}  // namespace azoth::conformance
