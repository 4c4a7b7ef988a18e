#include "class_inheritance.hpp"

#include "relation_join.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

bool shares_rows(const mapped_inheritance& i) noexcept { return i.base && i.kind != inheritance_kind::concrete; }

/// Columns of a mapping that its base's have already: all of one table, or the key that joins two.
std::size_t inherited_columns(const mapped_table& t, const entity_class& base) {
    return t.inheritance.kind == inheritance_kind::single_table ? base.table->members.size() : base.key.size();
}

}  // namespace

const entity_class* base_class_of(const mapped_table& t) {
    return shares_rows(t.inheritance) ? &class_of(t.inheritance.base->table()) : nullptr;
}

std::vector<class_column> columns_of(const mapped_table& t, const entity_class* base) {
    std::vector<class_column> all;
    if (base) all = base->columns;
    for (std::size_t c = base ? inherited_columns(t, *base) : 0; c < t.members.size(); ++c) {
        const auto& m = t.members[c];
        const auto& spec = t.spec(c);
        const auto& details = t.definition.details[column_index(t.definition, spec.name)];
        all.push_back({m.offset, m.access, t.columns[c], &spec, &details, &t.object_columns[c], m.name});
    }
    return all;
}

std::vector<class_part> parts_of(const mapped_table& t, const entity_class* base, std::size_t columns) {
    std::vector<class_part> parts;
    if (base) parts = base->parts;
    const bool is_new = !base || t.inheritance.kind == inheritance_kind::joined;
    if (is_new) parts.push_back({&t});
    class_part& own = parts.back();
    const std::vector<std::size_t> joined_by = base && is_new ? base->key : std::vector<std::size_t>{};
    if (is_new) own.inherited = joined_by.size();
    for (std::size_t k = 0; k < joined_by.size(); ++k) {
        own.columns.push_back(joined_by[k]);
        own.nodes.push_back(t.columns[k]);
        own.key.push_back(t.columns[k]);
    }
    for (std::size_t c = base ? inherited_columns(t, *base) : 0; c < t.columns.size(); ++c) {
        own.columns.push_back(columns - t.columns.size() + c);
        own.nodes.push_back(t.columns[c]);
        if (!base && t.spec(c).primary_key) own.key.push_back(t.columns[c]);
    }
    return parts;
}

node_ptr joined_parts(std::span<const class_part> parts, std::span<const node_ptr> tables) {
    if (parts.size() == 1) return tables.front();
    const auto key_in = [&](std::size_t p) {
        std::vector<node_ptr> key;
        for (const auto& k : parts[p].key) key.push_back(azoth::detail::make_column(tables[p], *static_cast<const column_node&>(*k).spec));
        return key;
    };
    auto joined = make_node<joined_node>(tables.front());
    for (std::size_t p = 1; p < parts.size(); ++p) joined->joins.push_back({join_kind::inner, tables[p], all_equal(key_in(0), key_in(p))});
    return node_ptr{joined};
}

node_ptr joined_parts(std::span<const class_part> parts) {
    std::vector<node_ptr> tables;
    for (const class_part& part : parts) tables.emplace_back(part.table->table);
    return joined_parts(parts, tables);
}

std::vector<std::size_t> key_columns(std::span<const class_column> columns) {
    std::vector<std::size_t> key;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].spec->primary_key) key.push_back(c);
    return key;
}

std::optional<std::size_t> find_discriminator(const mapped_table& t, std::span<const class_column> columns) {
    if (t.inheritance.discriminator.empty()) return {};
    const auto at = std::ranges::find(columns, t.inheritance.discriminator, [](const class_column& c) { return c.spec->name; });
    return static_cast<std::size_t>(at - columns.begin());
}

void check_inheritance(const entity_class& of) {
    if (!of.discriminator)
        throw_error(errc::mapping,
                    fmt::format("{} is inherited, and nothing tells of which struct a row is: say polymorphic<&{}::member>(\"...\") in its "
                                "mapping (mapping of {})",
                                of.root->name(), of.root->name(), of.name()));
    if (!of.base) return;
    const auto& known = of.base->table->inheritance.derived;
    if (std::ranges::none_of(known, [&](const later_mapping& m) { return &m.table() == of.table; }))
        throw_error(errc::mapping, fmt::format("{} inherits {}, whose mapping does not say so: add .derived<{}>() to it (mapping of {})",
                                               of.name(), of.base->name(), of.name(), of.name()));
}

bool entity_class::is_a(const entity_class& other) const noexcept {
    const entity_class* at = this;
    while (at && at != &other) at = at->base;
    return at != nullptr;
}

