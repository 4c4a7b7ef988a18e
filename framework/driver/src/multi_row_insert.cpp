#include "multi_row_insert.hpp"

#include "drain.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

constexpr std::size_t most_rows = 100;  // beyond it a statement gains little more, and its text grows
constexpr std::size_t some_rows = 10;

bool same_number(const cell& a, const cell& b) {
    if (a.tag == cell_tag::u64 && b.tag == cell_tag::i64) return b.i64 >= 0 && a.u64 == static_cast<std::uint64_t>(b.i64);
    return a.tag == cell_tag::i64 && b.tag == cell_tag::u64 && same_number(b, a);
}

/// Whether a returned key is the one that was sent.
bool same_key(const cell& sent, const cell& returned) {
    if (sent.is_view() && returned.is_view()) return sent.chars_view() == returned.chars_view();
    if (sent.tag != returned.tag) return same_number(sent, returned);
    switch (sent.tag) {
        case cell_tag::null: return false;
        case cell_tag::f64: return sent.f64 == returned.f64;
        case cell_tag::interval: return sent.interval == returned.interval;
        case cell_tag::uuid: return std::ranges::equal(sent.raw, returned.raw);
        default: return sent.i64 == returned.i64;
    }
}

}  // namespace

multi_row_insert::multi_row_insert(driver_connection& on, const batch_plan& plan, row_source& rows, row_sink* returned,
                                   const execute_options& options)
    : connection_{on}, plan_{plan}, source_{rows}, sink_{returned}, options_{options} {
    if (plan.row_pieces.empty()) throw_error(errc::invalid_argument, "a batch plan without row pieces cannot be run");
    width_ = plan.row_pieces.size() - 1;
    chunk_ = rows_a_statement();
}

std::size_t multi_row_insert::rows_a_statement() const {
    profile server;
    connection_.server_profile(server);
    const capabilities& can = server.can;
    // No database promises the order of what it returns: without a key to tell rows by, they go one by one.
    const bool no_order = plan_.returns_rows && !plan_.order;
    if (no_order || width_ == 0 || !can.multi_row_values) return 1;
    return std::clamp<std::size_t>(can.max_parameters / width_, 1, most_rows);
}

batch_result multi_row_insert::run() {
    std::vector<cell> cells(chunk_ * width_);
    batch_result result;
    while (const std::size_t got = source_.fill(cells, chunk_)) {
        for (std::size_t done = 0; done < got;) {
            const std::size_t rows = size_for(got - done);
            const std::int64_t affected = insert(std::span{cells}.subspan(done * width_, rows * width_), rows);
            result.rows = affected < 0 || result.rows < 0 ? -1 : result.rows + affected;
            done += rows;
        }
    }
    return result;
}

/// Three sizes of statement are enough, and few enough to prepare.
std::size_t multi_row_insert::size_for(std::size_t left) const {
    if (left >= chunk_) return chunk_;
    return left >= some_rows && chunk_ > some_rows ? some_rows : 1;
}

std::string multi_row_insert::sql_for(std::size_t rows) const {
    std::string sql = plan_.prefix;
    std::size_t parameter = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) sql += ", ";
        sql += plan_.row_pieces.front();
        for (std::size_t p = 1; p <= width_; ++p) {
            if (plan_.numbered_placeholders) fmt::format_to(std::back_inserter(sql), "${}", ++parameter);
            else sql += '?';
            sql += plan_.row_pieces[p];
        }
    }
    return sql += plan_.suffix;
}

prepared_statement& multi_row_insert::statement_for(std::size_t rows) {
    for (const auto& s : statements_)
        if (s.rows == rows) return *s.prepared;
    return *statements_.emplace_back(sized_statement{rows, connection_.prepare(sql_for(rows))}).prepared;
}

std::int64_t multi_row_insert::insert(std::span<const cell> sent, std::size_t rows) {
    cursor& results = statement_for(rows).execute(sent, options_);
    const closing_cursor closing{results};
    if (plan_.returns_rows && sink_) hand_over(sent, rows, collect(results));
    drain(results);
    return results.affected_rows();
}

std::size_t multi_row_insert::collect(cursor& results) {
    returned_.clear();
    copies_.clear();
    returned_width_ = results.columns().size();
    if (returned_width_ == 0) return 0;
    std::size_t rows = 0;
    for (;; ++rows) {
        const std::size_t at = returned_.size();
        returned_.resize(at + returned_width_);
        const auto row = std::span{returned_}.subspan(at);
        if (results.fetch(row, 1) == 0) return rows;
        for (cell& c : row)  // valid until the next row is fetched only
            c = copies_.copy(c);
    }
}

std::span<const cell> multi_row_insert::returned_row(std::size_t i) const {
    return std::span{returned_}.subspan(i * returned_width_, returned_width_);
}

void multi_row_insert::hand_over(std::span<const cell> sent, std::size_t rows, std::size_t got) {
    if (rows == 1 || !plan_.order) {
        for (std::size_t i = 0; i < got; ++i) sink_->row(returned_row(i));
        return;
    }
    for (std::size_t i = 0; i < rows; ++i) {
        const cell& key = sent[i * width_ + plan_.order->parameter];
        const auto is_its = [&](std::size_t at) { return same_key(key, returned_row(at)[plan_.order->returned_column]); };
        std::size_t at = i < got && is_its(i) ? i : 0;  // mostly they come in order
        while (at < got && !is_its(at)) ++at;
        if (at == got)
            throw_error(errc::internal, fmt::format("the database returned no row with the key of row {} of {} in a batch for {}: does a "
                                                    "trigger change it?",
                                                    i + 1, rows, plan_.table));
        sink_->row(returned_row(at));
    }
}

}  // namespace azoth::detail
