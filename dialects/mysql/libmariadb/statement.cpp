#include "statement.hpp"

#include "text_cursor.hpp"

#include "sql/classify.hpp"
#include "sql/sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::mysql {
namespace {

constexpr int unknown_statement = 1243;
constexpr int needs_preparing = 1615;
constexpr int columns_changed = 2057;  // CR_NEW_STMT_METADATA: the table has more or fewer columns than when it was prepared

constexpr int rows_between_looks = 64;             // at the clock, while rows are dropped
constexpr std::chrono::milliseconds drop_for{50};  // ... of a statement that only reads; then the server is told to end it
constexpr std::chrono::seconds patience{3};        // for what is left after that

}  // namespace

statement::statement(std::shared_ptr<session> on, std::string_view sql, std::uint64_t most_bytes)
    : session_{std::move(on)}, sql_{sql}, most_bytes_{most_bytes}, only_reads_{only_reads(sql)} {}

statement::~statement() {
    close();
    release();
}

void statement::release() noexcept {
    if (raw_) session_->retire(std::exchange(raw_, nullptr));
}

void statement::on_value(void* self, unsigned column, unsigned char** at) { static_cast<statement*>(self)->decoder_.take(column, at); }

my_bool statement::on_row(void* self, MYSQL_BIND* to, unsigned row) {
    static_cast<statement*>(self)->parameters_.load_row(to, row);
    return 0;
}

/// Where the server does not prepare such statements, it is sent as text.
void statement::prepare() {
    if (is_plain_) return;
    if (raw_ && generation_ == session_->generation()) return;
    release();
    MYSQL* on = session_->open();
    if (sql_.size() > most_bytes_)
        throw_error(errc::value_range,
                    fmt::format("the SQL text has {} bytes, and the server takes {} at once: bind large values, or raise its "
                                "max_allowed_packet",
                                sql_.size(), most_bytes_));
    raw_ = mysql_stmt_init(on);
    if (!raw_) throw std::bad_alloc{};
    generation_ = session_->generation();
    mysql_stmt_attr_set(raw_, STMT_ATTR_CB_USER_DATA, this);
    mysql_stmt_attr_set(raw_, STMT_ATTR_CB_RESULT, reinterpret_cast<const void*>(&on_value));
    int failed = 1;
    try {
        session_->statement_call([&] { return mysql_stmt_prepare_start(&failed, raw_, sql_.data(), sql_.size()); },
                                 [&](int events) { return mysql_stmt_prepare_cont(&failed, raw_, events); }, options_);
    } catch (...) {
        release();
        throw;
    }
    if (failed == 0) return throw_if_interrupted();
    const native_error error = error_of(raw_, session_->open());
    release();
    throw_if_interrupted();
    is_plain_ = is_not_preparable(error.code());
    if (!is_plain_) session_->fail(error);
}

void statement::start(std::span<const cell> values, const execute_options& options) {
    close();
    options_ = options;
    affected_ = -1;
    fetched_ = 0;
    last_id_.reset();
    session_->statement_begins(options);
    try {
        send(values);
    } catch (...) {
        state_ = state::done;
        session_->statement_ends();
        throw;
    }
}

void statement::send(std::span<const cell> values) {
    prepare();
    if (is_plain_) return send_plainly(values);
    parameters_.set(values, most_bytes_);
    execute(values.size());
}

void statement::send_plainly(std::span<const cell> values) {
    if (!values.empty())
        throw_error(errc::not_supported,
                    "the server does not prepare statements of this kind, so that they take no parameters: write the "
                    "values into the SQL");
    session_->statement_ends();  // its cursor tells by itself
    plain_ = std::make_unique<text_cursor>(session_, sql_, options_);
}

/// Whether a statement that failed may be prepared anew and run again: it has not run, or has only read.
bool statement::can_run_again(int code) const noexcept {
    const bool is_stale = code == unknown_statement || code == needs_preparing;
    return !session_->interrupted() && (is_stale || (code == columns_changed && only_reads_));
}

void statement::execute(std::size_t parameter_count) {
    for (bool is_first = true;; is_first = false) {
        bind(parameter_count);
        int failed = 0;
        session_->statement_call([&] { return mysql_stmt_execute_start(&failed, raw_); },
                                 [&](int events) { return mysql_stmt_execute_cont(&failed, raw_, events); }, options_);
        if (failed == 0) break;
        const native_error error = error_of(raw_, session_->open());
        if (error.code() == columns_changed) {
            release();
            session_->bury_retired();  // with it go the rows that are still to come
        }
        if (!is_first || !can_run_again(error.code())) fail(error);
        release();
        prepare();
    }
    look_at_result();
    read_ahead();
    if (!has_rows_ && state_ == state::done) tell_warnings(session_);
}

/// The server describes the columns before it computes the first row: its errors, and those of a statement that was ended, show here.
void statement::read_ahead() {
    row_waits_ = state_ == state::rows && !session_->interrupted() && step();
    throw_if_interrupted();
    if (!only_reads_) keep_results();
}

/// Whether a statement that changes data succeeds shows at the end of its rows, and a procedure's at the end of its results.
void statement::keep_results() {
    try {
        if (has_rows_) keep_rows();
        while (state_ == state::between) {
            move_on();
            if (has_rows_) keep_rows();
        }
    } catch (const data_error&) {  // a value that cannot be read: what is behind it is in the way
        while (has_more()) step_or_move_on();
        throw;
    }
    throw_if_interrupted();
}

void statement::keep_rows() {
    kept_rows& to = kept_.add(decoder_.columns());
    while (std::exchange(row_waits_, false) || step())
        to.add([&](std::span<cell> row) { decoder_.decode(row, session_->wanted().zero_dates); });
}

