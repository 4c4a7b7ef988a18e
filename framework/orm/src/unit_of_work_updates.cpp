#include "unit_of_work.hpp"

#include "computed_columns.hpp"
#include "database_groups.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// Calls `work` for each run of objects of one class.
template <class Work>
void each_class(std::span<instance* const> objects, Work&& work) {
    for (std::size_t from = 0; from < objects.size();) {
        std::size_t to = from + 1;
        while (to < objects.size() && objects[to]->of == objects[from]->of) ++to;
        work(objects.subspan(from, to - from));
        from = to;
    }
}

void find_written(const instance& i, arena& scratch, std::vector<std::size_t>& changed) {
    find_changes(i, scratch, changed);
    std::erase_if(changed, [&](std::size_t c) { return is_computed(*i.of, c); });
}

/// What the mapping makes for each update that leaves the column out: the object gets it.
void fill_updated(instance& i, std::vector<std::size_t>& changed) {
    const auto& columns = i.of->columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto* bind = node_cast<bind_node>(columns[c].spec->on_update);
        if (!bind || !bind->maker || std::ranges::find(changed, c) != changed.end()) continue;
        set_column(i, c, bind->maker->make().view());
        changed.push_back(c);
    }
}

/// What tells of an object's struct says what the object is.
void refuse_other_class(const instance& i, std::span<const std::size_t> changed) {
    const auto& told = i.of->discriminator;
    if (told && std::ranges::find(changed, *told) != changed.end())
        throw_error(errc::misuse, fmt::format("{} of {} has been changed, and tells of which struct it is: remove the object, "
                                              "flush, and add one of the other struct",
                                              i.of->columns[*told].member, describe_object(i)));
}

/// Null: nothing of it is in this table.
node_ptr update_of(const class_part& part, const instance& i, std::span<const std::size_t> changed, arena& scratch) {
    auto update = azoth::detail::make_update(node_ptr{part.table->table});
    for (const std::size_t c : changed)
        if (part.owns(c)) {
            const class_column& column = i.of->columns[c];
            update->values.push_back({column.node, bind_of(column_of(i, c, scratch), column.spec->type)});
        }
    if (update->values.empty()) return {};
    // Behind the first part the key is what the database has made of it there.
    add_key(update->where, part, part.inherited == 0 ? committed_key(i) : key_of(i, scratch));
    add_version(update->where, part, i);
    return node_ptr{update};
}

}  // namespace

void unit_of_work::update_all() {
    // New objects whose keys the others have been waiting for.
    for (instance* i : plan_.inserts) {
        const auto at = plan_.followers.find(i);
        if (at == plan_.followers.end() || std::ranges::none_of(at->second, &follower::is_postponed)) continue;
        session_.scratch().clear();
        take_snapshot(*i, session_.scratch());
        follow(*i, true);
        plan_.updates.push_back(i);
    }
    for (instance* i : plan_.updates) {
        if (i->state == object_state::pending) continue;
        keep(*i);
        session_.scratch().clear();
        follow(*i, false);
    }
    each_class(plan_.updates, [&](std::span<instance* const> objects) { update_some(objects); });
}

void unit_of_work::update_some(std::span<instance* const> objects) {
    each_database(session_, objects, [&](std::span<instance* const> some, std::span<const value>) { update_together(some); });
}

void unit_of_work::update_together(std::span<instance* const> objects) {
    const entity_class& of = *objects.front()->of;
    std::vector<node_ptr> statements;
    std::vector<instance*> rows;  // of the statements
    std::vector<instance*> written;
    std::vector<std::size_t> changed;
    for (instance* i : objects) {
        session_.scratch().clear();
        find_written(*i, session_.scratch(), changed);
        if (changed.empty()) continue;
        if (session_.notify(object_event::before_update, *i)) find_written(*i, session_.scratch(), changed);
        if (changed.empty()) continue;
        fill_updated(*i, changed);
        advance_version(*i, changed);
        refuse_other_class(*i, changed);
        for (const class_part& part : of.parts)
            if (auto update = update_of(part, *i, changed, session_.scratch())) {
                statements.push_back(std::move(update));
                rows.push_back(i);
            }
        written.push_back(i);
    }
    if (statements.empty()) return;
    for (const auto& s : statements) session_.count_statement(s);
    auto results = session_.connection_of(*objects.front()).run_batch(statements, {});
    for (std::size_t i = 0; i < results.size(); ++i)
        if (results[i].affected_rows() == 0) throw_stale(*rows[i], "changed or deleted");
    read_computed(session_, written);
    for (instance* i : written) session_.notify(object_event::after_update, *i);
}

}  // namespace azoth::orm::detail
