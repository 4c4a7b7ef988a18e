#include "session.hpp"

#include "sql/classify.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace azoth::mysql::connector {
namespace {

constexpr std::chrono::seconds patience_for_kill{1};
constexpr int wrong_arguments = 1210;  // ER_WRONG_ARGUMENTS, of EXECUTE
constexpr int tls_failed = 2026;       // CR_SSL_CONNECTION_ERROR
constexpr int server_lost = 2013;      // CR_SERVER_LOST

void run_plain(lib::Connection& on, const std::string& sql) {
    const std::unique_ptr<lib::Statement> statement{on.createStatement()};
    statement->execute(sql);
}

}  // namespace

session::session(settings wanted, std::chrono::milliseconds control_timeout)
    : settings_{std::move(wanted)}, control_timeout_{control_timeout}, watch_{std::make_unique<watch>([this] { return kill(); })} {}

session::~session() {
    if (!is_inherited()) close(bounded());
}

void session::connect(const deadline& until) {
    close(until);
    lost_ = true;  // unless this ends well
    opened fresh = open_first(settings_, until);
    connection_ = std::move(fresh.connection);
    host_ = std::move(fresh.host);
    socket_ = fresh.socket;
    statement_.reset(connection_->createStatement());
    statement_->setResultSetType(lib::ResultSet::TYPE_FORWARD_ONLY);
    watch_->set_socket(socket_);
    owner_ = ::getpid();
    lost_ = false;
    ++generation_;
    free_names_.clear();
    names_ = 0;
    runs_ = false;
    begins_by_itself_ = false;
}

void session::close(const deadline& until) noexcept {
    if (!connection_ || is_inherited()) return;
    close_open();
    set_server_id(0);
    try {
        const running here{*this, until, {}, watch::manners::cut};
        statement_.reset();
        connection_.reset();
    } catch (...) {  // the deadline has passed: nobody waits for a good-bye
        statement_.reset();
        connection_.reset();
    }
    socket_ = -1;
    watch_->set_socket(-1);
}

bool session::is_inherited() noexcept {
    if (!abandoned_ && connection_ && ::getpid() != owner_) abandon();
    return abandoned_;
}

void session::abandon() noexcept {
    abandoned_ = true;
    lost_ = true;
    reader_ = nullptr;
    // Each of them would talk to the server, or wait for a thread that a fork does not copy.
    (void)watch_.release();
    (void)statement_.release();
    (void)connection_.release();
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));  // this process's end of it only
}

lib::Connection& session::connection() {
    if (lost_) throw_error(errc::disconnected, "the connection to the server is lost", {.sqlstate = "08003", .disconnect = true});
    if (!connection_) throw_error(errc::closed, "the connection is closed");
    return *connection_;
}

bool session::kill() noexcept {
    const std::uint64_t id = server_id_.load(std::memory_order_relaxed);
    if (id == 0) return false;
    try {
        settings plain = settings_;
        plain.database.clear();  // it may be gone by now
        const deadline until = deadline::after(patience_for_kill);
        connect_guard guard{until};
        const opened other = open_host(plain, host_, until, guard);
        run_plain(*other.connection, fmt::format("KILL QUERY {}", id));
        return true;
    } catch (const native_error& e) {
        return is_servers(e.code());  // too many connections, say: it lives, and has a limit of its own for the statement
    } catch (const lib::SQLException& e) {
        return is_servers(e.getErrorCode());
    } catch (...) {
        return false;
    }
}

std::unique_ptr<lib::ResultSet> session::take_result(bool has_rows) {
    if (has_rows) return std::unique_ptr<lib::ResultSet>{statement_->getResultSet()};
    affected_ = static_cast<std::int64_t>(statement_->getUpdateCount());
    return nullptr;
}

std::unique_ptr<lib::ResultSet> session::send() {
    (void)connection();
    affected_ = -1;
    try {
        return take_result(statement_->execute(text_));
    } catch (const lib::SQLException& e) {
        fail(e);
    }
}

bool session::send_next(std::unique_ptr<lib::ResultSet>& rows) {
    try {
        rows.reset();
        if (!statement_->getMoreResults()) return false;
        rows = take_result(true);
        return rows != nullptr;
    } catch (const lib::SQLException& e) {
        fail(e);
    }
}

