#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Scratch memory for values in transit: grows in blocks, is freed or reused as a whole. For one thread at a time.
class AZOTH_API arena {
public:
    arena() noexcept = default;
    arena(arena&& other) noexcept
        : blocks_{std::move(other.blocks_)},
          next_{std::exchange(other.next_, nullptr)},
          left_{std::exchange(other.left_, 0)},
          used_{std::exchange(other.used_, 0)} {}
    arena& operator=(arena&& other) noexcept {
        blocks_ = std::exchange(other.blocks_, {});
        next_ = std::exchange(other.next_, nullptr);
        left_ = std::exchange(other.left_, 0);
        used_ = std::exchange(other.used_, 0);
        return *this;
    }

    /// Uninitialised memory, aligned for any cell, valid until `clear` or destruction. Throws std::bad_alloc.
    char* allocate(std::size_t size) {
        if (size > left_) return allocate_block(size);
        size = rounded(size);  // what is left is a multiple of 8 as well
        char* p = next_;
        next_ += size;
        left_ -= size;
        used_ += size;
        return p;
    }
    /// A copy of the characters that lives as long as the arena's content.
    std::string_view copy(std::string_view text);
    /// The same for what a cell points to, where it points to something.
    cell copy(cell c) {
        if (c.is_view()) c = {c.tag, copy(c.chars_view())};
        return c;
    }
    /// Forgets the content and keeps the largest block, so that a repeated use allocates nothing.
    void clear() noexcept;
    /// Bytes handed out since the last `clear`.
    [[nodiscard]] std::size_t used() const noexcept { return used_; }

private:
    struct block {
        std::unique_ptr<char[]> memory;
        std::size_t size;
    };
    static constexpr std::size_t rounded(std::size_t size) noexcept { return (size + 7) & ~std::size_t{7}; }
    char* allocate_block(std::size_t size);

    std::vector<block> blocks_{};
    char* next_{};
    std::size_t left_{};
    std::size_t used_{};
};

}  // namespace azoth
