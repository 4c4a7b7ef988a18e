// What goes over a session's wire: sending, waiting, reading to the end, and what becomes of a connection whose server is silent.
#include "classify.hpp"
#include "errors.hpp"
#include "session.hpp"

#include <fmt/format.h>

namespace azoth::postgresql {
namespace {

bool is_error(const PGresult* r) {
    const auto status = PQresultStatus(r);
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_PIPELINE_ABORTED;
}

bool has_sqlstate(const PGresult* r) { return PQresultErrorField(r, PG_DIAG_SQLSTATE) != nullptr; }

/// Gets a COPY that nobody wants out of the way, as far as it has come. False: more of it is to come.
bool end_copy(PGconn* on, const PGresult* r) {
    if (PQresultStatus(r) == PGRES_COPY_IN) PQputCopyEnd(on, "the rows were given up");
    if (PQresultStatus(r) != PGRES_COPY_OUT) return true;
    char* data = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(on, &data, 1)) > 0) PQfreemem(data);
    return size != 0;
}

}  // namespace

void session::start(const deadline& until, const stop_token& stop, kinds kind) {
    require_usable();
    if (stop.stop_requested()) throw_error(errc::cancelled, "the statement was cancelled before it began", {.sqlstate = "57014"});
    if (until.has_passed()) throw_error(errc::timeout, "the deadline had passed before the statement began", {.sqlstate = "57014"});
    until_ = until;
    stop_ = stop;
    is_control_ = false;
    read_leftovers();
    forget_dead_statements();
    canceller_->allow(kind == kinds::statement);
    if (cancelled_.load()) settle_requests(until, stop, kind);
    const auto status = PQtransactionStatus(raw_);
    was_in_transaction_ = status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
    sent_begin_.clear();
    until_ = until;
    stop_ = stop;
    is_control_ = kind == kinds::control;
    in_exchange_ = true;
    ++exchange_;
}

/// A request to end an earlier statement must not end this one.
void session::settle_requests(const deadline& until, const stop_token& stop, kinds kind) {
    const auto most = deadline::after(std::chrono::seconds{5});
    try {
        while (canceller_->is_under_way()) wait_.wait(canceller_->signal(), wait_for::read, until.at() < most.at() ? until : most, stop);
    } catch (const error&) {
        if (!most.has_passed() && kind == kinds::statement) throw;  // the caller's time is up; the next statement waits again
        is_lost_ = true;
        throw_error(errc::disconnected,
                    "a request to end an earlier statement is still on its way, and might end another: the connection is given up",
                    {.sqlstate = "08006", .disconnect = true});
    }
    cancelled_.store(false);
}

void session::begin_exchange(const deadline& until, const stop_token& stop) {
    require_usable();
    check_settings();
    start(until, stop, kinds::statement);
}

