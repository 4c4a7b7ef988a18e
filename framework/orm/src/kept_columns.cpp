#include <azoth/orm/kept_columns.hpp>

#include "kept_text.hpp"
#include "snapshot.hpp"

#include <azoth/orm/entity_class.hpp>

#include <cstring>
#include <new>
#include <utility>

namespace azoth::orm::detail {
namespace {

constexpr std::size_t alignment = 8;
static_assert(alignof(cell) <= alignment && alignof(kept_columns::head) <= alignment);

/// The next place from `at` on that lies in a copy as `offset` does in an object.
std::size_t placed_as(std::size_t at, std::ptrdiff_t offset) {
    const std::size_t wanted = static_cast<std::size_t>(offset) % alignment;
    return at + (wanted + alignment - at % alignment) % alignment;
}

}  // namespace

kept_layout::kept_layout(const std::vector<class_column>& columns) : size{sizeof(kept_columns::head)} {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const codec& access = *columns[c].access;
        const bool is_bytes = access.kept == kept_form::bytes;
        const bool goes_on = is_bytes && !runs.empty() && runs.back().last + 1 == c && runs.back().is_exact == !access.nullable &&
                             runs.back().offset + static_cast<std::ptrdiff_t>(runs.back().size) == columns[c].offset;
        if (!goes_on) size = placed_as(size, is_bytes ? columns[c].offset : 0);
        const std::uint32_t taken = is_bytes                         ? access.size
                                    : access.kept == kept_form::cell ? static_cast<std::uint32_t>(sizeof(cell))
                                                                     : static_cast<std::uint32_t>(sizeof(std::size_t));
        const auto at = static_cast<std::uint32_t>(size);
        places.push_back({access.kept, is_bytes && access.kind == type_kind::big_integer && !access.nullable, at});
        if (goes_on) {
            runs.back().size += taken;
            runs.back().last = c;
        } else if (is_bytes) {
            runs.push_back({columns[c].offset, at, taken, c, c, !access.nullable});
        } else {
            (access.kept == kept_form::cell ? cells : texts).push_back(c);
        }
        size += taken;
    }
    size = placed_as(size, 0);
}

cell kept_columns::operator[](std::size_t column) const noexcept {
    const entity_class& of = *begin().of;
    const auto& place = of.kept.places[column];
    const char* at = bytes() + place.at;
    switch (place.form) {
        case kept_form::cell: return *static_cast<const cell*>(static_cast<const void*>(at));
        case kept_form::bytes: {
            if (place.is_integer) return integer_at(at);
            arena none;  // what is its bytes needs no memory beside them
            return of.columns[column].access->write(at, none);
        }
        default: break;
    }
    const char* characters = bytes() + of.kept.size;
    for (const std::size_t before : of.kept.texts) {
        const std::size_t length = kept_length(bytes(), of.kept.places[before].at);
        if (before == column) return length == no_text ? cell{} : cell::text({characters, length});
        if (length != no_text) characters += length;
    }
    return {};
}

kept_columns kept_columns::copy(std::span<const std::pair<std::size_t, cell>> changed) const {
    const kept_layout& layout = begin().of->kept;
    const auto place_in = [&](const char* copy, std::size_t column) { return copy + layout.places[column].at; };
    const auto cell_of = [&](std::size_t column) {
        for (const auto& [which, to] : changed)
            if (which == column) return to;
        return *static_cast<const cell*>(static_cast<const void*>(place_in(bytes(), column)));
    };
    std::size_t without_cells = layout.size;
    for (const std::size_t c : layout.texts)
        if (const std::size_t length = kept_length(bytes(), layout.places[c].at); length != no_text) without_cells += length;
    std::size_t size = without_cells;
    for (const std::size_t c : layout.cells)
        if (const cell v = cell_of(c); v.is_view()) size += v.chars.size;
    auto* const made = static_cast<char*>(::operator new(size));
    std::memcpy(made, bytes(), without_cells);
    auto* const start = new (made) head{begin().of};
    char* characters = made + without_cells;
    for (const std::size_t c : layout.cells) {
        auto* const kept = new (made + layout.places[c].at) cell{cell_of(c)};
        if (!kept->is_view()) continue;
        const std::size_t length = kept->chars.size;
        if (length != 0) std::memcpy(characters, kept->chars.data, length);
        kept->chars.data = std::exchange(characters, characters + length);
    }
    return {start, owner::itself};
}

void kept_columns::free_memory() noexcept { ::operator delete(reinterpret_cast<void*>(bits_)); }

}  // namespace azoth::orm::detail
