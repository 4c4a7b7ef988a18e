#include "statement.hpp"

#include "bind.hpp"
#include "errors.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <new>

namespace azoth::sqlite {
namespace {

/// The start of a text, for a message; never half a character.
std::string_view shortened(std::string_view text, std::size_t most = 60) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    return text.substr(0, most);
}

void refuse_tail(std::string_view tail) {
    if (!tail.empty() && tail.front() == '\0')
        throw_syntax_error("the SQL text holds a NUL character: remove it, or bind the value that holds it");
    const auto rest = skip_blanks(tail, true);
    if (!rest.empty())
        throw_syntax_error(
            fmt::format("more than one statement in one text: run each by itself. What follows the first: {}", shortened(rest)));
}

}  // namespace

statement_handle compile(session& on, std::string_view sql, bool persistent) {
    sqlite3* db = on.open_db();
    if (sql.size() > static_cast<std::size_t>(sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, -1)))
        throw_syntax_error(fmt::format("the SQL text has {} bytes, more than SQLite takes: bind large values", sql.size()));
    if (sql.empty()) throw_syntax_error("the SQL text is empty");
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), persistent ? SQLITE_PREPARE_PERSISTENT : 0, &raw, &tail);
    statement_handle made{raw};
    if (code != SQLITE_OK) on.fail(code);
    refuse_tail(sql.substr(static_cast<std::size_t>(tail - sql.data())));
    if (!made) throw_syntax_error("the SQL text holds no statement, only blanks and comments");
    return made;
}

statement::statement(std::shared_ptr<session> on, std::string_view sql, lifetimes lifetime)
    : session_{std::move(on)}, generation_{session_->generation()}, keep_{lifetime == lifetimes::kept} {
    // SQLite reads the schema to compile, and may meet a lock. Whoever runs the statement knows how long to wait for that.
    try {
        const session::impatience at_once{*session_};
        adopt(compile(*session_, sql, keep_), sql);
    } catch (const native_error& e) {
        if ((e.code() & 0xff) != SQLITE_BUSY) throw;
        pending_ = sql;
    }
}

void statement::adopt(statement_handle compiled, std::string_view sql) {
    raw_ = std::move(compiled);
    parameter_count_ = sqlite3_bind_parameter_count(raw_.get());
    column_count_ = sqlite3_column_count(raw_.get());
    changes_data_ = sqlite3_stmt_readonly(raw_.get()) == 0;
    if (!changes_data_) return;
    const auto verb = verb_of(sql);
    inserts_ = same_word(verb, "insert") || same_word(verb, "replace");
}

void statement::compile_at_last() {
    const session::watch watch{*session_, until_, &stop_};
    adopt(compile(*session_, pending_, keep_), pending_);
    pending_.clear();
}

statement::~statement() {
    if (session_->is_abandoned()) (void)raw_.release();  // finalizing could write to the parent's file
}

void statement::require_alive() const {
    if (generation_ != session_->generation())
        throw_error(errc::closed, "the statement was prepared before the connection was reset: prepare it again");
    (void)session_->open_db();
}

void statement::start(std::span<const cell> parameters, const execute_options& options) {
    require_alive();
    if (state_ != state::idle) close();
    session_->forget_interrupt();
    is_watched_ = options.until.is_set() || options.stop.stop_possible();
    if (is_watched_ || !pending_.empty()) {
        until_ = options.until;
        stop_ = options.stop;
    }
    if (!pending_.empty()) compile_at_last();
    if (parameters.size() != static_cast<std::size_t>(parameter_count_))
        throw_error(errc::parameter,
                    fmt::format("the statement takes {} parameters, but {} were given", parameter_count_, parameters.size()));
    affected_ = -1;
    last_id_.reset();
    bind_all(parameters);
    if (changes_data_) changes_before_ = sqlite3_total_changes64(session_->db());
    if (inserts_) sqlite3_set_last_insert_rowid(session_->db(), 0);  // tables without row ids, and upserts that update, leave it as it is
    state_ = state::running;
    if (step()) state_ = state::row_waiting;
    if (column_count_ == 0) return;
    check_shape();
    if (changes_data_) read_ahead();
}

void statement::bind_all(std::span<const cell> parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        bind(*session_, raw_.get(), static_cast<int>(i) + 1, parameters[i]);
        has_views_ = has_views_ || parameters[i].is_view();
    }
}

int statement::raw_step() {
    if (!is_watched_) [[likely]]
        return sqlite3_step(raw_.get());
    const session::watch watch{*session_, until_, &stop_};
    return sqlite3_step(raw_.get());
}