/// The error that comes in place of the result.
void statement::fail(const native_error& error) {
    if (error.code() == columns_changed && !session_->interrupted())
        throw_error(errc::operational,
                    "the rows were changed, but cannot be returned: the table has other columns than when the statement was prepared; roll "
                    "back and run it again",
                    {.native_code = error.code()});
    session_->fail(error);
}

void statement::bind(std::size_t count) {
    if (const auto wanted = mysql_stmt_param_count(raw_); wanted != count)
        throw_error(errc::parameter, fmt::format("the statement has {} parameters, but {} values were given", wanted, count));
    if (count != 0 && mysql_stmt_bind_param(raw_, parameters_.binds()) != 0) session_->fail(raw_);
}

std::int64_t statement::run_rows(std::span<cell> values, std::size_t columns, const execute_options& options) {
    options_ = options;
    session_->statement_begins(options);
    try {
        prepare();
        if (is_plain_) send_plainly(values);
        parameters_.set_rows(values, columns, most_bytes_);
        auto rows = static_cast<unsigned>(values.size() / columns);
        mysql_stmt_attr_set(raw_, STMT_ATTR_CB_PARAM, reinterpret_cast<const void*>(&on_row));
        mysql_stmt_attr_set(raw_, STMT_ATTR_ARRAY_SIZE, &rows);
        execute(columns);
    } catch (...) {
        state_ = state::done;
        session_->statement_ends();
        throw;
    }
    return affected_;
}

/// What came with the answer: columns, or counts.
void statement::look_at_result() {
    has_rows_ = mysql_stmt_field_count(raw_) != 0;
    if (has_rows_) {
        decoder_.learn(mariadb_stmt_fetch_fields(raw_), mysql_stmt_field_count(raw_));
        state_ = state::rows;
        return;
    }
    affected_ = static_cast<std::int64_t>(mysql_stmt_affected_rows(raw_));
    const auto id = mysql_stmt_insert_id(raw_);
    last_id_ = id == 0 ? std::nullopt : std::optional{static_cast<std::int64_t>(id)};
    end_result();
}

void statement::end_result() {
    if (mysql_stmt_more_results(raw_) != 0) {
        state_ = state::between;
        return;
    }
    state_ = state::done;
    session_->statement_ends();
}

std::span<const column_info> statement::columns() const {
    if (plain_) return plain_->columns();
    if (!kept_.empty()) return kept_.columns();
    return has_rows_ ? decoder_.columns() : std::span<const column_info>{};
}

bool statement::step() {
    if (state_ != state::rows) return false;
    int outcome = 0;
    session_->statement_call([&] { return mysql_stmt_fetch_start(&outcome, raw_); },
                             [&](int events) { return mysql_stmt_fetch_cont(&outcome, raw_, events); }, options_);
    if (outcome == 0) {
        ++fetched_;
        return true;
    }
    if (outcome != MYSQL_NO_DATA) {
        state_ = state::done;
        session_->statement_ends();
        session_->fail(raw_);
    }
    end_result();
    return false;
}

std::size_t statement::fetch(std::span<cell> out, std::size_t max_rows) {
    if (plain_) return plain_->fetch(out, max_rows);
    if (max_rows == 0) return 0;
    if (!kept_.empty()) return kept_.take(out, max_rows);
    const bool has_row = std::exchange(row_waits_, false) || step();
    throw_if_interrupted();
    if (!has_row) return 0;
    decoder_.decode(out, session_->wanted().zero_dates);
    return 1;
}

/// To the next result of a procedure.
void statement::move_on() {
    int outcome = 0;
    session_->statement_call([&] { return mysql_stmt_next_result_start(&outcome, raw_); },
                             [&](int events) { return mysql_stmt_next_result_cont(&outcome, raw_, events); }, options_);
    if (outcome > 0) {
        state_ = state::done;
        session_->statement_ends();
        session_->fail(raw_);
    }
    look_at_result();
}

bool statement::next_result() {
    if (plain_) return plain_->next_result();
    row_waits_ = false;
    while (step()) continue;
    throw_if_interrupted();
    return kept_.next();
}

/// The server does not tell how many rows a statement changed that returns them.
std::int64_t statement::affected_rows() const {
    if (plain_) return plain_->affected_rows();
    if (!has_rows_) return affected_;
    return only_reads_ ? -1 : fetched_;
}

std::optional<std::int64_t> statement::last_insert_id() const { return plain_ ? plain_->last_insert_id() : last_id_; }

/// Reads what is left after the statement was ended; throws why.
void statement::throw_if_interrupted() {
    if (!session_->interrupted()) return;
    options_ = {.until = deadline::after(patience)};
    while (has_more()) step_or_move_on();
    session_->throw_interruption();
}

void statement::step_or_move_on() {
    if (state_ == state::between) move_on();
    else step();
}

/// Reads what is left and drops it; where that takes long, the server is told to end the statement.
void statement::drop_rest() {
    options_ = {.until = deadline::after(drop_for)};
    bool is_ending = false;
    for (int i = 1; has_more(); ++i) {
        step_or_move_on();
        if (is_ending || !has_more()) continue;
        const bool takes_long = i % rows_between_looks == 0 && options_.until.has_passed();
        is_ending = session_->interrupted() || (takes_long && session_->end_statement());
        if (is_ending) options_ = {.until = deadline::after(patience)};
    }
}

void statement::close() noexcept {
    plain_.reset();
    kept_.clear();
    if (!has_more()) return;
    try {
        if (session_->is_open()) drop_rest();
    } catch (...) {  // an error in place of the rest: nobody waits for it
    }
    state_ = state::done;
    session_->statement_ends();
}

}  // namespace azoth::mysql
