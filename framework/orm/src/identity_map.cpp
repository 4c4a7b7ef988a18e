#include "identity_map.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace azoth::orm::detail {
namespace {

bool has_key_of(const instance& i, std::span<const cell> key) noexcept {
    const auto& columns = i.of->key;
    for (std::size_t k = 0; k < key.size(); ++k)
        if (!is_same(key[k], i.committed[columns[k]])) return false;
    return true;
}

std::uint64_t hash_of_key(const instance& i) noexcept {
    std::uint64_t h = hash_start;
    for (const std::size_t c : i.of->key) h = hash_on(h, i.committed[c]);
    return h;
}

bool have_same_key(const instance& a, const instance& b) noexcept {
    return std::ranges::all_of(a.of->key, [&](std::size_t c) { return is_same(a.committed[c], b.committed[c]); });
}

/// Null: of several columns.
std::optional<cell> only_key(const instance& i) noexcept {
    if (i.of->key.size() != 1) return std::nullopt;
    return i.committed[i.of->key.front()];
}

}  // namespace

instance* identity_map::find(std::span<const cell> key) const noexcept {
    if (!row_.empty())
        if (const auto distance = distance_of(key); distance && *distance < row_.size())
            if (instance* found = row_[*distance]) return found;
    return hashed_ == 0 ? nullptr : find_hashed(key);
}

instance* identity_map::find_hashed(std::span<const cell> key) const noexcept {
    const std::uint64_t hash = hash_of(key);
    for (std::size_t at = place_of(hash); slots_[at].of; at = after(at))
        if (slots_[at].hash == hash && has_key_of(*slots_[at].of, key)) return slots_[at].of;
    return nullptr;
}

instance* identity_map::insert(instance& i) {
    if (const auto key = only_key(i)) {
        if (instance* found = find({&*key, 1})) return found;
        insert_new({&*key, 1}, i);
        return &i;
    }
    const std::uint64_t hash = hash_of_key(i);
    if (hashed_ != 0)
        for (std::size_t at = place_of(hash); slots_[at].of; at = after(at))
            if (slots_[at].hash == hash && have_same_key(*slots_[at].of, i)) return slots_[at].of;
    insert_hashed(hash, i);
    return &i;
}

void identity_map::insert_new(std::span<const cell> key, instance& i) {
    if (!insert_in_row(key, i)) insert_hashed(hash_of(key), i);
}

/// At least half of the row's places are taken when it grows.
bool identity_map::insert_in_row(std::span<const cell> key, instance& i) {
    constexpr std::size_t some = 8;
    if (row_.empty() && key.size() == 1 && (key.front().tag == cell_tag::i64 || key.front().tag == cell_tag::u64)) first_ = key.front().i64;
    const auto distance = distance_of(key);
    if (!distance) return false;
    if (*distance >= row_.size()) {
        if (*distance > 2 * in_row_ + some) return false;
        row_.resize(static_cast<std::size_t>(*distance) + 1);
    }
    row_[*distance] = &i;
    ++in_row_;
    return true;
}

void identity_map::insert_hashed(std::uint64_t hash, instance& i) {
    if (4 * (hashed_ + 1) > 3 * slots_.size()) grow();
    std::size_t at = place_of(hash);
    while (slots_[at].of) at = after(at);
    slots_[at] = {hash, &i};
    ++hashed_;
}

void identity_map::erase(const instance& i) noexcept {
    const auto key = row_.empty() ? std::nullopt : only_key(i);
    const auto distance = key ? distance_of({&*key, 1}) : std::nullopt;
    if (distance && *distance < row_.size() && row_[*distance] == &i) {
        row_[*distance] = nullptr;
        --in_row_;
    } else if (hashed_ != 0) {
        erase_hashed(hash_of_key(i), i);
    }
}

void identity_map::erase_hashed(std::uint64_t hash, const instance& i) noexcept {
    std::size_t at = place_of(hash);
    while (slots_[at].of != &i) {
        if (!slots_[at].of) return;
        at = after(at);
    }
    // Those behind it move up, as far as their own places allow.
    for (std::size_t next = after(at); slots_[next].of; next = after(next)) {
        const std::size_t distance = (next - place_of(slots_[next].hash)) & (slots_.size() - 1);
        if (distance < ((next - at) & (slots_.size() - 1))) continue;
        slots_[at] = slots_[next];
        at = next;
    }
    slots_[at] = {};
    --hashed_;
}

void identity_map::grow() {
    std::vector<slot> before = std::exchange(slots_, std::vector<slot>(slots_.empty() ? 16 : 2 * slots_.size()));
    for (const slot& s : before) {
        if (!s.of) continue;
        std::size_t at = place_of(s.hash);
        while (slots_[at].of) at = after(at);
        slots_[at] = s;
    }
}

}  // namespace azoth::orm::detail
