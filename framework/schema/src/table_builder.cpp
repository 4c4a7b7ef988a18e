#include <azoth/base/error.hpp>
#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/schema/table_builder.hpp>

#include "keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace azoth {

node_ptr detail::make_made_bind(std::shared_ptr<const value_maker> maker, type t) {
    auto bind = make_node<bind_node>(value{}, std::move(t));
    bind->maker = std::move(maker);
    return bind;
}

namespace {

type type_from(const codec& access) {
    type t{access.kind};
    if (!access.labels.empty()) {
        type::rare_parts rare;
        rare.labels.assign(access.labels.begin(), access.labels.end());
        t.rare = std::make_shared<const type::rare_parts>(std::move(rare));
    }
    if (access.element != type_kind::unknown) t = array_of(access.element);
    return t;
}

/// Which families a said type may take the place of: a decimal member may not become text unseen.
void check_said_type(const column_draft& c, std::string_view struct_name) {
    if (!c.access || !c.type_said) return;
    if (family_of(c.spec.type.kind) == family_of(c.access->kind)) return;
    throw_error(errc::mapping,
                fmt::format("{} is a {}, which cannot be stored as {}: give a type of the same family, or the member another type{}",
                            c.member, kind_name(c.access->kind), to_string(c.spec.type),
                            struct_name.empty() ? "" : fmt::format(" (mapping of {})", struct_name)));
}

/// A struct says with std::optional what can be NULL; a column that can would break the reading of rows.
void check_nullable(const column_draft& c, std::string_view struct_name) {
    if (!c.access || !c.spec.nullable || c.access->nullable) return;
    throw_error(
        errc::mapping,
        fmt::format("{} cannot be NULL, but its column \"{}\" is said to be nullable: make the member a std::optional (mapping of {})",
                    c.member, c.spec.name, struct_name));
}

/// A made value is sent in the column's own type.
void finish_default(node_ptr& value, const column_spec& spec, const column_draft& c, std::string_view struct_name) {
    if (!value) return;
    const type given = type_of(*value);
    if (given.kind != type_kind::unknown && family_of(given.kind) != family_of(spec.type.kind))
        throw_error(errc::mapping, fmt::format("the default of \"{}\" is a {}, and the column a {}{}", spec.name, to_string(given),
                                               to_string(spec.type), c.member.empty() ? "" : fmt::format(" (mapping of {})", struct_name)));
    if (const auto* bind = node_cast<bind_node>(value); bind && bind->maker) value = detail::make_made_bind(bind->maker, spec.type);
}

/// The columns of an index of nothing else; none where it has an expression.
std::vector<std::string> plain_columns(const index_definition& index) {
    std::vector<std::string> columns;
    for (const auto& e : index.elements) {
        if (e.expression || e.prefix != 0) return {};
        columns.push_back(e.column);
    }
    return columns;
}

column_spec finished_spec(const column_draft& c, bool lone_key, std::string_view struct_name) {
    check_said_type(c, struct_name);
    check_nullable(c, struct_name);
    column_spec spec = c.spec;
    if (!c.type_said && c.access) spec.type = type_from(*c.access);
    const bool natural_key = lone_key && spec.primary_key && is_integer(spec.type.kind) && !c.refers;
    spec.generated = c.generated.value_or(natural_key);
    finish_default(spec.on_insert, spec, c, struct_name);
    finish_default(spec.on_update, spec, c, struct_name);
    if (c.refers && c.refers->kind != type_kind::unknown && family_of(c.refers->kind) != family_of(spec.type.kind))
        throw_error(errc::mapping,
                    fmt::format("{} is a {} and refers to a {}: a reference has the type of what it refers to (mapping of {})", c.member,
                                to_string(spec.type), kind_name(c.refers->kind), struct_name));
    if (c.refers) {
        const reference_target to = c.refers->resolve ? c.refers->resolve() : c.refers->named;
        spec.references.push_back({to.schema, to.table, to.column});
    }
    return spec;
}

/// That every column that is spoken of is there; throws programming_error (no-such-column).
void check_columns(const table_definition& t) {
    for (const auto& u : t.uniques)
        for (const auto& c : u.columns) (void)column_index(t, c);
    for (const auto& key : t.foreign_keys)
        for (const auto& c : key.columns) (void)column_index(t, c);
    for (const auto& i : t.indexes) {
        for (const auto& e : i.elements)
            if (!e.expression) (void)column_index(t, e.column);
        for (const auto& c : i.include) (void)column_index(t, c);
    }
}

void check_name(const column_draft& c, std::string_view owner) {
    if (!c.spec.name.empty()) return;
    throw_error(errc::mapping,
                fmt::format("a column of {} has no name{}", owner, c.member.empty() ? "" : fmt::format(" (member {})", c.member)));
}

/// A column of a base's key as that of a table whose rows go with the base's.
column_draft key_of_joined(column_draft key, reference_target to) {
    key.generated = false;
    key.unique = key.indexed = false;
    key.spec.on_insert = key.spec.on_update = {};
    key.spec.has_default = false;
    key.details = {};
    key.object = {};
    key.refers = column_draft::reference{};
    key.refers->named = std::move(to);
    return key;
}

/// A column that is NULL for all structs but one.
column_draft of_derived(column_draft c) {
    if (!c.type_said) c.spec.type = type_from(*c.access);
    c.type_said = true;
    c.access = nullptr;
    c.spec.nullable = true;
    return c;
}

}  // namespace

