#pragma once

#include <functional>
#include <thread>

namespace azoth::command {

/// Takes Ctrl-C in place of the program's end, while it lives. One at a time in a process, as the signal is the process's.
class interrupts {
public:
    interrupts();
    ~interrupts();
    interrupts(const interrupts&) = delete;
    interrupts& operator=(const interrupts&) = delete;

    /// Whether Ctrl-C came since this was asked last.
    bool taken();
    /// Readable when Ctrl-C has come.
    [[nodiscard]] int descriptor() const noexcept { return ends_[0]; }
    /// Has Ctrl-C call `act`, on a thread of its own, until the result is destroyed.
    [[nodiscard]] std::jthread watch(std::function<void()> act);

private:
    int ends_[2]{-1, -1};
};

}  // namespace azoth::command
