#pragma once

#include <azoth/dialect.hpp>

#include "open.hpp"
#include "sql_words.hpp"

#include "sql/session_setup.hpp"

#include <sys/types.h>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace azoth::mysql::connector {

using watch = call_watch;

/// What a connection and its statements share: the library's connection, and who looks after it. Used by the connection's thread, `cancel`
/// apart. Statements keep it alive.
class session {
public:
    /// `control_timeout` as in connect_args.
    session(settings wanted, std::chrono::milliseconds control_timeout);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Connects, in place of the connection there was. Statements of the old one are gone.
    void connect(const deadline& until);
    /// Says good-bye; a server that is silent is not waited for longer than until the deadline.
    void close(const deadline& until) noexcept;
    /// After a fork: forgets everything without a word to the server. The library has no call for that, so its memory stays.
    void abandon() noexcept;
    void cancel() noexcept { watch_->cancel(); }

    /// It is of no use any more: whoever uses it next hears that it is lost.
    void lose() noexcept { lost_ = true; }
    [[nodiscard]] bool is_abandoned() const noexcept { return abandoned_; }
    /// Whether this is a forked child, which then abandons: asked before anything that could talk to the server on the quiet.
    [[nodiscard]] bool is_inherited() noexcept;
    [[nodiscard]] bool is_usable() const noexcept { return connection_ && !lost_; }
    /// Changes with every `connect`.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }
    [[nodiscard]] const settings& wanted() const noexcept { return settings_; }
    [[nodiscard]] const url::host& host() const noexcept { return host_; }
    /// The library's connection. Throws interface_error (closed) or disconnect_error where there is none any more.
    lib::Connection& connection();
    /// The server's number for it, for KILL QUERY; 0: not known.
    void set_server_id(std::uint64_t id) noexcept { server_id_.store(id, std::memory_order_relaxed); }

    /// What runs while it lives is watched. Only one at a time.
    class running {
    public:
        running(session& of, const deadline& until, const stop_token& stop, watch::manners how) : session_{of} {
            session_.watch_->start(until, stop, how);
        }
        ~running() {
            if (!session_.abandoned_) session_.watch_->finish();
        }
        running(const running&) = delete;
        running& operator=(const running&) = delete;

    private:
        session& session_;
    };
    [[nodiscard]] watch& watcher() noexcept { return *watch_; }
    /// The given deadline, or that of what has none of its own.
    [[nodiscard]] deadline bounded(const deadline& until = {}) const {
        return until.is_set() || control_timeout_.count() == 0 ? until : deadline::after(control_timeout_);
    }

    /// Where the next statement's text is put together; the library wants a string of its own.
    std::string& text() noexcept { return *text_.operator->(); }
    /// Runs that text. The rows, unbuffered; null where it returns none: then `affected` tells. Throws as `fail`.
    std::unique_ptr<lib::ResultSet> send();
    [[nodiscard]] std::int64_t affected() const noexcept { return affected_; }
    /// At the end of rows that `send` gave: throws where they ended because of an error, which the library does not tell.
    void check_end();
    /// Asks the server for a sign of life. Throws as `fail`.
    void ping();
    /// The next result of the same text, if there is one; nothing more: false.
    bool send_next(std::unique_ptr<lib::ResultSet>& rows);
    /// Warnings of the last statement that returned no rows, as messages.
    void tell_warnings();
    void set_messages(message_sink to) { messages_ = std::move(to); }

    /// Throws what an error means: that of the deadline or of a cancellation where one of them caused it, else native_error.
    [[noreturn]] void fail(const lib::SQLException& e);
    /// Throws where the deadline or somebody has ended what runs.
    void check_ending();

    /// One result is open at a time: whoever opens one is told before the next statement.
    class reader {
    public:
        virtual ~reader() = default;
        /// Nobody will read on.
        virtual void stop_reading() noexcept = 0;
        /// Takes the rest of the rows out of the way, and keeps them.
        virtual void keep_rest() = 0;
    };
    void open(reader& by) noexcept { reader_ = &by; }
    void opened_no_more(const reader& by) noexcept {
        if (reader_ == &by) reader_ = nullptr;
    }
    void close_open() noexcept {
        if (reader* const by = std::exchange(reader_, nullptr)) by->stop_reading();
    }
    void keep_open() {
        if (reader* const by = std::exchange(reader_, nullptr)) by->keep_rest();
    }

    // Whether a transaction runs, as far as that is known without asking the server: the library keeps the status flags to itself.
    void note_effect(effects of) noexcept;
    void note_transaction(bool runs) noexcept { runs_ = runs; }
    /// std::nullopt: the server has to be asked.
    [[nodiscard]] std::optional<bool> runs_transaction() const noexcept {
        return begins_by_itself_ && runs_ == false ? std::nullopt : runs_;
    }
    /// Whether statements may begin a transaction by themselves: SET autocommit, or a procedure that did.
    [[nodiscard]] bool may_begin_by_itself() const noexcept { return begins_by_itself_; }
    void note_autocommit(bool is_on) noexcept { begins_by_itself_ = !is_on; }

    /// What comes before every statement of a program's: closes what is open, and lets the server know the deadline.
    void make_ready(const deadline& until);
    /// Runs a query of the driver's own with few rows, while something is watched already.
    std::vector<text_row> query(std::string_view sql);

    // Set by the connection, which outlives their use.
    std::function<void(const deadline&)> before_statement{};
    /// The key that an INSERT has just generated.
    std::function<std::optional<std::int64_t>(std::string_view sql)> find_key{};
    /// Something may have generated a key that nobody has asked for.
    std::function<void()> forget_keys{};

    // Names of the server's prepared statements. A name that comes back is used again, which frees the statement that had it.
    std::string take_name();
    void give_name(std::string name) noexcept;

    /// What the server takes in a packet, bytes.
    void set_max_packet(std::uint64_t bytes) noexcept { max_packet_ = bytes; }
    [[nodiscard]] std::uint64_t max_packet() const noexcept { return max_packet_; }
    /// Whether a text of so many bytes can be sent.
    [[nodiscard]] bool takes(std::size_t bytes) const noexcept { return bytes + 1024 <= max_packet_; }

    /// What is known of a statement's columns, by its text.
    std::unordered_map<std::string, bool> has_floats{};

private:
    bool kill() noexcept;
    [[noreturn]] void fail_cut(int code);
    std::unique_ptr<lib::ResultSet> take_result(bool has_rows);

    settings settings_;
    std::chrono::milliseconds control_timeout_;
    std::unique_ptr<lib::Connection> connection_{};
    std::unique_ptr<lib::Statement> statement_{};
    url::host host_{};
    int socket_{-1};
    std::atomic<std::uint64_t> server_id_{};
    std::unique_ptr<watch> watch_;
    lib::SQLString text_{};
    std::int64_t affected_{-1};
    message_sink messages_{};
    reader* reader_{};
    std::optional<bool> runs_{false};
    bool begins_by_itself_{};
    std::vector<std::string> free_names_{};
    std::uint64_t max_packet_{1024 * 1024};
    unsigned names_{};
    unsigned generation_{};
    pid_t owner_{};  ///< the process that connected
    bool lost_{};
    bool abandoned_{};
};

}  // namespace azoth::mysql::connector
