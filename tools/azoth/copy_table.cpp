#include "copy_table.hpp"

#include "copy_refusals.hpp"
#include "row_reader.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>

namespace azoth::command {
namespace {

constexpr std::size_t rows_in_batch = 5'000;
constexpr std::size_t bytes_in_batch = 8u << 20;

/// A server rounds a number to what its type keeps, in silence.
void refuse_rounding(const moving_table& t, const std::vector<value>& row) {
    const auto& columns = t.from.columns;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const column_spec& spec = t.to.columns()[column_index(t.to.definition(), columns[i].name)];
        if (spec.type.kind != type_kind::numeric || spec.type.precision == 0 || row[i].is_null()) continue;
        std::string text = display(row[i].view());
        const auto point = text.find('.');
        if (point == std::string::npos) continue;
        text.erase(text.find_last_not_of('0') + 1);
        if (text.size() - point - 1 > spec.type.scale)
            refuse_value(t.to, columns[i].name, key_of(t.to, columns, row),
                         fmt::format("{} has more than the {} digits after the point that the copy would keep", text, spec.type.scale));
    }
}

std::size_t size_of(const value& v) { return 32 + (v.view().is_view() ? v.view().chars.size : 0); }

/// Rows of one table, collected until they are worth a transaction.
class batch_writer {
public:
    batch_writer(const moving_table& table, const engine& target, const on_rows& told)
        : connection_{target.connect("azoth copy")}, told_{told}, table_{table}, insert_{insert_for(table)} {}

    void add(std::vector<value> row) {
        if (!table_.is_same_kind) refuse_rounding(table_, row);
        for (const auto& v : row) bytes_ += size_of(v);
        rows_.push_back(std::move(row));
        if (rows_.size() >= rows_in_batch || bytes_ >= bytes_in_batch) flush();
    }
    void flush() {
        if (rows_.empty()) return;
        try {
            connection_.execute(insert_, rows_);
            connection_.commit();
        } catch (const data_error& e) {
            name_refused_value(connection_, table_.to, table_.from.columns, rows_);
            refuse_row(e);
        } catch (const integrity_error& e) {
            refuse_row(e);
        }
        told_(static_cast<std::int64_t>(rows_.size()));
        rows_.clear();
        bytes_ = 0;
    }

private:
    static insert_statement<dynamic_row> insert_for(const moving_table& t) {
        const table carried = as_carried(t.to, t.from.columns);
        std::vector<expr<value>> filled;
        for (const auto& c : t.from.columns) filled.push_back(carried[c.name]);
        return insert(carried).columns(filled);
    }

    /// Each value by itself is taken: what is made of them, or beside them, is not.
    [[noreturn]] void refuse_row(const error& why) {
        connection_.rollback();
        name_refused_row(
            table_.to, table_.from.columns, rows_, [&](std::span<const std::vector<value>> some) { return refusal_of(some); },
            why.message());
    }
    std::optional<std::string> refusal_of(std::span<const std::vector<value>> rows) {
        std::optional<std::string> why;
        try {
            connection_.execute(insert_, std::vector(rows.begin(), rows.end()));
        } catch (const data_error& e) {
            why = e.message();
        } catch (const integrity_error& e) {
            why = e.message();
        }
        connection_.rollback();
        return why;
    }

    connection connection_;
    const on_rows& told_;
    const moving_table& table_;
    insert_statement<dynamic_row> insert_;
    std::vector<std::vector<value>> rows_{};
    std::size_t bytes_{};
};

/// How many rows are there to go on behind; a table whose rows have no order is emptied, unless all of them are there: then the keys of
/// others may be there too, and would empty those.
std::int64_t rows_to_skip(const moving_table& table, const engine& target) {
    const std::int64_t there = count_rows({table.to}, target);
    if (there == 0 || there == table.rows || !table.from.of.definition().primary_key.empty()) return there;
    connection c = target.connect("azoth copy");
    c.execute(delete_(table.to));
    c.commit();
    return 0;
}

}  // namespace

std::int64_t count_rows(const row_set& of, const engine& in) {
    connection c = in.connect("azoth copy");
    const auto query = select(func::count()).select_from(of.of);
    return c.scalar(of.where ? query.where(*of.where) : query);
}

void copy_rows(const moving_table& table, const engine& source, const engine& target, const on_rows& told) {
    const std::int64_t skip = rows_to_skip(table, target);
    if (skip != 0) told(skip);
    row_reader rows{table.from, source, skip};
    batch_writer writer{table, target, told};
    for (std::vector<value> row; rows.next(row); row = {}) writer.add(std::move(row));
    writer.flush();
}

}  // namespace azoth::command
