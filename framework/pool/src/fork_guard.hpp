#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

namespace azoth::detail {

/// Process-wide by nature, as a fork is.
extern std::atomic<std::uint64_t> current_fork_epoch;

/// How many forks lie between the first process and this one; cheaper than getpid.
inline std::uint64_t fork_epoch() noexcept { return current_fork_epoch.load(std::memory_order_relaxed); }

/// Keeps a mutex out of other threads' hands while the process forks. The child then finds the mutex free and what it guards whole, though
/// the threads that used it are gone. The mutex must be held for short pieces of work only, and never while another guarded one is.
class fork_guard {
public:
    explicit fork_guard(std::mutex& guarded);
    ~fork_guard();
    fork_guard(const fork_guard&) = delete;
    fork_guard& operator=(const fork_guard&) = delete;

private:
    friend struct fork_handlers;
    std::mutex& guarded_;
    fork_guard* before_{};
    fork_guard* behind_{};
};

}  // namespace azoth::detail
