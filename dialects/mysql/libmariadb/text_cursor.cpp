#include "text_cursor.hpp"

#include "row_decoder.hpp"

#include "sql/sql_text.hpp"

namespace azoth::mysql {
namespace {

constexpr std::chrono::seconds patience_for_rest{10};  // for rows that nobody wants

}  // namespace

text_cursor::text_cursor(std::shared_ptr<session> on, std::string_view sql, const execute_options& options, bool is_ours)
    : session_{std::move(on)}, options_{options} {
    session_->statement_begins(options_, is_ours);
    try {
        MYSQL* raw = session_->open();
        int failed = 0;
        session_->statement_call([&] { return mysql_real_query_start(&failed, raw, sql.data(), sql.size()); },
                                 [&](int events) { return mysql_real_query_cont(&failed, raw, events); }, options_);
        if (failed != 0) session_->fail();
        look_at_result();
        throw_if_interrupted();
        if (!is_ours && only_reads(sql)) refuse_floats();
        if (!is_ours && !only_reads(sql)) keep_results();
        if (!is_ours && kinds_.empty() && mysql_more_results(raw) == 0) tell_warnings(session_);
    } catch (...) {
        free_result();
        session_->statement_ends();
        throw;
    }
}

text_cursor::~text_cursor() { close(); }

void text_cursor::throw_if_interrupted() {
    if (!session_->interrupted()) return;
    options_ = {.until = deadline::after(patience_for_rest)};
    discard();
    session_->throw_interruption();
}

void text_cursor::refuse_floats() {
    for (std::size_t i = 0; i < kinds_.size(); ++i)
        if (kinds_[i] == column_kinds::real) {
            const std::string name = infos_[i].name;
            discard();
            refuse_float_as_text(name);
        }
}

/// As statement::keep_results.
void text_cursor::keep_results() {
    try {
        do {
            if (kinds_.empty()) continue;
            refuse_floats();
            kept_rows& to = kept_.add(infos_);
            while (step()) to.add([&](std::span<cell> row) { write_row(row); });
            throw_if_interrupted();
        } while (move_on());
    } catch (const data_error&) {
        discard();
        throw;
    }
}

void text_cursor::look_at_result() {
    MYSQL* raw = session_->open();
    infos_.clear();
    kinds_.clear();
    if (mysql_field_count(raw) == 0) {
        affected_ = static_cast<std::int64_t>(mysql_affected_rows(raw));
        const auto id = mysql_insert_id(raw);
        last_id_ = id == 0 ? std::nullopt : std::optional{static_cast<std::int64_t>(id)};
        if (mysql_more_results(raw) == 0) session_->statement_ends();
        return;
    }
    result_.reset(mysql_use_result(raw));
    if (!result_) session_->fail();
    for (unsigned i = 0; i < mysql_num_fields(result_.get()); ++i) {
        const MYSQL_FIELD& field = *mysql_fetch_field_direct(result_.get(), i);
        const column_facts facts = facts_of(field);
        kinds_.push_back(kind_of(facts));
        infos_.push_back(describe_column(field, facts));
    }
}

bool text_cursor::step() {
    if (!result_ || is_over_) return false;
    MYSQL* raw = session_->open();
    row_ = nullptr;
    session_->statement_call([&] { return mysql_fetch_row_start(&row_, result_.get()); },
                             [&](int events) { return mysql_fetch_row_cont(&row_, result_.get(), events); }, options_);
    if (row_) return true;
    is_over_ = true;
    if (mysql_errno(raw) != 0) {
        session_->statement_ends();
        session_->fail();
    }
    if (mysql_more_results(raw) == 0) session_->statement_ends();
    return false;
}

std::size_t text_cursor::fetch(std::span<cell> out, std::size_t max_rows) {
    if (max_rows == 0) return 0;
    if (!kept_.empty()) return kept_.take(out, max_rows);
    const bool has_row = step();
    throw_if_interrupted();
    if (!has_row) return 0;
    write_row(out);
    return 1;
}

void text_cursor::write_row(std::span<cell> to) {
    const unsigned long* lengths = mysql_fetch_lengths(result_.get());
    for (std::size_t i = 0; i < kinds_.size(); ++i)
        to[i] = row_[i] ? read_text_value(kinds_[i], {row_[i], lengths[i]}, session_->wanted().zero_dates) : cell{};
}

std::vector<text_row> text_cursor::read_all() {
    std::vector<text_row> rows;
    while (step()) {
        const unsigned long* lengths = mysql_fetch_lengths(result_.get());
        text_row& to = rows.emplace_back();
        for (std::size_t i = 0; i < kinds_.size(); ++i)
            to.push_back(row_[i] ? std::optional{std::string{row_[i], lengths[i]}} : std::nullopt);
    }
    throw_if_interrupted();
    return rows;
}

bool text_cursor::next_result() {
    while (step()) continue;
    throw_if_interrupted();
    return kept_.next();
}

/// To the next result, with rows or without; false: there is none.
bool text_cursor::move_on() {
    free_result();
    MYSQL* raw = session_->open();
    if (mysql_more_results(raw) == 0) return false;
    int outcome = 0;
    session_->statement_call([&] { return mysql_next_result_start(&outcome, raw); },
                             [&](int events) { return mysql_next_result_cont(&outcome, raw, events); }, options_);
    if (outcome > 0) {
        session_->statement_ends();
        session_->fail();
    }
    is_over_ = false;
    look_at_result();
    return true;
}

void text_cursor::discard() {
    do
        while (step()) continue;
    while (session_->is_open() && move_on());
    free_result();
}

void text_cursor::free_result() noexcept {
    // The library would read the rest of the rows, by a connection that is no more.
    if (result_ && !session_->is_open()) result_->handle = nullptr;
    result_.reset();
}

void text_cursor::close() noexcept {
    if (!is_closed_ && session_->is_open()) {
        options_ = {.until = deadline::after(patience_for_rest)};
        try {
            discard();
        } catch (...) {  // an error in place of the rest: nobody waits for it
        }
    }
    is_closed_ = true;
    free_result();
    session_->statement_ends();
}

void tell_warnings(const std::shared_ptr<session>& of) noexcept {
    try {
        if (!of->messages() || mysql_warning_count(of->open()) == 0) return;
        text_cursor answer{of, "SHOW WARNINGS", {.until = deadline::after(patience_for_rest)}, true};
        for (const text_row& row : answer.read_all())  // level, number, words
            if (row.size() == 3 && row[0] && row[2]) of->messages()({.text = *row[2], .severity = *row[0]});
    } catch (...) {}
}

}  // namespace azoth::mysql
