#include "unit_of_work.hpp"

#include "columns_by_hand.hpp"
#include "gone_objects.hpp"
#include "relation_access.hpp"
#include "row_switch.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::orm::detail {

bool unit_of_work::run() {
    const std::size_t removed_before = session_.removed().size();
    try {
        plan_ = plan_flush(session_);
        if (plan_.is_empty() && plan_.dropped.empty()) return false;
        order_plan(plan_);
        // A statement that fails takes back no more than this flush.
        flush_savepoints mine{session_};
        write();
        mine.commit();
    } catch (...) {
        take_back();
        for (auto& removed = session_.removed(); removed.size() > removed_before; removed.pop_back()) removed.back()->is_removed = false;
        throw;
    }
    finish();
    return true;
}

void unit_of_work::keep(instance& i) {
    kept_.push_back({&i, i.state, i.is_removed, copy_columns(i, session_.scratch(), {.steps = session_.memory_of_steps()}), {}});
}

void unit_of_work::follow(instance& child, bool postponed) {
    const auto at = plan_.followers.find(&child);
    if (at == plan_.followers.end()) return;
    for (const follower& f : at->second) {
        if (f.is_postponed != postponed) continue;
        for (const auto& p : f.by->columns) {
            const std::size_t column = f.child_column(p);
            if (f.parent) {
                set_column(child, column, column_of(*f.parent, f.parent_column(p), session_.scratch()));
                continue;
            }
            if (!child.of->columns[column].access->nullable)
                throw_error(errc::not_null_violation,
                            fmt::format("{} has lost what {} leads to, and {} cannot be NULL: relate it to another, remove it (or say "
                                        "cascade_all_delete_orphan), or make the member a std::optional",
                                        describe_object(child), f.by->name, child.of->columns[column].member));
            set_column(child, column, cell{});
        }
    }
}

void unit_of_work::write() {
    kept_.reserve(plan_.inserts.size() + plan_.updates.size() + plan_.deletes.size());
    insert_all();
    update_all();
    leave_associations();
    dissociate();
    associate();
    delete_all();
}

void unit_of_work::finish() {
    // All leave their places before one takes any: it may have the key that another one had.
    for (const undo_step& step : kept_)
        if (step.state == object_state::persistent) session_.forget(*step.of);
    session_.expect_steps(kept_.size());
    for (undo_step& step : kept_) {
        instance& i = *step.of;
        session_.scratch().clear();
        if (step.is_removed) {
            session_.set_deleted(i);
            i.is_removed = false;
            step.committed = i.committed.copy();
            step.columns.reset();
        } else {
            if (step.state == object_state::persistent) step.committed = std::move(i.committed);
            take_snapshot(i, session_.scratch());
            i.state = object_state::persistent;
            i.seen = session_.transaction_number();
            session_.know(i);
            if (step.committed) unload_by_columns(session_, i, step.committed);
        }
        session_.log(std::move(step));
    }
    for (instance* i : plan_.dropped) i->state = object_state::transient;
    follow_replaced(session_, plan_);
    leave_relations(session_, plan_);
    session_.pending().clear();
    session_.removed().clear();
    for (const auto* all : {&plan_.inserts, &plan_.updates})
        for (instance* i : *all)
            for (const auto& r : i->of->relations()) relation_access::forget_changes(*i, r);
    emptier_.finish();
}

/// Objects as they were before the flush; the database's part has been taken back already.
void unit_of_work::take_back() noexcept {
    while (!kept_.empty()) {
        undo_step& step = kept_.back();
        if (step.columns)
            for (std::size_t c = 0; c < step.of->of->columns.size(); ++c) set_column(*step.of, c, step.columns[c]);
        if (step.state == object_state::pending) step.of->committed.reset();
        kept_.pop_back();
    }
}

}  // namespace azoth::orm::detail
