#include "copy_losses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

namespace azoth::command {
namespace {

const table_definition* find_table(const schema_definition& all, std::string_view schema, std::string_view name) {
    const auto found = std::ranges::find_if(all.tables, [&](const auto& t) { return t->node->name == name && t->node->schema == schema; });
    return found == all.tables.end() ? nullptr : found->get();
}

/// Tables of other schemas that the copy refers to, and the target has: asked of each schema at once.
std::set<object_name> referred_elsewhere(const schema_definition& copy, const schema_definition& there, const engine& target) {
    std::map<std::string, std::vector<std::string>> asked;
    for (const auto& t : copy.tables)
        for (const auto& k : t->foreign_keys)
            if (!find_table(copy, k.referred_schema, k.referred_table) && !find_table(there, k.referred_schema, k.referred_table))
                asked[k.referred_schema].push_back(k.referred_table);
    std::set<object_name> found;
    target.with_executor([&](executor& on) {
        for (const auto& [schema, names] : asked) {
            const std::vector<bool> are_there = on.reflect().have_tables(names, schema);
            for (std::size_t i = 0; i < names.size(); ++i)
                if (are_there[i]) found.insert({schema, names[i]});
        }
    });
    return found;
}

/// MySQL's and MariaDB's keys want the very integer that they refer to, and PostgreSQL's the very enumeration.
bool is_strict(const type& of, std::string_view family) {
    return family == "mysql" ? is_integer(of.kind) : family == "postgresql" && of.kind == type_kind::enumeration;
}

}  // namespace

void leave_out_loose_keys(portable_schema& copy, const schema_definition& there, const engine& target) {
    const std::set<object_name> elsewhere = referred_elsewhere(copy.schema, there, target);
    const auto is_loose = [&](const foreign_key& k) {
        return !find_table(copy.schema, k.referred_schema, k.referred_table) && !find_table(there, k.referred_schema, k.referred_table) &&
               !elsewhere.contains({k.referred_schema, k.referred_table});
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
}

void take_types_of_parents(portable_schema& copy, const schema_definition& there, std::string_view family) {
    for (auto& t : copy.schema.tables) {
        std::vector<column_spec> specs = t->node->columns;
        for (const auto& k : t->foreign_keys) {
            const auto* parent = find_table(copy.schema, k.referred_schema, k.referred_table)
                                     ? nullptr
                                     : find_table(there, k.referred_schema, k.referred_table);
            for (std::size_t i = 0; parent && i < k.columns.size(); ++i) {
                const type& wanted = parent->node->columns[column_index(*parent, k.referred_columns[i])].type;
                type& own = specs[column_index(*t, k.columns[i])].type;
                if (is_strict(wanted, family) && family_of(wanted.kind) == family_of(own.kind)) own = wanted;
            }
        }
        auto changed = std::make_shared<table_definition>(*t);
        changed->node = make_node<const table_node>(t->node->name, t->node->schema, std::move(specs), t->node->keys);
        t = std::move(changed);
    }
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
        const bool are_tables = std::ranges::all_of(of, [&](const auto& o) { return find_table(all, o.schema, o.name) != nullptr; });
        lines.push_back(names.size() <= named_at_most ? fmt::format("{}: {}", fmt::join(names, ", "), what)
                                                      : fmt::format("{} {}: {}", names.size(), are_tables ? "tables" : "objects", what));
    }
    return lines;
}

}  // namespace azoth::command