/// The library ends a result that is read unbuffered without a word where the server says in the middle of it that it was killed, ran too
/// long or met a deadlock. Asking for another result then throws that error; without one there is no result, and nothing happens.
void session::check_end() {
    try {
        const std::unique_ptr<lib::ResultSet> none{statement_->getResultSet()};
    } catch (const lib::SQLException& e) {
        fail(e);
    }
}

void session::ping() {
    try {
        if (connection().isValid()) return;
    } catch (const lib::SQLException& e) {
        fail(e);
    }
    if (watch_->was_cut()) fail_cut(0);
    lose();
    throw_error(errc::disconnected, "the connection to the server is lost: the server does not answer a ping",
                {.sqlstate = "08006", .disconnect = true});
}

void session::tell_warnings() {
    if (!messages_) return;
    try {
        for (const lib::SQLWarning* w = statement_->getWarnings(); w; w = w->getNextWarning())
            messages_({.text = w->getMessage().asStdString(), .severity = "WARNING", .sqlstate = w->getSQLState().asStdString()});
    } catch (const lib::SQLException& e) {
        fail(e);
    }
}

void session::fail_cut(int code) {
    lose();
    if (watch_->ending() == watch::endings::cancelled)
        throw_error(errc::cancelled, "the statement was cancelled; the server did not answer, so the connection was cut",
                    {.sqlstate = "57014", .native_code = code, .disconnect = true});
    throw_error(errc::timeout, "the server did not answer before the deadline, so the connection was cut",
                {.sqlstate = "08006", .native_code = code, .disconnect = true});
}

void session::fail(const lib::SQLException& e) {
    const int code = e.getErrorCode();
    if (watch_->was_cut()) fail_cut(code);
    if (code == tls_failed) {  // of a connection that had TLS: it ended, and what is read as TLS is nothing
        lose();
        throw native_error(server_lost, fmt::format("the connection to the server is lost: {}", e.what()), "08006");
    }
    if (is_disconnect(code)) lose();
    if (is_servers(code)) runs_.reset();
    if (is_interruption(code)) check_ending();
    if (code == wrong_arguments && text_.asStdString().starts_with("EXECUTE"))
        throw_error(errc::parameter, "the statement takes another number of parameters than were given", {.native_code = code});
    throw_native(e);
}

void session::check_ending() {
    switch (watch_->ending()) {
        case watch::endings::timeout:
            throw_error(errc::timeout, "the statement ran past its deadline and was ended", {.sqlstate = "57014"});
        case watch::endings::cancelled: throw_error(errc::cancelled, "the statement was cancelled", {.sqlstate = "57014"});
        default: return;
    }
}

void session::note_effect(effects of) noexcept {
    if (of == effects::none) return;
    runs_.reset();
    if (of != effects::later) return;
    begins_by_itself_ = true;
    if (forget_keys) forget_keys();
}

void session::make_ready(const deadline& until) {
    close_open();
    (void)connection();
    if (before_statement) before_statement(until);
}

std::vector<text_row> session::query(std::string_view sql) {
    text() = sql;
    std::vector<text_row> out;
    const auto rows = send();
    if (!rows) return out;
    try {
        const unsigned width = rows->getMetaData()->getColumnCount();
        while (rows->next()) {
            text_row& row = out.emplace_back(width);
            for (unsigned i = 0; i < width; ++i) {
                std::string value = rows->getString(i + 1).asStdString();
                if (!rows->wasNull()) row[i] = std::move(value);
            }
        }
        check_end();
    } catch (const lib::SQLException& e) {
        fail(e);
    }
    return out;
}

std::string session::take_name() {
    if (free_names_.empty()) return fmt::format("azoth_{}", names_++);
    std::string name = std::move(free_names_.back());
    free_names_.pop_back();
    return name;
}

void session::give_name(std::string name) noexcept {
    try {
        free_names_.push_back(std::move(name));
    } catch (...) {  // the name is lost, and its statement lives until the connection ends
    }
}

}  // namespace azoth::mysql::connector
