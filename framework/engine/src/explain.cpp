#include "connection_core.hpp"
#include "open_result.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

using lines = std::vector<std::vector<std::string>>;

/// SQLite's plan: a row is a node that names its parent, so that depth is an indent.
std::string as_tree(const lines& rows) {
    std::vector<std::pair<std::string, std::size_t>> depths;
    std::string text;
    for (const auto& row : rows) {
        const auto parent = std::find_if(depths.begin(), depths.end(), [&](const auto& d) { return d.first == row[1]; });
        const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
        depths.emplace_back(row[0], depth);
        text += (text.empty() ? "" : "\n") + std::string(2 * depth, ' ') + row[3];
    }
    return text;
}

/// Columns side by side, under their names.
std::string as_table(const std::vector<std::string>& names, const lines& rows) {
    std::vector<std::size_t> widths;
    for (const auto& name : names) widths.push_back(name.size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    const auto add = [&](const std::vector<std::string>& row) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{}{:{}}", i == 0 ? "" : " | ", row[i], widths[i]);
        line.resize(line.find_last_not_of(' ') + 1);
        text += (text.empty() ? "" : "\n") + line;
    };
    add(names);
    for (const auto& row : rows) add(row);
    return text;
}

std::string as_text(const std::vector<std::string>& names, const lines& rows) {
    if (names.size() == 4 && names[1] == "parent" && names[3] == "detail") return as_tree(rows);
    if (names.size() > 1) return as_table(names, rows);
    std::string text;
    for (const auto& row : rows) text += (text.empty() ? "" : "\n") + row.front();
    return text;
}

}  // namespace

std::string connection_core::explain(const node_ptr& statement, std::span<const argument> args, const explain_options& how) {
    const capabilities& can = server->server.can;
    const explain_rule rule = engine->sql->rules().explain;
    if (!rule) throw_error(errc::not_supported, "the dialect has no way to write plans of statements (EXPLAIN)");
    require(can.plans, "plans of statements (EXPLAIN)", "look at it with the database's own tools");
    require(!how.analyze || can.explain_analyze, "plans with what really happened (EXPLAIN ANALYZE)", "leave the option analyze off");
    require(how.format == explain_format::text || can.explain_json, "plans in JSON", "ask for explain_format::text");
    free_connection();
    const execution_options unsaid;
    const execution_options& options = enter(unsaid);
    parameters_.clear();
    scratch_.clear();
    engine->compile(statement, compiled_for(options), current_);
    refuse_writing(options, how.analyze && current_.compiled->writes, current_.compiled->pieces.front());
    if (how.analyze && current_.compiled->touches_session && pooled) pooled->dirty = true;
    guarded(current_.compiled->sql, {}, [&] { push_parameters(args); });
    tagged_sql_ = guarded(current_.compiled->sql, {}, [&] {
                      return rule(server->server, how);
                  }).append(running_sql());  // what runs, for messages; tags would only stand in the plan
    autobegin(options);

    open_result result;
    result.statement = statement;
    start(result, tagged_sql_, preparing::never, options);
    result.load_names();
    lines rows;
    while (result.next()) {
        auto& row = rows.emplace_back();
        for (const cell& c : result.current) row.push_back(display(c));
    }
    return as_text(*result.names, rows);
}

}  // namespace azoth::detail
