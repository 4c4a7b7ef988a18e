#include "ddl_parts.hpp"
#include "keys.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/alter.hpp>
#include <azoth/schema/ddl_rules.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

/// The table with other columns.
table_ptr with_columns(const table_definition& of, std::vector<column_spec> specs, std::vector<column_details> details) {
    const auto changed = detail::table_like(of, of.node->name, std::move(specs));
    changed->details = std::move(details);
    return changed;
}

void refuse_constraints(const column_draft& what) {
    const char* const said = what.spec.primary_key ? "primary_key"
                             : what.unique         ? "unique"
                             : what.refers         ? "a reference"
                             : what.indexed        ? "indexed"
                                                   : nullptr;
    if (said)
        throw_error(errc::mapping, fmt::format("add_column is told of {} at \"{}\": that is a statement of its own, add_constraint or "
                                               "create_index",
                                               said, what.spec.name));
}

}  // namespace

ddl_statement add_column(const table& to, const column_draft& what) {
    refuse_constraints(what);
    for (const auto& c : to.columns())
        if (c.name == what.spec.name)
            throw_error(errc::mapping, fmt::format("the table \"{}\" has a column \"{}\" already", to.name(), what.spec.name));
    auto specs = to.columns();
    auto details = to.definition().details;
    specs.push_back(what.spec);
    specs.back().generated = what.generated.value_or(what.spec.generated);
    details.push_back(what.details);
    return ddl_statement{make_node<add_column_node>(with_columns(to.definition(), std::move(specs), std::move(details)), what.spec.name)};
}

ddl_statement drop_column(const table& of, std::string column) {
    (void)column_index(of.definition(), column);
    return ddl_statement{make_node<drop_column_node>(of.definition().name(), std::move(column))};
}

ddl_statement rename_column(const table& of, std::string column, std::string to) {
    (void)column_index(of.definition(), column);
    return ddl_statement{make_node<rename_column_node>(of.definition().name(), std::move(column), std::move(to))};
}

ddl_statement rename_table(const table& what, std::string to) {
    return ddl_statement{make_node<rename_object_node>(object_kind::table, what.definition().name(), std::move(to))};
}

void detail::alter(column_alteration& what, const type& to) {
    what.spec.type = to;
    what.said.type = true;
}
void detail::alter(column_alteration& what, const nullable_option& to) {
    what.spec.nullable = to.yes;
    what.said.nullability = true;
}
void detail::alter(column_alteration& what, const server_default_option& to) {
    what.details.server_default = to.expression;
    what.spec.has_default = what.said.default_value = true;
}
void detail::alter(column_alteration& what, const no_default_option&) {
    what.details.server_default = {};
    what.spec.has_default = false;
    what.said.default_value = true;
}
void detail::alter(column_alteration& what, const collation_option& to) {
    what.details.collation = to.name;
    what.said.collation = true;
}
void detail::alter(column_alteration& what, const identity_option& to) {
    what.details.identity = to.identity;
    what.spec.generated = what.said.numbering = true;
}
void detail::alter(column_alteration& what, const not_numbered_option&) {
    what.details.identity.reset();
    what.spec.generated = false;
    what.said.numbering = true;
}
void detail::alter(column_alteration& what, const conversion_option& to) { what.conversion = to.expression; }

detail::column_alteration detail::start_altering(const table& of, std::string_view column) {
    const std::size_t at = column_index(of.definition(), column);
    return {of.columns()[at], of.definition().details[at], {}, {}};
}

ddl_statement detail::finish_altering(const table& of, column_alteration what) {
    if (what.conversion && !what.said.type)
        throw_error(errc::mapping,
                    fmt::format("\"{}\" is said to be converted, and not to what type: give alter_column the type, too", what.spec.name));
    const std::size_t at = column_index(of.definition(), what.spec.name);
    const type before = of.columns()[at].type;
    std::string name = what.spec.name;
    auto specs = of.columns();
    auto details = of.definition().details;
    specs[at] = std::move(what.spec);
    details[at] = std::move(what.details);
    table_ptr after = with_columns(of.definition(), std::move(specs), std::move(details));
    if (what.said.numbering && is_numbered(of.definition(), at) && is_numbered(*after, at)) {
        what.said.numbering = false;
        what.said.identity = true;
    }
    auto node = make_node<alter_column_node>(std::move(after), std::move(name), what.said);
    node->before = before;
    node->conversion = std::move(what.conversion);
    return ddl_statement{node};
}

ddl_statement alter_sequence(const sequence& to, std::optional<std::int64_t> next) {
    auto node = make_node<alter_sequence_node>(to.definition());
    node->next = next;
    return ddl_statement{std::move(node)};
}

ddl_statement add_enum_value(const type& to, std::string label, std::string before) {
    return ddl_statement{make_node<add_enum_value_node>(detail::enum_name(to), std::move(label), std::move(before))};
}

ddl_statement rename_enum(const type& what, std::string to) {
    return ddl_statement{make_node<rename_object_node>(object_kind::enum_type, detail::enum_name(what), std::move(to))};
}

}  // namespace azoth
