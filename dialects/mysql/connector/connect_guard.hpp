#pragma once

#include <azoth/dialect.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace azoth::mysql::connector {

/// Cuts a connection that is being made when its time is over: past the first handshake of TCP, the library waits for a silent server for
/// as long as TCP does. Looks after one connection, from construction to destruction, in a thread of its own.
class connect_guard {
public:
    explicit connect_guard(const deadline& until);
    ~connect_guard() = default;
    connect_guard(const connect_guard&) = delete;
    connect_guard& operator=(const connect_guard&) = delete;

    /// The mark that the connection's socket has to bear: see next_socket_mark.
    [[nodiscard]] int mark() const noexcept { return mark_; }
    [[nodiscard]] bool has_cut() const noexcept { return has_cut_.load(std::memory_order_relaxed); }

private:
    void look_after(const std::stop_token& finished, const deadline& until) noexcept;

    int mark_;
    std::atomic<bool> has_cut_{};
    std::mutex guard_{};
    std::condition_variable_any wakes_{};
    std::jthread thread_{};  // the last: it uses all of the above
};

}  // namespace azoth::mysql::connector
