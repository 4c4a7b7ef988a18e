#include "bulk.hpp"

#include "literal.hpp"

#include <algorithm>
#include <vector>

namespace azoth::mysql::connector {
namespace {

// Measured: beyond these a statement gains nothing.
constexpr std::size_t rows_a_statement = 1000;
constexpr std::size_t bytes_a_statement = std::size_t{256} * 1024;

}  // namespace

bulk_inserter::bulk_inserter(std::shared_ptr<session> on, const batch_plan& plan, bool keys_ascend)
    : session_{std::move(on)},
      plan_{plan},
      width_{plan.row_pieces.size() - 1},
      most_rows_{can_go_together(plan, keys_ascend) ? rows_a_statement : 1},
      frame_{plan.prefix.size() + plan.suffix.size()},
      cursor_{session_},
      returned_{plan} {
    for (const auto& piece : plan.row_pieces) frame_ += piece.size() + 2;
}

batch_result bulk_inserter::insert(row_source& rows, row_sink* returned, const execute_options& options) {
    sink_ = returned;
    options_ = &options;
    result_ = {};
    std::vector<cell> cells(rows_a_statement * std::max<std::size_t>(width_, 1));
    while (const std::size_t got = rows.fill(cells, rows_a_statement)) insert_block(cells, got);
    return result_;
}

void bulk_inserter::insert_block(std::span<const cell> cells, std::size_t rows) {
    std::size_t first = 0;  // of those written and not sent
    for (std::size_t i = 0; i < rows; ++i) {
        const auto row = cells.subspan(i * width_, width_);
        const std::size_t bytes = literal_size(row) + frame_;
        const bool is_large = !session_->takes(bytes);
        const bool is_full = i - first == most_rows_ || sql_.size() >= bytes_a_statement || !session_->takes(sql_.size() + bytes);
        if (i != first && (is_large || is_full)) {
            send(cells.subspan(first * width_), i - first);
            first = i;
        }
        if (is_large) {
            insert_large(row);
            first = i + 1;
        } else {
            sql_ += i == first ? plan_.prefix + plan_.row_pieces.front() : ", " + plan_.row_pieces.front();
            write_row(row);
        }
    }
    if (first != rows) send(cells.subspan(first * width_), rows - first);
}

void bulk_inserter::write_row(std::span<const cell> row) {
    for (std::size_t i = 0; i < width_; ++i) {
        append_literal(sql_, row[i]);
        sql_ += plan_.row_pieces[i + 1];
    }
}

void bulk_inserter::send(std::span<const cell> cells, std::size_t rows) {
    sql_ += plan_.suffix;
    cursor_.make_ready(*options_);
    session_->text().swap(sql_);
    sql_.clear();
    cursor_.start(plan_.prefix, {.effect = effects::none}, *options_);
    take(cursor_, cells, rows);
    session_->text().swap(sql_);  // its memory, for the next
    sql_.clear();
}

void bulk_inserter::insert_large(std::span<const cell> row) {
    if (!large_) large_ = std::make_unique<library_statement>(session_, values_sql(plan_, 1), options_->until);
    take(large_->execute(row, *options_), row, 1);
}

void bulk_inserter::take(cursor& result, std::span<const cell> cells, std::size_t rows) {
    if (plan_.returns_rows && sink_) {
        returned_.collect(result);
        returned_.hand_over(cells, rows, *sink_);
    }
    const std::int64_t affected = result.affected_rows();
    result_.rows = affected < 0 || result_.rows < 0 ? -1 : result_.rows + affected;
    result.close();
}

}  // namespace azoth::mysql::connector
