#include "prepared_cache.hpp"

#include <azoth/base/error.hpp>

#include <azoth/sql/node_base.hpp>

#include <algorithm>

namespace azoth::detail {

prepared_cache::entry* prepared_cache::find(driver_connection& on, std::string_view sql,
                                            const std::shared_ptr<const compiled_statement>& owner) {
    if (capacity_ == 0) return nullptr;
    // A statement run again and again is the first in the list: the pointer tells, without hashing its text.
    if (owner && !recent_.empty() && recent_.front().owner == owner) return use(on, recent_.begin());
    const auto found = by_sql_.find(sql);
    if (found != by_sql_.end()) {
        recent_.splice(recent_.begin(), recent_, found->second);
        found->second->owner = owner;
        return use(on, found->second);
    }
    make_room();
    recent_.push_front({std::string{sql}, nullptr, owner, false});
    by_sql_.emplace(recent_.front().sql, recent_.begin());
    return prepare_at_once_ ? use(on, recent_.begin()) : nullptr;
}

bool prepared_cache::comes_again(std::string_view sql) {
    const std::uint64_t hash = hash_text(sql);
    if (std::find(asked_.begin(), asked_.end(), hash) != asked_.end() || by_sql_.contains(sql)) return true;
    asked_[next_asked_++ % asked_.size()] = hash;
    return false;
}

prepared_cache::entry* prepared_cache::use(driver_connection& on, handle at) {
    if (at->busy) return nullptr;
    if (at->handle) ++hits_;
    else at->handle = on.prepare(at->sql);
    if (!at->handle) throw_error(errc::internal, "the driver breaks its contract: prepare() returned null");
    return &*at;
}

void prepared_cache::make_room() {
    if (recent_.size() < capacity_) return;
    for (auto last = std::prev(recent_.end());; --last) {
        if (!last->busy) {
            by_sql_.erase(last->sql);
            recent_.erase(last);
            return;
        }
        if (last == recent_.begin()) return;  // all are running: let the cache grow by one
    }
}

void prepared_cache::clear() noexcept {
    by_sql_.clear();
    recent_.clear();
}

}  // namespace azoth::detail
