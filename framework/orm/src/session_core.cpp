#include "session_core.hpp"

#include "former_session.hpp"
#include "relation_access.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

}  // namespace

// calls

session_core::entered::entered(session_core& in) : in_{in} {
    const auto self = std::this_thread::get_id();
    std::thread::id nobody{};
    if (!in_.user_.compare_exchange_strong(nobody, self) && nobody != self)
        throw_error(errc::misuse, "two threads use one session at the same time: give each its own");
    ++in_.calls_;
}

session_core::entered::~entered() {
    if (--in_.calls_ == 0) in_.user_.store({}, std::memory_order_release);
}

session_core::session_core(std::shared_ptr<const engine_resolver> engines, const session_options& how)
    : options{how},
      engines_{std::move(engines)},
      has_one_engine_{dynamic_cast<const single_engine*>(engines_.get()) != nullptr},
      graph_{new object_graph} {
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
    // Those with handles may come to another session, each by itself; without a handle all of them go now.
    for (instance* i = graph_->pins() > 1 ? graph_->first() : nullptr; i; i = i->next) {
        if (i->state != object_state::transient) i->state = i->committed ? object_state::detached : object_state::transient;
        i->is_removed = false;
    }
    graph_->session = nullptr;
    graph_->unpin();
}

// objects

void session_core::know(instance& i) {
    if (!i.of->is_alone()) refuse_known(i);
    if (identities_of(*i.of).insert(i) != &i) refuse_known(i);
}

void session_core::forget(const instance& i) noexcept {
    const auto of = identities_.find(i.of);
    if (of != identities_.end()) of->second.erase(i);
}

identity_map& session_core::identities_of(const entity_class& of) {
    if (latest_.of != &of) latest_ = {&of, &identities_[&of]};
    return *latest_.all;
}

instance* session_core::find(const entity_class& of, std::span<const cell> key) const noexcept {
    instance* found = find_row_of(of, key);
    return found && (found->of == &of || found->of->is_a(of)) ? found : nullptr;
}

instance* session_core::find_row_of(const entity_class& of, std::span<const cell> key) const noexcept {
    if (latest_.of == &of && of.is_alone()) return latest_.all->find(key);
    if (of.is_alone()) {
        const auto all = identities_.find(&of);
        return all == identities_.end() ? nullptr : all->second.find(key);
    }
    for (const auto& [each, all] : identities_)
        if (each->root == of.root)
            if (instance* found = all.find(key)) return found;
    return nullptr;
}

void session_core::refuse_known(const instance& i) const {
    const instance* known = find_row_of(*i.of, committed_key(i));
    if (known && known != &i)
        throw_error(errc::misuse, fmt::format("the session has another object for {}: use that one, or merge", describe_object(i)));
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
        if (std::exchange(i.is_removed, false)) std::erase(removed_, &i);
        if (i.state == object_state::deleted)
            throw_error(errc::misuse,
                        fmt::format("{} has been deleted in this transaction: add a new object in its place", describe_object(i)));
        return;
    }
    if (i.committed) refuse_known(i);
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
    if (const session_core* of = session_of(i); of != this)
        throw_error(errc::misuse, fmt::format("{} is no object of this session: {}", describe_object(i),
                                              of            ? "remove it in its own one"
                                              : i.committed ? "it is detached; add it first"
                                                            : "it is transient, and has no row that could be removed"));
    if (i.state != object_state::persistent)
        throw_error(errc::misuse, fmt::format("{} is {}: only a persistent object can be removed{}", describe_object(i), to_string(i.state),
                                              i.state == object_state::pending ? "; expunge it, and it is never inserted" : ""));
    require_no_writing(i);
    if (std::exchange(i.is_removed, true)) return;
    removed_.push_back(&i);
}

void session_core::expire(instance& i) {
    if (session_of(i) != this) throw_error(errc::misuse, fmt::format("{} is no object of this session", describe_object(i)));
    i.is_expired = true;
    if (i.committed) restore_snapshot(i);  // nor does what has been changed count
    for (const auto& r : i.of->relations()) access::unload(i, r);
}

void session_core::expunge(instance& i) {
    if (session_of(i) != this) throw_error(errc::misuse, fmt::format("{} is no object of this session", describe_object(i)));
    require_no_writing(i);
    std::erase(pending_, &i);
    std::erase(removed_, &i);
    if (are_incomplete_.erase(&i) > 0) std::erase_if(incomplete_, [&](const incomplete& m) { return m.of == &i; });
    if (i.state == object_state::persistent) forget(i);
    i.state = i.state == object_state::persistent ? object_state::detached : object_state::transient;
    i.is_removed = false;
}

void session_core::forget_steps_of(const std::unordered_set<const instance*>& gone) {
    for (auto& f : frames_) std::erase_if(f.undone, [&](const undo_step& s) { return gone.contains(s.of); });
}

void session_core::expunge_all() {
    for (auto& f : frames_) f.undone.clear();
    if (phase_ == flush_phase::none) memory_of_steps_.clear();  // a flush has steps of its own
    pending_.clear();
    removed_.clear();
    identities_.clear();
    forget_missing();
    latest_ = {};
    memory_.let_go();
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

}  // namespace azoth::orm::detail
