#include "merge.hpp"

#include "relation_access.hpp"
#include "versioning.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

/// That the given one was not read with another version. A struct that has none does not say.
void check_version(const instance& given, const instance& own) {
    arena scratch;
    const cell version = column_of(given, *given.of->version, scratch);
    if (!own.committed || is_unset_key(version) || is_same(version, own.committed[*own.of->version])) return;
    throw_stale(own, "changed");
}

/// Whether a relation of an object from elsewhere says something: one of a new object that nobody has touched does not mean "none".
bool is_said(const instance& given, const relation_base& r) { return r.is_loaded() && (given.committed || access::is_changed(r)); }

}  // namespace

instance& merger::merge(instance& given) {
    if (const auto known = merged_.find(&given); known != merged_.end()) return *known->second;
    if (session_of(given) == &session_) {
        if (given.state == object_state::deleted)
            throw_error(errc::misuse, fmt::format("{} has been deleted in this transaction: it cannot be merged", describe_object(given)));
        return *merged_.emplace(&given, &given).first->second;
    }
    instance& own = counterpart(given);
    merged_.emplace(&given, &own);
    if (given.is_expired) return own;  // it says nothing
    copy_columns(given, own);
    for (const auto& r : given.of->relations())
        if (r.said->cascades_save && !r.said->view_only && is_said(given, access::of(given, r))) copy_relation(given, own, r);
    return own;
}

/// Two objects with one key are one object in the session, also where it is new there.
instance* merger::merged_before(const instance& given) const {
    arena scratch;
    const auto key = key_of(given, scratch);
    for (const auto& [from, own] : merged_) {
        if (from->of != given.of || !has_key(*from, scratch)) continue;
        const auto other = key_of(*from, scratch);
        if (std::equal(key.begin(), key.end(), other.begin(), other.end(), is_same)) return own;
    }
    return nullptr;
}

instance& merger::counterpart(const instance& given) {
    arena scratch;
    if (has_key(given, scratch)) {
        const auto cells = key_of(given, scratch);
        if (instance* removed = session_.find(*given.of, cells); removed && removed->is_removed) {
            session_.add(*removed);
            return *removed;
        }
        std::vector<value> key;
        for (const cell& c : cells) key.emplace_back(c);
        if (instance* known = session_.get(*given.of, key, {})) return *known;
        if (instance* before = merged_before(given)) return *before;
    }
    instance& made = *make_instance(*given.of);
    retain(made);
    const std::unique_ptr<instance, void (*)(instance*)> handle{&made, [](instance* i) { release(*i); }};
    adopt_relations(made);
    session_.add(made);
    return made;
}

void merger::copy_columns(const instance& from, instance& to) {
    arena scratch;
    if (from.of->version) check_version(from, to);
    for (std::size_t c = 0; c < from.of->columns.size(); ++c)
        if (const cell said = column_of(from, c, scratch); c != from.of->version && !is_unread(said)) set_column(to, c, said);
}

void merger::copy_relation(const instance& from, instance& to, const relation_info& r) {
    if (!r.is_many) {
        instance* target = access::target(access::one_of(from, r));
        access::assign(access::one_of(to, r), target ? &merge(*target) : nullptr);
        return;
    }
    if (!r.said->is_write_only) access::touch(access::of(to, r));  // before what is new leads to it
    std::vector<instance*> items;
    for (instance* item : access::items(access::many_of(from, r))) {
        instance& own = merge(*item);
        if (std::ranges::find(items, &own) == items.end()) items.push_back(&own);
    }
    access::assign(access::many_of(to, r), items);
}

instance& session_core::merge(instance& given) {
    // What is half merged must not be flushed by the queries that merging makes.
    const bool flushes = std::exchange(options.autoflush, false);
    try {
        instance& own = merger{*this}.merge(given);
        options.autoflush = flushes;
        return own;
    } catch (...) {
        options.autoflush = flushes;
        throw;
    }
}

}  // namespace azoth::orm::detail
