#pragma once

#include "profile.hpp"
#include "session_setup.hpp"

#include <azoth/dialect.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::mysql {

/// All of a connection that is done by sending SQL: session set-up, transactions, savepoints, two-phase commit, isolation, time limits. A
/// driver derives from it, says how to send, and adds statements, cursors and cancelling.
///
/// A driver's constructor connects, then calls `set_up`. One thread at a time, as driver_connection.
class connection_base : public driver_connection {
public:
    void server_profile(profile& out) const override { out = profile_; }

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const override;
    void savepoint(std::string_view name) override;
    void release_savepoint(std::string_view name) override;
    void rollback_to_savepoint(std::string_view name) override;
    void prepare_transaction(std::string_view id) override;
    void commit_prepared(std::string_view id) override;
    void rollback_prepared(std::string_view id) override;
    [[nodiscard]] std::vector<std::string> prepared_transactions() override;

    void set_isolation(isolation_level level) override;
    [[nodiscard]] isolation_level isolation() const override { return default_isolation_; }
    void set_read_only(bool read_only) override;
    bool reset() override;

protected:
    /// `control_timeout` as in connect_args.
    connection_base(settings wanted, driver_facts driver, std::chrono::milliseconds control_timeout);

    // What a driver provides.
    /// Runs a statement of our own that returns no rows, by the text protocol; throws native_error. An open result must have been closed.
    virtual void run(std::string_view sql, const deadline& until) = 0;
    /// As `run`, but ahead of a program's statement and under its deadline: when that passes, the statement is ended, and not the
    /// connection. Throws timeout_error then.
    virtual void run_ahead(std::string_view sql, const deadline& until) = 0;
    /// Runs a query of our own with few rows.
    virtual std::vector<text_row> query(std::string_view sql, const deadline& until) = 0;
    /// As the server says: its status flags where the library tells them, else a query.
    [[nodiscard]] virtual bool server_in_transaction() const = 0;
    /// COM_RESET_CONNECTION, or what comes nearest: session state, temporary tables and prepared statements are gone, and the database is
    /// that of the URL, if it names one. False where the
    /// library has no such thing: then `reset` gives false. Throws native_error.
    virtual bool reset_session(const deadline& until) = 0;

    /// Frees the connection of the transaction that it has just prepared, and that the server ties to its session. Where it throws, the
    /// connection counts as lost.
    virtual void leave_prepared() = 0;

    // What a driver calls.
    /// After connecting: reads the version, sets the session up, verifies it, fills the profile. Throws native_error, operational_error.
    void set_up(std::string_view version_told, const connect_args& args);
    /// Sets the session up again, which has been reset or is a new one. Throws as `set_up`.
    void start_over(const deadline& until);
    /// Before a program's statement. One with a deadline: makes the server end it by itself a little after, should nobody be there to do so
    /// (MariaDB: all statements; MySQL: SELECT); one without: takes a limit back. Outside of transactions: takes the last one's isolation
    /// level back. Sends nothing where what is in force will do.
    void before_statement(const deadline& until);
    /// The deadline of what has none of its own.
    [[nodiscard]] deadline control_deadline() const;
    [[nodiscard]] const settings& wanted() const noexcept { return settings_; }
    [[nodiscard]] const server_facts& server() const noexcept { return server_; }
    [[nodiscard]] const profile& known_profile() const noexcept { return profile_; }
    /// "KILL QUERY 42", for another connection to send.
    [[nodiscard]] std::string kill_sql() const;

private:
    void set_up_session(const deadline& until);
    void tell_limit(std::string_view value, std::chrono::milliseconds limit, const deadline& until);
    void limit_statement(const deadline& until);
    void use_isolation(isolation_level level, const deadline& until);
    void end_xa();
    void decide(std::string_view verb, std::string_view id);
    [[nodiscard]] bool is_prepared(std::string_view id);
    void rollback_xa();

    settings settings_;
    driver_facts driver_;
    std::chrono::milliseconds control_timeout_;
    server_facts server_{};
    profile profile_{};
    isolation_level default_isolation_{isolation_level::repeatable_read};  ///< of transactions that do not say, and of autocommit
    isolation_level session_isolation_{isolation_level::repeatable_read};  ///< what the server was told last
    bool default_read_only_{};
    bool has_begun_{};                   ///< by `begin`
    std::string xid_{};                  ///< of the distributed transaction that runs
    std::chrono::milliseconds limit_{};  ///< of statements, at the server; zero: the session's own; negative: not known
};

}  // namespace azoth::mysql
