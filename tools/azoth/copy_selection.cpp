#include "copy_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace azoth::command {
namespace {

constexpr const char* partitioned = "postgresql.partition_by";

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0; }

/// Whether the database's own SQL names it: as a word of its own, in quotes or not.
bool names(std::string_view sql, std::string_view name) {
    for (std::size_t at = sql.find(name); at != std::string_view::npos; at = sql.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at == 0 || !is_word(sql[at - 1])) && (end == sql.size() || !is_word(sql[end]))) return true;
    }
    return false;
}

bool is_used(const sequence_definition& sequence, const std::vector<table_ptr>& tables) {
    return std::ranges::any_of(tables, [&](const table_ptr& t) {
        return std::ranges::any_of(t->details, [&](const column_details& d) {
            const auto* native = d.server_default ? node_cast<native_sql_node>(d.server_default) : nullptr;
            return native && names(native->sql, sequence.name.name);
        });
    });
}

/// The rows are in one table, which has no parts any more.
table_ptr without_partitions(const table_ptr& t) {
    if (!t->options.contains(partitioned)) return t;
    auto whole = std::make_shared<table_definition>(*t);
    whole->options.erase(partitioned);
    return whole;
}

}  // namespace

shared_rows::shared_rows(const engine& in, const std::string& family, const std::string& schema) {
    if (family != "postgresql") return;
    connection c = in.connect("azoth copy");
    const auto found = c.execute(text("SELECT CAST(c.relname AS TEXT), CASE WHEN c.relispartition THEN 1 ELSE 0 END, CAST(c.oid AS BIGINT) "
                                      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                                      "WHERE n.nspname = coalesce(nullif(:place, ''), current_schema()) AND (c.relispartition OR "
                                      "c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid))")
                                     .bind("place", schema)
                                     .columns<std::string, std::int64_t, std::int64_t>())
                           .all();
    for (const auto& [name, is_part, number] : found) {
        if (is_part != 0) partitions_.insert(name);
        else parents_.emplace(name, number);
    }
}

std::optional<expr<bool>> shared_rows::own_rows(const std::string& table) const {
    const auto found = parents_.find(table);
    if (found == parents_.end()) return {};
    return expr<bool>{make_node<const native_sql_node>("postgresql", fmt::format("tableoid = {}", found->second))};
}

schema_definition selected_for_copy(const inspected& from, const std::vector<std::string>& tables, const shared_rows& shared) {
    schema_definition all = from.all.definition();
    std::set<object_name> left;
    std::erase_if(all.tables, [&](const table_ptr& t) {
        const bool is_left = tables.empty() && shared.is_partition(t->node->name);
        if (is_left) left.insert(t->name());
        return is_left;
    });
    for (auto& t : all.tables) t = without_partitions(t);
    std::erase_if(all.sequences, [&](const sequence_definition& s) {
        const bool is_left = !tables.empty() && !is_used(s, all.tables);
        if (is_left) left.insert(s.name);
        return is_left;
    });
    std::erase_if(all.notes, [&](const reflection_note& n) { return left.contains(n.of); });
    return all;
}

std::vector<reflection_note> lost_sharing(const schema_definition& selected, const inspected& from, const shared_rows& shared) {
    std::vector<reflection_note> lost;
    for (const auto& t : selected.tables) {
        const auto& originals = from.all.definition().tables;
        const auto original = std::ranges::find_if(originals, [&](const auto& o) { return o->name() == t->name(); });
        if ((*original)->options.contains(partitioned))
            lost.push_back({t->name(), "it has no partitions: their rows are all in the one table"});
        if (shared.own_rows(t->node->name))
            lost.push_back({t->name(), "it has its own rows alone: those of the tables that inherit from it are in these"});
    }
    return lost;
}

}  // namespace azoth::command
