#include "statement.hpp"

#include "classify.hpp"
#include "errors.hpp"
#include "sql_words.hpp"

#include <fmt/format.h>

#include <utility>

namespace azoth::postgresql {

statement::statement(std::shared_ptr<session> on, std::string_view sql, lifetimes lifetime)
    : session_{std::move(on)}, sql_{sql}, keep_{lifetime == lifetimes::kept}, only_reads_{only_reads(sql)} {
    if (sql_.find('\0') != std::string::npos)
        throw_error(errc::value_format, "the SQL has a NUL character, which PostgreSQL's texts cannot hold");
}

statement::~statement() {
    close();
    if (session_->is_usable() && is_prepared()) session_->forget_statement(std::move(name_));
}

void statement::start(std::span<const cell> parameters, const execute_options& options) {
    close();
    parameters_.assign(parameters);
    start(options);
}

void statement::start(const execute_options& options) {
    close();
    if (is_copy(sql_)) refuse_copy();
    try {
        run(options);
    } catch (const native_error& e) {
        if (!keep_ || e.code() != stale_statement) throw;
        prepare_anew(e);
        run(options);
    }
}

void statement::refuse_copy() {
    throw_error(errc::not_supported,
                "COPY cannot be run as a statement: insert many rows with execute(insert, rows), which uses it, or select them");
}

/// What was prepared is stale. Where nothing else had happened in the transaction, it is begun anew.
void statement::prepare_anew(const native_error& why) {
    const std::string old = std::exchange(name_, {});
    if (why.sqlstate() != "26000") session_->forget_statement(old);  // else it is gone already
    if (session_->was_in_transaction()) throw why;
    const std::string begin = session_->sent_begin();
    if (begin.empty()) return;
    session_->run("ROLLBACK", session_->control_deadline());
    session_->plan_begin(begin);
}

void statement::run(const execute_options& options) {
    session& s = *session_;
    affected_ = -1;
    s.begin_exchange(options.until, options.stop);
    exchange_ = s.exchange();
    const bool prepares = keep_ && !is_prepared();
    s.open_pipeline(prepares);
    PGconn* const raw = s.raw();
    const std::string name = prepares ? s.new_name() : name_;
    if (prepares) {
        binary_ = false;
        s.sent(PQsendPrepare(raw, name.c_str(), sql_.c_str(), 0, nullptr));
        s.sent(PQsendDescribePrepared(raw, name.c_str()));
    }
    const parameter_list& p = parameters_;
    if (keep_) s.sent(PQsendQueryPrepared(raw, name.c_str(), p.count(), p.values(), p.lengths(), p.formats(), binary_ ? 1 : 0));
    else s.sent(PQsendQueryParams(raw, sql_.c_str(), p.count(), nullptr, p.values(), p.lengths(), p.formats(), 0));
    s.flush();
    receive_ahead(prepares, name);
    // Outside a transaction a statement is committed with its end: what writes is read to there, so that a constraint that is checked last
    // is told of.
    if (options.streaming && (only_reads_ || s.in_transaction())) PQsetSingleRowMode(raw);
    take_first(s.next());
}

/// The answers to what went ahead of the statement itself.
void statement::receive_ahead(bool prepares, const std::string& name) {
    try {
        session_->receive_begin();
        if (prepares) receive_preparation(name);
    } catch (const error&) {  // no answer of the server's: it may have prepared the statement
        if (prepares && name_ != name) session_->forget_statement(name);
        throw;
    }
}

void statement::receive_preparation(const std::string& name) {
    auto parsed = session_->next();
    if (!parsed || PQresultStatus(parsed.get()) != PGRES_COMMAND_OK) session_->fail(std::move(parsed));
    name_ = name;
    generation_ = session_->generation();
    (void)session_->next();  // the end of one command's results
    auto described = session_->next();
    if (!described || PQresultStatus(described.get()) != PGRES_COMMAND_OK) session_->fail(std::move(described));
    binary_ = suits_binary(described.get());  // from the next run on: this one is on its way
    (void)session_->next();
}

void statement::take_first(result_handle r) {
    switch (r ? PQresultStatus(r.get()) : PGRES_FATAL_ERROR) {
        case PGRES_SINGLE_TUPLE:
        case PGRES_TUPLES_OK:
            shape_.take(r.get());
            all_read_ = false;
            state_ = state::rows;
            take_rows(std::move(r));
            return;
        case PGRES_COMMAND_OK:
            shape_.clear();
            state_ = state::done;
            affected_ = affected_by(r.get());
            session_->end_exchange();
            return;
        case PGRES_EMPTY_QUERY: session_->discard(); throw native_error(plain, "the statement is empty", "42601");
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH: session_->interrupt(); refuse_copy();
        default: session_->fail(std::move(r));
    }
}

/// Whether there are rows in it. The last result of a streamed statement has none, and tells how many there were.
bool statement::take_rows(result_handle r) {
    switch (r ? PQresultStatus(r.get()) : PGRES_FATAL_ERROR) {
        case PGRES_SINGLE_TUPLE: is_streaming_ = true; break;
        case PGRES_TUPLES_OK:
            is_streaming_ = false;
            affected_ = affected_by(r.get());
            session_->end_exchange();
            all_read_ = true;
            break;
        default: state_ = state::done; session_->fail(std::move(r));
    }
    current_ = std::move(r);
    next_row_ = 0;
    return PQntuples(current_.get()) > 0;
}

bool statement::advance(bool only_what_arrived) {
    if (all_read_ || (only_what_arrived && !session_->has_answer())) return false;
    return take_rows(session_->next_of_many());
}

std::size_t statement::fetch(std::span<cell> out, std::size_t max_rows) {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    if (state_ != state::rows || max_rows == 0) return 0;
    if (session_->is_closed()) throw_error(errc::closed, "the PostgreSQL connection is closed");
    if (!all_read_ && (exchange_ != session_->exchange() || !session_->is_in_exchange()))
        throw_error(errc::misuse, "the result cannot be read on: another statement ran on the connection, or an error ended this one");
    block_.clear();
    scratch_.clear();
    if (!all_read_) session_->check_limits();
    std::size_t rows = 0;
    try {
        while (rows < max_rows && next_row(rows > 0)) {
            const auto cells = out.subspan(rows * shape_.width(), shape_.width());
            shape_.decode(current_.get(), next_row_++, cells.data(), scratch_);
            ++rows;
            if (is_streaming_) take_over(cells);
        }
    } catch (...) {  // the rows before it come first
        if (rows == 0) throw;
        failure_ = std::current_exception();
    }
    if (rows == 0) state_ = state::done;
    return rows;
}

/// A streamed row is a result by itself, of 2 KiB at least. Small rows are copied, so that libpq can use the same memory again at once.
void statement::take_over(std::span<cell> row) {
    constexpr std::size_t small = 512;
    std::size_t size = 0;
    for (const cell& c : row) size += c.is_view() ? c.chars.size : 0;
    if (size > small) return block_.push_back(std::move(current_));
    for (cell& c : row)
        if (c.is_view()) c.chars.data = scratch_.copy(c.chars_view()).data();
    current_.reset();
}

/// Whether there is a row at `next_row_`.
bool statement::next_row(bool only_what_arrived) {
    if (current_ && next_row_ < PQntuples(current_.get())) return true;
    current_.reset();
    return advance(only_what_arrived);
}

void statement::close() noexcept {
    if (state_ == state::idle) return;
    const bool is_running = state_ == state::rows && !all_read_ && exchange_ == session_->exchange();
    state_ = state::idle;
    failure_ = nullptr;
    current_.reset();
    block_.clear();
    if (!is_running || !session_->is_usable() || !session_->is_in_exchange()) return;
    // In a transaction the rest can wait: a rollback spares reading it. Outside, the server would go on holding what it reads.
    if (session_->in_transaction()) session_->discard_arrived();
    else session_->discard_or_end();
}

}  // namespace azoth::postgresql
