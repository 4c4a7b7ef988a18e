#include "copy_table.hpp"

#include <fmt/format.h>

namespace azoth::command {
namespace {

constexpr std::size_t rows_in_batch = 5'000;
constexpr std::size_t bytes_in_batch = 8u << 20;

std::vector<expr<value>> columns_of(const table& t, const std::vector<std::size_t>& which) {
    std::vector<expr<value>> columns;
    for (const std::size_t i : which) columns.push_back(t[t.columns()[i].name]);
    return columns;
}

auto query_for(const moving_table& table, std::int64_t skip) {
    auto query = select_columns(columns_of(table.from, filled_columns(table.from.definition()))).select_from(table.from);
    for (const auto& key : table.from.definition().primary_key) query = query.order_by(table.from[key]);
    return skip == 0 ? query : query.offset(skip);
}

std::size_t size_of(const value& v) { return 32 + (v.view().is_view() ? v.view().chars.size : 0); }

/// Rows of one table, collected until they are worth a transaction.
class batch_writer {
public:
    batch_writer(const moving_table& table, const engine& target, const on_rows& told)
        : connection_{target.connect("azoth copy")},
          told_{told},
          insert_{insert(table.to).columns(columns_of(table.to, filled_columns(table.to.definition())))} {}

    void add(std::vector<value> row) {
        for (const auto& v : row) bytes_ += size_of(v);
        rows_.push_back(std::move(row));
        if (rows_.size() >= rows_in_batch || bytes_ >= bytes_in_batch) flush();
    }
    void flush() {
        if (rows_.empty()) return;
        connection_.execute(insert_, rows_);
        connection_.commit();
        told_(static_cast<std::int64_t>(rows_.size()));
        rows_.clear();
        bytes_ = 0;
    }

private:
    connection connection_;
    const on_rows& told_;
    insert_statement<dynamic_row> insert_;
    std::vector<std::vector<value>> rows_{};
    std::size_t bytes_{};
};

/// How many rows are there to go on behind; a table whose rows have no order is emptied.
std::int64_t rows_to_skip(const moving_table& table, const engine& target) {
    const std::int64_t there = count_rows(table.to, target);
    if (there == 0 || !table.from.definition().primary_key.empty()) return there;
    connection c = target.connect("azoth copy");
    c.execute(delete_(table.to));
    c.commit();
    return 0;
}

}  // namespace

std::int64_t count_rows(const table& of, const engine& in) {
    connection c = in.connect("azoth copy");
    return c.scalar(select(func::count()).select_from(of));
}

void copy_rows(const moving_table& table, const engine& source, const engine& target, const on_rows& told) {
    const std::int64_t skip = rows_to_skip(table, target);
    if (skip != 0) told(skip);
    const std::vector<std::size_t> filled = filled_columns(table.from.definition());
    std::vector<type> types;
    for (const std::size_t i : filled) types.push_back(table.from.columns()[i].type);
    connection c = source.connect("azoth copy");
    result rows = c.execute(query_for(table, skip)).stream();
    batch_writer writer{table, target, told};
    std::vector<value> row;
    while (rows.next()) {
        row.clear();
        const auto cells = rows.cells();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            try {
                row.push_back(typed_value(cells[i], types[i]));
            } catch (const data_error& e) {
                throw std::runtime_error{fmt::format("{}.{}: {}", table.from.name(), table.from.columns()[filled[i]].name, e.what())};
            }
        }
        writer.add(std::move(row));
        row = {};
    }
    writer.flush();
}

checksum checksum_of(const table& rows, const std::vector<type>& types, const engine& in) {
    connection c = in.connect("azoth copy");
    result all = c.execute(select_columns(columns_of(rows, filled_columns(rows.definition()))).select_from(rows)).stream();
    row_summer sum;
    std::vector<value> row;
    while (all.next()) {
        row.clear();
        const auto cells = all.cells();
        for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(typed_value(cells[i], types[i]));
        sum.add(row, types);
    }
    return sum.result();
}

}  // namespace azoth::command
