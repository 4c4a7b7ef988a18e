#pragma once

#include <azoth/dialect.hpp>

#include "canceller.hpp"
#include "handle.hpp"
#include "owner.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// One session with a server, and what goes over its wire. Shared by the connection and its statements; used by the connection's thread,
/// `cancel` apart.
///
/// Work is done in exchanges: `begin_exchange`, what is sent, `flush`, results until the exchange is over. An exchange of several messages
/// goes as a pipeline, in one round trip; a BEGIN that waits to be sent makes one of a single statement. What fails leaves the session
/// idle, or lost.
class session {
public:
    session(connection_handle connection, const connect_args& args);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    [[nodiscard]] PGconn* raw() const noexcept { return raw_; }
    [[nodiscard]] owner& pqxx() noexcept { return *owner_; }
    [[nodiscard]] bool is_usable() const noexcept { return raw_ && !is_lost_; }
    /// Ended by a `close`, or by the fork that made this process.
    [[nodiscard]] bool is_closed() const noexcept { return !raw_; }
    [[nodiscard]] std::chrono::milliseconds control_timeout() const noexcept { return control_timeout_; }
    [[nodiscard]] deadline control_deadline() const;

    // Transactions. A BEGIN waits for the first statement, and goes with it.
    void plan_begin(std::string sql) { pending_begin_ = std::move(sql); }
    [[nodiscard]] bool has_pending_begin() const noexcept { return !pending_begin_.empty(); }
    void drop_pending_begin() noexcept { pending_begin_.clear(); }
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Whether the exchange that ran last was part of a transaction that had begun before it.
    [[nodiscard]] bool was_in_transaction() const noexcept { return was_in_transaction_; }
    /// The BEGIN that the exchange took along; empty where it took none.
    [[nodiscard]] const std::string& sent_begin() const noexcept { return sent_begin_; }

    /// Starts an exchange: what is left of the one before is read. Throws where the connection is lost, or the deadline has passed already.
    void begin_exchange(const deadline& until, const stop_token& stop);
    /// Makes the exchange a pipeline where it has to be one: `several` messages, or a BEGIN ahead. Sends that BEGIN.
    void open_pipeline(bool several);
    /// Checks what a PQsend function returned.
    void sent(int ok);
    /// Ends what is sent, and sees it off.
    void flush();
    /// Reads the answers to what `open_pipeline` sent. Throws the server's error.
    void receive_begin();
    /// The next result, null between two commands. Never blocks where the answer is there.
    result_handle next();
    /// The same where more is likely to be there already: looks before it waits.
    result_handle next_of_many();
    [[nodiscard]] bool has_answer() noexcept { return PQisBusy(raw_) == 0; }
    /// Reads the rest of an exchange whose last result came; leaves the session idle.
    void end_exchange();
    /// Ends the statement where its deadline has passed, or a stop was asked for: for who takes what is there already, without a wait.
    void check_limits();
    /// Reads and drops whatever is still to come. Errors in it are not told.
    void discard() noexcept;
    /// The same for a moment; what takes longer is ended at the server.
    void discard_or_end() noexcept;
    /// The same, but leaves what has not arrived yet to the next exchange.
    void discard_arrived() noexcept;
    [[nodiscard]] bool is_in_exchange() const noexcept { return in_exchange_; }
    /// Tells exchanges apart: a cursor's is over when another has begun.
    [[nodiscard]] unsigned long exchange() const noexcept { return exchange_; }
    /// Throws the error that the result is, after reading the exchange to its end.
    [[noreturn]] void fail(result_handle error);
    void wait(wait_for what);
    /// Reads what the socket has. Throws where the connection is gone.
    void consume();

    enum class with_begin : unsigned char { no, yes };
    /// Runs a command that returns no rows; gives its tag, as in "COMMIT". Where the answer does not come in time the connection is lost:
    /// nobody knows then what became of the command.
    std::string run(const std::string& sql, const deadline& until, with_begin begin = with_begin::yes);
    /// Sends the BEGIN that waits by itself, for what cannot go with it.
    void send_begin();

    /// Statements whose names the server may forget. They are told when nothing else is going on.
    void forget_statement(std::string name) noexcept;
    [[nodiscard]] std::string new_name() { return "azoth_" + std::to_string(++names_); }
    /// Changes whenever the server forgets all its statements.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }
    void forget_all_statements() noexcept;

    /// Ends what runs, but never what `run` sent. From any thread.
    void cancel() noexcept;
    /// Asks the server to end what runs, and throws the answer away: for what nobody wants any more.
    void interrupt() noexcept;
    /// Hands what the server sent by itself to the sink. Returns how many notifications there were.
    int deliver_notifications();
    void drop_notifications() noexcept;
    /// Waits until at least one has come; false once the deadline has passed.
    bool await_notification(const deadline& until, const stop_token& stop);

    void close() noexcept;
    void abandon() noexcept;

private:
    enum class kinds : unsigned char { statement, control };

    void start(const deadline& until, const stop_token& stop, kinds kind);
    void settle_requests(const deadline& until, const stop_token& stop, kinds kind);
    void require_usable() const;
    void check_settings() const;
    void forget_dead_statements();
    bool deallocate(const std::string& sql);
    void read_leftovers();
    [[nodiscard]] deadline grace() const;
    [[noreturn]] void lose();
    [[noreturn]] void give_up(const error& why);
    [[nodiscard]] std::string_view outcome(bool late) const noexcept;
    /// False: the server did not answer in time, or the connection is gone.
    bool end_at_server() noexcept;
    /// False: the time is up, or a stop was asked for. Notes in `saw_error_` whether an error was among what it read.
    bool read_to_end(const deadline& until, const stop_token& stop = {}) noexcept;
    bool take_in(wait_for what, const deadline& until, const stop_token& stop);
    void leave_exchange() noexcept;
    static void on_notice(void* self, const PGresult* notice) noexcept;

    PGconn* raw_;
    std::unique_ptr<owner> owner_;
    waiter& wait_;
    message_sink messages_;
    std::chrono::milliseconds control_timeout_;
    std::shared_ptr<canceller> canceller_;
    std::atomic<bool> cancelled_{};
    deadline until_{};
    stop_token stop_{};
    std::string pending_begin_{};
    std::string sent_begin_{};
    bool was_in_transaction_{};
    bool in_exchange_{};
    bool is_control_{};  ///< the exchange ends a transaction or the like: given up, it is not known how it ended
    bool in_pipeline_{};
    bool sync_sent_{};
    bool is_lost_{};
    bool saw_error_{};
    int utf8_;
    unsigned generation_{};
    unsigned long exchange_{};
    unsigned long names_{};
    std::vector<std::string> dead_statements_{};
};

}  // namespace azoth::postgresql
