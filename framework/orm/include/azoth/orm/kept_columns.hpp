#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>
#include <azoth/base/value_traits.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

struct class_column;
struct entity_class;

/// How a copy of a class's columns lies in memory: members that are their bytes as those, neighbours in one piece, of texts their lengths,
/// of all else its cell; behind them the characters.
struct AZOTH_API kept_layout {
    explicit kept_layout(const std::vector<class_column>& columns);

    struct place {
        kept_form form;
        bool is_integer;   ///< of 64 bits with a sign, as most keys are
        std::uint32_t at;  ///< from the start of the copy
    };
    /// Members behind each other that are copied at once, and compared at once where all of their bytes count: an optional leaves some of
    /// its own as it finds them.
    struct run {
        std::ptrdiff_t offset;  ///< in the object
        std::uint32_t at;
        std::uint32_t size;
        std::size_t first;  ///< column
        std::size_t last;
        bool is_exact;
    };
    std::vector<place> places{};  ///< one a column
    std::vector<run> runs{};
    std::vector<std::size_t> texts{};  ///< columns, in the order of their characters
    std::vector<std::size_t> cells{};
    std::size_t size{};  ///< without characters
};

/// Columns of an object, kept apart from it in one piece of memory.
class AZOTH_API kept_columns {
public:
    /// What every copy begins with.
    struct head {
        const entity_class* of;
    };
    /// Whose the memory is: that of operator new, or what goes by itself.
    enum class owner : std::uint8_t { itself, somebody_else };

    kept_columns() noexcept = default;
    kept_columns(head* begin, owner of) noexcept : bits_{reinterpret_cast<std::uintptr_t>(begin) | static_cast<std::uintptr_t>(of)} {}
    kept_columns(kept_columns&& other) noexcept : bits_{std::exchange(other.bits_, 0)} {}
    kept_columns& operator=(kept_columns&& other) noexcept {
        if (this != &other) {
            reset();
            bits_ = std::exchange(other.bits_, 0);
        }
        return *this;
    }
    ~kept_columns() { reset(); }

    [[nodiscard]] explicit operator bool() const noexcept { return bits_ != 0; }
    /// Does not touch memory that is somebody else's.
    void reset() noexcept {
        if (bits_ != 0 && (bits_ & lent) == 0) free_memory();
        bits_ = 0;
    }
    /// A column; the view is valid as long as the copy.
    [[nodiscard]] cell operator[](std::size_t column) const noexcept;
    /// Another one, with these columns, of which it keeps cells, in the place of its own.
    [[nodiscard]] kept_columns copy(std::span<const std::pair<std::size_t, cell>> changed = {}) const;
    [[nodiscard]] const head& begin() const noexcept { return *reinterpret_cast<const head*>(bits_ & ~lent); }
    [[nodiscard]] const char* bytes() const noexcept { return reinterpret_cast<const char*>(bits_ & ~lent); }

private:
    static constexpr std::uintptr_t lent = 1;
    void free_memory() noexcept;
    std::uintptr_t bits_{};  ///< the memory, and in the lowest bit whether it is lent
};

}  // namespace azoth::orm::detail
