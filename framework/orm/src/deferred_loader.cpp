// Deferred members are read when one of them is touched: for all objects that were loaded together, and all members of its group.
#include "deferral.hpp"
#include "row_statements.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

bool lacks(const instance& i, std::size_t column) {
    arena scratch;
    return is_unread(column_of(i, column, scratch));
}

/// The column, and those of its group.
std::vector<std::size_t> read_together(const entity_class& of, std::size_t column) {
    const auto& group = of.columns[column].object->load_group;
    std::vector<std::size_t> all{column};
    for (const std::size_t c : of.deferred)
        if (c != column && !group.empty() && of.columns[c].object->load_group == group) all.push_back(c);
    return all;
}

}  // namespace

void session_core::load_deferred(instance& of, std::size_t column) {
    const entity_class& cls = *of.of;
    std::vector<instance*> owners{&of};
    if (of.batch)
        for (instance* other : of.batch->members)
            if (other != &of && other->of == &cls && other->batch == of.batch && other->state == object_state::persistent &&
                session_of(*other) == this && lacks(*other, column))
                owners.push_back(other);
    const auto columns = read_together(cls, column);
    std::vector<node_ptr> key_columns;
    for (const std::size_t c : cls.key) key_columns.push_back(cls.columns[c].node);
    constexpr std::size_t at_once = 500;
    for (std::size_t from = 0; from < owners.size(); from += at_once) {
        std::vector<std::vector<cell>> keys;
        for (const instance* i : std::span{owners}.subspan(from, std::min(at_once, owners.size() - from))) {
            auto& key = keys.emplace_back();
            for (const std::size_t c : cls.key) key.push_back(i->committed[c]);
        }
        auto query = azoth::detail::make_select();
        if (cls.parts.size() > 1) query->from.push_back(cls.source);
        for (const node_ptr& k : key_columns) query->items.push_back({k, true});
        for (const std::size_t c : columns) query->items.push_back({cls.columns[c].node, !cls.columns[c].spec->nullable});
        query->where.push_back(one_of_keys(key_columns, keys));
        result rows = run(node_ptr{query}, {}, &cls);
        while (rows.next()) {
            arena scratch;
            const auto cells = rows.cells();
            instance* i = find(cls, cells.first(cls.key.size()));
            if (!i) i = find(cls, said_by_object(cls, cells.first(cls.key.size()), scratch));
            if (!i) continue;
            std::vector<cell> row(cls.columns.size(), unread_cell);
            for (std::size_t c = 0; c < columns.size(); ++c) row[columns[c]] = cells[cls.key.size() + c];
            complete(*i, row);
        }
    }
    if (lacks(of, column)) throw_error(errc::no_rows, fmt::format("{} is not in the database any more", describe_object(of)));
}

}  // namespace azoth::orm::detail
