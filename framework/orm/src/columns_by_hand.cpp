#include "columns_by_hand.hpp"

#include "relation_access.hpp"

namespace azoth::orm::detail {
namespace {

using access = relation_access;

void unload_unchanged(const instance& i, const relation_info& r) noexcept {
    if (const auto& base = access::of(i, r); base.is_loaded() && !access::is_changed(base)) access::unload(i, r);
}

}  // namespace

void unload_by_columns(session_core& in, const instance& updated, const kept_columns& before) noexcept {
    for (const auto& r : updated.of->relations()) {
        if (r.direction != relation_direction::to_parent || access::is_changed(access::of(updated, r))) continue;
        const bool is_same_parent =
            std::ranges::all_of(r.columns, [&](const column_pair& p) { return is_same(before[p.own], updated.committed[p.own]); });
        if (is_same_parent) continue;
        unload_unchanged(updated, r);
        const relation_info* back = r.back();
        if (!back) continue;
        for (const kept_columns* row : {&before, &updated.committed})
            if (const instance* parent = find_parent(in, r, [&](std::size_t column) { return (*row)[column]; }))
                unload_unchanged(*parent, *back);
    }
}

}  // namespace azoth::orm::detail
