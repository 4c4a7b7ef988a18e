#include "copy_refusals.hpp"

#include "row_reader.hpp"
#include "table_rows.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

namespace azoth::command {
namespace {

constexpr std::string_view remedy = "Change it in the source, and the same command goes on with the copy";

using rows_of_values = std::vector<std::vector<value>>;

/// A temporary table of the copy's types, to try values on.
class trial {
public:
    trial(connection& on, const table& of, const std::vector<moving_column>& columns)
        : on_{on}, columns_{columns}, made_{made_of(of, columns)} {
        on_.execute(create_table(made_));
        on_.commit();
    }
    /// Why the database does not take some values of a column; nothing where it does. None of them stays.
    std::optional<std::string> refusal(std::size_t column, std::span<const std::vector<value>> rows) {
        rows_of_values values;
        for (const auto& row : rows) values.push_back({row[column]});
        const table carried = as_carried(made_, columns_);
        std::optional<std::string> why;
        try {
            on_.execute(insert(carried).columns(std::vector{carried[columns_[column].name]}), values);
        } catch (const data_error& e) {
            why = e.message();
        }
        on_.rollback();
        return why;
    }

private:
    static table made_of(const table& of, const std::vector<moving_column>& columns) {
        std::vector<column_draft> drafts;
        for (const auto& c : columns) drafts.push_back(column(c.name, of.columns()[column_index(of.definition(), c.name)].type));
        return table{"azoth_copy_trial", std::move(drafts), {temporary}};
    }

    connection& on_;
    const std::vector<moving_column>& columns_;
    table made_;
};

/// Why a stretch of rows cannot be read, or one has a value that is none of its column's type; empty: all can.
std::string unreadable(connection& on, const row_set& of, std::int64_t skip, std::optional<std::int64_t> limit = {}) {
    std::string why;
    try {
        const auto query = query_for(of, skip);
        result rows = on.execute(limit ? query.limit(*limit) : query).stream();
        while (rows.next()) (void)typed_value(rows.cells()[0], of.columns.front().as);
    } catch (const data_error& e) {
        why = e.message();
    } catch (const not_supported_error& e) {
        why = e.message();
    }
    on.rollback();
    return why;
}

/// Which row it is, by ever shorter stretches from the first on: what is read ahead does not tell.
std::int64_t first_unreadable(connection& on, const row_set& of) {
    constexpr std::int64_t most = std::int64_t{1} << 60;
    std::int64_t length = 1;
    while (length < most && unreadable(on, of, 0, length).empty()) length *= 2;
    std::int64_t good = length / 2;
    while (length - good > 1) {
        const std::int64_t middle = good + (length - good) / 2;
        (unreadable(on, of, good, middle - good).empty() ? good : length) = middle;
    }
    return good;
}

/// The key of a row, and the value of one of its columns as its own database writes it.
std::pair<std::string, std::string> row_with(connection& on, const row_set& of, const moving_column& column, std::int64_t number) {
    row_set shown{of.of, {{column.name, {}, true}}, of.where};
    for (const auto& key : of.of.definition().primary_key) shown.columns.push_back({key, {}, true});
    std::vector<value> row;
    result found = on.execute(query_for(shown, number).limit(1)).stream();
    if (found.next())
        for (const auto& c : found.cells()) row.emplace_back(c);
    if (row.empty()) return {};
    return {key_of(of.of, shown.columns, row), describe(row.front().view())};
}

/// By its key, or by all that it has.
std::string row_name(const table& of, const std::vector<moving_column>& columns, const std::vector<value>& row) {
    std::string name = key_of(of, columns, row);
    if (!name.empty()) return name;
    for (std::size_t i = 0; i < row.size(); ++i)
        name += fmt::format("{}{} = {}", i == 0 ? "" : ", ", columns[i].name, describe(row[i].view()));
    return name;
}

}  // namespace

void refuse_value(const table& of, std::string_view column, std::string_view key, std::string_view why) {
    throw std::runtime_error{fmt::format("{}.{}{}{}: {}. {}", of.name(), column, key.empty() ? "" : " of ", key, why, remedy)};
}

void name_refused_value(connection& on, const table& of, const std::vector<moving_column>& columns, const rows_of_values& rows) {
    on.rollback();
    if (!on.server_profile().can.schema.temporary_tables) return;
    trial tried{on, of, columns};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!tried.refusal(i, rows)) continue;
        std::span left{rows};
        while (left.size() > 1) {
            const auto half = left.first(left.size() / 2);
            left = tried.refusal(i, half) ? half : left.subspan(half.size());
        }
        if (const auto why = tried.refusal(i, left))
            refuse_value(of, columns[i].name, key_of(of, columns, left.front()),
                         fmt::format("{} is refused: {}", describe(left.front()[i].view()), *why));
    }
}

void name_refused_row(const table& of, const std::vector<moving_column>& columns, std::span<const std::vector<value>> rows,
                      const row_trial& refusal, const std::string& why) {
    while (rows.size() > 1) {
        const auto half = rows.first(rows.size() / 2);
        rows = refusal(half) ? half : rows.subspan(half.size());
    }
    const auto alone = rows.empty() ? std::nullopt : refusal(rows);
    if (!alone) throw std::runtime_error{fmt::format("{}: its rows are refused: {}. {}", of.name(), why, remedy)};
    throw std::runtime_error{
        fmt::format("{}: the row of {} is refused: {}. {}", of.name(), row_name(of, columns, rows.front()), *alone, remedy)};
}

void name_unreadable_value(connection& on, const row_set& of) {
    for (const auto& column : of.columns) {
        const row_set alone{of.of, {column}, of.where};
        if (unreadable(on, alone, 0).empty()) continue;
        const std::int64_t number = first_unreadable(on, alone);
        const std::string why = unreadable(on, alone, number, 1);
        const auto [key, text] = row_with(on, of, column, number);
        const bool is_told = why.find(text) != std::string::npos;
        refuse_value(of.of, column.name, key, is_told ? why : fmt::format("{}: {}", text, why));
    }
}

}  // namespace azoth::command
