#include <azoth/orm/relation.hpp>

#include "object_graph.hpp"
#include "related_sides.hpp"
#include "relation_access.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

}  // namespace

void throw_nothing_related(const std::string& relation) {
    throw_error(errc::misuse,
                fmt::format("{} leads to nothing: ask whether it does (if (object->member)) before it is followed", relation));
}

const relation_info& relation_base::info() const {
    if (!owner_) throw_error(errc::misuse, "a relation of a struct that is no object yet: give the struct to make() or to a session first");
    return owner_->of->relations()[index_];
}

void relation_base::load() const {
    if (!owner_)
        throw_error(errc::misuse,
                    "a copy of an object, or of a relation, does not know what that is related to: keep a handle (az::ptr<T> other = "
                    "object->member) or a reference (const auto& others = object->member)");
    const relation_info& r = info();
    session_core* session = session_of(*owner_);
    const loading how = says_how_ ? how_ : r.said->how;
    if (how == loading::raise)
        throw_error(errc::misuse,
                    fmt::format("{} of {} is not loaded, and raiseload forbids to load it: say selectinload<&{}> in the query", r.name,
                                describe_object(*owner_), r.name));
    if (session && how == loading::none)
        return r.is_many ? access::set_loaded(access::many_of(*owner_, r), {}) : access::set_loaded(access::one_of(*owner_, r), nullptr);
    if (session) {
        const session_core::entered call{*session};
        return session->load_relation(*owner_, r);
    }
    throw_error(errc::misuse,
                fmt::format("{} of {} has not been loaded, and there is no session to load it: say selectinload<&{}> in the query, or "
                            "touch it before the session ends",
                            r.name, describe_object(*owner_), r.name));
}

/// What the program has changed stays changed; of the rest the row says more than what was loaded before its columns were assigned.
void relation_base::pass_over() noexcept {
    if (session_of(*owner_) && owner_->committed && !is_changed_) access::unload(*owner_, info());
}

// one

one_base::one_base(one_base&& other) noexcept {
    copy_state(other);
    if (!other.owner_) std::swap(target_, other.target_);
}

one_base::one_base(const one_base& other) noexcept : relation_base{}, target_{other.owner_ ? nullptr : other.target_} {
    copy_state(other);
    if (target_) retain(*target_);
}

one_base::~one_base() {
    if (!owner_ && target_) release(*target_);
}

one_base& one_base::operator=(const one_base& other) {
    if (this == &other) return *this;
    if (!owner_) {
        set(other.owner_ ? nullptr : other.target_);
        copy_state(other);
    } else if (!other.owner_ && !other.target_) {
        pass_over();
    } else {
        other.touch();
        set(other.target_);
    }
    return *this;
}

void one_base::set(instance* to) {
    if (!owner_) {
        if (to) retain(*to);
        if (target_) release(*target_);
        target_ = to;
        is_loaded_ = true;
        return;
    }
    const relation_info& r = info();
    if (is_loaded_ && target_ == to) return;
    check_writable(r);
    const relation_info* back = r.back();
    // Who is displaced on a side that has no column of its own, only rows can tell.
    if (r.direction == relation_direction::to_children) touch();
    if (to && back && !back->is_many && back->direction == relation_direction::to_children && session_of(*to))
        access::touch(access::of(*to, *back));
    instance* before = known_target(*owner_, r);
    if (before && before == to) return access::set_loaded(*this, to);  // it was not loaded, and leads there already
    if (to) join_graphs(*owner_, *to);
    if (back && before && before != to) remove_back(*before, *back, *owner_);
    access::point(*this, to);
    if (!to) return;
    if (back) add_back(*to, *back, *owner_);
    cascade(*owner_, r, *to);
}

// many

many_base::many_base(many_base&& other) noexcept {
    copy_state(other);
    if (!other.owner_) items_.swap(other.items_);
}

many_base::many_base(const many_base& other) : relation_base{}, items_(other.owner_ ? std::vector<instance*>{} : other.items_) {
    copy_state(other);
    for (instance* i : items_) retain(*i);
}

