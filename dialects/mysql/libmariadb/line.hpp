#pragma once

#include "handle.hpp"

#include "sql/options.hpp"

#include <azoth/dialect.hpp>

#include <string_view>

namespace azoth::mysql {

/// What went wrong, in the library's words.
native_error error_of(MYSQL* of);
/// A statement's own; the connection's where the statement has none (an error that came in place of a row).
native_error error_of(MYSQL_STMT* of, MYSQL* on);

/// A connection of the client library's, and the waits for its server: every call that may wait is one of the library's non-blocking pairs,
/// `..._start` and `..._cont`, with the waiter between. For one thread at a time.
class line {
public:
    /// Connects to one host and logs in. Throws operational_error (connect-failed, permission-denied), and as the waiter does.
    line(const settings& to, const url::host& host, waiter& wait, const deadline& until, const stop_token& stop = {});
    ~line();
    line(const line&) = delete;
    line& operator=(const line&) = delete;

    /// Null once dropped or closed.
    [[nodiscard]] MYSQL* raw() const noexcept { return raw_.get(); }

    /// Runs one of the library's pairs to its end: `start()` and `go_on(events)` give what to wait for, 0 at the end. Throws as the waiter
    /// does; the call then hangs in the air, and the line can only go on with it or be dropped.
    template <class Start, class GoOn>
    void finish(Start start, GoOn go_on, const deadline& until, const stop_token& stop = {}) {
        forget_tls_errors();
        for (int events = start(); events != 0;) events = go_on(await(events, until, stop));
    }
    /// Waits for events, as the library numbers them; gives those that happened.
    int await(int events, const deadline& until, const stop_token& stop);

    /// Runs SQL by the text protocol up to its answer; throws native_error.
    void send(std::string_view sql, const deadline& until);

    /// Takes leave of the server.
    void close() noexcept;
    /// Frees what is ours, and sends the server nothing: its connection is broken, hangs, or belongs to the parent process.
    void drop() noexcept;

private:
    /// OpenSSL keeps a thread's errors in one queue: what a connection that broke left there would be taken for this one's.
    static void forget_tls_errors() noexcept;
    void connect(const settings& to, const url::host& host, const deadline& until, const stop_token& stop);

    waiter& wait_;
    client_handle raw_;
    bool hangs_{};  ///< in the middle of a call, whose wait has thrown
};

}  // namespace azoth::mysql
