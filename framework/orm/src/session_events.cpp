#include <azoth/orm/session_events.hpp>

#include "relation_access.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>
#include <azoth/orm/session.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {

void session_core::subscribe(const std::shared_ptr<const session_events>& events) {
    std::erase_if(listeners_, [](const auto& l) { return l.expired(); });
    listeners_.emplace_back(events);
}

/// Copies: a handler may subscribe others, or end its own subscription.
std::vector<std::shared_ptr<const session_events>> session_core::listeners() const {
    std::vector<std::shared_ptr<const session_events>> all;
    for (const auto& l : listeners_)
        if (auto events = l.lock()) all.push_back(std::move(events));
    return all;
}

bool session_core::hears(session_event when) const {
    const auto all = listeners();
    return std::ranges::any_of(
        all, [&](const auto& l) { return std::ranges::any_of(l->of_session_, [&](const auto& h) { return h.when == when; }); });
}

void session_core::notify(session_event when) {
    if (listeners_.empty()) return;
    session view{shared_from_this()};
    for (const auto& l : listeners())
        for (const auto& h : l->of_session_)
            if (h.when == when) h.call(view);
}

bool session_core::tell(object_event when, instance& of) {
    session view{shared_from_this()};
    bool is_heard = false;
    for (const auto& l : listeners())
        for (const auto& h : l->of_objects_) {
            if (h.when != when || !of.of->is_a(h.of())) continue;
            h.call(of, view);
            is_heard = true;
        }
    return is_heard;
}

void session_core::require_no_writing(const instance& i) const {
    if (phase_ == flush_phase::writing)
        throw_error(errc::misuse, fmt::format("{} cannot come or go while rows are written: do that in before_flush, or write the row "
                                              "through the session's connection",
                                              describe_object(i)));
}

bool session_core::has_changes() {
    if (!pending_.empty() || !removed_.empty()) return true;
    return std::ranges::any_of(
        identities_, [&](auto& of) { return std::any_of(of.second.begin(), of.second.end(), [&](instance* i) { return is_dirty(*i); }); });
}

std::vector<instance*> session_core::objects_to_write(const entity_class& of, object_fate fate) {
    std::vector<instance*> found;
    const auto& waiting = fate == object_fate::insert ? pending_ : removed_;
    if (fate != object_fate::update) {
        std::ranges::copy_if(waiting, std::back_inserter(found), [&](const instance* i) { return i->of->is_a(of); });
        return found;
    }
    for (auto& [each, all] : identities_) {
        if (!each->is_a(of)) continue;
        for (instance* i : all)
            if (!i->is_removed && is_dirty(*i)) found.push_back(i);
    }
    return found;
}

std::vector<column_change> session_core::changes_of(const instance& i) {
    arena scratch;
    std::vector<column_change> changes;
    for (std::size_t c = 0; c < i.of->columns.size(); ++c) {
        const cell now = column_of(i, c, scratch);
        if (is_unread(now) || (i.committed && is_same(now, i.committed[c]))) continue;
        changes.push_back({i.of->columns[c].spec->name, i.committed ? value{i.committed[c]} : value{}, value{now}});
    }
    return changes;
}

}  // namespace azoth::orm::detail

namespace azoth::orm {

event_subscription session::subscribe(session_events events) {
    const detail::session_core::entered call{core()};
    auto kept = std::make_shared<const session_events>(std::move(events));
    core_->subscribe(kept);
    return event_subscription{std::move(kept)};
}

std::vector<detail::instance*> session::objects_to_write(const detail::entity_class& of, detail::object_fate fate) const {
    const detail::session_core::entered call{core()};
    return core_->objects_to_write(of, fate);
}

std::vector<column_change> session::changes_of(const detail::instance* i) const {
    if (!i) throw_error(errc::invalid_argument, "an empty handle was given to a session");
    const detail::session_core::entered call{core()};
    return detail::session_core::changes_of(*i);
}

}  // namespace azoth::orm
