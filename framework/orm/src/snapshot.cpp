#include "snapshot.hpp"

#include "session_core.hpp"

#include "instance_memory.hpp"
#include "kept_text.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/node_base.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>

namespace azoth::orm::detail {

void free_cells::operator()(cell* block) const noexcept { ::operator delete(block); }

kept_cells copy_cells(std::span<const cell> from) {
    std::size_t size = from.size_bytes();
    for (const cell& c : from)
        if (c.is_view()) size += c.chars.size;
    kept_cells made{static_cast<cell*>(::operator new(size))};
    cell* cells = made.get();
    char* characters = reinterpret_cast<char*>(cells + from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        new (&cells[i]) cell{from[i]};
        if (!from[i].is_view()) continue;
        if (from[i].chars.size != 0) std::memcpy(characters, from[i].chars.data, from[i].chars.size);
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

/// A column that is kept by its characters; null: NULL.
const std::string* text_of(const instance& i, std::size_t column) noexcept {
    const class_column& c = i.of->columns[column];
    const void* at = static_cast<const char*>(i.object) + c.offset;
    if (c.access->kept == kept_form::text) return static_cast<const std::string*>(at);
    const auto& text = *static_cast<const std::optional<std::string>*>(at);
    return text ? &*text : nullptr;
}

std::span<cell> new_cells(std::size_t count, arena& in) {
    if (count == 0) return {};
    cell* const first = static_cast<cell*>(static_cast<void*>(in.allocate(count * sizeof(cell))));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
}

/// Fills a copy of columns.
class copy_writer {
public:
    copy_writer(const instance& i, char* to) noexcept : i_{i}, to_{to}, characters_{to + i.of->kept.size} {}
    void write(std::span<const cell> cells) noexcept {
        const kept_layout& layout = i_.of->kept;
        const char* object = static_cast<const char*>(i_.object);
        for (const auto& run : layout.runs) std::memcpy(to_ + run.at, object + run.offset, run.size);
        for (const std::size_t c : layout.texts) {
            const std::string* text = text_of(i_, c);
            const std::size_t length = text ? text->size() : no_text;
            std::memcpy(to_ + layout.places[c].at, &length, sizeof length);
            if (text) (void)add({text->data(), length});
        }
        for (std::size_t k = 0; k < cells.size(); ++k) {
            cell* const kept = new (to_ + layout.places[layout.cells[k]].at) cell{cells[k]};
            if (kept->is_view()) kept->chars.data = add(kept->chars_view());
        }
    }

private:
    const char* add(std::string_view text) noexcept {
        char* const at = characters_;
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        characters_ += text.size();
        return at;
    }
    const instance& i_;
    char* to_;
    char* characters_;
};

}  // namespace

std::size_t size_of_snapshot(const entity_class& of, std::span<const cell> row) noexcept {
    std::size_t size = of.kept.size;
    for (const cell& c : row)
        if (c.is_view()) size += c.chars.size;
    return size;
}

kept_columns copy_columns(const instance& i, arena& scratch, const copy_memory& in) {
    const kept_layout& layout = i.of->kept;
    const std::span<cell> cells = new_cells(layout.cells.size(), scratch);
    std::size_t size = layout.size;
    for (const std::size_t c : layout.texts)
        if (const std::string* text = text_of(i, c)) size += text->size();
    for (std::size_t k = 0; k < cells.size(); ++k) {
        cells[k] = told_column_of(i, layout.cells[k], scratch);
        if (cells[k].is_view()) size += cells[k].chars.size;
    }
    char* place = in.beside ? in.beside->allocate(size, alignof(cell)) : nullptr;
    if (!place && in.steps) place = in.steps->allocate(size);
    const bool is_lent = place != nullptr;
    if (!place) place = static_cast<char*>(::operator new(size));
    auto* const begin = new (place) kept_columns::head{i.of};
    copy_writer{i, place}.write(cells);
    return {begin, is_lent ? kept_columns::owner::somebody_else : kept_columns::owner::itself};
}

void take_snapshot(instance& i, arena& scratch, const copy_memory& in) { i.committed = copy_columns(i, scratch, in); }

void find_changes(const instance& i, arena& scratch, std::vector<std::size_t>& changed) {
    changed.clear();
    const std::size_t columns = i.of->columns.size();
    for (std::size_t c = 0; c < columns; ++c)
        if (!is_same(told_column_of(i, c, scratch), i.committed[c])) changed.push_back(c);
}

namespace {

bool is_same_text(const std::string* now, std::size_t length, const char* characters) noexcept {
    if (!now || length == no_text) return !now && length == no_text;
    return now->size() == length && std::memcmp(now->data(), characters, length) == 0;
}

}  // namespace

bool has_changed(const instance& i, arena& scratch) {
    const kept_layout& layout = i.of->kept;
    const char* const object = static_cast<const char*>(i.object);
    const char* const kept = i.committed.bytes();
    const auto differs = [&](std::size_t c) { return !is_same(column_of(i, c, scratch), i.committed[c]); };
    for (const auto& run : layout.runs) {
        if (run.is_exact && std::memcmp(object + run.offset, kept + run.at, run.size) == 0) continue;
        for (std::size_t c = run.first; c <= run.last; ++c)
            if (differs(c)) return true;
    }
    const char* characters = kept + layout.size;
    for (const std::size_t c : layout.texts) {
        const std::size_t length = kept_length(kept, layout.places[c].at);
        if (!is_same_text(text_of(i, c), length, characters)) return true;
        if (length != no_text) characters += length;
    }
    try {
        return std::ranges::any_of(layout.cells, differs);
    } catch (const data_error&) {
        return true;  // what no database could be given has come from none
    }
}

void restore_snapshot(instance& i) {
    const std::size_t columns = i.of->columns.size();
    for (std::size_t c = 0; c < columns; ++c) set_column(i, c, i.committed[c]);
}

}  // namespace azoth::orm::detail
