#include "text_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

// What a result is read on for before the server is asked to stop sending it: a KILL costs a connection.
constexpr auto patience_for_rest = std::chrono::milliseconds{5};
constexpr unsigned rows_between_looks = 64;

/// The library has made a number of a BIT's bytes.
cell bits_in(string_view digits) {
    std::uint64_t bits = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (bits > static_cast<std::uint64_t>(INT64_MAX)) return cell::unsigned_integer(bits);
    return cell::integer(static_cast<std::int64_t>(bits));
}

[[noreturn]] void refuse_float(const lib::ResultSet& rows, const std::vector<column>& columns) {
    const auto at = std::ranges::find(columns, column_kinds::real, &column::kind) - columns.begin();
    refuse_float_as_text(rows.getMetaData()->getColumnLabel(static_cast<unsigned>(at) + 1).asStdString());
}

}  // namespace

text_cursor::~text_cursor() { close(); }

void text_cursor::make_ready(const execute_options& options) {
    close();
    session_->make_ready(options.until);
}

void text_cursor::start(string_view sql, statement_traits traits, const execute_options& options) {
    affected_ = -1;
    last_id_.reset();
    kept_.clear();
    only_reads_ = traits.only_reads;
    running_.emplace(*session_, options.until, options.stop, watch::manners::ask_first);
    try {
        rows_ = session_->send();
        session_->note_effect(traits.effect);
        if (!rows_) return take_no_rows(sql, traits.inserts);
        take_columns();
        if (has_float(columns_)) {
            session_->has_floats.erase(std::string{sql});
            refuse_float(*rows_, columns_);
        }
        session_->open(*this);
        state_ = states::reading;
        if (!traits.only_reads) return keep_results(traits.effect);
        if (next()) state_ = states::row_waiting;
    } catch (const lib::SQLException& e) {
        finish();
        session_->fail(e);
    } catch (...) {
        close();
        throw;
    }
}

void text_cursor::take_no_rows(string_view sql, bool inserts) {
    affected_ = session_->affected();
    columns_.clear();
    is_described_ = false;
    state_ = states::done;
    session_->tell_warnings();
    if (affected_ > 0 && inserts && session_->find_key) last_id_ = session_->find_key(sql);
    running_.reset();
}

void text_cursor::take_columns() {
    read_columns(*rows_->getMetaData(), columns_);
    is_described_ = false;
    texts_.resize(columns_.size());
}

std::span<const column_info> text_cursor::columns() const {
    if (!kept_.empty()) return kept_.columns();
    return columns_now();
}

std::span<const column_info> text_cursor::columns_now() const {
    if (!is_described_) {
        if (rows_) describe_columns(*rows_->getMetaData(), columns_, described_);
        else described_.clear();
        is_described_ = true;
    }
    return described_;
}

bool text_cursor::read() {
    session_->check_ending();
    if (rows_->next()) return true;
    session_->check_end();
    return false;
}

bool text_cursor::next() {
    try {
        if (read()) return true;
    } catch (const lib::SQLException& e) {
        finish();
        session_->fail(e);
    } catch (...) {
        close();
        throw;
    }
    running_.reset();
    state_ = states::done;
    return false;
}

cell text_cursor::value_of(std::size_t i) {
    lib::SQLString value = rows_->getString(static_cast<std::uint32_t>(i) + 1);
    if (value.length() == 0 && rows_->wasNull()) return {};
    texts_[i] = std::move(*value.operator->());
    if (columns_[i].kind == column_kinds::bits) return bits_in(texts_[i]);
    return read_text_value(columns_[i].kind, texts_[i], session_->wanted().zero_dates);
}

bool text_cursor::advance() {
    if (state_ == states::done) return false;
    if (state_ != states::row_waiting) return next();
    state_ = states::reading;
    return true;
}

void text_cursor::write_row(cell* out) {
    try {
        for (std::size_t i = 0; i < columns_.size(); ++i) out[i] = value_of(i);
    } catch (const lib::SQLException& e) {
        session_->fail(e);
    }
}

std::size_t text_cursor::fetch(std::span<cell> out, std::size_t max_rows) {
    if (state_ == states::kept) return kept_.take(out, max_rows);
    if ((state_ != states::reading && state_ != states::row_waiting) || max_rows == 0) return 0;
    if (out.size() < columns_.size())
        throw_error(errc::invalid_argument, fmt::format("fetch got room for {} cells, but a row has {}", out.size(), columns_.size()));
    if (!advance()) return 0;
    write_row(out.data());
    return 1;
}

void text_cursor::keep_results(effects effect) {
    if (session_->forget_keys) session_->forget_keys();
    for (;;) {
        kept_rows& to = kept_.add(columns_now());
        while (read()) to.add([&](std::span<cell> row) { write_row(row.data()); });
        // INSERT, REPLACE or DELETE: a row returned is a row changed.
        if (effect == effects::none) affected_ = static_cast<std::int64_t>(to.count());
        if (!session_->send_next(rows_)) break;
        take_columns();
        if (has_float(columns_)) refuse_float(*rows_, columns_);
    }
    finish();
    state_ = states::kept;
}

void text_cursor::keep_rest() {
    if (state_ != states::reading && state_ != states::row_waiting) return;
    kept_rows& to = kept_.add(columns_now());
    while (advance()) to.add([&](std::span<cell> row) { write_row(row.data()); });
    state_ = states::kept;
}

bool text_cursor::next_result() {
    while ((state_ == states::reading || state_ == states::row_waiting) && advance()) {}
    return kept_.next();
}

/// Reads what nobody wants; a query's for a while, then the server is asked to end it.
void text_cursor::drain() noexcept {
    using clock = std::chrono::steady_clock;
    const auto began = clock::now();
    bool asked = false;
    try {
        for (unsigned rows = 0; rows_->next(); ++rows) {
            if (asked || !only_reads_ || rows % rows_between_looks != 0 || clock::now() - began < patience_for_rest) continue;
            session_->watcher().give_up();
            asked = true;
        }
    } catch (const std::exception&) {  // there is no more to read then either; the next statement learns why
    }
}

/// Further results (of a CALL) are in the way of the next statement.
void text_cursor::finish() noexcept {
    if (session_->is_abandoned()) {
        (void)rows_.release();
        return;
    }
    try {
        while (rows_ && session_->is_usable() && session_->send_next(rows_)) drain();
    } catch (const std::exception&) {  // as above
    }
    rows_.reset();
    running_.reset();
    session_->opened_no_more(*this);
}

void text_cursor::close() noexcept {
    kept_.clear();
    if (!rows_) {
        running_.reset();
        session_->opened_no_more(*this);
        state_ = states::idle;
        return;
    }
    const bool has_more = state_ == states::reading || state_ == states::row_waiting;
    if (has_more && !session_->is_inherited() && session_->is_usable()) drain();
    finish();
    state_ = states::idle;
}

}  // namespace azoth::mysql::connector
