#include "dependency_order.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/reflector.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

using tables = detail::ordered_tables;

bool is_there(executor& in, const table_definition& t) { return in.reflect().has_table(t.node->name, t.node->schema); }

void create(executor& in, const tables& order) {
    const bool can_alter = in.server_profile().can.alter_add_constraint;
    for (const auto& t : order.tables) {
        auto statement = make_node<create_table_node>(t);
        // Where keys cannot be added later (SQLite), the database takes a reference to a table that comes later.
        statement->without_foreign_keys = can_alter && order.is_in_cycle(*t);
        in.run(*statement, nullptr);
    }
    for (const auto& t : order.tables)
        for (std::size_t i = 0; can_alter && order.is_in_cycle(*t) && i < t->foreign_keys.size(); ++i)
            in.run(add_constraint_node{t, i}, nullptr);
    for (const auto& t : order.tables)
        for (std::size_t i = 0; i < t->indexes.size(); ++i) in.run(create_index_node{t, i}, nullptr);
}

void drop(executor& in, const tables& order) {
    const bool can_alter = in.server_profile().can.alter_add_constraint;
    for (const auto& t : order.tables)
        for (std::size_t i = 0; can_alter && order.is_in_cycle(*t) && i < t->foreign_keys.size(); ++i)
            in.run(drop_constraint_node{t, i}, nullptr);
    for (auto t = order.tables.rbegin(); t != order.tables.rend(); ++t) in.run(drop_table_node{*t, false}, nullptr);
}

}  // namespace

metadata::metadata(const std::vector<table>& tables) {
    for (const auto& t : tables) add(t);
}

void metadata::add(const table& table) { add_definition(table.definition()); }

void metadata::add_definition(const table_definition& definition) {
    for (const auto& t : tables_)
        if (t->node->name == definition.node->name && t->node->schema == definition.node->schema)
            throw_error(errc::mapping, fmt::format("the metadata has a table \"{}\" already", source_name(*definition.node)));
    tables_.push_back(std::make_shared<const table_definition>(definition));
}

std::vector<table> metadata::sorted_tables() const {
    std::vector<table> sorted;
    for (const auto& t : detail::dependency_order(tables_).tables) sorted.emplace_back(*t);
    return sorted;
}

void metadata::create_all(const executor_source& in, check_first check) const {
    in.with_executor([&](executor& on) {
        tables order = detail::dependency_order(tables_);
        if (check == check_first::yes) std::erase_if(order.tables, [&](const auto& t) { return is_there(on, *t); });
        create(on, order);
    });
}

void metadata::drop_all(const executor_source& in, check_first check) const {
    in.with_executor([&](executor& on) {
        tables order = detail::dependency_order(tables_);
        if (check == check_first::yes) std::erase_if(order.tables, [&](const auto& t) { return !is_there(on, *t); });
        drop(on, order);
    });
}

}  // namespace azoth
