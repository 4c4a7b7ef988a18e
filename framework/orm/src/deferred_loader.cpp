// Deferred members are read when one of them is touched: for all objects that were loaded together, and all members of its group.
#include "chunks.hpp"
#include "database_groups.hpp"
#include "deferral.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>

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

void complete_from(const session_core& in, const entity_class& of, std::span<const std::size_t> columns, std::span<const cell> cells) {
    arena scratch;
    const auto key = cells.first(of.key.size());
    instance* i = in.find(of, key);
    if (!i) i = in.find(of, said_by_object(of, key, scratch));
    if (!i) return;
    std::vector<cell> row(of.columns.size(), unread_cell);
    for (std::size_t c = 0; c < columns.size(); ++c) row[columns[c]] = cells[of.key.size() + c];
    complete(*i, row);
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
    constexpr std::size_t at_once = 500;
    each_database(*this, owners, [&](std::span<instance* const> all, std::span<const value> key) {
        in_chunks(all, at_once, [&](std::span<instance* const> some) {
            result rows = run(select_columns_by_key(cls, columns, committed_keys(some)), {}, &cls, key);
            while (rows.next()) complete_from(*this, cls, columns, rows.cells());
        });
    });
    if (lacks(of, column)) throw_error(errc::no_rows, fmt::format("{} is not in the database any more", describe_object(of)));
}

}  // namespace azoth::orm::detail
