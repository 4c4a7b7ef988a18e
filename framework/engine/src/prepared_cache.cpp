#include "prepared_cache.hpp"

#include <azoth/base/error.hpp>

#include <azoth/sql/node_base.hpp>

#include <algorithm>
#include <tuple>

namespace azoth::detail {

prepared_cache::entry* prepared_cache::find(driver_connection& on, std::string_view sql, const owner_pointer& owner) {
    if (capacity_ == 0) return nullptr;
    handle found = owner ? place_of(owner.get()) : recent_.end();
    // A compiled statement's address tells, without hashing its text: the entry keeps its owner, so that no other can have the address.
    if (found == recent_.end() || found->owner != owner) {
        found = find_by_text(sql);
        if (found != recent_.end()) give_to(found, owner);
    }
    if (found != recent_.end()) {
        if (found != recent_.begin()) recent_.splice(recent_.begin(), recent_, found);
        return use(on, found);
    }
    make_room();
    recent_.push_front({std::string{sql}, nullptr, {}, false});
    by_sql_.emplace(recent_.front().sql, recent_.begin());
    give_to(recent_.begin(), owner);
    if (prepare_at_once_) return use(on, recent_.begin());
    ++misses_;
    return nullptr;
}

prepared_cache::handle prepared_cache::find_by_text(std::string_view sql) {
    const auto found = by_sql_.find(sql);
    return found == by_sql_.end() ? recent_.end() : found->second;
}

prepared_cache::handle& prepared_cache::place_of(const compiled_statement* owner) noexcept {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;  // spreads addresses, whose low bits are alike
    constexpr int kept_bits = 6;
    static_assert(std::tuple_size_v<decltype(by_owner_)> == 1U << kept_bits);
    return by_owner_[static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(owner) * golden >> (64 - kept_bits))];
}

void prepared_cache::give_to(handle at, const owner_pointer& owner) {
    if (at->owner != owner) {
        forget_owner(at);
        at->owner = owner;
    }
    if (owner) place_of(owner.get()) = at;
}

void prepared_cache::forget_owner(handle at) noexcept {
    if (!at->owner) return;
    if (handle& place = place_of(at->owner.get()); place == at) place = recent_.end();
}

bool prepared_cache::comes_again(std::string_view sql) {
    const std::uint64_t hash = hash_text(sql);
    if (std::find(asked_.begin(), asked_.end(), hash) != asked_.end() || by_sql_.contains(sql)) return true;
    asked_[next_asked_++ % asked_.size()] = hash;
    return false;
}

std::size_t prepared_cache::size() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(recent_, [](const entry& e) { return e.handle != nullptr; }));
}

prepared_cache::entry* prepared_cache::use(driver_connection& on, handle at) {
    if (at->busy || !at->handle) ++misses_;
    else ++hits_;
    if (at->busy) return nullptr;
    if (!at->handle) at->handle = on.prepare(at->sql);
    if (!at->handle) throw_error(errc::internal, "the driver breaks its contract: prepare() returned null");
    return &*at;
}

void prepared_cache::make_room() {
    if (recent_.size() < capacity_) return;
    for (auto last = std::prev(recent_.end());; --last) {
        if (!last->busy) {
            by_sql_.erase(last->sql);
            forget_owner(last);
            recent_.erase(last);
            return;
        }
        if (last == recent_.begin()) return;  // all are running: let the cache grow by one
    }
}

void prepared_cache::clear() noexcept {
    by_sql_.clear();
    by_owner_.fill(recent_.end());
    recent_.clear();
}

}  // namespace azoth::detail
