#include "multi_row_insert.hpp"

#include "drain.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::detail {
namespace {

constexpr std::size_t most_rows = 100;  // beyond it a statement gains little more, and its text grows
constexpr std::size_t some_rows = 10;

std::uint64_t bytes_of(std::span<const cell> values) noexcept {
    std::uint64_t sum = 0;
    for (const cell& c : values) sum += c.is_view() ? c.chars_view().size() : sizeof c;
    return sum;
}

}  // namespace

multi_row_insert::multi_row_insert(driver_connection& on, const batch_plan& plan, row_source& rows, row_sink* returned,
                                   const execute_options& options)
    : connection_{on}, plan_{plan}, source_{rows}, sink_{returned}, options_{options}, returned_{plan} {
    if (plan.row_pieces.empty()) throw_error(errc::invalid_argument, "a batch plan without row pieces cannot be run");
    width_ = plan.row_pieces.size() - 1;
    profile server;
    connection_.server_profile(server);
    chunk_ = rows_a_statement(server.can);
    most_bytes_ = server.can.max_value_bytes / 2;  // a value may take more where it is written as text
}

std::size_t multi_row_insert::rows_a_statement(const capabilities& can) const {
    if (!can_go_together(plan_, can.keys_ascend_in_batches) || width_ == 0 || !can.multi_row_values) return 1;
    return std::clamp<std::size_t>(can.max_parameters / width_, 1, most_rows);
}

batch_result multi_row_insert::run() {
    std::vector<cell> cells(chunk_ * width_);
    batch_result result;
    while (const std::size_t got = source_.fill(cells, chunk_)) {
        for (std::size_t done = 0; done < got;) {
            const auto left = std::span<const cell>{cells}.first(got * width_).subspan(done * width_);
            const std::size_t rows = size_for(left);
            const std::int64_t affected = insert(left.first(rows * width_), rows);
            result.rows = affected < 0 || result.rows < 0 ? -1 : result.rows + affected;
            done += rows;
        }
    }
    return result;
}

/// Three sizes of statement are enough, and few enough to prepare. Rows that one statement cannot carry go in several.
std::size_t multi_row_insert::size_for(std::span<const cell> left) const {
    const auto fits = [&](std::size_t rows) { return left.size() >= rows * width_ && bytes_of(left.first(rows * width_)) <= most_bytes_; };
    if (fits(chunk_)) return chunk_;
    return chunk_ > some_rows && fits(some_rows) ? some_rows : 1;
}

prepared_statement& multi_row_insert::statement_for(std::size_t rows) {
    for (const auto& s : statements_)
        if (s.rows == rows) return *s.prepared;
    return *statements_.emplace_back(sized_statement{rows, made(connection_.prepare(values_sql(plan_, rows)), "prepare()")}).prepared;
}

std::int64_t multi_row_insert::insert(std::span<const cell> sent, std::size_t rows) {
    cursor& results = statement_for(rows).execute(sent, options_);
    const closing_cursor closing{results};
    if (plan_.returns_rows && sink_) {
        returned_.collect(results);
        returned_.hand_over(sent, rows, *sink_);
    }
    drain(results);
    return results.affected_rows();
}

}  // namespace azoth::detail
