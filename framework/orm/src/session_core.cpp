#include "session_core.hpp"

#include "former_session.hpp"
#include "relation_access.hpp"
#include "unit_of_work.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

void erase_from(std::vector<instance*>& all, const instance* i) { std::erase(all, i); }

}  // namespace

std::vector<cell> key_of(const instance& i, arena& scratch) {
    std::vector<cell> key;
    for (const std::size_t c : i.of->key) key.push_back(column_of(i, c, scratch));
    return key;
}

bool has_key(const instance& i, arena& scratch) {
    return std::ranges::none_of(i.of->key, [&](std::size_t c) {
        const cell value = column_of(i, c, scratch);
        return i.of->table->table->columns[c].generated ? is_unset(value) : value.is_null();
    });
}

std::string describe_object(const instance& i) {
    arena scratch;
    if (!has_key(i, scratch)) return fmt::format("a new {}", i.of->name());
    std::string text = i.of->name();
    for (const cell& c : key_of(i, scratch)) text += ' ' + describe(c);
    return text;
}

instance* known_target(const instance& owner, const relation_info& r) {
    const one_base& one = access::one_of(owner, r);
    if (one.is_loaded()) return access::target(one);
    session_core* session = session_of(owner);
    if (!session || r.direction != relation_direction::to_parent) return nullptr;
    arena scratch;
    return find_parent(*session, r, [&](std::size_t column) { return column_of(owner, column, scratch); });
}

// calls

session_core::entered::entered(session_core& in) : in_{in} {
    const auto self = std::this_thread::get_id();
    std::thread::id nobody{};
    if (!in_.user_.compare_exchange_strong(nobody, self) && nobody != self)
        throw_error(errc::misuse, "two threads use one session at the same time: give each its own");
    ++in_.calls_;
}

session_core::entered::~entered() {
    if (--in_.calls_ == 0) in_.user_.store({});
}

session_core::session_core(std::shared_ptr<const engine_resolver> engines, const session_options& how)
    : options{how}, engines_{std::move(engines)}, graph_{new object_graph} {
    graph_->pin();
    graph_->session = this;
    if (options.events) subscribe(options.events);
}

session_core::session_core(session_core& outer) : session_core{outer.engines_, outer.options} {
    outer_ = &outer;
    listeners_ = outer.listeners_;
}

session_core::~session_core() {
    while (!frames_.empty()) frames_.pop_back();  // inner savepoints first
    leave_graph();
}

void session_core::leave_graph() noexcept {
    // Those with handles may come to another session, each by itself.
    for (instance* i = graph_->first(); i; i = i->next) {
        if (i->state != object_state::transient) i->state = i->committed ? object_state::detached : object_state::transient;
        i->is_removed = false;
    }
    graph_->session = nullptr;
    graph_->unpin();
}

// objects

void session_core::know(instance& i) {
    if (identities_[i.of].insert(i) != &i)
        throw_error(errc::misuse, fmt::format("the session has another object for {}: use that one, or merge", describe_object(i)));
}

void session_core::forget(const instance& i) noexcept {
    const auto of = identities_.find(i.of);
    if (of != identities_.end()) of->second.erase(i);
}

instance* session_core::find(const entity_class& of, std::span<const cell> key) const noexcept {
    const auto all = identities_.find(&of);
    return all == identities_.end() ? nullptr : all->second.find(key);
}

void session_core::add(instance& i) {
    require_no_writing(i);
    std::vector<instance*> to_do{&i};
    while (!to_do.empty()) {
        instance& next = *to_do.back();
        to_do.pop_back();
        cascade_add(next, to_do);
    }
}

void session_core::cascade_add(instance& i, std::vector<instance*>& to_do) {
    session_core* of = session_of(i);
    if (of && of != this)
        throw_error(errc::misuse,
                    fmt::format("{} belongs to another session: expunge it there first, or merge it here", describe_object(i)));
    if (of) {
        if (std::exchange(i.is_removed, false)) erase_from(removed_, &i);
        if (i.state == object_state::deleted)
            throw_error(errc::misuse,
                        fmt::format("{} has been deleted in this transaction: add a new object in its place", describe_object(i)));
        return;
    }
    if (!i.graph) graph_->take(i);
    else if (i.graph != graph_ && i.graph->session) leave_former_session(i, *graph_);
    else if (i.graph != graph_) graph_->absorb(*i.graph);
    if (i.committed) {
        know(i);
        i.state = object_state::persistent;
    } else {
        if (frames_.empty()) frames_.emplace_back();
        frames_.back().undone.push_back({.of = &i, .state = object_state::transient});
        i.state = object_state::pending;
        pending_.push_back(&i);
    }
    for (const auto& r : i.of->relations())
        if (r.said->cascades_save && !r.said->view_only) std::ranges::copy(access::related(i, r), std::back_inserter(to_do));
}

