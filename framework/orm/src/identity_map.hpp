#pragma once

#include "snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// The persistent objects of a class by their keys: those that the database has, not those that the objects say meanwhile. Integers that
/// come one behind the other, as they do from a table, are places in a row; all others are hashed, by open addressing. While an object is
/// in it, its snapshot's key must not change.
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
        iterator(const identity_map& of, std::size_t at) noexcept : of_{&of}, at_{at} { skip(); }
        [[nodiscard]] instance* operator*() const noexcept { return of_->at(at_); }
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
            while (at_ < of_->places() && !of_->at(at_)) ++at_;
        }
        const identity_map* of_{};
        std::size_t at_{};
    };
    [[nodiscard]] iterator begin() const noexcept { return {*this, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {*this, places()}; }
    [[nodiscard]] std::size_t size() const noexcept { return in_row_ + hashed_; }

    /// Null: none.
    [[nodiscard]] instance* find(std::span<const cell> key) const noexcept;
    /// The object that has the key already, or this one.
    instance* insert(instance& i);
    /// One whose key, which this is, has not been found.
    void insert_new(std::span<const cell> key, instance& i);
    /// Takes it out, if it is there.
    void erase(const instance& i) noexcept;

private:
    /// Of the row, then of the slots.
    [[nodiscard]] instance* at(std::size_t place) const noexcept {
        return place < row_.size() ? row_[place] : slots_[place - row_.size()].of;
    }
    [[nodiscard]] std::size_t places() const noexcept { return row_.size() + slots_.size(); }

    /// How far a key is behind the row's first one; none: it is none of one integer, or ahead of that.
    [[nodiscard]] std::optional<std::uint64_t> distance_of(std::span<const cell> key) const noexcept {
        if (key.size() != 1) return std::nullopt;
        const cell& c = key.front();
        const bool is_integer = c.tag == cell_tag::i64 || (c.tag == cell_tag::u64 && c.i64 >= 0);
        if (!is_integer || c.i64 < first_) return std::nullopt;
        return static_cast<std::uint64_t>(c.i64) - static_cast<std::uint64_t>(first_);
    }
    bool insert_in_row(std::span<const cell> key, instance& i);

    [[nodiscard]] instance* find_hashed(std::span<const cell> key) const noexcept;
    void insert_hashed(std::uint64_t hash, instance& i);
    void erase_hashed(std::uint64_t hash, const instance& i) noexcept;
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept { return hash & (slots_.size() - 1); }
    [[nodiscard]] std::size_t after(std::size_t place) const noexcept { return (place + 1) & (slots_.size() - 1); }
    void grow();

    std::int64_t first_{};          ///< the key of the row's first place, once there is one
    std::vector<instance*> row_{};  ///< by how far their keys are behind it; null: none has that, or it is hashed
    std::size_t in_row_{};
    std::vector<slot> slots_{};  ///< a power of two of them, at most three quarters taken
    std::size_t hashed_{};
};

}  // namespace azoth::orm::detail
