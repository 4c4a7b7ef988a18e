#include "snapshot.hpp"

#include "session_core.hpp"

#include "instance_memory.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/node_base.hpp>

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <new>

namespace azoth::orm::detail {

void free_cells::operator()(cell* block) const noexcept {
    if (!is_of_block) ::operator delete(block);
}

// Snapshots are blocks of their own: cells, then what they point to.
std::size_t size_of_copy(std::span<const cell> of) noexcept {
    std::size_t size = of.size_bytes();
    for (const cell& c : of)
        if (c.is_view()) size += c.chars.size;
    return size;
}

kept_cells copy_cells(std::span<const cell> from, instance_block* in) {
    const std::size_t size = size_of_copy(from);
    void* beside = in ? in->allocate(size, alignof(cell)) : nullptr;
    kept_cells made{static_cast<cell*>(beside ? beside : ::operator new(size)), {beside != nullptr}};
    cell* cells = made.get();
    char* characters = reinterpret_cast<char*>(cells + from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        new (&cells[i]) cell{from[i]};
        if (!from[i].is_view()) continue;
        std::memcpy(characters, from[i].chars.data, from[i].chars.size);
        cells[i].chars.data = characters;
        characters += from[i].chars.size;
    }
    return made;
}

bool is_same_otherwise(const cell& a, const cell& b) noexcept {
    if (a.tag != b.tag) {
        // An unsigned number is kept as one even where a signed column refers to it.
        const bool are_integers = (a.tag == cell_tag::i64 || a.tag == cell_tag::u64) && (b.tag == cell_tag::i64 || b.tag == cell_tag::u64);
        return are_integers && a.i64 == b.i64 && a.i64 >= 0;
    }
    if (a.is_view()) return a.chars_view() == b.chars_view();
    switch (a.tag) {
        case cell_tag::null: return is_unread(a) == is_unread(b);
        case cell_tag::f64: return std::bit_cast<std::uint64_t>(a.f64) == std::bit_cast<std::uint64_t>(b.f64);
        case cell_tag::interval: return a.interval == b.interval;
        case cell_tag::uuid: return std::memcmp(a.raw, b.raw, 16) == 0;
        default: return a.i64 == b.i64;
    }
}

std::uint64_t hash_on(std::uint64_t before, const cell& c) noexcept {
    if (c.is_view()) return azoth::detail::mix(before, azoth::detail::hash_text(c.chars_view()));
    if (c.tag == cell_tag::uuid) return azoth::detail::mix(before, azoth::detail::hash_text({reinterpret_cast<const char*>(c.raw), 16}));
    // Neighbours stay neighbours, eight at a time: keys mostly come in order, and tables by them are then read in order, too.
    const auto number = static_cast<std::uint64_t>(c.i64);
    return (azoth::detail::mix(before, number >> 3) & ~std::uint64_t{7}) | (number & 7);
}

namespace {

/// What no database could be given is told with its member.
cell told_column_of(const instance& i, std::size_t column, arena& scratch) {
    try {
        return column_of(i, column, scratch);
    } catch (const data_error& e) {
        throw_error(e.code(), fmt::format("{} of {}: {}", i.of->columns[column].member, describe_object(i), e.message()));
    }
}

}  // namespace

kept_cells copy_columns(const instance& i, arena& scratch, instance_block* in) {
    const std::size_t width = i.of->columns.size();
    std::array<cell, 32> few;
    std::vector<cell> many(width > few.size() ? width : 0);
    cell* const now = many.empty() ? few.data() : many.data();
    for (std::size_t c = 0; c < width; ++c) now[c] = told_column_of(i, c, scratch);
    return copy_cells({now, width}, in);
}

void take_snapshot(instance& i, arena& scratch, instance_block* beside) { i.committed = copy_columns(i, scratch, beside); }

void find_changes(const instance& i, arena& scratch, std::vector<std::size_t>& changed) {
    changed.clear();
    const std::size_t columns = i.of->columns.size();
    for (std::size_t c = 0; c < columns; ++c)
        if (!is_same(told_column_of(i, c, scratch), i.committed[c])) changed.push_back(c);
}

bool has_changed(const instance& i, arena& scratch) {
    const std::size_t columns = i.of->columns.size();
    try {
        for (std::size_t c = 0; c < columns; ++c)
            if (!is_same(column_of(i, c, scratch), i.committed[c])) return true;
    } catch (const data_error&) {
        return true;  // what no database could be given has come from none
    }
    return false;
}

void restore_snapshot(instance& i) {
    const std::size_t columns = i.of->columns.size();
    for (std::size_t c = 0; c < columns; ++c) set_column(i, c, i.committed[c]);
}

}  // namespace azoth::orm::detail
