#pragma once

#include "snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// The persistent objects of a class by their keys: those that the database has, not those that the objects say meanwhile. Open addressing,
/// so that a look-up touches two pieces of memory. While an object is in it, its snapshot's key must not change.
class identity_map {
    struct slot {
        std::uint64_t hash{};
        instance* of{};
    };

public:
    class iterator {
    public:
        using value_type = instance*;
        using difference_type = std::ptrdiff_t;
        iterator() noexcept = default;
        iterator(const slot* at, const slot* end) noexcept : at_{at}, end_{end} { skip(); }
        [[nodiscard]] instance* operator*() const noexcept { return at_->of; }
        iterator& operator++() noexcept {
            ++at_;
            skip();
            return *this;
        }
        iterator operator++(int) noexcept {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

    private:
        void skip() noexcept {
            while (at_ != end_ && !at_->of) ++at_;
        }
        const slot* at_{};
        const slot* end_{};
    };
    [[nodiscard]] iterator begin() const noexcept { return {slots_.data(), slots_.data() + slots_.size()}; }
    [[nodiscard]] iterator end() const noexcept { return {slots_.data() + slots_.size(), slots_.data() + slots_.size()}; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Null: none.
    [[nodiscard]] instance* find(std::span<const cell> key) const noexcept;
    /// The object that has the key already, or this one.
    instance* insert(instance& i);
    /// Takes it out, if it is there.
    void erase(const instance& i) noexcept;

private:
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept { return hash & (slots_.size() - 1); }
    [[nodiscard]] std::size_t after(std::size_t place) const noexcept { return (place + 1) & (slots_.size() - 1); }
    void grow();

    std::vector<slot> slots_{};  ///< a power of two of them, at most three quarters taken
    std::size_t size_{};
};

}  // namespace azoth::orm::detail
