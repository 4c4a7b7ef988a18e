#include "dependency_order.hpp"
#include "schema_work.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/rules.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

[[noreturn]] void refuse_second(std::string_view kind, const object_name& name) {
    throw_error(errc::mapping, fmt::format("the metadata has a {} \"{}\" already", kind, to_string(name)));
}

void run(executor& on, const std::vector<node_ptr>& statements) {
    for (const auto& s : statements) on.run(*s, nullptr);
}

std::vector<ddl_statement> as_statements(std::vector<node_ptr> nodes) {
    std::vector<ddl_statement> all;
    for (auto& n : nodes) all.emplace_back(std::move(n));
    return all;
}

void call(const std::vector<schema_hook>& hooks, executor& on) {
    for (const auto& hook : hooks) hook(on);
}

}  // namespace

metadata::metadata(naming_convention naming) : naming_{std::move(naming)} { detail::check_naming(*naming_); }

metadata::metadata(const std::vector<table>& tables) {
    for (const auto& t : tables) add(t);
}

metadata::metadata(naming_convention naming, const std::vector<table>& tables) : metadata{std::move(naming)} {
    for (const auto& t : tables) add(t);
}

void metadata::add(const table& table) { add_definition(std::make_shared<const table_definition>(table.definition())); }

/// Structs that inherit each other may be in one table.
void metadata::add_mapped(const mapped_table& mapped) {
    const bool is_shared = mapped.inheritance.kind == inheritance_kind::single_table || !mapped.inheritance.derived.empty();
    const auto is_it = [&](const table_ptr& t) { return t->name() == mapped.definition.name(); };
    if (is_shared && std::ranges::any_of(all_.tables, is_it)) return;
    add_definition(std::make_shared<const table_definition>(mapped.definition));
}

void metadata::add_definition(table_ptr definition) {
    for (const auto& t : all_.tables)
        if (t->name() == definition->name()) refuse_second("table", t->name());
    add_enums_of(*definition);
    all_.tables.push_back(naming_ ? detail::renamed(definition, *naming_) : std::move(definition));
}

void metadata::add_enums_of(const table_definition& table) {
    for (const auto& column : table.node->columns) {
        const bool is_array = column.type.kind == type_kind::array && column.type.rare && column.type.rare->element;
        const type& t = is_array ? *column.type.rare->element : column.type;
        if (t.kind != type_kind::enumeration || !t.rare || t.rare->name.empty()) continue;
        enum_definition e{{t.rare->schema, t.rare->name}, t.rare->labels, {}};
        const auto known = std::ranges::find(all_.enums, e.name, &enum_definition::name);
        if (known == all_.enums.end()) all_.enums.push_back(std::move(e));
        else if (known->labels != e.labels)
            throw_error(errc::mapping, fmt::format("the enumeration \"{}\" has other labels in \"{}\" than in a table before",
                                                   to_string(e.name), source_name(*table.node)));
    }
}

void metadata::add(const view& view) {
    const view_definition& added = view.definition();
    for (const auto& v : all_.views)
        if (v.name == added.name) refuse_second("view", v.name);
    all_.views.push_back(added);
}

void metadata::add(const sequence& sequence) {
    const sequence_definition& added = sequence.definition();
    for (const auto& s : all_.sequences)
        if (s.name == added.name) refuse_second("sequence", s.name);
    all_.sequences.push_back(added);
}

void metadata::reflect(const executor_source& from, const reflection_request& request) {
    schema_definition found;
    from.with_executor([&](executor& on) { found = on.reflect().read(request); });
    const auto merge = [](auto& into, auto& more, const auto& same) {
        for (auto& m : more)
            if (std::ranges::none_of(into, [&](const auto& known) { return same(known, m); })) into.push_back(std::move(m));
    };
    const auto same_name = [](const auto& a, const auto& b) { return a.name == b.name; };
    merge(all_.tables, found.tables, [](const table_ptr& a, const table_ptr& b) { return a->name() == b->name(); });
    merge(all_.views, found.views, same_name);
    merge(all_.sequences, found.sequences, same_name);
    merge(all_.enums, found.enums, same_name);
    std::ranges::move(found.notes, std::back_inserter(all_.notes));
}

table metadata::find(std::string_view name, std::string_view schema) const {
    std::string names;
    for (const auto& t : all_.tables) {
        if (t->node->name == name && t->node->schema == schema) return table{t};
        names += (names.empty() ? "" : ", ") + t->node->name;
    }
    throw_error(errc::mapping, fmt::format("the metadata has no table \"{}\"; it has {}",
                                           to_string({std::string{schema}, std::string{name}}), names.empty() ? "none" : names));
}

std::vector<table> metadata::sorted_tables() const {
    std::vector<table> sorted;
    for (const auto& t : detail::dependency_order(all_.tables).tables) sorted.emplace_back(t);
    return sorted;
}

void metadata::create_all(const executor_source& in, check_first check) const {
    in.with_executor([&](executor& on) {
        call(before_create_, on);
        const schema_definition& wanted = check == check_first::yes ? detail::missing_in(on, all_) : all_;
        run(on, detail::creating(wanted, on.server_profile().can, on.rules().ddl));
        call(after_create_, on);
    });
}

void metadata::drop_all(const executor_source& in, check_first check) const {
    in.with_executor([&](executor& on) {
        call(before_drop_, on);
        const schema_definition& there = check == check_first::yes ? detail::present_in(on, all_) : all_;
        run(on, detail::dropping(there, on.server_profile().can, on.rules().ddl));
        call(after_drop_, on);
    });
}

std::vector<ddl_statement> create_statements(const schema_definition& all, const profile& server, const rule_table& rules) {
    return as_statements(detail::creating(all, server.can, rules.ddl));
}

std::vector<ddl_statement> drop_statements(const schema_definition& all, const profile& server, const rule_table& rules) {
    return as_statements(detail::dropping(all, server.can, rules.ddl));
}

}  // namespace azoth
