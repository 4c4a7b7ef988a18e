#include "ddl_parts.hpp"

#include <azoth/base/error.hpp>
#include <azoth/schema/ddl.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

table_ptr shared(const table& t) { return std::make_shared<const table_definition>(t.definition()); }

ddl_statement drop(object_kind kind, object_name name, drop_options options) {
    auto node = make_node<drop_object_node>(kind, std::move(name));
    node->if_exists = options.if_exists;
    node->cascade = options.cascade;
    return ddl_statement{node};
}

}  // namespace

object_name detail::enum_name(const type& t) {
    if (t.kind != type_kind::enumeration || !t.rare || t.rare->name.empty())
        throw_error(errc::mapping, fmt::format("{} has no name in the database: make it with enum_type(\"name\", ...)", to_string(t)));
    return {t.rare->schema, t.rare->name};
}

ddl_statement create_table(const table& what, create_options options) {
    auto node = make_node<create_table_node>(shared(what));
    node->if_not_exists = options.if_not_exists;
    return ddl_statement{node};
}

ddl_statement drop_table(object_name what, drop_options options) { return drop(object_kind::table, std::move(what), options); }

ddl_statement drop_table(const table& what, drop_options options) {
    auto node = make_node<drop_object_node>(object_kind::table, what.definition().name());
    node->if_exists = options.if_exists;
    node->cascade = options.cascade;
    node->temporary = what.definition().temporary;
    return ddl_statement{node};
}

ddl_statement detail::create_table_as(std::string name, node_ptr query, table_from_query_options options) {
    auto node = make_node<create_table_as_node>(object_name{std::move(options.schema), std::move(name)}, std::move(query));
    node->if_not_exists = options.if_not_exists;
    node->temporary = options.temporary;
    return ddl_statement{node};
}

ddl_statement create_index(const table& of, index_definition index, create_options options) {
    auto node = make_node<create_index_node>(shared(of), std::move(index));
    node->if_not_exists = options.if_not_exists;
    return ddl_statement{node};
}

ddl_statement create_index(const table& of, std::string_view name, create_options options) {
    const auto& all = of.definition().indexes;
    const auto found = std::ranges::find(all, name, &index_definition::name);
    if (found == all.end()) throw_error(errc::mapping, fmt::format("the table \"{}\" has no index \"{}\"", of.name(), name));
    return create_index(of, *found, options);
}

ddl_statement drop_index(const table& of, std::string name, drop_options options) {
    auto node = make_node<drop_index_node>(of.definition().name(), std::move(name));
    node->if_exists = options.if_exists;
    return ddl_statement{node};
}

ddl_statement add_constraint(const table& to, table_constraint constraint) {
    return ddl_statement{make_node<add_constraint_node>(to.definition().name(), std::move(constraint))};
}

ddl_statement drop_constraint(const table& of, std::string name, constraint_kind kind) {
    return ddl_statement{make_node<drop_constraint_node>(of.definition().name(), std::move(name), kind)};
}

ddl_statement create_view(const view& what, view_options options) {
    auto node = make_node<create_view_node>(what.definition());
    node->or_replace = options.or_replace;
    node->if_not_exists = options.if_not_exists;
    node->temporary = options.temporary;
    return ddl_statement{node};
}

ddl_statement drop_view(const view& what, drop_options options) {
    return drop(what.definition().materialized ? object_kind::materialized_view : object_kind::view, what.definition().name, options);
}

ddl_statement create_trigger(node_ptr trigger) { return ddl_statement{make_node<create_trigger_node>(std::move(trigger))}; }
ddl_statement create_sequence(const sequence& what, create_options options) {
    auto node = make_node<create_sequence_node>(what.definition());
    node->if_not_exists = options.if_not_exists;
    return ddl_statement{node};
}

ddl_statement drop_sequence(const sequence& what, drop_options options) {
    return drop(object_kind::sequence, what.definition().name, options);
}

ddl_statement create_enum(const type& what) {
    return ddl_statement{make_node<create_enum_node>(enum_definition{detail::enum_name(what), what.rare->labels, {}})};
}

ddl_statement drop_enum(const type& what, drop_options options) { return drop(object_kind::enum_type, detail::enum_name(what), options); }

ddl_statement create_schema(std::string name, create_options options) {
    auto node = make_node<create_schema_node>(std::move(name));
    node->if_not_exists = options.if_not_exists;
    return ddl_statement{node};
}

ddl_statement drop_schema(std::string name, drop_options options) { return drop(object_kind::schema, {{}, std::move(name)}, options); }

ddl_statement restart_numbers(const table& of, std::string column, std::int64_t next) {
    const table_definition& t = of.definition();
    const bool is_identity = t.details[column_index(t, column)].identity.has_value();
    auto node = make_node<restart_numbers_node>(t.name(), std::move(column), next);
    node->is_identity = is_identity;
    return ddl_statement{std::move(node)};
}

ddl_statement comment_on(const table& what, std::string comment) {
    return ddl_statement{make_node<comment_on_node>(object_kind::table, what.definition().name(), std::move(comment))};
}

ddl_statement comment_on(const table& of, std::string column, std::string comment) {
    (void)column_index(of.definition(), column);
    auto node = make_node<comment_on_node>(object_kind::table, of.definition().name(), std::move(comment));
    node->table = shared(of);
    node->column = std::move(column);
    return ddl_statement{node};
}

}  // namespace azoth
