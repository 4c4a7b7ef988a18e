// The key of the row that an INSERT made: sent by the program, returned, or told by the driver.
#include "open_result.hpp"

#include <algorithm>

namespace azoth::detail {

using sources = inserted_key::part::sources;

void connection_core::note_sent_key(std::vector<value>& key, std::size_t first) const {
    const auto& plan = current_.compiled->key;
    if (!plan) return;
    key.resize(plan->parts.size());
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (plan->parts[i].source != sources::parameter) continue;
        std::size_t at = plan->parts[i].at;
        if (current_.compiled->sql.empty()) {  // lists before it have moved it
            const auto* slot = &current_.compiled->parameters[at];
            const auto found = std::find_if(expanded_.begin(), expanded_.end(), [&](const auto& p) { return p.slot == slot; });
            at = static_cast<std::size_t>(found - expanded_.begin());
        }
        key[i] = value{parameters_[first + at]};
    }
}

bool open_result::returns_key_alone() const noexcept { return compiled && compiled->key && compiled->key->is_implicit; }

void open_result::read_key_alone() {
    std::vector<cell> row(width);
    if (rows->fetch(row, 1) != 0) take_returned_key(row);
    while (rows->fetch(row, 1) != 0) {}
    width = 0;
}

void open_result::take_returned_key(std::span<const cell> row) {
    const auto& parts = compiled->key->parts;
    bool is_told = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].source == sources::returned) key[i] = value{row[parts[i].at]};
        is_told = is_told || parts[i].source == sources::generated;
    }
    knows_key = !is_told;
}

void open_result::take_generated_key() {
    if (!compiled || compiled->kind != statement_kind::insert) return;
    if (compiled->affected == affected_meaning::nothing) last_id.reset();  // of some insert before
    if (!compiled->key) return;
    bool is_known = true;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const auto source = compiled->key->parts[i].source;
        if (source == sources::generated && last_id) key[i] = value{*last_id};
        is_known = is_known && (source == sources::parameter || (source == sources::generated && last_id) || knows_key);
    }
    knows_key = is_known;
    if (key.size() != 1) last_id.reset();  // SQLite counts rows in tables of every kind
    if (key.size() != 1 || compiled->key->parts.front().source != sources::returned) return;
    const bool is_integer_key = knows_key && key.front().view().tag == cell_tag::i64;
    last_id = is_integer_key ? std::optional{key.front().as<std::int64_t>()} : std::nullopt;
}

std::int64_t open_result::meaning_of(std::int64_t affected_rows) const noexcept {
    if (affected_rows < 0) return -1;
    if (!compiled || compiled->affected == affected_meaning::rows) return affected_rows;
    return compiled->affected == affected_meaning::nothing ? -1 : std::min<std::int64_t>(affected_rows, 1);
}

}  // namespace azoth::detail
