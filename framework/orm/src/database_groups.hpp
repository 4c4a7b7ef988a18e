#pragma once

#include "session_core.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

/// By what the engine of an object's row is asked for; empty where the row has no key yet.
[[nodiscard]] std::vector<value> key_of_row(const instance& i);

/// Calls `work` with the objects that one database has, and the key of one of them to ask for it by, for each database.
/// `key_of(instance)` gives the key by which a table's engine is asked for.
template <class KeyOf, class Work>
void each_database(const session_core& in, std::string_view table, std::span<instance* const> objects, KeyOf&& key_of, Work&& work) {
    if (in.has_one_engine()) return work(objects, std::span<const value>{});
    struct group {
        const azoth::pool* in;
        std::vector<value> key;
        std::vector<instance*> objects{};
    };
    std::vector<group> groups;
    for (instance* i : objects) {
        std::vector<value> key = key_of(*i);
        const azoth::pool* to = in.database_of(table, key);
        auto at = std::ranges::find(groups, to, &group::in);
        if (at == groups.end()) at = groups.insert(groups.end(), group{to, std::move(key)});
        at->objects.push_back(i);
    }
    for (const group& g : groups) work(g.objects, g.key);
}

/// The same of objects' own rows, all of one class.
template <class Work>
void each_database(const session_core& in, std::span<instance* const> objects, Work&& work) {
    if (!objects.empty()) each_database(in, table_of(*objects.front()->of), objects, key_of_row, std::forward<Work>(work));
}

}  // namespace azoth::orm::detail
