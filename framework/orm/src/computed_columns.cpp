#include "computed_columns.hpp"

#include "row_statements.hpp"

#include <azoth/sql/select.hpp>

#include <algorithm>
#include <unordered_map>

namespace azoth::orm::detail {
namespace {

constexpr std::size_t rows_at_once = 200;

node_ptr query_for(const entity_class& of, std::span<const std::size_t> columns, std::span<const std::vector<cell>> keys) {
    auto query = azoth::detail::make_select();
    for (const std::size_t c : columns) query->items.push_back({of.columns[c].node, !of.columns[c].spec->nullable});
    std::vector<node_ptr> key;
    for (const std::size_t c : of.key) key.push_back(of.columns[c].node);
    query->where.push_back(one_of_keys(key, keys));
    return node_ptr{query};
}

/// `columns`: the key ahead.
void read_some(session_core& in, std::span<instance* const> updated, std::span<const std::size_t> columns) {
    const entity_class& of = *updated.front()->of;
    arena scratch;
    std::vector<std::vector<cell>> keys;
    std::unordered_multimap<std::uint64_t, std::size_t> places;
    for (const instance* i : updated) {
        keys.push_back(key_of(*i, scratch));
        places.emplace(hash_of(keys.back()), keys.size() - 1);
    }
    const auto is_of = [&](std::size_t place, std::span<const cell> key) { return std::ranges::equal(keys[place], key, is_same); };
    const node_ptr query = query_for(of, columns, keys);
    in.count_statement(query);
    result rows = in.connection(&of).run(query, {}, {});
    while (rows.next()) {
        const auto key = rows.cells().first(of.key.size());
        const auto [from, to] = places.equal_range(hash_of(key));
        for (auto at = from; at != to; ++at)
            if (is_of(at->second, key))
                for (std::size_t c = of.key.size(); c < columns.size(); ++c) set_column(*updated[at->second], columns[c], rows.cells()[c]);
    }
}

}  // namespace

bool is_computed(const entity_class& of, std::size_t column) noexcept { return of.columns[column].details->computed.has_value(); }

void read_columns(session_core& in, std::span<instance* const> written, std::span<const std::size_t> columns) {
    if (written.empty() || columns.empty()) return;
    std::vector<std::size_t> with_key = written.front()->of->key;
    with_key.insert(with_key.end(), columns.begin(), columns.end());
    for (std::size_t from = 0; from < written.size(); from += rows_at_once)
        read_some(in, written.subspan(from, std::min(rows_at_once, written.size() - from)), with_key);
}

void read_computed(session_core& in, std::span<instance* const> updated) {
    const entity_class& of = *updated.front()->of;
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const auto* value = node_cast<bind_node>(of.columns[c].spec->on_update);
        if (is_computed(of, c) || (of.columns[c].spec->on_update && !(value && value->maker))) columns.push_back(c);
    }
    read_columns(in, updated, columns);
}

}  // namespace azoth::orm::detail