void session::open_pipeline(bool several) {
    if (!several && pending_begin_.empty()) return;
    if (PQenterPipelineMode(raw_) != 1) lose();
    in_pipeline_ = true;
    sync_sent_ = false;
    if (pending_begin_.empty()) return;
    sent(PQsendQueryParams(raw_, pending_begin_.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    sent_begin_ = std::exchange(pending_begin_, {});
}

void session::sent(int ok) {
    if (ok == 1) return;
    if (PQstatus(raw_) == CONNECTION_BAD) lose();
    native_error failure{plain, one_line(PQerrorMessage(raw_)), "XX000"};
    discard();
    throw failure;
}

void session::flush() {
    if (in_pipeline_ && !sync_sent_) {
        sync_sent_ = true;
        if (PQpipelineSync(raw_) != 1) lose();
    }
    int left = 0;
    while ((left = PQflush(raw_)) == 1) {
        wait(wait_for::read_or_write);  // who only wrote could wait for a server that waits for its answers to be read
        consume();
    }
    if (left < 0) lose();
}

void session::check_limits() {
    if (is_control_) return;
    if (stop_.stop_requested()) give_up(operational_error{errc::cancelled, "the statement was cancelled"});
    if (until_.has_passed()) give_up(timeout_error{errc::timeout, "the statement ran past its deadline"});
}

/// The limits are looked at ahead: where data flows without a pause the waiter never does.
void session::wait(wait_for what) {
    check_limits();
    try {
        wait_.wait(PQsocket(raw_), what, until_, stop_);
    } catch (const error& why) {
        give_up(why);
    }
}

void session::consume() {
    if (PQconsumeInput(raw_) != 1) lose();
}

result_handle session::next() {
    while (PQisBusy(raw_) != 0) {
        wait(wait_for::read);
        consume();
    }
    result_handle r{PQgetResult(raw_)};
    if (PQstatus(raw_) == CONNECTION_BAD && (!r || (is_error(r.get()) && !has_sqlstate(r.get())))) lose();
    return r;
}

result_handle session::next_of_many() {
    if (PQisBusy(raw_) != 0) consume();
    return next();
}

void session::receive_begin() {
    if (sent_begin_.empty()) return;
    auto r = next();
    if (!r || is_error(r.get())) fail(std::move(r));
    if (next()) throw_error(errc::internal, "BEGIN gave more than one result");
}

void session::end_exchange() {
    while (in_exchange_) {
        auto r = next();
        if (!r) {
            if (!in_pipeline_) leave_exchange();
        } else if (PQresultStatus(r.get()) == PGRES_PIPELINE_SYNC) {
            leave_exchange();
        } else if (is_error(r.get())) {
            fail(std::move(r));
        }
    }
    deliver_notifications();
}

void session::leave_exchange() noexcept {
    if (in_pipeline_ && PQexitPipelineMode(raw_) != 1) is_lost_ = true;
    in_pipeline_ = in_exchange_ = false;
}

void session::fail(result_handle r) {
    if (!r) throw_error(errc::internal, "the server gave no result where one was due");
    native_error told = make_error(r.get());
    r.reset();
    const bool was_cancelled = told.sqlstate() == "57014" && cancelled_.load();
    if (!read_to_end(control_deadline())) is_lost_ = true;
    if (is_lost_) throw native_error(lost_connection, told.message(), told.sqlstate());
    deliver_notifications();
    if (was_cancelled) throw_error(errc::cancelled, "the statement was cancelled", {.sqlstate = "57014"});
    throw told;
}

/// The connection is broken. What the server said last tells why.
void session::lose() {
    is_lost_ = true;
    std::string words;
    std::string state;
    constexpr int at_most = 100;  // results that had arrived before
    for (int i = 0; i < at_most; ++i) {
        const result_handle r{PQgetResult(raw_)};
        if (!r) break;
        if (!is_error(r.get()) || !has_sqlstate(r.get())) continue;
        const native_error last = make_error(r.get());
        words = last.message();
        state = last.sqlstate();
    }
    in_exchange_ = in_pipeline_ = false;
    if (words.empty()) throw make_lost_error(raw_);
    throw native_error(lost_connection, words, state);
}

/// What became of a statement that the server was told to end: it may have been done by then.
std::string_view session::outcome(bool late) const noexcept {
    if (saw_error_) return late ? "the statement ran past its deadline and was ended" : "the statement was cancelled";
    return late ? "the statement was done, but only after its deadline: what it did stands"
                : "the statement was done before it could be cancelled: what it did stands";
}

/// A deadline or a stop ended a wait: the server is told to stop as well. One that is silent has lost its connection.
void session::give_up(const error& why) {
    const bool late = why.code() == errc::timeout;
    if (!is_control_ && (late || why.code() == errc::cancelled)) {
        if (end_at_server()) {
            deliver_notifications();
            throw_error(why.code(), std::string{outcome(late)}, {.sqlstate = "57014"});
        }
    }
    is_lost_ = true;
    throw_error(why.code(), why.message() + "; the server did not answer in time, so the connection is given up",
                {.sqlstate = "08006", .disconnect = true});
}

bool session::end_at_server() noexcept {
    cancelled_.store(true);
    canceller_->request();
    return read_to_end(grace()) && !is_lost_;
}

bool session::read_to_end(const deadline& until, const stop_token& stop) noexcept {
    saw_error_ = false;
    try {
        if (in_pipeline_ && !sync_sent_) {
            sync_sent_ = true;
            PQpipelineSync(raw_);
        }
        while (in_exchange_ && !is_lost_) {
            int left = 0;
            bool has_room = true;
            while (has_room && ((left = PQflush(raw_)) == 1 || PQisBusy(raw_) != 0))
                has_room = take_in(left == 1 ? wait_for::read_or_write : wait_for::read, until, stop);
            if (left < 0 || PQstatus(raw_) == CONNECTION_BAD) {
                is_lost_ = true;
            } else if (const result_handle r{PQgetResult(raw_)}; !r) {
                if (!in_pipeline_) leave_exchange();
            } else if (PQresultStatus(r.get()) == PGRES_PIPELINE_SYNC) {
                leave_exchange();
            } else {
                saw_error_ = saw_error_ || is_error(r.get());
                while (!end_copy(raw_, r.get()) && take_in(wait_for::read, until, stop)) {}
            }
        }
        if (is_lost_) in_exchange_ = in_pipeline_ = false;
        return true;
    } catch (...) {  // the time is up
        return false;
    }
}

/// Waits, and reads what the socket has. False: the connection is gone. Throws where the time is up, even while data flows.
bool session::take_in(wait_for what, const deadline& until, const stop_token& stop) {
    if (until.has_passed()) throw_error(errc::timeout, "the rest of a result did not come in time");
    wait_.wait(PQsocket(raw_), what, until, stop);
    return PQconsumeInput(raw_) == 1;
}

void session::discard() noexcept {
    if (!in_exchange_ || !is_usable()) return;
    if (!read_to_end(control_deadline())) is_lost_ = true;
}

void session::discard_or_end() noexcept {
    constexpr std::chrono::milliseconds patience{100};
    if (!in_exchange_ || !is_usable()) return;
    if (!read_to_end(deadline::after(patience))) interrupt();
}

void session::discard_arrived() noexcept {
    constexpr int at_most = 1000;
    for (int i = 0; i < at_most && in_exchange_ && is_usable(); ++i) {
        if (PQisBusy(raw_) != 0 && (PQconsumeInput(raw_) != 1 || PQisBusy(raw_) != 0)) break;
        const result_handle r{PQgetResult(raw_)};
        if (!r ? !in_pipeline_ : PQresultStatus(r.get()) == PGRES_PIPELINE_SYNC) leave_exchange();
        else if (r && !end_copy(raw_, r.get())) break;
    }
    if (raw_ && PQstatus(raw_) == CONNECTION_BAD) is_lost_ = true;
}

void session::read_leftovers() {
    if (!in_exchange_) return;
    if (read_to_end(until_, stop_)) return require_usable();
    const bool stopped = stop_.stop_requested();
    if (!end_at_server()) {
        is_lost_ = true;
        require_usable();
    }
    throw_error(
        stopped ? errc::cancelled : errc::timeout,
        "the rest of a result that was closed early had to be read first, and took too long: its statement was ended, and this one did "
        "not run; read results to their end, or roll back",
        {.sqlstate = "57014"});
}

std::string session::run(const std::string& sql, const deadline& until, with_begin begin) {
    start(until, stop_token{}, kinds::control);
    if (begin == with_begin::yes) open_pipeline(false);
    if (in_pipeline_) sent(PQsendQueryParams(raw_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    else sent(PQsendQuery(raw_, sql.c_str()));
    flush();
    receive_begin();
    auto r = next();
    if (!r || is_error(r.get())) fail(std::move(r));
    std::string tag = PQcmdStatus(r.get());
    end_exchange();
    return tag;
}

void session::send_begin() {
    if (pending_begin_.empty()) return;
    const std::string sql = std::exchange(pending_begin_, {});
    run(sql, control_deadline(), with_begin::no);
}

}  // namespace azoth::postgresql
