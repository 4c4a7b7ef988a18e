#include "statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace azoth::firebird {
namespace {

/// Where the text, name or comment that begins here ends; the same place where nothing does.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const auto behind = [&](std::string_view sign, std::size_t from) {
        const auto found = sql.find(sign, from);
        return found == std::string_view::npos ? sql.size() : found + sign.size();
    };
    if (sql[at] == '\'' || sql[at] == '"') return behind(sql.substr(at, 1), at + 1);
    if (sql.substr(at).starts_with("--")) return behind("\n", at);
    if (sql.substr(at).starts_with("/*")) return behind("*/", at + 2);
    return at;
}

std::string type_for(std::string_view usual, const cell& value) {
    constexpr std::size_t most_bytes = 32'765;
    if (usual == text_words && value.is_view() && value.chars.size > most_bytes - 1) return "BLOB SUB_TYPE TEXT CHARACTER SET UTF8";
    if (usual == bytes_words && value.is_view() && value.chars.size > most_bytes - 1) return "BLOB SUB_TYPE BINARY";
    if (usual == decimal_words && value.tag == cell_tag::i64) return "NUMERIC(18, 0)";
    if (usual == decimal_words && value.tag == cell_tag::decimal) return fmt::format("NUMERIC(18, {})", std::min(scale_of(value), 18));
    return std::string{usual};
}

/// Whether the column beside which a parameter stands has room for the value, which may be compared with it all the same.
bool fits(const cell& value, const field& to) {
    constexpr unsigned utf8 = 4;
    const bool is_text = to.type == SQL_VARYING || to.type == SQL_TEXT;
    if (is_text && to.charset == utf8 && value.tag == cell_tag::text) return value.chars.size <= to.length / 4;
    const bool is_number = value.tag == cell_tag::i64 || value.tag == cell_tag::decimal;
    if (!is_number || (to.type != SQL_SHORT && to.type != SQL_LONG)) return true;
    const double most = (to.type == SQL_SHORT ? 32'767 : 2'147'483'647) * std::pow(10.0, to.scale);
    const double number = value.tag == cell_tag::i64 ? static_cast<double>(value.i64) : decimal::parse(value.chars_view()).to_double();
    return std::fabs(number) <= most;
}

}  // namespace

shaped_sql::shaped_sql(std::string_view sql) : sql_{sql} {
    std::size_t parameter = 0;
    for (std::size_t at = 0; at < sql_.size();) {
        if (const std::size_t end = end_of_quoted(sql_, at); end != at) {
            at = end;
            continue;
        }
        if (sql_[at++] != '?') continue;
        const std::string_view rest = std::string_view{sql_}.substr(at);
        place found{parameter++, at, {}};
        for (const std::string_view words : {text_words, bytes_words, decimal_words})
            if (rest.starts_with(" AS ") && rest.substr(4).starts_with(words)) found = {found.parameter, at + 4, words};
        places_.push_back(found);
    }
}

std::string shaped_sql::for_values(std::span<const cell> values, std::span<const field> wanted) const {
    std::string sql;
    std::size_t done = 0;
    for (const place& p : places_) {
        const cell& value = values[p.parameter];
        const bool is_wider = p.usual.empty() && !fits(value, wanted[p.parameter]);
        sql.append(sql_, done, p.at - done - (is_wider ? 1 : 0));
        if (is_wider) sql += fmt::format("CAST(? AS {})", type_for(value.tag == cell_tag::text ? text_words : decimal_words, value));
        else sql += type_for(p.usual, value);
        done = p.at + p.usual.size();
    }
    return sql.append(sql_, done);
}

statement::statement(std::shared_ptr<session> on, std::string_view sql) : session_{std::move(on)}, sql_{sql} {
    prepare(sql_.usual());
    outcome s;
    bound_.resize(wanted_->getCount(&s));
    for (unsigned i = 0; i < bound_.size(); ++i) parameters_.push_back(field_of(*wanted_, i));
    const std::lock_guard held{living().guard};
    living().all.push_back(this);
}

statement::~statement() {
    const std::lock_guard held{living().guard};
    std::erase(living().all, this);
}

statement::registry& statement::living() {
    static registry only;
    return only;
}

fb::IStatement* statement::compile(const std::string& sql) {
    outcome s;
    return session_->attachment->prepare(&s, session_->preparing.get(), static_cast<unsigned>(sql.size()), sql.c_str(), SQL_DIALECT_V6,
                                         fb::IStatement::PREPARE_PREFETCH_METADATA);
}

