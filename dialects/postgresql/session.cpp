#include "session.hpp"

#include "errors.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

namespace azoth::postgresql {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t most_dead_statements = 32;

/// What asks libpq for a number that has no name in its header.
int number_of_utf8() { return pg_char_to_encoding("UTF8"); }

}  // namespace

session::session(connection_handle connection, const connect_args& args)
    : raw_{connection.get()},
      wait_{args.wait},
      messages_{args.messages},
      control_timeout_{args.control_timeout},
      canceller_{std::make_shared<canceller>(connection.get())},
      utf8_{number_of_utf8()} {
    owner_ = std::make_unique<owner>(std::move(connection));
    PQsetErrorVerbosity(raw_, PQERRORS_DEFAULT);
    PQsetNoticeReceiver(raw_, &session::on_notice, this);  // after libpqxx has set its own
    if (PQsetnonblocking(raw_, 1) != 0) throw make_lost_error(raw_);
}

session::~session() { close(); }

deadline session::control_deadline() const { return control_timeout_.count() > 0 ? deadline::after(control_timeout_) : deadline{}; }

/// How long a server that was told to stop may take to say so.
deadline session::grace() const {
    constexpr milliseconds most = seconds{5};
    return deadline::after(control_timeout_.count() > 0 ? std::min(control_timeout_, most) : most);
}

bool session::in_transaction() const noexcept {
    if (!is_usable()) return false;
    if (has_pending_begin()) return true;
    switch (PQtransactionStatus(raw_)) {
        case PQTRANS_INTRANS:
        case PQTRANS_INERROR: return true;
        case PQTRANS_ACTIVE: return was_in_transaction_ || !sent_begin_.empty();  // rows are still to come
        default: return false;
    }
}

void session::require_usable() const {
    if (!raw_) throw_error(errc::closed, "the PostgreSQL connection is closed");
    if (is_lost_)
        throw_error(errc::disconnected, "the connection to the server was lost before: connect again",
                    {.sqlstate = "08003", .disconnect = true});
}

/// Raw SQL may have changed what the driver relies on.
void session::check_settings() const {
    if (PQclientEncoding(raw_) != utf8_)
        throw_error(errc::misuse, fmt::format("this session's client_encoding was changed to {}, but Azoth speaks UTF8: roll back, or give "
                                              "the connection back",
                                              pg_encoding_to_char(PQclientEncoding(raw_))));
    const char* strings = PQparameterStatus(raw_, "standard_conforming_strings");
    if (strings && std::string_view{strings} != "on")
        throw_error(errc::misuse,
                    "this session's standard_conforming_strings was switched off, and Azoth's literals would mean something "
                    "else: roll back, or give the connection back");
}

void session::forget_statement(std::string name) noexcept {
    try {
        dead_statements_.push_back(std::move(name));
    } catch (...) {  // the server keeps it until the session's end
    }
}

void session::forget_all_statements() noexcept {
    ++generation_;
    dead_statements_.clear();
}

void session::forget_dead_statements() {
    if (dead_statements_.size() < most_dead_statements || PQtransactionStatus(raw_) != PQTRANS_IDLE) return;
    const auto names = std::exchange(dead_statements_, {});
    std::string all;
    for (const auto& name : names) all += "DEALLOCATE " + name + ";";
    if (deallocate(all)) return;
    for (const auto& name : names) (void)deallocate("DEALLOCATE " + name);  // one that is not there stops those behind it
}

/// False where one of them is not there.
bool session::deallocate(const std::string& sql) {
    try {
        run(sql, control_deadline(), with_begin::no);
        return true;
    } catch (const native_error&) {
        require_usable();
        return false;
    }
}

void session::on_notice(void* self, const PGresult* notice) noexcept {
    const auto& s = *static_cast<session*>(self);
    if (!s.messages_) return;
    try {
        server_message m;
        m.kind = server_message::kinds::notice;
        m.text = error_field(notice, PG_DIAG_MESSAGE_PRIMARY);
        m.severity = error_field(notice, PG_DIAG_SEVERITY);
        m.sqlstate = error_field(notice, PG_DIAG_SQLSTATE);
        s.messages_(m);
    } catch (...) {  // no exception may cross libpq's frames
    }
}

int session::deliver_notifications() {
    struct free_notify {
        void operator()(PGnotify* n) const noexcept { PQfreemem(n); }
    };
    int count = 0;
    while (const std::unique_ptr<PGnotify, free_notify> n{PQnotifies(raw_)}) {
        ++count;
        if (!messages_) continue;
        server_message m;
        m.kind = server_message::kinds::notification;
        m.channel = n->relname;
        m.payload = n->extra;
        m.sender = n->be_pid;
        try {
            messages_(m);
        } catch (...) {  // the statement that they came with is done, whatever a handler thinks of them
        }
    }
    return count;
}

bool session::await_notification(const deadline& until, const stop_token& stop) {
    require_usable();
    until_ = until;
    stop_ = stop;
    is_control_ = false;
    read_leftovers();
    for (;;) {
        if (deliver_notifications() > 0) return true;
        try {
            wait_.wait(PQsocket(raw_), wait_for::read, until, stop);
        } catch (const timeout_error&) {
            return false;
        }
        consume();
    }
}

void session::drop_notifications() noexcept {
    while (PGnotify* n = PQnotifies(raw_)) PQfreemem(n);
}

void session::cancel() noexcept {
    cancelled_.store(true);
    canceller_->request();
    canceller_->settle(seconds{5});
}

void session::interrupt() noexcept {
    discard_arrived();
    if (!in_exchange_) return;
    if (!end_at_server()) is_lost_ = true;
}

void session::close() noexcept {
    if (!raw_) return;
    raw_ = nullptr;
    owner_.reset();
}

void session::abandon() noexcept {
    if (!raw_) return;
    // What libpq says as it closes (Terminate, TLS's good-bye) must not reach the parent's session.
    if (const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) {
        ::dup2(nowhere, PQsocket(raw_));
        ::close(nowhere);
        close();
        return;
    }
    raw_ = nullptr;
    (void)owner_.release();  // leaked: better than ending the parent's session
}

}  // namespace azoth::postgresql
