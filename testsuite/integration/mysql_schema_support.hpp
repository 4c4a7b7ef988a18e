#pragma once

#include "mysql_support.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

/// What the tests of the schema have in common.
namespace mysql_tests {

using k = az::type_kind;
using names = std::vector<std::string>;

inline az::schema_definition read(const az::executor_source& from, const az::reflection_request& what = {}) {
    az::schema_definition found;
    from.with_executor([&](az::executor& on) { found = on.reflect().read(what); });
    return found;
}

inline const az::table_definition& table_of(const az::schema_definition& all, std::string_view name) {
    for (const auto& t : all.tables)
        if (t->node->name == name) return *t;
    throw std::runtime_error{"no table " + std::string{name}};
}

inline const az::column_spec& column_of(const az::table_definition& t, std::string_view name) {
    return t.node->columns[az::column_index(t, name)];
}
inline const az::column_details& details_of(const az::table_definition& t, std::string_view name) {
    return t.details[az::column_index(t, name)];
}

inline std::string sql_of(const az::node_ptr& node) {
    if (!node) return "";
    REQUIRE(&node->kind() == &az::native_sql_node::static_kind);
    return static_cast<const az::native_sql_node&>(*node).sql;
}

inline names notes_of(const az::schema_definition& all, std::string_view of) {
    names found;
    for (const auto& n : all.notes)
        if (n.of.name == of) found.push_back(n.what);
    std::ranges::sort(found);
    return found;
}

inline std::string described(const az::foreign_key& f) {
    return fmt::format("{} {} -> {}.{} {} {} {}", f.name, fmt::join(f.columns, ","), f.referred_schema, f.referred_table,
                       fmt::join(f.referred_columns, ","), static_cast<int>(f.on_delete), static_cast<int>(f.on_update));
}
inline std::string described(const az::index_definition& i) {
    std::string all = fmt::format("{}{} {}", i.unique ? "unique " : "", i.name, i.method);
    for (const auto& e : i.elements)
        all += fmt::format(" {}{}{}", e.column, e.prefix != 0 ? fmt::format("({})", e.prefix) : "", e.descending ? " desc" : "");
    return all;
}
inline std::string described(const az::unique_constraint& u) { return fmt::format("{} {}", u.name, fmt::join(u.columns, ",")); }
inline std::string described(const az::check_constraint& c) { return fmt::format("{} {}", c.name, sql_of(c.condition)); }

template <class T>
names described(const std::vector<T>& all) {
    names lines;
    for (const auto& one : all) lines.push_back(described(one));
    std::ranges::sort(lines);
    return lines;
}

/// All of a table but expressions' trees: reflected ones compare as they are, declared ones as far as they go.
inline names description(const az::table_definition& t) {
    names lines;
    for (std::size_t i = 0; i < t.node->columns.size(); ++i) {
        const az::column_spec& c = t.node->columns[i];
        const az::column_details& d = t.details[i];
        lines.push_back(fmt::format("{} {} null={} pk={} generated={} default={} {} {} {} {}", c.name, to_string(c.type), c.nullable,
                                    c.primary_key, c.generated, sql_of(d.server_default), d.computed ? sql_of(d.computed->expression) : "",
                                    d.collation, d.comment, d.native_type));
    }
    for (const auto& part : {t.primary_key, described(t.uniques), described(t.foreign_keys), described(t.indexes), described(t.checks)})
        lines.insert(lines.end(), part.begin(), part.end());
    for (const auto& [name, value] : t.options) lines.push_back(name + '=' + value);
    lines.push_back(t.comment);
    return lines;
}

inline az::type labelled(const names& labels) {
    az::type t = az::enum_type("x", labels);
    az::type::rare_parts rare = *t.rare;
    rare.name.clear();
    t.rare = std::make_shared<const az::type::rare_parts>(std::move(rare));
    return t;
}

inline bool is_mariadb(const az::engine& engine) {
    bool is = false;
    engine.with_executor([&](az::executor& on) { is = on.server_profile().server == "MariaDB"; });
    return is;
}

inline az::table parent() {
    return az::table{"parent",
                     {az::column("id", k::big_integer, az::primary_key), az::column("code", az::string(10), az::not_null, az::unique)}};
}

}  // namespace mysql_tests
