#include "copy_refusals.hpp"

#include "table_rows.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <stdexcept>

namespace azoth::command {
namespace {

using rows_of_values = std::vector<std::vector<value>>;

table trial_of(const table& of, const std::vector<std::size_t>& columns) {
    std::vector<column_draft> drafts;
    for (const std::size_t i : columns) drafts.push_back(column(of.columns()[i].name, of.columns()[i].type));
    return table{"azoth_copy_trial", std::move(drafts), {temporary}};
}

/// Why the database does not take the values; nothing where it does. None of them stays.
std::optional<std::string> refusal(connection& on, const table& trial, const std::string& column, std::span<const value> values) {
    rows_of_values rows;
    for (const auto& v : values) rows.push_back({v});
    std::optional<std::string> why;
    try {
        on.execute(insert(trial).columns(std::vector{trial[column]}), rows);
    } catch (const data_error& e) {
        why = e.message();
    }
    on.rollback();
    return why;
}

/// The first of the values, of which some are refused.
void name_first_refused(connection& on, const table& of, const table& trial, const std::string& column, std::span<const value> values) {
    while (values.size() > 1) {
        const auto half = values.first(values.size() / 2);
        values = refusal(on, trial, column, half) ? half : values.subspan(half.size());
    }
    if (const auto why = refusal(on, trial, column, values))
        throw std::runtime_error{fmt::format("{}.{}: {} is refused: {}", of.name(), column, describe(values.front().view()), *why)};
}

}  // namespace

void name_refused_value(connection& on, const table& of, const std::vector<std::size_t>& columns, const rows_of_values& rows) {
    on.rollback();
    if (!on.server_profile().can.schema.temporary_tables) return;
    const table trial = trial_of(of, columns);
    on.execute(create_table(trial));
    on.commit();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::vector<value> values;
        for (const auto& row : rows) values.push_back(row[i]);
        const std::string& column = of.columns()[columns[i]].name;
        if (refusal(on, trial, column, values)) name_first_refused(on, of, trial, column, values);
    }
}

void name_unreadable_value(connection& on, const table& of, const std::vector<std::size_t>& columns, const std::vector<type>& types) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& column = of.columns()[columns[i]].name;
        std::string why;
        try {
            result values = on.execute(select_columns(std::vector{of[column]}).select_from(of)).stream();
            while (values.next()) (void)typed_value(values.cells()[0], types[i]);
        } catch (const data_error& e) {
            why = e.message();
        } catch (const not_supported_error& e) {
            why = e.message();
        }
        if (!why.empty()) throw std::runtime_error{fmt::format("{}.{}: {}", of.name(), column, why)};
        on.rollback();
    }
}

}  // namespace azoth::command
