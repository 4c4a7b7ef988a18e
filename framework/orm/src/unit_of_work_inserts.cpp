#include "unit_of_work.hpp"

#include "class_inheritance.hpp"
#include "computed_columns.hpp"
#include "database_groups.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace azoth::orm::detail {
namespace {

/// What the mapping makes where the object has nothing: the object gets it.
void fill_defaults(instance& i, arena& scratch) {
    const auto& columns = i.of->columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto* bind = node_cast<bind_node>(columns[c].spec->on_insert);
        if (!bind || !bind->maker) continue;
        const cell now = column_of(i, c, scratch);
        if (!now.is_null() && !(columns[c].spec->primary_key && is_unset_key(now))) continue;
        set_column(i, c, bind->maker->make().view());
    }
}

/// Columns whose values the database may make.
std::vector<std::size_t> columns_left_out(const entity_class& of) {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const column_spec& spec = *of.columns[c].spec;
        if (is_computed(of, c) || spec.generated || spec.has_default || spec.on_insert) found.push_back(c);
    }
    return found;
}

/// Whether the database makes the column's value.
bool is_left_out(const instance& i, std::size_t column, arena& scratch) {
    const column_spec& spec = *i.of->columns[column].spec;
    if (is_computed(*i.of, column)) return true;
    const cell now = column_of(i, column, scratch);
    if (spec.generated) return is_unset(now);
    return now.is_null();
}

}  // namespace

void unit_of_work::insert_all() {
    std::size_t from = 0;
    for (const std::size_t to : plan_.insert_ends) {
        const auto batch = std::span<instance* const>{plan_.inserts}.subspan(from, to - from);
        for (instance* i : batch) begin_insert(*i);
        insert_some(batch);
        for (instance* i : batch) end_insert(*i);
        from = to;
    }
}

void unit_of_work::begin_insert(instance& i) {
    require_loaded(i);
    instance* const before = replaced_by(i);
    if (before) {
        keep(*before);
        session_.notify(object_event::before_delete, *before);
    }
    keep(i);
    session_.scratch().clear();
    set_discriminator(i);
    follow(i, false);
    fill_defaults(i, session_.scratch());
    if (before) continue_version(i, *before);
    else begin_version(i);
    session_.notify(object_event::before_insert, i);
}

void unit_of_work::end_insert(instance& i) {
    if (instance* before = replaced_by(i)) session_.notify(object_event::after_delete, *before);
    session_.notify(object_event::after_insert, i);
}

void unit_of_work::insert_some(std::span<instance* const> batch) {
    each_database(session_, batch, [&](std::span<instance* const> some, std::span<const value>) { insert_together(some); });
}

void unit_of_work::insert_together(std::span<instance* const> batch) {
    const std::vector<std::size_t> open = columns_left_out(*batch.front()->of);
    // Objects that leave the same columns to the database share a statement.
    std::map<std::vector<bool>, std::vector<instance*>> groups;
    auto group = groups.end();
    std::vector<bool> left_out(batch.front()->of->columns.size());
    for (instance* i : batch) {
        session_.scratch().clear();
        for (const std::size_t c : open) left_out[c] = is_left_out(*i, c, session_.scratch());
        if (group == groups.end() || group->first != left_out) group = groups.try_emplace(left_out).first;
        group->second.push_back(i);
    }
    for (auto& [left, objects] : groups) {
        const auto replacing = std::stable_partition(objects.begin(), objects.end(), [&](instance* i) { return !replaced_by(*i); });
        for (const class_part& part : batch.front()->of->parts) {
            std::vector<std::size_t> sent;
            std::vector<std::size_t> made;
            for (std::size_t p = 0; p < part.columns.size(); ++p) (left[part.columns[p]] && p >= part.inherited ? made : sent).push_back(p);
            insert_rows(part, {objects.begin(), replacing}, sent, made);
            replace_rows(part, {replacing, objects.end()}, sent, made);
        }
    }
}

void unit_of_work::insert_rows(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> sent,
                               std::span<const std::size_t> made) {
    if (objects.empty()) return;
    const entity_class& of = *objects.front()->of;
    if (sent.empty()) return insert_defaults(part, objects, made);
    std::vector<std::size_t> places;
    for (const std::size_t p : sent) places.push_back(part.columns[p]);
    instance_rows rows{objects, places};
    const auto statement = insert_of(part, sent, made);
    session_.count_statement(node_ptr{statement});
    result found = session_.connection_of(*objects.front()).insert_rows(statement, rows, {});
    if (made.empty()) return;
    for (instance* i : objects) {
        if (!found.next()) throw_error(errc::internal, fmt::format("an insert of {} has returned too few rows", of.name()));
        for (std::size_t m = 0; m < made.size(); ++m) set_column(*i, part.columns[made[m]], found.cells()[m]);
    }
}

/// Objects of which the database makes all: no statement has several such rows.
void unit_of_work::insert_defaults(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> made) {
    const entity_class& of = *objects.front()->of;
    const node_ptr statement{insert_of(part, {}, made)};
    for (instance* i : objects) {
        session_.count_statement(statement);
        result found = session_.connection_of(*i).run(statement, {}, {});
        if (made.empty()) continue;
        if (!found.next()) throw_error(errc::internal, fmt::format("an insert of {} has returned no row", of.name()));
        for (std::size_t m = 0; m < made.size(); ++m) set_column(*i, part.columns[made[m]], found.cells()[m]);
    }
}

}  // namespace azoth::orm::detail
