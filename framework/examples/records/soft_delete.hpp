#pragma once

#include <azoth/orm.hpp>

// Soft deletion: rows are not deleted, they are marked. Each takes the member that says since when.

/// What a session removes stays, and is marked with the day.
template <auto Mark, class T>
void keep_removed(azoth::orm::session_events& events, azoth::date today) {
    events.before_flush([today](azoth::orm::session& session) {
        for (const auto& object : session.removed<T>()) {
            session.add(object);  // it is removed no more
            (*object).*Mark = today;
        }
    });
}

/// For a query: as if what is marked were not there, neither in the query nor in what it loads.
template <auto Mark, class T>
auto without_marked() {
    return azoth::orm::with_loader_criteria<T>([](const auto& row) { return row[Mark].is_null(); });
}
