#include "identity_map.hpp"

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
    for (const std::size_t c : a.of->key)
        if (!is_same(a.committed[c], b.committed[c])) return false;
    return true;
}

}  // namespace

instance* identity_map::find(std::span<const cell> key) const noexcept {
    if (slots_.empty()) return nullptr;
    const std::uint64_t hash = hash_of(key);
    for (std::size_t at = place_of(hash); slots_[at].of; at = after(at))
        if (slots_[at].hash == hash && has_key_of(*slots_[at].of, key)) return slots_[at].of;
    return nullptr;
}

instance* identity_map::insert(instance& i) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    const std::uint64_t hash = hash_of_key(i);
    std::size_t at = place_of(hash);
    for (; slots_[at].of; at = after(at))
        if (slots_[at].hash == hash && have_same_key(*slots_[at].of, i)) return slots_[at].of;
    slots_[at] = {hash, &i};
    ++size_;
    return &i;
}

void identity_map::erase(const instance& i) noexcept {
    if (slots_.empty()) return;
    std::size_t at = place_of(hash_of_key(i));
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
    --size_;
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
