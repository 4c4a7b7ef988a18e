#include "copy_table.hpp"

#include "copy_refusals.hpp"

#include <fmt/format.h>

#include <optional>

namespace azoth::command {
namespace {

constexpr std::size_t rows_in_batch = 5'000;
constexpr std::size_t bytes_in_batch = 8u << 20;

std::vector<expr<value>> columns_of(const table& t, const std::vector<std::size_t>& which) {
    std::vector<expr<value>> columns;
    for (const std::size_t i : which) columns.push_back(t[t.columns()[i].name]);
    return columns;
}

auto query_for(const table& of, std::int64_t skip) {
    auto query = select_columns(columns_of(of, filled_columns(of.definition()))).select_from(of);
    for (const auto& key : of.definition().primary_key) query = query.order_by(of[key]);
    return skip == 0 ? query : query.offset(skip);
}

/// The rows of a table, each value as one of these types.
class row_reader {
public:
    row_reader(const table& of, const std::vector<type>& types, const engine& in, std::int64_t skip = 0)
        : table_{of}, types_{types}, columns_{filled_columns(of.definition())}, connection_{in.connect("azoth copy")} {
        named([&] { rows_ = connection_.execute(query_for(table_, skip)).stream(); });
    }
    /// False: there are no more. Throws std::runtime_error naming table, column and value where one cannot be read.
    bool next(std::vector<value>& row) {
        bool is_there = false;
        named([&] {
            row.clear();
            is_there = rows_->next();
            if (!is_there) return;
            const auto cells = rows_->cells();
            for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(typed_value(cells[i], types_[i]));
        });
        return is_there;
    }

private:
    template <class F>
    void named(const F& read) {
        try {
            return read();
        } catch (const data_error&) {
            name_value();
            throw;
        } catch (const not_supported_error&) {
            name_value();
            throw;
        }
    }
    void name_value() {
        rows_.reset();
        connection_.rollback();
        name_unreadable_value(connection_, table_, columns_, types_);
    }

    const table& table_;
    const std::vector<type>& types_;
    std::vector<std::size_t> columns_;
    connection connection_;
    std::optional<result> rows_{};
};

/// A server rounds a number to what its type keeps, in silence.
void refuse_rounding(const table& to, const std::vector<std::size_t>& columns, const std::vector<value>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const column_spec& spec = to.columns()[columns[i]];
        if (spec.type.kind != type_kind::numeric || spec.type.precision == 0 || row[i].is_null()) continue;
        std::string text = display(row[i].view());
        const auto point = text.find('.');
        if (point == std::string::npos) continue;
        text.erase(text.find_last_not_of('0') + 1);
        if (text.size() - point - 1 > spec.type.scale)
            throw std::runtime_error{
                fmt::format("{}.{}: {} has more than the {} digits after the point that the copy would keep: round it before", to.name(),
                            spec.name, text, spec.type.scale)};
    }
}

std::size_t size_of(const value& v) { return 32 + (v.view().is_view() ? v.view().chars.size : 0); }

/// Rows of one table, collected until they are worth a transaction.
class batch_writer {
public:
    batch_writer(const moving_table& table, const engine& target, const on_rows& told)
        : connection_{target.connect("azoth copy")},
          told_{told},
          table_{table},
          columns_{filled_columns(table.to.definition())},
          insert_{insert(table.to).columns(columns_of(table.to, columns_))} {}

    void add(std::vector<value> row) {
        if (!table_.is_same_kind) refuse_rounding(table_.to, columns_, row);
        for (const auto& v : row) bytes_ += size_of(v);
        rows_.push_back(std::move(row));
        if (rows_.size() >= rows_in_batch || bytes_ >= bytes_in_batch) flush();
    }
    void flush() {
        if (rows_.empty()) return;
        try {
            connection_.execute(insert_, rows_);
            connection_.commit();
        } catch (const data_error&) {
            name_refused_value(connection_, table_.to, columns_, rows_);
            throw;
        }
        told_(static_cast<std::int64_t>(rows_.size()));
        rows_.clear();
        bytes_ = 0;
    }

private:
    connection connection_;
    const on_rows& told_;
    const moving_table& table_;
    std::vector<std::size_t> columns_;
    insert_statement<dynamic_row> insert_;
    std::vector<std::vector<value>> rows_{};
    std::size_t bytes_{};
};

/// How many rows are there to go on behind; a table whose rows have no order is emptied, unless all of them are there: then the keys of
/// others may be there too, and would empty those.
std::int64_t rows_to_skip(const moving_table& table, const engine& target) {
    const std::int64_t there = count_rows(table.to, target);
    if (there == 0 || there == table.rows || !table.from.definition().primary_key.empty()) return there;
    connection c = target.connect("azoth copy");
    c.execute(delete_(table.to));
    c.commit();
    return 0;
}

}  // namespace

std::vector<type> types_of(const table& rows) {
    std::vector<type> types;
    for (const std::size_t i : filled_columns(rows.definition())) types.push_back(rows.columns()[i].type);
    return types;
}

std::int64_t count_rows(const table& of, const engine& in) {
    connection c = in.connect("azoth copy");
    return c.scalar(select(func::count()).select_from(of));
}

void copy_rows(const moving_table& table, const engine& source, const engine& target, const on_rows& told) {
    const std::int64_t skip = rows_to_skip(table, target);
    if (skip != 0) told(skip);
    const std::vector<type> types = types_of(table.from);
    row_reader rows{table.from, types, source, skip};
    batch_writer writer{table, target, told};
    for (std::vector<value> row; rows.next(row); row = {}) writer.add(std::move(row));
    writer.flush();
}

checksum checksum_of(const table& rows, const std::vector<type>& types, const engine& in) {
    row_reader all{rows, types, in};
    row_summer sum;
    for (std::vector<value> row; all.next(row);) sum.add(row, types);
    return sum.result();
}

}  // namespace azoth::command
