#include "session.hpp"

#include "sql/classify.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds most_patience{3000};

milliseconds patience_of(milliseconds control_timeout) {
    return control_timeout.count() > 0 ? std::min(control_timeout, most_patience) : most_patience;
}

}  // namespace

session::session(settings to, const connect_args& args)
    : settings_{std::move(to)}, wait_{args.wait}, patience_{patience_of(args.control_timeout)} {
    connect(args);
}

session::~session() { close(); }

/// An error of the last host is the one that is told; those before it go to the log.
void session::connect(const connect_args& args) {
    for (host_ = 0;; ++host_) {
        try {
            line_ = std::make_unique<line>(settings_, settings_.hosts[host_], wait_, args.until);
            return;
        } catch (const operational_error& e) {
            const bool is_last = host_ + 1 == settings_.hosts.size();
            if (is_last || e.code() == errc::permission_denied || e.code() == errc::cancelled || args.until.has_passed()) throw;
            if (args.log) args.log(log_level::warning, e.message());
        }
    }
}

void session::reconnect(const deadline& until) {
    open();
    bury_retired();
    line_->close();
    session_was_reset();
    try {
        line_ = std::make_unique<line>(settings_, settings_.hosts[host_], wait_, until);
    } catch (...) {
        is_lost_ = true;
        throw;
    }
}

MYSQL* session::open() {
    if (is_open()) return line_->raw();
    if (is_lost_) throw_error(errc::disconnected, "the connection to the server is lost", {.sqlstate = "08003", .disconnect = true});
    throw_error(errc::closed, "the connection is closed");
}

bool session::in_transaction() const noexcept { return is_open() && (line_->raw()->server_status & SERVER_STATUS_IN_TRANS) != 0; }

void session::lose() noexcept {
    is_lost_ = true;
    is_running_ = false;
    if (line_) line_->drop();
    bury_retired();
}

void session::throw_silent_server() const {
    throw_error(errc::timeout, "the server does not answer, and the connection counts as lost", {.sqlstate = "08006", .disconnect = true});
}

bool session::kill(waiter& wait, const deadline& until) const noexcept {
    try {
        settings plain = settings_;
        plain.database.clear();  // it may be gone by now
        line other{plain, settings_.hosts[host_], wait, until};
        other.send(kill_sql_, until);
        return true;
    } catch (...) {  // the statement may have ended by itself
        return false;
    }
}

/// Called inside a catch block, with what the waiter threw.
void session::interrupt(deadline& until) {
    if (interruption_) {  // the second time: the server has not ended the statement
        lose();
        throw_interruption();
    }
    interruption_ = std::current_exception();
    until = deadline::after(patience_);
    kill(wait_, until);
    kill_may_linger_ = true;
}

void session::throw_interruption() {
    const auto why = std::exchange(interruption_, nullptr);
    try {
        std::rethrow_exception(why);
    } catch (const error& e) {
        const bool cancelled = e.code() == errc::cancelled;
        if (!cancelled && e.code() != errc::timeout) throw;
        std::string message = cancelled ? "the statement was cancelled" : "the statement ran past its deadline and was ended";
        if (is_lost_) message += "; the server did not answer, so the connection is lost";
        throw_error(e.code(), message, {.sqlstate = "57014", .disconnect = is_lost_});
    }
}

void session::statement_begins(const execute_options& options, bool is_ours) {
    open();
    if (options.stop.stop_requested()) throw_error(errc::cancelled, "the statement was cancelled before it began", {.sqlstate = "57014"});
    if (options.until.has_passed()) throw_error(errc::timeout, "the deadline had passed before the statement began", {.sqlstate = "57014"});
    settle_kills();
    bury_retired();
    if (before_statement_ && !is_ours) before_statement_(options.until);
    interruption_ = nullptr;
    kills_seen_ = kills_begun_;
    is_running_ = true;
    if (kills_under_way_ != 0) --kills_seen_;  // it may hit this statement
}

void session::statement_ends() noexcept {
    if (!is_running_.exchange(false)) return;
    if (kills_begun_ != kills_seen_) kill_may_linger_ = true;
}

bool session::end_statement() noexcept {
    if (kill(wait_, deadline::after(patience_))) {
        kill_may_linger_ = true;
        return true;
    }
    lose();
    return false;
}

void session::interrupt_from_outside() noexcept {
    if (!is_running_) return;
    ++kills_under_way_;
    // Told before it is looked once more: a statement that ends meanwhile sees it.
    ++kills_begun_;
    if (is_running_) kill(blocking_waiter(), deadline::after(patience_));
    --kills_under_way_;
}

void session::settle_kills() {
    if (!kill_may_linger_) return;
    const deadline until = deadline::after(patience_ + milliseconds{500});
    while (kills_under_way_ != 0) wait_.sleep(milliseconds{1}, until, {});
    kill_may_linger_ = false;
    try {
        run("DO 0", deadline::after(patience_));
    } catch (const native_error& e) {
        if (!is_interruption(e.code())) throw;
    }
}

void session::run(std::string_view sql, const deadline& until) {
    MYSQL* on = open();
    int failed = 0;
    control([&] { return mysql_real_query_start(&failed, on, sql.data(), sql.size()); },
            [&](int events) { return mysql_real_query_cont(&failed, on, events); }, until);
    if (failed != 0) fail();
}

void session::fail(MYSQL_STMT* statement) { fail(statement ? error_of(statement, open()) : error_of(open())); }

void session::fail(const native_error& error) {
    if (is_disconnect(error.code())) lose();
    else if (in_transaction() && is_servers(error.code())) refresh_status();
    if (interruption_) throw_interruption();
    throw error;
}

/// An error comes without the server's status, and may have ended the transaction.
void session::refresh_status() noexcept {
    try {
        line_->send("DO 0", deadline::after(patience_));
    } catch (...) {
        lose();
    }
}

void session::retire(MYSQL_STMT* statement) noexcept {
    retired_.push_back(statement);
    if (!is_running_) bury_retired();
}

/// While a result is open, the library would take its rows for the dying statement's.
void session::bury_retired() noexcept {
    while (!retired_.empty()) {
        MYSQL_STMT* statement = retired_.back();
        retired_.pop_back();
        if (!is_open()) {
            mysql_stmt_close(statement);  // frees memory only
            continue;
        }
        try {
            my_bool failed = 0;
            line_->finish([&] { return mysql_stmt_close_start(&failed, statement); },
                          [&](int events) { return mysql_stmt_close_cont(&failed, statement, events); }, deadline::after(patience_));
        } catch (...) {
            lose();
        }
    }
}

void session::close() noexcept {
    if (is_running_) lose();  // a result is still open: its server hears of the end from the socket
    is_closed_ = true;
    bury_retired();
    if (line_) line_->close();
}

void session::abandon() noexcept {
    is_closed_ = true;
    is_running_ = false;
    if (line_) line_->drop();
    bury_retired();
}

}  // namespace azoth::mysql
