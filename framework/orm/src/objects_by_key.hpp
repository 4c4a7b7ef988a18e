#pragma once

#include "snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// Objects by the values that they have in some columns. Their keys lie in a row, each once.
class objects_by_key {
public:
    objects_by_key(std::vector<std::size_t> columns, std::size_t most);

    /// No more of them than `most`.
    void add(instance& i);
    /// All keys, each as many cells as there are columns.
    [[nodiscard]] std::span<const cell> keys() const noexcept { return cells_; }
    /// Calls `work(instance&)` with those that have the key.
    template <class Work>
    void each(std::span<const cell> key, Work&& work) {
        const std::size_t found = find(key);
        if (found == none) return;
        for (std::size_t m = known_[found].first; m != none; m = members_[m].next) work(*members_[m].of);
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    struct known_key {
        std::uint64_t hash;
        std::size_t first;  ///< of its members
        std::size_t last;
    };
    struct member {
        instance* of;
        std::size_t next;
    };
    [[nodiscard]] bool is_key(std::size_t known, std::span<const cell> key) const noexcept;
    [[nodiscard]] std::size_t find(std::span<const cell> key) noexcept;
    [[nodiscard]] std::size_t& slot_of(std::uint64_t hash, std::span<const cell> key) noexcept;
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept { return hash & (slots_.size() - 1); }

    std::vector<std::size_t> columns_;
    std::vector<cell> cells_{};
    std::vector<known_key> known_{};
    std::vector<member> members_{};
    std::vector<std::size_t> slots_{};  ///< places in `known_`; a power of two of them, at most half taken
    std::vector<cell> key_{};
    std::size_t latest_{none};  ///< rows of one object mostly come one behind the other
    arena memory_{};
};

}  // namespace azoth::orm::detail