std::shared_ptr<table_definition> detail::table_like(const table_definition& of, std::string name, std::vector<column_spec> columns) {
    auto made = std::make_shared<table_definition>(of);
    made->node = make_node<const table_node>(std::move(name), of.node->schema, std::move(columns), of.node->keys);
    return made;
}

std::vector<unique_key> detail::keys_of(const table_definition& t) {
    std::vector<unique_key> keys;
    if (!t.primary_key.empty()) keys.push_back({t.primary_key_name, t.primary_key});
    for (const auto& u : t.uniques) keys.push_back({u.name, u.columns});
    for (const auto& i : t.indexes)
        if (auto columns = plain_columns(i); i.unique && !i.where && !columns.empty()) keys.push_back({i.name, std::move(columns)});
    return keys;
}

std::string to_string(const object_name& name) { return name.schema.empty() ? name.name : name.schema + '.' + name.name; }

std::size_t column_index(const table_definition& table, std::string_view column) {
    return static_cast<std::size_t>(&find_column(*table.node, column) - table.node->columns.data());
}

relation_description::~relation_description() = default;
made_of_mapping::~made_of_mapping() = default;

table_builder::table_builder(std::string name, std::string schema) : name_{std::move(name)}, schema_{std::move(schema)} {
    if (name_.empty()) throw_error(errc::mapping, "a table's name is empty");
}

void table_builder::add(column_draft column) {
    check_name(column, name_);
    for (const auto& c : columns_) {
        if (c.spec.name == column.spec.name)
            throw_error(errc::mapping,
                        fmt::format("the table \"{}\" has two columns \"{}\"{}: rename one with named(\"...\")", name_, c.spec.name,
                                    column.member.empty() ? "" : fmt::format(" (members {} and {})", c.member, column.member)));
        if (column.access && c.access == column.access && c.offset == column.offset)
            throw_error(errc::mapping, fmt::format("{} is mapped to two columns of \"{}\", \"{}\" and \"{}\"", column.member, name_,
                                                   c.spec.name, column.spec.name));
    }
    columns_.push_back(std::move(column));
}

const column_draft& table_builder::column_at(std::ptrdiff_t offset, const codec& access, std::string_view member) const {
    const auto found =
        std::find_if(columns_.begin(), columns_.end(), [&](const column_draft& c) { return c.offset == offset && c.access == &access; });
    if (found == columns_.end())
        throw_error(errc::mapping, fmt::format("{} is referred to, but no column of \"{}\" is mapped to it: add .column<{}>() before",
                                               member, name_, member));
    return *found;
}

reference_target table_builder::target_of(std::ptrdiff_t offset, const codec& access, std::string_view member) const {
    return {schema_, name_, column_at(offset, access, member).spec.name};
}

void detail::throw_base_behind(std::string_view of, std::string_view base) {
    throw_error(errc::mapping,
                fmt::format("{} is not at the start of {}, which inherits more: name it first among what {} inherits", base, of, of));
}

void table_builder::set_discriminator(std::string column, value identity) {
    inheritance_.discriminator = std::move(column);
    inheritance_.identity = std::move(identity);
}

void table_builder::set_base(const later_mapping& base, value identity, bool is_concrete) {
    if (!columns_.empty())
        throw_error(errc::mapping,
                    fmt::format("the mapping to \"{}\" says what it inherits behind its columns: say inherits first", name_));
    const table_builder of = base.builder();
    const bool is_single = !is_concrete && is_table_of(of);
    inheritance_.kind = is_concrete ? inheritance_kind::concrete : is_single ? inheritance_kind::single_table : inheritance_kind::joined;
    inheritance_.base = base;
    inheritance_.identity = std::move(identity);
    for (const column_draft& c : of.columns_)
        if (inheritance_.kind != inheritance_kind::joined) columns_.push_back(c);
        else if (c.spec.primary_key) columns_.push_back(key_of_joined(c, {of.schema_, of.name_, c.spec.name}));
}

