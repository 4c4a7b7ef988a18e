#include "unit_of_work.hpp"

#include "chunks.hpp"
#include "database_groups.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/sql/dml.hpp>

#include <algorithm>
#include <iterator>

namespace azoth::orm::detail {

void unit_of_work::delete_all() {
    unlink_circles();
    std::size_t from = 0;
    for (const std::size_t to : plan_.delete_ends) {
        emptier_.empty(plan_.emptied, *plan_.deletes[from]->of);
        delete_some(std::span<instance* const>{plan_.deletes}.subspan(from, to - from));
        from = to;
    }
    for (instance* i : plan_.deletes) session_.notify(object_event::after_delete, *i);
}

void unit_of_work::unlink_circles() {
    for (const auto& [i, columns] : plan_.unlinked)
        for (const class_part& part : i->of->parts) {
            auto update = azoth::detail::make_update(node_ptr{part.table->table});
            for (const std::size_t c : columns)
                if (part.owns(c)) update->values.push_back({i->of->columns[c].node, bind_of(cell{}, i->of->columns[c].spec->type)});
            if (update->values.empty()) continue;
            add_key(update->where, part, committed_key(*i));
            session_.count_statement(node_ptr{update});
            (void)session_.connection_of(*i).run(node_ptr{update}, {}, {});
        }
}

void unit_of_work::delete_some(std::span<instance* const> removed) {
    for (instance* i : removed) keep(*i);
    for (instance* i : removed) session_.notify(object_event::before_delete, *i);
    std::vector<instance*> objects;
    std::ranges::remove_copy_if(removed, std::back_inserter(objects), [&](instance* i) { return emptier_.has_deleted(*i); });
    if (objects.empty()) return;
    const entity_class& of = *objects.front()->of;
    each_database(session_, objects, [&](std::span<instance* const> some, std::span<const value>) {
        if (of.version) return delete_each(some);
        for (std::size_t p = of.parts.size(); p-- > 0;) delete_rows(of.parts[p], some);
    });
}

void unit_of_work::delete_rows(const class_part& part, std::span<instance* const> objects) {
    constexpr std::size_t at_once = 500;
    in_chunks(objects, at_once, [&](std::span<instance* const> some) {
        auto statement = azoth::detail::make_delete(node_ptr{part.table->table});
        statement->where.push_back(one_of_keys(part.key, committed_keys(some)));
        session_.count_statement(node_ptr{statement});
        const auto affected = session_.connection_of(*some.front()).run(node_ptr{statement}, {}, {}).affected_rows();
        if (affected >= 0 && static_cast<std::size_t>(affected) < some.size())
            throw_stale(*some.front(), "deleted (it, or one that is removed with it,)");
    });
}

/// A statement a row, so that the one whose version has changed can be named.
void unit_of_work::delete_each(std::span<instance* const> objects) {
    const entity_class& of = *objects.front()->of;
    std::vector<node_ptr> statements;
    std::vector<const instance*> rows;
    for (std::size_t p = of.parts.size(); p-- > 0;)
        for (const instance* i : objects) {
            auto statement = azoth::detail::make_delete(node_ptr{of.parts[p].table->table});
            add_key(statement->where, of.parts[p], committed_key(*i));
            add_version(statement->where, of.parts[p], *i);
            session_.count_statement(node_ptr{statement});
            statements.emplace_back(statement);
            rows.push_back(i);
        }
    const auto results = session_.connection_of(*objects.front()).run_batch(statements, {});
    for (std::size_t i = 0; i < results.size(); ++i)
        if (results[i].affected_rows() == 0) throw_stale(*rows[i], "changed or deleted");
}

}  // namespace azoth::orm::detail
