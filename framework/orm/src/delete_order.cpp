#include "delete_order.hpp"

#include "class_keys.hpp"
#include "object_levels.hpp"
#include "snapshot.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

namespace azoth::orm::detail {
namespace {

/// A row that refers to another one: by which columns.
struct delete_edge {
    instance* parent;
    const std::vector<std::size_t>* columns;
};

/// Which of the deleted rows refer to which, as the database has them. Those of classes that are in no circle need not be looked at.
class referring_rows {
public:
    referring_rows(const flush_plan& plan, const class_ranks& ranks) {
        std::map<const entity_class*, std::vector<instance*>> by_class;
        for (instance* i : plan.deletes) by_class[i->of].push_back(i);
        for (const auto& [of, objects] : by_class)
            for (const row_key& key : keys_of_rows(*of))
                for (const auto& [to, targets] : by_class)
                    if (refers_to(*key.key, *to) && ranks.are_in_circle(*objects.front(), *targets.front())) add(key, *of, *to, targets);
    }

    [[nodiscard]] std::vector<delete_edge> edges_of(const instance& i) const {
        std::vector<delete_edge> up;
        for (const auto& k : keys_) {
            if (k.of != i.of) continue;
            const auto value = cells_of(i, k.columns);
            const auto [from, to] = k.rows.equal_range(hash_of(value));
            for (auto at = from; at != to; ++at)
                if (at->second != &i && std::ranges::equal(cells_of(*at->second, k.referred), value, is_same))
                    up.push_back({at->second, &k.columns});
        }
        return up;
    }

private:
    struct known_key {
        const entity_class* of;
        std::vector<std::size_t> columns{};
        std::vector<std::size_t> referred{};
        std::unordered_multimap<std::uint64_t, instance*> rows{};  ///< by what is referred to
    };
    static std::vector<cell> cells_of(const instance& i, const std::vector<std::size_t>& columns) {
        std::vector<cell> cells;
        for (const std::size_t c : columns) cells.push_back(i.committed[c]);
        return cells;
    }
    void add(const row_key& key, const entity_class& of, const entity_class& to, const std::vector<instance*>& targets) {
        auto referred = referred_columns(*key.key, to);
        if (referred.empty()) return;
        auto& known = keys_.emplace_back(known_key{&of, key.columns, std::move(referred)});
        for (instance* i : targets) known.rows.emplace(hash_of(cells_of(*i, known.referred)), i);
    }

    std::deque<known_key> keys_{};  // edges point into it
};

}  // namespace

void order_deletes(flush_plan& plan, const class_ranks& ranks) {
    const referring_rows rows{plan, ranks};
    object_levels levels{[&](const instance& i) { return rows.edges_of(i); },
                         [&](instance& i, const delete_edge& e, bool) {
                             const bool can_lose =
                                 std::ranges::all_of(*e.columns, [&](std::size_t c) { return i.of->columns[c].spec->nullable; });
                             if (can_lose) plan.unlinked.insert({&i, *e.columns});
                             return can_lose;
                         }};
    struct placed {
        std::size_t rank;
        std::size_t level;
        std::size_t place;
        instance* of;
        [[nodiscard]] auto order() const { return std::tuple{~rank, ~level, place}; }
    };
    std::vector<placed> deletes;
    deletes.reserve(plan.deletes.size());
    for (instance* i : plan.deletes) deletes.push_back({ranks.of(*i), levels.of(*i), ranks.place(*i), i});
    std::ranges::stable_sort(deletes, std::less<>{}, &placed::order);
    for (std::size_t i = 0; i < deletes.size(); ++i) {
        plan.deletes[i] = deletes[i].of;
        if (i + 1 == deletes.size() || deletes[i].order() != deletes[i + 1].order()) plan.delete_ends.push_back(i + 1);
    }
}

}  // namespace azoth::orm::detail