/// With what structs that inherit this one keep in its table.
table_builder table_builder::with_derived() const {
    table_builder all = *this;
    for (const later_mapping& later : inheritance_.derived) {
        const table_builder derived = later.builder().with_derived();
        if (derived.inheritance_.kind != inheritance_kind::single_table) continue;
        for (const column_draft& c : derived.columns_)
            if (std::ranges::none_of(all.columns_, [&](const column_draft& known) { return known.spec.name == c.spec.name; }))
                all.columns_.push_back(of_derived(c));
        std::ranges::copy(derived.uniques_, std::back_inserter(all.uniques_));
        std::ranges::copy(derived.indexes_, std::back_inserter(all.indexes_));
        std::ranges::copy(derived.foreign_keys_, std::back_inserter(all.foreign_keys_));
        std::ranges::copy(derived.checks_, std::back_inserter(all.checks_));
    }
    return all;
}

table_definition table_builder::define(std::string_view struct_name) const {
    if (!inheritance_.derived.empty()) {
        table_builder all = with_derived();
        all.inheritance_.derived.clear();
        return all.define(struct_name);
    }
    if (columns_.empty()) throw_error(errc::mapping, fmt::format("the table \"{}\" has no columns", name_));
    const auto keys = std::count_if(columns_.begin(), columns_.end(), [](const column_draft& c) { return c.spec.primary_key; });
    table_definition t;
    std::vector<column_spec> specs;
    for (const auto& c : columns_) {
        specs.push_back(finished_spec(c, keys == 1, struct_name));
        const column_spec& spec = specs.back();
        t.details.push_back(c.details);
        if (spec.primary_key) t.primary_key.push_back(spec.name);
        if (c.unique) t.uniques.push_back({.columns = {spec.name}});
        if (c.indexed) t.indexes.push_back({.elements = {spec.name}});
        for (const auto& ref : spec.references)
            t.foreign_keys.push_back({.columns = {spec.name},
                                      .referred_schema = ref.schema,
                                      .referred_table = ref.table,
                                      .referred_columns = {ref.column},
                                      .on_delete = c.refers->on_delete,
                                      .on_update = c.refers->on_update,
                                      .timing = c.refers->timing});
    }
    std::ranges::copy(uniques_, std::back_inserter(t.uniques));
    std::ranges::copy(indexes_, std::back_inserter(t.indexes));
    std::ranges::copy(foreign_keys_, std::back_inserter(t.foreign_keys));
    t.checks = checks_;
    t.comment = comment_;
    t.temporary = temporary_;
    t.options = options_;
    t.primary_key_name = primary_key_name_;
    t.has_final_names = false;
    t.node = make_node<const table_node>(name_, schema_, specs);
    detail::name_all(t, {});
    t.node = make_node<const table_node>(name_, schema_, std::move(specs), detail::keys_of(t));
    check_columns(t);
    return t;
}

namespace {

void check_columns_of_base(const table_node& base, std::span<const column_draft> columns, std::string_view struct_name) {
    for (const column_draft& c : columns)
        if (std::ranges::none_of(base.columns, [&](const column_spec& known) { return known.name == c.spec.name; }))
            throw_error(errc::mapping, fmt::format("{} is in the table of a struct that it inherits, whose mapping does not say so: add "
                                                   ".derived<{}>() to that (\"{}\" has no column \"{}\")",
                                                   struct_name, struct_name, base.name, c.spec.name));
}

}  // namespace

std::shared_ptr<const mapped_table> table_builder::build(std::string_view struct_name, const object_type& object) const {
    auto built = std::make_shared<mapped_table>();
    const bool is_in_base = inheritance_.kind == inheritance_kind::single_table;
    built->definition = is_in_base ? inheritance_.base->table().definition : define(struct_name);
    built->struct_name = struct_name;
    built->table = built->definition.node;
    if (is_in_base) check_columns_of_base(*built->table, columns_, struct_name);
    built->table->make_immortal();
    built->relations = relations_;
    built->inheritance = inheritance_;
    built->object = object;
    for (const column_draft& c : columns_) {
        auto column = make_node<const column_node>(node_ptr{built->table}, find_column(*built->table, c.spec.name));
        column->make_immortal();
        built->columns.emplace_back(column);
        built->members.push_back({c.offset, c.access, c.member});
        built->object_columns.push_back(c.object);
    }
    return built;
}

}  // namespace azoth