void statement::prepare(const std::string& sql) {
    if (prepared_ && sql == prepared_sql_) return;
    prepared_.reset();
    try {
        prepared_.reset(compile(sql));
    } catch (const native_error& e) {
        if (e.code() != isc_command_end_err2 || sql.empty()) throw;
        try {  // SELECT without FROM, as nearly every other database takes it
            prepared_.reset(compile(sql + "\nFROM RDB$DATABASE"));
        } catch (const native_error&) {
            throw e;
        }
    }
    prepared_sql_ = sql;
    describe();
}

void statement::describe() {
    outcome s;
    type_ = prepared_->getType(&s);
    wanted_.reset(prepared_->getInputMetadata(&s));
    given_.reset(prepared_->getOutputMetadata(&s));
    const unsigned count = given_->getCount(&s);
    is_singleton_ = count != 0 && (prepared_->getFlags(&s) & fb::IStatement::FLAG_HAS_CURSOR) == 0;
    columns_.clear();
    fields_.clear();
    for (unsigned i = 0; i < count; ++i) {
        fields_.push_back(field_of(*given_, i));
        columns_.push_back({.name = swapped_case(given_->getAlias(&s, i)), .native_type = name_of(fields_.back()), .nullable = {}});
    }
    row_.resize(given_->getMessageLength(&s));
}

/// A statement outside a transaction has one of its own. So has one that changes the schema: what it makes is there for others once that
/// ends, so that the open transaction ends before it, as MySQL does it.
void statement::prepare_transaction() {
    if (type_ == isc_info_sql_stmt_ddl || prepared_sql_.starts_with("EXECUTE BLOCK AS BEGIN IF")) {
        session_->end(true);
        unprepare_idle();
    }
    if (!session_->transaction) own_ = session_->start(session_->statement_transaction);
}

/// From here on nobody else unprepares it.
void statement::begin_run() {
    const std::lock_guard held{living().guard};
    runs_ = true;
}

void statement::start() {
    affected_ = -1;
    begin_run();
    prepare(sql_.for_values(bound_, parameters_));
    if (type_ == isc_info_sql_stmt_commit || type_ == isc_info_sql_stmt_rollback) return session_->end(type_ == isc_info_sql_stmt_commit);
    prepare_transaction();
    run();
}

void statement::run() {
    parameter_message sent{*session_->attachment, transaction(), *wanted_, bound_};
    outcome s;
    if (!columns_.empty() && !is_singleton_) {
        rows_.reset(prepared_->openCursor(&s, &transaction(), sent.format(), sent.data(), given_.get(), 0));
        return;
    }
    prepared_->execute(&s, &transaction(), sent.format(), sent.data(), is_singleton_ ? given_.get() : nullptr, row_.data());
    const bool changes =
        type_ == isc_info_sql_stmt_insert || type_ == isc_info_sql_stmt_update || type_ == isc_info_sql_stmt_delete || is_singleton_;
    if (changes) affected_ = static_cast<std::int64_t>(prepared_->getAffectedRecords(&s));
    row_waits_ = is_singleton_ && affected_ != 0;  // Firebird gives a row of NULLs where there was none
}

bool statement::step() {
    if (is_singleton_) return std::exchange(row_waits_, false);
    outcome s;
    return rows_->fetchNext(&s, row_.data()) == fb::IStatus::RESULT_OK;
}

void statement::read(std::span<cell> out) {
    memory_.clear();
    for (std::size_t i = 0; i < fields_.size(); ++i)
        out[i] = read_field(fields_[i], row_.data(), *session_->attachment, transaction(), memory_);
}

void statement::rest() noexcept {
    if (!runs_) return;
    outcome s;
    try {
        if (rows_) {
            rows_->close(&s);
            (void)rows_.release();
        }
    } catch (const std::exception&) {  // the statement is at its end all the same
        rows_.reset();
    }
    try {
        if (own_) own_->rollback(&s);  // `finish` has committed what is to stay
        (void)own_.release();
    } catch (const std::exception&) {
        own_.reset();
    }
    const std::lock_guard held{living().guard};
    runs_ = false;
}

void statement::finish() {
    outcome s;
    if (rows_) {
        rows_->close(&s);
        (void)rows_.release();
    }
    if (!own_) return;
    own_->commit(&s);
    (void)own_.release();
}

std::int64_t statement::affected_rows() { return affected_; }

void statement::unprepare_idle() noexcept {
    const std::lock_guard held{living().guard};
    for (statement* s : living().all)
        if (!s->runs_) s->prepared_.reset();
}

void statement::forget_all(const session& of) noexcept {
    const std::lock_guard held{living().guard};
    for (statement* s : living().all) {
        if (s->session_.get() != &of) continue;
        s->rows_.reset();
        s->own_.reset();
        s->prepared_.reset();
    }
}

}  // namespace azoth::firebird
