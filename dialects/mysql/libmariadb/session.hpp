#pragma once

#include "line.hpp"

#include "sql/server.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::mysql {

/// The line to the server, as a connection and its statements share it: knows whether it still stands, ends statements whose time is over,
/// and lets another thread end them. For one thread at a time, but for `interrupt_from_outside`.
class session {
public:
    /// Connects to the first host that answers.
    session(settings to, const connect_args& args);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Takes leave, and connects to the same host again: a new session, which has to be set up.
    void reconnect(const deadline& until);

    /// The client library's connection. Throws disconnect_error where it is lost, interface_error (closed) where it is closed.
    MYSQL* open();
    [[nodiscard]] bool is_open() const noexcept { return line_ && line_->raw(); }
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] const settings& wanted() const noexcept { return settings_; }
    /// Called before each statement of a program with its deadline. To be set once, after connecting.
    void set_before_statement(std::function<void(const deadline&)> act) { before_statement_ = std::move(act); }
    /// Takes the server's warnings; may be empty.
    void set_messages(message_sink sink) { messages_ = std::move(sink); }
    [[nodiscard]] const message_sink& messages() const noexcept { return messages_; }
    /// Goes up with each reset of the server's session: statements prepared before are gone.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }
    void session_was_reset() noexcept { ++generation_; }
    /// What KILL has to be told. To be set after connecting, while nothing runs.
    void set_kill_sql(std::string sql) { kill_sql_ = std::move(sql); }

    /// A call of ours (BEGIN and the like): at its deadline the line counts as lost, since nobody knows what the server made of it.
    template <class Start, class GoOn>
    void control(Start start, GoOn go_on, const deadline& until) {
        open();
        settle_kills();
        try {
            line_->finish(start, go_on, until);
        } catch (const timeout_error&) {
            lose();
            throw_silent_server();
        } catch (...) {
            lose();
            throw;
        }
    }

    /// A call of a running statement: at its deadline, or on stop, the server is told to end it, and the call's end is waited for. Then
    /// `interrupted()` says so. Where the server does not answer either, the line is lost and the error thrown.
    template <class Start, class GoOn>
    void statement_call(Start start, GoOn go_on, const execute_options& options) {
        deadline until = options.until;
        stop_token stop = options.stop;
        for (int events = start(); events != 0;) {
            try {
                events = go_on(line_->await(events, until, stop));
            } catch (const error&) {
                interrupt(until);
                stop = stop_token{};
            } catch (...) {  // the call hangs in the air
                lose();
                throw;
            }
        }
    }
    [[nodiscard]] bool interrupted() const noexcept { return interruption_ != nullptr; }
    /// Throws why the statement was ended.
    [[noreturn]] void throw_interruption();

    /// Around a running statement: from its first call until its result is read or closed.
    /// `is_ours`: a query of the driver's own, which the server need not limit.
    void statement_begins(const execute_options& options, bool is_ours = false);
    void statement_ends() noexcept;
    /// Ends the running statement, whose rest nobody wants. False where the server does not answer: the line is lost then.
    bool end_statement() noexcept;

    /// Ends the statement that runs in the connection's thread. From any thread.
    void interrupt_from_outside() noexcept;

    /// Throws what the library says of a statement or of the connection; where that means that the connection is gone, the line is dropped.
    [[noreturn]] void fail(MYSQL_STMT* statement = nullptr);
    [[noreturn]] void fail(const native_error& error);

    /// The line is broken: drops it.
    void lose() noexcept;
    /// Runs SQL of the driver's own that returns nothing.
    void run(std::string_view sql, const deadline& until);

    /// Frees a statement's handle, now or when the line is free.
    void retire(MYSQL_STMT* statement) noexcept;
    void bury_retired() noexcept;

    void close() noexcept;
    void abandon() noexcept;

private:
    void connect(const connect_args& args);
    [[noreturn]] void throw_silent_server() const;
    void interrupt(deadline& until);
    bool kill(waiter& wait, const deadline& until) const noexcept;
    /// Waits until no KILL is under way any more, and takes one that came too late.
    void settle_kills();
    void refresh_status() noexcept;

    const settings settings_;
    waiter& wait_;
    const std::chrono::milliseconds patience_;  ///< for a server that is asked to end a statement
    std::size_t host_{};                        ///< which one answered
    std::unique_ptr<line> line_{};
    std::string kill_sql_{};
    std::function<void(const deadline&)> before_statement_{};
    message_sink messages_{};
    std::exception_ptr interruption_{};
    std::vector<MYSQL_STMT*> retired_{};
    unsigned generation_{};
    bool is_lost_{};
    bool is_closed_{};
    bool kill_may_linger_{};

    std::atomic<bool> is_running_{};
    std::atomic<unsigned> kills_begun_{};
    std::atomic<unsigned> kills_under_way_{};
    unsigned kills_seen_{};  ///< how many had begun when the statement did
};

}  // namespace azoth::mysql
