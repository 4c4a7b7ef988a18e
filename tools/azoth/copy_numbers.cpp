#include "copy_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace azoth::command {
namespace {

bool is_restarted(const table_definition& of, std::size_t column, const schema_capabilities& can) {
    return can.restarted_numbers || (can.restarted_identities && of.details[column].identity);
}

/// Where there are rows with numbers of their own, the number behind them, in the direction in which the column counts.
std::int64_t behind_rows(connection& on, const table& of, const std::string& column) {
    const auto numbers = of.column<std::optional<std::int64_t>>(column);
    const auto& identity = of.definition().details[column_index(of.definition(), column)].identity;
    if (identity && identity->options.increment.value_or(1) < 0) {
        const auto least = on.scalar(select(func::min(numbers)));
        return least ? std::min<std::int64_t>(*least, 0) - 1 : identity->options.start.value_or(-1);
    }
    const auto largest = on.scalar(select(func::max(numbers)));
    return largest ? std::max<std::int64_t>(*largest, 0) + 1 : 1;
}

}  // namespace

counted_numbers::counted_numbers(const engine& in, const reflection_request& of) {
    in.with_executor([&](executor& on) { known_ = on.reflect().next_numbers(of); });
}

const next_number* counted_numbers::find(const std::string& name, const std::string& column) const {
    const auto found = std::ranges::find_if(known_, [&](const next_number& n) { return n.of.name == name && n.column == column; });
    return found == known_.end() ? nullptr : &*found;
}

std::vector<reflection_note> counted_numbers::lost_by(const schema_definition& copy, const capabilities& of_target) const {
    std::vector<reflection_note> lost;
    for (const auto& s : copy.sequences) {
        if (!find(s.name.name)) lost.push_back({s.name, "how far it has counted is not told to this user: the copy begins with its start"});
        else if (!of_target.schema.altered_sequences) lost.push_back({s.name, "how far it has counted: the copy begins with its start"});
    }
    for (const auto& t : copy.tables)
        for (std::size_t i = 0; i < t->details.size(); ++i) {
            const std::string& column = t->node->columns[i].name;
            if (is_numbered(*t, i) && find(t->node->name, column) && !is_restarted(*t, i, of_target.schema))
                lost.push_back({t->name(), fmt::format("how far \"{}\" has counted: the copy goes on behind its largest number", column)});
        }
    return lost;
}

void counted_numbers::write(const engine& target, const schema_definition& copy, const std::vector<moving_table>& tables) const {
    connection c = target.connect("azoth copy");
    const capabilities can = c.server_profile().can;
    for (const auto& s : copy.sequences) {
        const next_number* n = find(s.name.name);
        if (!n || !can.schema.altered_sequences) continue;
        const sequence made{s};
        c.execute(alter_sequence(made, n->number));
        if (n->is_used_up) (void)c.scalar(select(made.next()));
    }
    for (const auto& t : tables)
        for (std::size_t i = 0; i < t.to.columns().size(); ++i)
            if (is_numbered(t.to.definition(), i) && is_restarted(t.to.definition(), i, can.schema))
                write_column(c, t, t.to.columns()[i].name, can);
    c.commit();
}

/// Without identities numbers begin with 1, and only rise.
void counted_numbers::write_column(connection& on, const moving_table& of, const std::string& column, const capabilities& can) const {
    const next_number* told = find(of.from.of.name(), column);
    const bool fits = told && (told->number > 0 || can.schema.identity_columns);
    on.execute(restart_numbers(of.to, column, fits ? told->number : behind_rows(on, of.to, column)));
}

}  // namespace azoth::command
