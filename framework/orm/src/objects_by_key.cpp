#include "objects_by_key.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace azoth::orm::detail {

objects_by_key::objects_by_key(std::vector<std::size_t> columns, std::size_t most)
    : columns_{std::move(columns)}, slots_(std::bit_ceil(2 * most + 1), none), key_(columns_.size()) {
    members_.reserve(most);
    known_.reserve(most);
    cells_.reserve(most * columns_.size());
}

void objects_by_key::add(instance& i) {
    for (std::size_t k = 0; k < columns_.size(); ++k) key_[k] = column_of(i, columns_[k], memory_);
    const std::uint64_t hash = hash_of(key_);
    std::size_t& slot = slot_of(hash, key_);
    members_.push_back({&i, none});
    const std::size_t added = members_.size() - 1;
    if (slot != none) {
        members_[std::exchange(known_[slot].last, added)].next = added;
        return;
    }
    slot = known_.size();
    known_.push_back({hash, added, added});
    for (const cell& c : key_) cells_.push_back(memory_.copy(c));  // the object may be read again meanwhile
}

bool objects_by_key::is_key(std::size_t known, std::span<const cell> key) const noexcept {
    return std::ranges::equal(std::span{cells_}.subspan(known * columns_.size(), columns_.size()), key, is_same);
}

std::size_t objects_by_key::find(std::span<const cell> key) noexcept {
    if (latest_ == none || !is_key(latest_, key)) latest_ = slot_of(hash_of(key), key);
    return latest_;
}

/// Where the key stands, or belongs.
std::size_t& objects_by_key::slot_of(std::uint64_t hash, std::span<const cell> key) noexcept {
    std::size_t at = place_of(hash);
    while (slots_[at] != none && (known_[slots_[at]].hash != hash || !is_key(slots_[at], key))) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
}

}  // namespace azoth::orm::detail
