#include "connection_core.hpp"
#include "containment.hpp"
#include "open_result.hpp"

#include <azoth/driver/fetch_one.hpp>

#include <fmt/format.h>

namespace azoth::detail {
namespace {

/// A statement of a batch, compiled and bound; its parameters stand in the connection's list, those of the whole batch one after another.
struct bound_item {
    std::shared_ptr<const compiled_statement> compiled;
    std::string sql;
    std::size_t first;
    std::size_t end;
    std::vector<value> key;
};

/// What a statement gave, in memory of its own.
void keep(open_result& to, cursor& rows) {
    to.rows = &rows;
    to.take_width();
    if (to.returns_key_alone()) to.read_key_alone();
    to.has_columns = to.width != 0;
    to.kept = std::make_unique<kept_rows>();
    if (!to.compiled || to.compiled->columns.empty() || to.compiled->kind == statement_kind::text) to.load_names();
    to.rows = nullptr;
    std::vector<cell> row(to.width);
    while (to.has_columns && fetch_one(rows, row)) {
        if (!to.key.empty() && !to.knows_key) to.take_returned_key(row);
        to.kept->take(row);
    }
    to.affected = to.meaning_of(rows.affected_rows());
    to.last_id = rows.last_insert_id();
    to.take_generated_key();
}

}  // namespace

std::vector<std::unique_ptr<open_result>> connection_core::run_batch(std::span<const node_ptr> statements, const execution_options& call) {
    free_connection();
    const execution_options& options = enter(call);
    parameters_.clear();
    scratch_.clear();
    std::vector<bound_item> bound;
    bound.reserve(statements.size());
    for (const node_ptr& s : statements) {
        const std::size_t first = parameters_.size();
        tagged_sql_.clear();
        bind(s, {}, options);
        tag(options, running_sql());
        if (current_.compiled->touches_session && pooled) pooled->dirty = true;
        bound.push_back({current_.compiled, std::string{running_sql()}, first, parameters_.size(), {}});
        note_sent_key(bound.back().key, first);
    }
    std::vector<batch_item> items;
    items.reserve(bound.size());
    for (const auto& b : bound) items.push_back({b.sql, std::span<const cell>{parameters_}.subspan(b.first, b.end - b.first)});

    autobegin(options);
    is_fresh = false;
    std::vector<std::unique_ptr<open_result>> results;
    std::vector<std::chrono::steady_clock::time_point> began;
    for (const auto& i : items) began.push_back(tell_before(i.sql, i.parameters));
    const auto take = [&](std::size_t i, cursor& rows) {
        if (i != results.size() || i >= items.size())
            throw_misbehaviour(server->server.driver,
                               fmt::format("execute_batch() told the result {} where {} was to come", i + 1, results.size() + 1));
        auto r = std::make_unique<open_result>();
        r->compiled = bound[i].compiled;
        r->statement = statements[i];
        r->key = std::move(bound[i].key);
        keep(*r, rows);  // may fail, and then the statement has no result
        tell_after(items[i].sql, began[i], r->affected);
        results.push_back(std::move(r));
    };
    for (std::size_t from = 0, to = 0; from < items.size(); from = to) {
        // What commits by itself ends a round: what comes after it belongs to the transaction that goes on.
        while (to < items.size() && !commits_by_itself(items[to].sql)) ++to;
        to = std::min(to + 1, items.size());
        try {
            driver->execute_batch(
                std::span{items}.subspan(from, to - from), [&](std::size_t i, cursor& rows) { take(from + i, rows); },
                driver_options(options));
            if (results.size() != to)
                throw_misbehaviour(server->server.driver, fmt::format("execute_batch() told {} results of {}", results.size(), to));
        } catch (...) {
            const std::size_t failed = std::min(results.size(), to - 1);
            fail(items[failed].sql, items[failed].parameters);
        }
        note_ended_transaction(items[to - 1].sql);
    }
    return results;
}

}  // namespace azoth::detail
