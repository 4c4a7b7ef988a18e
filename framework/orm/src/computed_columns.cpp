#include "computed_columns.hpp"

#include "chunks.hpp"
#include "database_groups.hpp"
#include "row_statements.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace azoth::orm::detail {
namespace {

constexpr std::size_t rows_at_once = 200;

/// Rows of objects, found by their keys.
class rows_by_key {
public:
    explicit rows_by_key(std::span<instance* const> objects) {
        for (const instance* i : objects) {
            keys_.push_back(key_of(*i, scratch_));
            places_.emplace(hash_of(keys_.back()), keys_.size() - 1);
        }
    }
    [[nodiscard]] std::span<const std::vector<cell>> keys() const noexcept { return keys_; }
    /// The object's place; none where no object has the key.
    [[nodiscard]] std::optional<std::size_t> place_of(std::span<const cell> key) const {
        const auto [from, to] = places_.equal_range(hash_of(key));
        for (auto at = from; at != to; ++at)
            if (std::ranges::equal(keys_[at->second], key, is_same)) return at->second;
        return {};
    }

private:
    arena scratch_{};
    std::vector<std::vector<cell>> keys_{};
    std::unordered_multimap<std::uint64_t, std::size_t> places_{};
};

/// An object whose row is not there; null: none.
const instance* read_some(session_core& in, std::span<instance* const> objects, std::span<const std::size_t> columns,
                          std::span<const value> in_database_of) {
    const entity_class& of = *objects.front()->of;
    const rows_by_key places{objects};
    const node_ptr query = select_columns_by_key(of, columns, places.keys());
    std::vector<bool> has_come(objects.size());
    result rows = in.run(query, {}, &of, in_database_of);
    while (rows.next()) {
        arena scratch;
        const auto key = rows.cells().first(of.key.size());
        auto place = places.place_of(key);
        if (!place) place = places.place_of(said_by_object(of, key, scratch));
        if (!place) continue;
        has_come[*place] = true;
        for (std::size_t c = 0; c < columns.size(); ++c) set_column(*objects[*place], columns[c], rows.cells()[of.key.size() + c]);
    }
    const auto lost = std::ranges::find(has_come, false);
    return lost == has_come.end() ? nullptr : objects[static_cast<std::size_t>(lost - has_come.begin())];
}

}  // namespace

bool is_computed(const entity_class& of, std::size_t column) noexcept { return of.columns[column].details->computed.has_value(); }

const instance* read_columns(session_core& in, std::span<instance* const> objects, std::span<const std::size_t> columns) {
    const instance* lost = nullptr;
    if (columns.empty()) return lost;
    each_database(in, objects, [&](std::span<instance* const> all, std::span<const value> key) {
        in_chunks(all, rows_at_once, [&](std::span<instance* const> some) {
            if (const instance* i = read_some(in, some, columns, key)) lost = i;
        });
    });
    return lost;
}

void read_computed(session_core& in, std::span<instance* const> updated) {
    const entity_class& of = *updated.front()->of;
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const auto* value = node_cast<bind_node>(of.columns[c].spec->on_update);
        if (is_computed(of, c) || (of.columns[c].spec->on_update && !(value && value->maker))) columns.push_back(c);
    }
    (void)read_columns(in, updated, columns);
}

}  // namespace azoth::orm::detail
