#include "library_statement.hpp"

#include "sql_words.hpp"

#include "sql/sql_text.hpp"
#include "sql/temporal.hpp"

#include <cppconn/parameter_metadata.h>
#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

/// The library writes years with two digits or more.
cell read_short_date(string_view text, zero_dates zeros) {
    const auto dash = text.find('-');
    if (dash >= 4) return read_date_text(text, zeros);
    return read_date_text(std::string(4 - dash, '0').append(text), zeros);
}

}  // namespace

library_statement::library_statement(std::shared_ptr<session> on, string_view sql, const deadline& until)
    : session_{std::move(on)}, sql_{sql}, traits_{traits_of(sql)}, generation_{session_->generation()} {
    try {
        const session::running here{*session_, session_->bounded(until), {}, watch::manners::ask_first};
        statement_.reset(session_->connection().prepareStatement(sql_));
        parameter_count_ = static_cast<unsigned>(statement_->getParameterMetaData()->getParameterCount());
        read_columns(*statement_->getMetaData(), prepared_columns_);
    } catch (const lib::SQLException& e) {
        session_->fail(e);
    }
}

library_statement::~library_statement() {
    if (session_->is_inherited()) {  // both would talk to the parent's server
        (void)rows_.release();
        (void)statement_.release();
        return;
    }
    close();
}

void library_statement::require_alive(std::size_t parameters) const {
    if (generation_ != session_->generation())
        throw_error(errc::closed, "the statement was prepared before the connection was reset: prepare it again");
    if (parameters != parameter_count_)
        throw_error(errc::parameter, fmt::format("the statement takes {} parameters, but {} were given", parameter_count_, parameters));
}

cursor& library_statement::execute(std::span<const cell> parameters, const execute_options& options) {
    close();
    session_->make_ready(options.until);
    require_alive(parameters.size());
    affected_ = -1;
    last_id_.reset();
    try {
        binding_.bind(*statement_, parameters, session_->max_packet());
        const session::running here{*session_, options.until, options.stop, watch::manners::ask_first};
        run();
        session_->note_effect(traits_.effect);
    } catch (const lib::SQLException& e) {
        close();
        session_->fail(e);
    } catch (...) {
        close();
        throw;
    }
    binding_.clear();
    return *this;
}

void library_statement::run() {
    const bool is_call = same_word(verb_of(sql_), "call");
    // The columns of RETURNING are known when rows have been changed, not before.
    if (prepared_columns_.empty() && !is_call && !has_word(sql_, "returning")) return take_no_rows(statement_->executeUpdate());
    require_known_types(*statement_->getMetaData(), prepared_columns_);
    if (!statement_->execute()) return take_no_rows(static_cast<std::int64_t>(statement_->getUpdateCount()));
    take_rows();
    if (is_call) keep_results();
}

/// A procedure's further results would be in the way of the next statement.
void library_statement::keep_results() {
    for (;;) {
        kept_rows& to = kept_.add(columns());
        while (rows_->next()) to.add([&](std::span<cell> row) { write_row(row.data()); });
        rows_.reset();
        if (!statement_->getMoreResults()) break;
        take_rows();
    }
}

/// The statement's own metadata is that of its preparation; the table may have changed since, and RETURNING has columns only now.
void library_statement::take_rows() {
    rows_.reset(statement_->getResultSet());
    auto& metadata = *rows_->getMetaData();
    read_columns(metadata, columns_);
    is_described_ = false;
    require_known_types(metadata, columns_);
    require_narrow_decimals(metadata, columns_);
    texts_.resize(columns_.size());
    if (!traits_.only_reads) {
        affected_ = static_cast<std::int64_t>(rows_->rowsCount());
        if (session_->forget_keys) session_->forget_keys();
    }
    session_->check_ending();
}

void library_statement::take_no_rows(std::int64_t affected) {
    columns_.clear();
    is_described_ = false;
    affected_ = affected;
    // The library keeps 32 bits of it.
    if (affected_ < 0)
        if (const auto told = session_->query("SELECT ROW_COUNT()"); !told.empty() && told.front().front()) {
            const std::string& text = *told.front().front();
            std::from_chars(text.data(), text.data() + text.size(), affected_);
        }
    if (affected_ > 0 && traits_.inserts && session_->find_key) last_id_ = session_->find_key(sql_);
}

std::span<const column_info> library_statement::columns() const {
    if (!rows_ && !kept_.empty()) return kept_.columns();
    if (!is_described_) {
        if (rows_) describe_columns(*rows_->getMetaData(), columns_, described_);
        else described_.clear();
        is_described_ = true;
    }
    return described_;
}

std::size_t library_statement::fetch(std::span<cell> out, std::size_t max_rows) {
    if (!kept_.empty()) return kept_.take(out, max_rows);
    if (!rows_ || max_rows == 0) return 0;
    if (out.size() < columns_.size())
        throw_error(errc::invalid_argument, fmt::format("fetch got room for {} cells, but a row has {}", out.size(), columns_.size()));
    try {
        if (!rows_->next()) return 0;
        write_row(out.data());
    } catch (const lib::SQLException& e) {
        session_->fail(e);
    }
    return 1;
}

void library_statement::write_row(cell* out) {
    for (std::size_t i = 0; i < columns_.size(); ++i) out[i] = value_of(i);
}

cell library_statement::value_of(std::size_t i) {
    const auto at = static_cast<std::uint32_t>(i) + 1;
    if (rows_->isNull(at)) return {};
    switch (columns_[i].kind) {
        case column_kinds::integer: return cell::integer(rows_->getInt64(at));
        case column_kinds::unsigned_: return cell::unsigned_integer(rows_->getUInt64(at));
        case column_kinds::double_: return cell::real(static_cast<double>(rows_->getDouble(at)));
        case column_kinds::real: return cell::real(static_cast<double>(static_cast<float>(rows_->getDouble(at))));
        case column_kinds::bits: {
            const std::uint64_t bits = rows_->getUInt64(at);
            return bits > static_cast<std::uint64_t>(INT64_MAX) ? cell::unsigned_integer(bits)
                                                                : cell::integer(static_cast<std::int64_t>(bits));
        }
        default: return text_of(i);
    }
}

cell library_statement::text_of(std::size_t i) {
    lib::SQLString value = rows_->getString(static_cast<std::uint32_t>(i) + 1);
    texts_[i] = std::move(*value.operator->());
    const zero_dates zeros = session_->wanted().zero_dates;
    if (columns_[i].kind == column_kinds::date) return read_short_date(texts_[i], zeros);
    return read_text_value(columns_[i].kind, texts_[i], zeros);
}

void library_statement::close() noexcept {
    if (session_->is_abandoned()) return;
    binding_.clear();
    rows_.reset();
    kept_.clear();
}

}  // namespace azoth::mysql::connector
