#include "copy_unheld.hpp"

#include "copy_refusals.hpp"
#include "copy_table.hpp"
#include "row_reader.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace azoth::command {
namespace {

/// What is true of a value in the quoted column that the target does not hold; empty: it holds all, or the column's type does not tell.
/// NaN is more than any other number there, infinity included.
std::string unheld(const type& of, const std::string& column, const capabilities& target) {
    switch (of.kind) {
        case type_kind::date: return fmt::format("{0} < '0001-01-01' OR {0} > '9999-12-31'", column);
        case type_kind::timestamp: return fmt::format("{0} < '0001-01-01' OR {0} >= '10000-01-01'", column);
        case type_kind::timestamp_tz: return fmt::format("{0} < '0001-01-01 00:00+00' OR {0} >= '10000-01-01 00:00+00'", column);
        case type_kind::time: return fmt::format("{} = '24:00'", column);
        case type_kind::interval: return fmt::format("EXTRACT(YEAR FROM {0}) <> 0 OR EXTRACT(MONTH FROM {0}) <> 0", column);
        case type_kind::numeric: return fmt::format("abs({}) >= 1e65", column);  // the longest decimal of Azoth's own
        case type_kind::real:
        case type_kind::double_:
            if (!target.infinite_values) return fmt::format("abs({}) >= 'infinity'", column);
            return target.nan_values ? std::string{} : fmt::format("{} = 'nan'", column);
        default: return {};
    }
}

std::string quoted(const std::string& name) {
    std::string text{"\""};
    for (const char c : name) text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

row_set with(row_set rows, const std::string& sql) {
    const expr<bool> condition{make_node<const native_sql_node>("postgresql", fmt::format("({})", sql))};
    rows.where = rows.where ? *rows.where && condition : condition;
    return rows;
}

[[noreturn]] void name_first(const row_set& rows, const std::string& column, std::int64_t others, const engine& source,
                             const profile& target) {
    row_set shown{rows.of, {{column, {}, true}}, rows.where};
    for (const auto& key : rows.of.definition().primary_key) shown.columns.push_back({key, {}, true});
    row_reader first{shown, source};
    std::vector<value> row;
    (void)first.next(row);
    const std::string more = others == 0 ? "" : fmt::format(", and so it is with {} other row{}", others, others == 1 ? "" : "s");
    refuse_value(rows.of, column, key_of(rows.of, shown.columns, row),
                 fmt::format("{} has no counterpart on {}{}", describe(row.front().view()), target.server, more));
}

}  // namespace

void refuse_unheld_values(const row_set& rows, const engine& source, const profile& target) {
    std::vector<std::pair<std::string, std::string>> asked;
    std::string any;
    for (const auto& c : rows.columns) {
        const std::string sql = unheld(c.as, quoted(c.name), target.can);
        if (sql.empty()) continue;
        asked.emplace_back(c.name, sql);
        any += (any.empty() ? "" : " OR ") + sql;
    }
    if (any.empty() || count_rows(with(rows, any), source) == 0) return;
    for (const auto& [column, sql] : asked) {
        const row_set found = with(rows, sql);
        if (const std::int64_t many = count_rows(found, source); many > 0) name_first(found, column, many - 1, source, target);
    }
}

}  // namespace azoth::command
