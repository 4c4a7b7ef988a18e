#pragma once

#include "deferral.hpp"

#include <azoth/orm/relation.hpp>

#include <utility>

namespace azoth::orm::detail {

/// The session's side of relations.
struct relation_access {
    static relation_base& of(const instance& i, const relation_info& r) noexcept {
        // Each kind of relation begins with its base.
        return *static_cast<relation_base*>(static_cast<void*>(static_cast<char*>(i.object) + r.offset));
    }
    static one_base& one_of(const instance& i, const relation_info& r) noexcept { return static_cast<one_base&>(of(i, r)); }
    static many_base& many_of(const instance& i, const relation_info& r) noexcept { return static_cast<many_base&>(of(i, r)); }

    static void touch(const relation_base& r) { r.touch(); }
    static bool is_changed(const relation_base& r) noexcept { return r.is_changed_; }
    static instance* target(const one_base& r) noexcept { return r.target_; }
    static const std::vector<instance*>& items(const many_base& r) noexcept { return r.items_; }
    /// What it leads to, as far as it is loaded.
    static std::vector<instance*> related(const instance& i, const relation_info& r) {
        if (r.is_many) return items(many_of(i, r));
        instance* to = target(one_of(i, r));
        return to ? std::vector{to} : std::vector<instance*>{};
    }
    /// What it led to at the last flush.
    static instance* before(const one_base& r) noexcept { return r.is_changed_ ? r.before_ : r.target_; }
    static const std::vector<instance*>& before(const many_base& r) noexcept { return r.before_ ? *r.before_ : r.items_; }

    static void bind(relation_base& r, instance& owner, std::size_t index) noexcept {
        r.owner_ = &owner;
        r.index_ = static_cast<std::uint32_t>(index);
    }
    /// Of an object that has no row yet: it is related to what has been put into its struct, and to nothing else.
    static void bind_new(relation_base& r, instance& owner, std::size_t index) noexcept {
        bind(r, owner, index);
        r.is_loaded_ = true;
    }
    /// All relations of an object that has just been read.
    static void bind_unloaded(instance& owner) noexcept {
        const auto& relations = owner.of->relations();
        for (std::size_t i = 0; i < relations.size(); ++i) {
            relation_base& r = of(owner, relations[i]);
            bind(r, owner, i);
            r.is_loaded_ = relations[i].said->is_write_only;
        }
        deferred_access::bind(owner);
    }
    /// One more of a collection that is being read.
    static void append_loaded(many_base& r, instance& item) { r.items_.push_back(&item); }
    /// What has been read several times stays where it came first.
    static void keep_once(many_base& r);
    static void set_loaded(one_base& r, instance* target) noexcept {
        r.target_ = target;
        r.is_loaded_ = true;
        forget_changes(r);
    }
    static void set_loaded(many_base& r, std::vector<instance*> items) noexcept {
        r.items_ = std::move(items);
        r.is_loaded_ = true;
        forget_changes(r);
    }
    /// What touching it does.
    static void set_policy(const instance& i, const relation_info& r, loading how) noexcept {
        of(i, r).how_ = how;
        of(i, r).says_how_ = true;
    }
    static void unload(const instance& i, const relation_info& r) noexcept;
    /// Leads to none of those any more of which `is_gone(instance*)` is true, which are no concern of the object's session: what its row
    /// says is read again.
    template <class IsGone>
    static void part(const instance& i, const relation_info& r, const IsGone& is_gone) {
        if (r.is_many) part(i, r, many_of(i, r), is_gone);
        else part(i, r, one_of(i, r), is_gone);
    }
    static void forget_changes(one_base& r) noexcept {
        r.is_changed_ = false;
        r.before_ = nullptr;
    }
    static void forget_changes(many_base& r) noexcept {
        r.is_changed_ = false;
        r.before_.reset();
    }
    static void forget_changes(const instance& i, const relation_info& r) noexcept {
        if (r.is_many) forget_changes(many_of(i, r));
        else forget_changes(one_of(i, r));
        if (r.said->is_write_only) many_of(i, r).items_.clear();
    }

    /// A change as the program makes it.
    static void assign(one_base& r, instance* to) { r.set(to); }
    static void assign(many_base& r, const std::vector<instance*>& to) { r.replace(to); }
    /// The steps of a change, without those of the other side.
    static void point(one_base& r, instance* to) noexcept;
    static void insert(many_base& r, instance& item, std::size_t at);
    static void erase(many_base& r, std::size_t at);
    /// What was put into it before its struct was an object.
    static void take_over(one_base& r);
    static void take_over(many_base& r);

    // A write-only collection: its items are what has been added since the last flush, and what was before is what has been taken out.
    static void add_unread(many_base& r, instance& item);
    static void take_out_unread(many_base& r, instance& item);
    /// Whether it had been added (how often), or taken out, since the last flush.
    static std::size_t forget_added(many_base& r, const instance& item) noexcept;
    static bool forget_taken_out(many_base& r, const instance& item) noexcept;

private:
    template <class IsGone>
    static void part(const instance& i, const relation_info& r, one_base& one, const IsGone& is_gone) {
        if (is_gone(one.before_)) one.before_ = nullptr;
        if (!is_gone(one.target_)) return;
        if (i.committed) unload(i, r);
        else set_loaded(one, nullptr);
    }
    template <class IsGone>
    static void part(const instance& i, const relation_info& r, many_base& many, const IsGone& is_gone) {
        if (many.before_) std::erase_if(*many.before_, is_gone);
        if (std::erase_if(many.items_, is_gone) > 0 && i.committed && !many.is_changed_) unload(i, r);
    }
};

}  // namespace azoth::orm::detail
