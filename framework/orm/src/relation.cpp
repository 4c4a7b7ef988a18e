#include <azoth/orm/relation.hpp>

#include "object_graph.hpp"
#include "relation_access.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

std::ptrdiff_t place_of(const std::vector<instance*>& items, const instance* item) noexcept {
    return std::ranges::find(items, item) - items.begin();
}

/// The other side follows: `self` is related to `other` now.
void add_back(instance& other, const relation_info& back, instance& self);

/// The other side follows: `self` is related to `other` no more.
void remove_back(instance& other, const relation_info& back, const instance& self) {
    if (!back.is_many) {
        one_base& r = access::one_of(other, back);
        if (known_target(other, back) == &self) access::point(r, nullptr);
        return;
    }
    many_base& r = access::many_of(other, back);
    if (!r.is_loaded()) return;
    const auto at = static_cast<std::size_t>(place_of(access::items(r), &self));
    if (at < access::items(r).size()) access::erase(r, at);
}

void add_back(instance& other, const relation_info& back, instance& self) {
    if (back.is_many) {
        // One that is not loaded will be, after a flush, and has it then.
        many_base& r = access::many_of(other, back);
        if (r.is_loaded()) access::insert(r, self, access::items(r).size());
        return;
    }
    one_base& r = access::one_of(other, back);
    instance* before = known_target(other, back);
    if (before == &self) return;
    if (const relation_info* front = back.back(); before && front) remove_back(*before, *front, other);
    access::point(r, &self);
}

/// What is related to an object of a session comes into the session.
void cascade(const instance& owner, const relation_info& r, instance& item) {
    session_core* session = session_of(owner);
    if (session && r.said->cascades_save && !r.said->view_only) session->add(item);
}

void check_writable(const relation_info& r) {
    if (r.said->view_only) throw_error(errc::misuse, fmt::format("{} is said to be view_only: it cannot be changed", r.name));
}

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
    if (!other.owner_) std::swap(target_, other.target_);
}

one_base::~one_base() {
    if (!owner_ && target_) release(*target_);
}

one_base& one_base::operator=(const one_base& other) {
    if (this == &other) return *this;
    if (!owner_ && other.owner_) set(nullptr);
    else if (owner_ && !other.owner_ && !other.target_) pass_over();
    else {
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
    if (!other.owner_) items_.swap(other.items_);
}

many_base::~many_base() {
    if (owner_) return;
    for (instance* i : items_) release(*i);
}

many_base& many_base::operator=(const many_base& other) {
    if (this == &other) return *this;
    if (!owner_ && other.owner_) replace({});
    else if (owner_ && !other.owner_ && other.items_.empty()) pass_over();
    else {
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
        items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), item);
        retain(*item);
        return;
    }
    const relation_info& r = info();
    check_writable(r);
    touch();
    if (at > items_.size())
        throw_error(errc::invalid_argument, fmt::format("{} has no place {}: it has {} objects", r.name, at, items_.size()));
    const relation_info* back = r.back();
    if (back && !back->is_many && known_target(*item, *back) == owner_ && (access::of(*item, *back).is_loaded() || has(item))) return;
    join_graphs(*owner_, *item);
    access::insert(*this, *item, at);
    if (back) add_back(*item, *back, *owner_);
    cascade(*owner_, r, *item);
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
    const auto at = static_cast<std::size_t>(place_of(items_, item));
    if (at == items_.size()) return false;
    remove(at);
    return true;
}

void many_base::replace(const std::vector<instance*>& by) {
    touch();
    for (std::size_t at = items_.size(); at-- > 0;)
        if (std::ranges::find(by, items_[at]) == by.end()) remove(at);
    for (instance* item : by)
        if (!has(item)) add(item, items_.size());
}

void many_base::clear() {
    touch();
    while (!items_.empty()) remove(items_.size() - 1);
}

bool many_base::has(const instance* item) const {
    touch();
    return std::ranges::find(items_, item) != items_.end();
}

std::size_t many_base::checked(std::size_t at) const {
    if (at < size()) return at;
    throw_error(errc::invalid_argument,
                fmt::format("{} has no object {}: it has {}", owner_ ? info().name : std::string{"the relation"}, at, items_.size()));
}

}  // namespace azoth::orm::detail
