#pragma once

#include <azoth/base/deadline.hpp>
#include <azoth/base/export.hpp>

#include <signal.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace azoth {

/// While it lives, threads that start take no signals: a program's handlers run where the program expects them.
class AZOTH_API without_signals {
public:
    without_signals() noexcept;
    ~without_signals();
    without_signals(const without_signals&) = delete;
    without_signals& operator=(const without_signals&) = delete;

private:
    sigset_t before_{};
};

/// Looks after what runs on one connection while its thread is blocked inside the library: ends it at its deadline, on stop and on cancel.
/// First by asking the server (MySQL's KILL QUERY on a connection of its own, Firebird's fb_cancel_raise), then, where the server does not
/// answer, by shutting the socket. A library that has no socket, or does not tell it, is asked until it has ended.
///
/// Its own thread starts when there is something to look after for the first time. `start` and `finish` belong to the connection's thread;
/// `cancel` may come from any.
class AZOTH_API call_watch {
public:
    /// Asks the server to end what runs; false where nobody answers. Called in the watch's thread.
    using killer = std::function<bool()>;

    enum class manners : std::uint8_t {
        ask_first,  ///< a statement
        cut,        ///< a COMMIT, say: it is not to be killed, but a server that is silent past the deadline counts as lost
    };
    enum class endings : std::uint8_t { none, timeout, cancelled, unwanted };

    explicit call_watch(killer kill) : kill_{std::move(kill)} {}
    ~call_watch();
    call_watch(const call_watch&) = delete;
    call_watch& operator=(const call_watch&) = delete;

    /// The connection's socket; -1: not known, so that what does not end is asked again. Nothing may run.
    void set_socket(int fd) noexcept;

    /// What runs from now on ends at the deadline or on stop. Throws timeout_error or operational_error (cancelled) where one of them has
    /// come already, and then watches nothing.
    void start(const deadline& until, const stop_token& stop, manners how);
    /// It has ended. Waits for a KILL that is under way, which would hit the next statement.
    void finish() noexcept;

    /// Ends what runs now, if anything does that may be ended.
    void cancel() noexcept { ask(endings::cancelled); }
    /// As `cancel`, but because nobody wants the rest.
    void give_up() noexcept { ask(endings::unwanted); }

    /// Why it was ended. From the connection's thread; stays until the next `start`.
    [[nodiscard]] endings ending() const noexcept { return ending_.load(std::memory_order_relaxed); }
    /// Whether the socket was shut.
    [[nodiscard]] bool was_cut() const noexcept { return cut_.load(std::memory_order_relaxed); }

private:
    using clock = deadline::clock;
    using lock = std::unique_lock<std::mutex>;

    void ask(endings why) noexcept;
    void ensure_thread();
    void loop() noexcept;
    void step(lock& held);
    void end(lock& held);
    void shut() noexcept;

    killer kill_;
    std::mutex guard_{};
    std::condition_variable changed_{};  ///< wakes the thread
    std::condition_variable killed_{};   ///< wakes `finish`
    std::optional<std::stop_callback<std::function<void()>>> on_stop_{};
    int socket_{-1};
    bool running_{};
    bool killing_{};
    bool asked_{};  ///< the server was asked to end it
    bool quit_{};
    manners how_{manners::ask_first};
    clock::time_point until_{};
    clock::time_point cut_at_{};
    clock::time_point wakes_at_{clock::time_point::max()};
    std::atomic<endings> ending_{endings::none};
    std::atomic<bool> cut_{};
    std::thread thread_{};  // the last: it uses all of the above
};

}  // namespace azoth
