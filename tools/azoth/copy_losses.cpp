#include "copy_losses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace azoth::command {
namespace {

bool has_table(const schema_definition& all, std::string_view schema, std::string_view name) {
    return std::ranges::any_of(all.tables, [&](const auto& t) { return t->node->name == name && t->node->schema == schema; });
}

}  // namespace

void leave_out_loose_keys(portable_schema& copy, const engine& target) {
    target.with_executor([&](executor& on) {
        const auto is_loose = [&](const foreign_key& k) {
            return !has_table(copy.schema, k.referred_schema, k.referred_table) &&
                   !on.reflect().has_table(k.referred_table, k.referred_schema);
        };
        for (auto& t : copy.schema.tables) {
            std::vector<foreign_key> kept;
            for (const auto& k : t->foreign_keys) {
                if (is_loose(k))
                    copy.lost.push_back(
                        {t->name(), fmt::format("the foreign key ({}) to {} is left out: that table is neither copied nor there",
                                                fmt::join(k.columns, ", "), k.referred_table)});
                else kept.push_back(k);
            }
            if (kept.size() == t->foreign_keys.size()) continue;
            auto changed = std::make_shared<table_definition>(*t);
            changed->foreign_keys = std::move(kept);
            t = std::move(changed);
        }
    });
}

std::vector<std::string> grouped_notes(const std::vector<reflection_note>& notes, const schema_definition& all) {
    constexpr std::size_t named_at_most = 3;
    std::vector<std::pair<std::string, std::vector<object_name>>> groups;
    for (const auto& n : notes) {
        const auto known = std::ranges::find_if(groups, [&](const auto& g) { return g.first == n.what; });
        if (known == groups.end()) groups.push_back({n.what, {n.of}});
        else known->second.push_back(n.of);
    }
    std::vector<std::string> lines;
    for (const auto& [what, of] : groups) {
        std::vector<std::string> names;
        for (const auto& o : of) names.push_back(o.name);
        const bool are_tables = std::ranges::all_of(of, [&](const auto& o) { return has_table(all, o.schema, o.name); });
        lines.push_back(names.size() <= named_at_most ? fmt::format("{}: {}", fmt::join(names, ", "), what)
                                                      : fmt::format("{} {}: {}", names.size(), are_tables ? "tables" : "objects", what));
    }
    return lines;
}

}  // namespace azoth::command