void session_core::remove(instance& i) {
    if (session_of(i) != this || i.state != object_state::persistent)
        throw_error(errc::misuse, fmt::format("{} is {} here: only a persistent object of this session can be removed", describe_object(i),
                                              to_string(session_of(i) == this ? i.state : object_state::transient)));
    require_no_writing(i);
    if (std::exchange(i.is_removed, true)) return;
    removed_.push_back(&i);
}

void session_core::expire(instance& i) {
    i.is_expired = true;
    if (i.committed) restore_snapshot(i);  // nor does what has been changed count
    for (const auto& r : i.of->relations()) access::unload(i, r);
}

void session_core::expunge(instance& i) {
    if (session_of(i) != this) throw_error(errc::misuse, fmt::format("{} is no object of this session", describe_object(i)));
    require_no_writing(i);
    erase_from(pending_, &i);
    erase_from(removed_, &i);
    if (i.state == object_state::persistent) forget(i);
    i.state = i.state == object_state::persistent ? object_state::detached : object_state::transient;
    i.is_removed = false;
}

void session_core::forget_steps_of(const std::unordered_set<const instance*>& gone) {
    for (auto& f : frames_) std::erase_if(f.undone, [&](const undo_step& s) { return gone.contains(s.of); });
}

void session_core::expunge_all() {
    for (auto& f : frames_) f.undone.clear();
    pending_.clear();
    removed_.clear();
    identities_.clear();
    leave_graph();
    graph_ = new object_graph;
    graph_->pin();
    graph_->session = this;
}

bool session_core::is_dirty(instance& i) {
    scratch_.clear();
    if (i.state != object_state::persistent) return i.state == object_state::pending;
    if (i.is_removed || has_changed(i, scratch_)) return true;
    return std::ranges::any_of(i.of->relations(), [&](const auto& r) { return access::is_changed(access::of(i, r)); });
}

// transactions

azoth::connection& session_core::connection(const entity_class* of) {
    if (outer_) {
        if (frames_.empty()) frames_.emplace_back();
        return outer_->connection(of);
    }
    const engine from = engines_->resolve({.table = of ? of->table->table->name : std::string_view{}});
    const auto at = std::ranges::find(links_, &from.pool(), &link::to);
    if (at != links_.end()) return at->connection;
    if (frames_.empty()) frames_.emplace_back();
    azoth::connection made = from.connect("orm session");
    transaction work = made.begin(options.transaction);
    links_.push_back(link{&from.pool(), std::move(made), std::move(work)});
    return links_.back().connection;
}

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
    if (!frames_.empty()) {
        for (auto& s : frames_.front().undone) {
            if (s.of->state != object_state::deleted) continue;
            s.of->state = object_state::detached;
            s.of->committed.reset();
        }
    }
    frames_.clear();
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
    if (i.state == object_state::pending) erase_from(pending_, &i);
    if (i.is_removed) erase_from(removed_, &i);
    i.state = step.state;
    i.is_removed = false;
    if (step.columns)
        for (std::size_t c = 0; c < i.of->table->members.size(); ++c) set_column(i, c, step.columns[c]);
    i.committed = std::move(step.committed);
    if (i.state == object_state::pending) pending_.push_back(&i);
    if (i.state == object_state::persistent) i.seen = 0;  // in no transaction that there still is
}

void session_core::log_columns(instance& i) {
    scratch_.clear();
    log({&i, object_state::persistent, false, copy_columns(i, scratch_), copy_cells({i.committed.get(), i.of->table->members.size()})});
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
            for (const auto& r : of->relations()) access::unload(*i, r);
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
    put_back_unflushed();
    ++transactions_;
}

std::size_t session_core::begin_nested() {
    if (outer_) throw_error(errc::misuse, "a nested transaction inside a stream: begin it before, or when the stream is over");
    flush();
    if (frames_.empty()) frames_.emplace_back();
    (void)connection();
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
