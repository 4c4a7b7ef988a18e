// Objects of structs that inherit the one that was queried, and have columns in tables of their own: one query a class reads them.
#include "computed_columns.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::orm::detail {
namespace {

struct missing_group {
    const entity_class* of;
    const std::vector<std::size_t>* columns;
    std::vector<instance*> objects{};
};

}  // namespace

/// Until then it counts as one that is to be read again.
void session_core::miss(instance& i, std::span<const std::size_t> columns, bool is_new) {
    if (!are_incomplete_.insert(&i).second) return;
    incomplete_.push_back({&i, {columns.begin(), columns.end()}, is_new});
    i.is_expired = true;
}

void session_core::forget_missing() noexcept {
    incomplete_.clear();
    are_incomplete_.clear();
}

void session_core::read_missing() {
    if (incomplete_.empty()) return;
    const auto all = std::exchange(incomplete_, {});
    are_incomplete_.clear();
    std::vector<missing_group> groups;
    for (const incomplete& m : all) {
        if (session_of(*m.of) != this || m.of->state != object_state::persistent) continue;
        auto group = std::ranges::find_if(groups, [&](const missing_group& g) { return g.of == m.of->of && *g.columns == m.columns; });
        if (group == groups.end()) group = groups.insert(groups.end(), {m.of->of, &m.columns});
        group->objects.push_back(m.of);
    }
    for (const missing_group& group : groups) {
        if (const instance* lost = read_columns(*this, group.objects, *group.columns))
            throw_error(
                errc::no_rows,
                fmt::format("{} has no row in \"{}\": somebody has deleted it since the query, which can be run again, or it never had one",
                            describe_object(*lost), lost->of->table->table->name));
        for (instance* i : group.objects) {
            scratch_.clear();
            take_snapshot(*i, scratch_);
            i->is_expired = false;
        }
    }
    for (const auto& [i, columns, is_new] : all)
        if (is_new && session_of(*i) == this && !i->is_expired) notify(object_event::load, *i);
}

}  // namespace azoth::orm::detail
