// The session's transactions: what it writes, keeps and takes back.
#include "relation_access.hpp"
#include "session_core.hpp"
#include "unit_of_work.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace azoth::orm::detail {

bool session_core::flush() {
    if (phase_ != flush_phase::none) throw_error(errc::misuse, "a flush inside a flush");
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    bool has_written = false;
    try {
        if (hears(session_event::before_flush) && has_changes()) {
            phase_ = flush_phase::handlers;
            notify(session_event::before_flush);
        }
        phase_ = flush_phase::writing;
        has_written = unit_of_work{*this}.run();
    } catch (...) {
        phase_ = flush_phase::none;
        throw;
    }
    phase_ = flush_phase::none;
    if (has_written) notify(session_event::after_flush);
    return has_written;
}

void session_core::release_links() noexcept { links_.clear(); }

void session_core::commit() {
    if (frames_.size() > 1 || (outer_ && outer_->frames_.size() > 1))
        throw_error(errc::misuse, "a nested transaction is open: commit or roll back that one first");
    notify(session_event::before_commit);
    if (outer_) outer_->flush_all();
    flush_all();
    if (outer_) outer_->end_committed();
    end_committed();
    notify(session_event::after_commit);
}

void session_core::end_committed() {
    for (auto& l : links_) l.work.commit();
    release_links();
    if (!frames_.empty() && has_deleted_) {
        for (auto& s : frames_.front().undone) {
            if (s.of->state != object_state::deleted) continue;
            s.of->state = object_state::detached;
            s.of->committed.reset();
        }
    }
    frames_.clear();
    memory_of_steps_.clear();
    has_deleted_ = false;
    ++transactions_;
}

/// Also what handlers have changed behind a flush.
void session_core::flush_all() {
    for (int rounds = 0; flush() && hears(session_event::after_flush); ++rounds)
        if (rounds == 100) throw_error(errc::misuse, "100 flushes, and each time an after_flush handler has changed objects again");
}

void session_core::take_back(undo_step& step) {
    instance& i = *step.of;
    if (session_of(i) != this) return;  // expunged meanwhile
    if (i.state == object_state::pending) std::erase(pending_, &i);
    if (i.is_removed) std::erase(removed_, &i);
    i.state = step.state;
    i.is_removed = false;
    if (step.columns)
        for (std::size_t c = 0; c < i.of->columns.size(); ++c) set_column(i, c, step.columns[c]);
    i.committed = std::move(step.committed);
    if (i.state == object_state::pending) pending_.push_back(&i);
    if (i.state == object_state::persistent) i.seen = 0;  // in no transaction that there still is
}

void session_core::expect_steps(std::size_t more) {
    auto& steps = frames_.back().undone;
    if (const std::size_t wanted = steps.size() + more; wanted > steps.capacity()) steps.reserve(std::max(wanted, 2 * steps.capacity()));
}

void session_core::log_columns(instance& i) {
    scratch_.clear();
    log({&i, object_state::persistent, false, copy_columns(i, scratch_, {.steps = &memory_of_steps_}), i.committed.copy()});
}

void session_core::roll_back_to(std::size_t frame) {
    std::vector<undo_step> undone;  // the latest first
    for (; frames_.size() > frame; frames_.pop_back()) {
        auto& steps = frames_.back().undone;
        std::move(steps.rbegin(), steps.rend(), std::back_inserter(undone));
    }
    // All leave their places before one takes any: it may have had the key that another one has.
    const auto is_known = [&](const instance& i) { return session_of(i) == this && i.state == object_state::persistent; };
    for (const undo_step& s : undone)
        if (is_known(*s.of)) forget(*s.of);
    for (undo_step& s : undone) take_back(s);
    for (const undo_step& s : undone)
        if (is_known(*s.of)) know(*s.of);
}

/// What has been changed and not been flushed goes back to what the database has. Relations, which may have been read meanwhile, are read
/// again.
void session_core::put_back_unflushed() {
    for (instance* i : std::exchange(removed_, {})) i->is_removed = false;
    for (auto& [of, all] : identities_)
        for (instance* i : all) {
            for (const auto& r : of->relations()) relation_access::unload(*i, r);
            scratch_.clear();
            if (has_changed(*i, scratch_)) restore_snapshot(*i);
        }
}

void session_core::rollback() {
    if (phase_ != flush_phase::none) throw_error(errc::misuse, "a rollback inside a flush: throw, and roll back where the flush is called");
    if (outer_) outer_->end_rolled_back();
    end_rolled_back();
    notify(session_event::after_rollback);
}

void session_core::end_rolled_back() {
    for (auto& l : links_) {
        try {
            l.work.rollback();
        } catch (const error& e) {
            l.connection.invalidate(e.what());
        }
    }
    release_links();
    roll_back_to(0);
    memory_of_steps_.clear();
    has_deleted_ = false;
    put_back_unflushed();
    forget_missing();
    ++transactions_;
}

std::size_t session_core::begin_nested() {
    if (outer_) throw_error(errc::misuse, "a nested transaction inside a stream: begin it before, or when the stream is over");
    flush();
    if (frames_.empty()) frames_.emplace_back();
    if (has_one_engine_) (void)connection();
    else (void)with_links();  // each begins its savepoint when it comes
    session_frame inner;
    for (auto& l : links_) inner.savepoints.push_back(l.connection.begin_nested());
    frames_.push_back(std::move(inner));
    return frames_.size();
}

void session_core::end_nested(std::size_t depth, bool keep) {
    if (frames_.size() < depth) throw_error(errc::misuse, "the nested transaction is over already");
    if (keep) {
        if (frames_.size() > depth) throw_error(errc::misuse, "a transaction inside this one is open: commit or roll back that one first");
        flush();
        for (auto& s : frames_.back().savepoints) s.commit();
        auto undone = std::move(frames_.back().undone);
        frames_.pop_back();
        std::ranges::move(undone, std::back_inserter(frames_.back().undone));
        return;
    }
    for (std::size_t d = frames_.size(); d >= depth; --d)  // those inside it go with it
        for (auto& s : frames_[d - 1].savepoints) s.rollback();
    roll_back_to(depth - 1);
    put_back_unflushed();
}

}  // namespace azoth::orm::detail