many_base::~many_base() {
    if (owner_) return;
    for (instance* i : items_) release(*i);
}

many_base& many_base::operator=(const many_base& other) {
    if (this == &other) return *this;
    if (!owner_) {
        replace(other.owner_ ? std::vector<instance*>{} : std::vector<instance*>{other.items_});
        copy_state(other);
    } else if (!other.owner_ && other.items_.empty()) {
        pass_over();
    } else {
        other.touch();
        replace(std::vector<instance*>{other.items_});
    }
    return *this;
}

void many_base::add(instance* item, std::size_t at) {
    if (!item)
        throw_error(errc::invalid_argument,
                    owner_ ? "an empty handle was put into " + info().name : "an empty handle was put into a relation");
    if (!owner_) {
        if (at > items_.size())
            throw_error(errc::invalid_argument, fmt::format("there is no place {} among {} objects", at, items_.size()));
        is_loaded_ = true;  // a copy that did not know begins anew
        if (!has(item)) hold(*item, at);
        return;
    }
    const relation_info& r = info();
    check_writable(r);
    if (r.said->is_write_only) return add_unread(*item);
    touch();
    if (at > items_.size())
        throw_error(errc::invalid_argument, fmt::format("{} has no place {}: it has {} objects", r.name, at, items_.size()));
    if (has_already(*item)) return;
    const relation_info* back = r.back();
    join_graphs(*owner_, *item);
    access::insert(*this, *item, at);
    if (back) add_back(*item, *back, *owner_);
    cascade(*owner_, r, *item);
}

void many_base::hold(instance& item, std::size_t at) {
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), &item);
    retain(item);
}

void many_base::remove(std::size_t at) {
    instance* item = items_[at];
    if (!owner_) {
        items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
        return release(*item);
    }
    const relation_info& r = info();
    check_writable(r);
    access::erase(*this, at);
    if (const relation_info* back = r.back()) remove_back(*item, *back, *owner_);
}

bool many_base::remove(const instance* item) {
    touch();
    const auto at = static_cast<std::size_t>(std::ranges::find(items_, item) - items_.begin());
    if (at == items_.size()) return false;
    remove(at);
    return true;
}

void many_base::replace(const std::vector<instance*>& by) {
    begin_anew();
    const bool is_write_only = owner_ && info().said->is_write_only;
    for (std::size_t at = is_write_only ? 0 : items_.size(); at-- > 0;)
        if (std::ranges::find(by, items_[at]) == by.end()) remove(at);
    for (instance* item : by) add(item, items_.size());
}

void many_base::clear() {
    begin_anew();
    while (!items_.empty()) remove(items_.size() - 1);
}

std::size_t many_base::end_place() const {
    if (owner_) touch();
    return items_.size();
}

void many_base::begin_anew() {
    if (owner_) touch();
    else is_loaded_ = true;
}

bool many_base::has(const instance* item) const {
    touch();
    return std::ranges::find(items_, item) != items_.end();
}

/// Told without looking through all items where the item's own side can tell, so that long collections are filled in linear time.
bool many_base::has_already(const instance& item) const {
    if (&item != owner_ && (!item.graph || item.graph != owner_->graph)) return false;
    const relation_info* back = info().back();
    if (back && !back->is_many) return known_target(item, *back) == owner_ && (access::of(item, *back).is_loaded() || has(&item));
    if (back && !item.committed) {  // a new one's side has never been read, and has all of its owners
        const auto& owners = access::items(access::many_of(item, *back));
        return std::ranges::find(owners, owner_) != owners.end();
    }
    return has(&item);
}

std::size_t many_base::checked(std::size_t at) const {
    if (at < size()) return at;
    throw_error(errc::invalid_argument,
                fmt::format("{} has no object {}: it has {}", owner_ ? info().name : std::string{"the relation"}, at, items_.size()));
}

}  // namespace azoth::orm::detail