bool statement::step() {
    int code = SQLITE_ERROR;
    try {
        code = raw_step();
    } catch (...) {  // the deadline had passed before the step
        close();
        throw;
    }
    if (code == SQLITE_ROW) [[likely]]
        return true;
    if (code == SQLITE_DONE) {
        finish();
        return false;
    }
    try {
        session_->fail(code);  // before the reset, which forgets the message
    } catch (...) {
        close();
        throw;
    }
}

void statement::finish() {
    // Locks go now, not when somebody closes the cursor.
    sqlite3_reset(raw_.get());
    if (changes_data_) {
        const bool changed = sqlite3_total_changes64(session_->db()) != changes_before_;
        affected_ = changed ? sqlite3_changes64(session_->db()) : 0;
        const auto row_id = inserts_ && changed ? sqlite3_last_insert_rowid(session_->db()) : 0;
        if (row_id != 0) last_id_ = row_id;
    }
    state_ = state::done;
}

void statement::read_ahead() {
    const auto width = static_cast<std::size_t>(column_count_);
    rows_.start(width);
    for (bool row = state_ == state::row_waiting; row; row = step()) {
        write_row(rows_.next_row().data());
        rows_.keep();
    }
    state_ = state::buffered;
}

/// A changed schema makes SQLite compile the statement anew at its first step: `SELECT *` can then have other columns.
void statement::check_shape() {
    const int compilations = sqlite3_stmt_status(raw_.get(), SQLITE_STMTSTATUS_REPREPARE, 0);
    if (compilations == compilations_) [[likely]]
        return;
    compilations_ = compilations;
    column_count_ = sqlite3_column_count(raw_.get());
    columns_known_ = false;
}

std::span<const column_info> statement::columns() const {
    if (!columns_known_ && raw_) look_columns_up();
    return columns_;
}

void statement::look_columns_up() const {
    columns_.assign(static_cast<std::size_t>(column_count_), {});
    for (int i = 0; i < column_count_; ++i) {
        auto& info = columns_[static_cast<std::size_t>(i)];
        if (const char* name = sqlite3_column_name(raw_.get(), i)) info.name = name;
        if (const char* type = sqlite3_column_decltype(raw_.get(), i)) info.native_type = type;
    }
    columns_known_ = true;
}

std::size_t statement::fetch(std::span<cell> out, std::size_t max_rows) {
    if (max_rows == 0) return 0;
    const auto width = static_cast<std::size_t>(column_count_);
    if (out.size() < width)
        throw_error(errc::invalid_argument, fmt::format("fetch got room for {} cells, but a row has {}", out.size(), width));
    if (state_ == state::row_waiting) state_ = state::running;
    else if (state_ == state::buffered) return rows_.fetch(out, max_rows);
    else if (state_ != state::running || !step()) return 0;
    write_row(out.data());
    return 1;
}

void statement::write_row(cell* out) {
    for (int i = 0; i < column_count_; ++i, ++out) {
        // One lock and one range check fewer a value than the sqlite3_column_ functions.
        sqlite3_value* const v = sqlite3_column_value(raw_.get(), i);
        switch (sqlite3_value_type(v)) {
            case SQLITE_INTEGER: *out = cell::integer(sqlite3_value_int64(v)); break;
            case SQLITE_FLOAT: *out = cell::real(sqlite3_value_double(v)); break;
            case SQLITE_TEXT: {
                const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(v));
                if (!text) throw std::bad_alloc{};
                *out = {cell_tag::text, {text, static_cast<std::size_t>(sqlite3_value_bytes(v))}};
                break;
            }
            case SQLITE_BLOB: {
                const auto* bytes = static_cast<const char*>(sqlite3_value_blob(v));
                *out = {cell_tag::bytes, {bytes, static_cast<std::size_t>(sqlite3_value_bytes(v))}};
                break;
            }
            default: *out = cell{}; break;
        }
    }
}

void statement::rest() noexcept {
    if (!raw_ || session_->is_abandoned()) return;
    if (state_ == state::running || state_ == state::row_waiting) sqlite3_reset(raw_.get());
    state_ = state::idle;
}

void statement::close() noexcept {
    if (!raw_ || session_->is_abandoned()) return;
    rest();
    if (!keep_) {
        raw_.reset();
    } else if (has_views_) {
        sqlite3_clear_bindings(raw_.get());
        has_views_ = false;
    }
}

}  // namespace azoth::sqlite
