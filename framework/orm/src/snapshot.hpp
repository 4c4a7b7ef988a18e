#pragma once

#include "deferral.hpp"

#include <azoth/base/arena.hpp>
#include <azoth/orm/entity_class.hpp>

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// A member of 64 bits with a sign, as most keys are.
inline cell integer_at(const char* at) noexcept {
    std::int64_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return cell::integer(number);
}
/// A column as the object has it now, `unread_cell` where it does not have it; the view is valid until the object changes or `scratch` is
/// cleared.
inline cell column_of(const instance& i, std::size_t column, arena& scratch) {
    const auto& m = i.of->columns[column];
    const char* at = static_cast<const char*>(i.object) + m.offset;
    if (i.of->kept.places[column].is_integer) return integer_at(at);
    if (m.access->can_be_unloaded && !deferred_access::is_loaded(at)) return unread_cell;
    return m.access->write(at, scratch);
}
inline void set_column(instance& i, std::size_t column, const cell& to) {
    const auto& m = i.of->columns[column];
    char* at = static_cast<char*>(i.object) + m.offset;
    if (m.access->can_be_unloaded && is_unread(to)) return deferred_access::unload(at);
    m.access->read(to, at);
}

[[nodiscard]] bool is_same_otherwise(const cell& a, const cell& b) noexcept;
/// Whether two cells mean the same in one column, or in two that refer to each other.
[[nodiscard]] inline bool is_same(const cell& a, const cell& b) noexcept {
    return a.tag == cell_tag::i64 && b.tag == cell_tag::i64 ? a.i64 == b.i64 : is_same_otherwise(a, b);
}
inline constexpr std::uint64_t hash_start = 17;
/// The hash of what has been hashed, and one cell more. Numbers of either sign hash alike, as they are compared.
[[nodiscard]] std::uint64_t hash_on(std::uint64_t before, const cell& c) noexcept;
[[nodiscard]] inline std::uint64_t hash_of(std::span<const cell> cells) noexcept {
    std::uint64_t h = hash_start;
    for (const cell& c : cells) h = hash_on(h, c);
    return h;
}

/// Where a copy of columns goes, if there is room; nowhere of these: by itself.
struct copy_memory {
    instance_block* beside{};  ///< of the object itself
    arena* steps{};
};
/// Keeps the object as it is: what it holds is what the database has.
void take_snapshot(instance& i, arena& scratch, const copy_memory& in = {});
/// Which columns differ from the snapshot, into `changed`.
void find_changes(const instance& i, arena& scratch, std::vector<std::size_t>& changed);
[[nodiscard]] bool has_changed(const instance& i, arena& scratch);
/// Puts the object back to its snapshot.
void restore_snapshot(instance& i);

/// The bytes that a snapshot of an object takes, whose row this is.
[[nodiscard]] std::size_t size_of_snapshot(const entity_class& of, std::span<const cell> row) noexcept;
/// All columns of an object as it is.
[[nodiscard]] kept_columns copy_columns(const instance& i, arena& scratch, const copy_memory& in = {});

/// Cells in one block, with what they point to.
struct free_cells {
    void operator()(cell* block) const noexcept;
};
using kept_cells = std::unique_ptr<cell[], free_cells>;
[[nodiscard]] kept_cells copy_cells(std::span<const cell> from);

/// A key that lives by itself.
class cell_copy {
public:
    explicit cell_copy(std::span<const cell> from) : cells_{copy_cells(from)}, size_{from.size()} {}
    [[nodiscard]] std::span<const cell> cells() const noexcept { return {cells_.get(), size_}; }

private:
    kept_cells cells_;
    std::size_t size_;
};

}  // namespace azoth::orm::detail
