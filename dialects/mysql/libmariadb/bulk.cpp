#include "bulk.hpp"

#include <algorithm>

namespace azoth::mysql {
namespace {

constexpr std::size_t most_rows = 4000;                       // beyond it a packet gains little more
constexpr std::uint64_t most_packet_bytes = 4 * 1024 * 1024;  // the library and the server hold it in memory

/// How many of the rows fit into a packet; at least one, which the server may refuse.
std::size_t rows_that_fit(std::span<const cell> cells, std::size_t columns, std::uint64_t most_bytes) {
    std::uint64_t bytes = 0;
    for (std::size_t at = 0; at < cells.size(); ++at) {
        bytes += size_on_wire(cells[at]);
        if (bytes > most_bytes) return std::max<std::size_t>(at / columns, 1);
    }
    return cells.size() / columns;
}

}  // namespace

std::int64_t bulk_inserter::send(std::span<cell> cells, std::size_t columns, const execute_options& options) {
    std::int64_t rows = 0;
    while (!cells.empty()) {
        const std::size_t fit = rows_that_fit(cells, columns, std::min(most_bytes_ / 2, most_packet_bytes));
        rows += kept_->run_rows(cells.first(fit * columns), columns, options);
        cells = cells.subspan(fit * columns);
    }
    return rows;
}

batch_result bulk_inserter::insert(const batch_plan& plan, row_source& rows, const execute_options& options) {
    std::string sql = values_sql(plan, 1);
    if (!kept_ || sql != kept_sql_) {
        kept_ = std::make_unique<statement>(session_, sql, most_bytes_);
        kept_sql_ = std::move(sql);
    }
    const std::size_t columns = plan.row_pieces.size() - 1;
    cells_.resize(columns * most_rows);
    batch_result result;
    while (const std::size_t got = rows.fill(cells_, most_rows))
        result.rows += send(std::span{cells_}.first(got * columns), columns, options);
    return result;
}

}  // namespace azoth::mysql