const std::vector<const entity_class*>& entity_class::below() const {
    std::call_once(has_below_, [&] {
        std::vector<const entity_class*> all{this};
        for (const later_mapping& later : table->inheritance.derived) {
            const mapped_table& t = later.table();
            if (t.inheritance.kind == inheritance_kind::none)
                throw_error(errc::mapping,
                            fmt::format("{} says derived<{}>(), whose mapping does not say whom it inherits: add .inherits<{}>(...) to it",
                                        name(), t.struct_name, name()));
            if (!shares_rows(t.inheritance)) continue;
            const auto& next = class_of(t).below();
            all.insert(all.end(), next.begin(), next.end());
        }
        for (std::size_t a = 0; a < all.size(); ++a)
            for (std::size_t b = 0; b < a; ++b)
                if (const value& identity = all[a]->table->inheritance.identity;
                    !identity.is_null() && identity == all[b]->table->inheritance.identity)
                    throw_error(errc::mapping, fmt::format("{} and {} are both told by {}: give each its own identity", all[b]->name(),
                                                           all[a]->name(), describe(identity.view())));
        below_ = std::move(all);
    });
    return below_;
}

std::optional<std::size_t> entity_class::place_of(const table_node& in, std::string_view column) const {
    for (const class_part& part : parts) {
        if (!is_same_table(*part.table->table, in)) continue;
        for (std::size_t c = 0; c < part.nodes.size(); ++c)
            if (static_cast<const column_node&>(*part.nodes[c]).spec->name == column) return part.columns[c];
    }
    return {};
}

bool entity_class::has_table(const table_node& t) const noexcept {
    return std::ranges::any_of(parts, [&](const class_part& p) { return is_same_table(*p.table->table, t); });
}

bool entity_class::is_absent(std::span<const cell> row) const noexcept {
    return std::ranges::any_of(key, [&](std::size_t c) { return row[c].is_null(); });
}

const polymorphic_row& entity_class::polymorphic() const {
    std::call_once(has_row_, [&] {
        polymorphic_row made{columns, {}};
        for (const entity_class* of : below()) {
            polymorphic_row::kind kind{of};
            for (std::size_t c = 0; c < of->columns.size(); ++c) {
                const class_column& column = of->columns[c];
                const auto& in = static_cast<const table_node&>(*static_cast<const column_node&>(*column.node).source);
                if (c < columns.size()) {
                    kind.places.emplace_back(c);
                } else if (column.access->can_be_unloaded && !column.object->is_read_at_once) {
                    kind.places.emplace_back();  // until it is touched
                } else if (!has_table(in)) {
                    kind.places.emplace_back();
                    kind.missing.push_back(c);
                } else {
                    const auto known = std::ranges::find(made.columns, column.spec, &class_column::spec);
                    kind.places.emplace_back(known - made.columns.begin());
                    if (known == made.columns.end()) made.columns.push_back(column);
                }
            }
            made.kinds.push_back(std::move(kind));
        }
        row_ = std::move(made);
    });
    return row_;
}

const polymorphic_row::kind& kind_of_row(const entity_class& of, std::span<const cell> row) {
    const cell& told = row[*of.discriminator];
    for (const auto& kind : of.polymorphic().kinds) {
        const value& identity = kind.of->table->inheritance.identity;
        if (!identity.is_null() && is_same(identity.view(), told)) return kind;
    }
    std::string key;
    for (const std::size_t c : of.key) key += ' ' + describe(row[c]);
    throw_error(errc::mapping, fmt::format("{}{} says {} in {}, and neither {} nor a struct that inherits it is told by that", of.name(),
                                           key, describe(told), of.columns[*of.discriminator].member, of.name()));
}

node_ptr is_of_class(const entity_class& of, std::span<const node_ptr> columns) {
    if (!of.is_restricted()) return {};
    std::vector<std::vector<cell>> identities;
    for (const entity_class* each : of.below())
        if (const value& identity = each->table->inheritance.identity; !identity.is_null()) identities.push_back({identity.view()});
    if (identities.size() == 1) return equals(columns[*of.discriminator], identities.front().front());
    return one_of_keys(std::span{&columns[*of.discriminator], 1}, identities);
}

bool is_a(const instance& i, const entity_class& of) noexcept { return i.of->is_a(of); }

void set_discriminator(instance& i) {
    if (!i.of->discriminator) return;
    const value& identity = i.of->table->inheritance.identity;
    if (identity.is_null())
        throw_error(errc::misuse, fmt::format("{} has no rows of its own: make an object of a struct that inherits it, or give it one with "
                                              "polymorphic<...>(\"...\")",
                                              i.of->name()));
    set_column(i, *i.of->discriminator, identity.view());
}

}  // namespace azoth::orm::detail
