#pragma once

#include <azoth/schema/ddl_nodes.hpp>
#include <azoth/schema/mapping.hpp>
#include <azoth/schema/objects.hpp>

#include <string>
#include <tuple>
#include <utility>

namespace azoth {

/// A statement about the schema, run like any other: `connection.execute(create_table(parts))`. What a database cannot do is refused when
/// it is compiled (not_supported_error). A value; thread-safe.
class ddl_statement {
public:
    using row_type = std::tuple<>;
    explicit ddl_statement(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] node_ptr node() const noexcept { return node_; }

private:
    node_ptr node_;
};

struct create_options {
    bool if_not_exists{};
};
struct drop_options {
    bool if_exists{};
    bool cascade{};  ///< what depends on it too
};
struct view_options {
    bool or_replace{};
    bool if_not_exists{};
    bool temporary{};
};
struct table_from_query_options {
    bool if_not_exists{};
    bool temporary{};
    std::string schema{};
};

/// CREATE TABLE with its keys, checks and foreign keys; its indexes are statements of their own (`create_index`, or `metadata`).
[[nodiscard]] AZOTH_API ddl_statement create_table(const table& what, create_options options = {});
template <mapped T>
[[nodiscard]] ddl_statement create_table(create_options options = {}) {
    return create_table(table{mapped_table_of<T>().definition}, options);
}
[[nodiscard]] AZOTH_API ddl_statement drop_table(const table& what, drop_options options = {});
[[nodiscard]] AZOTH_API ddl_statement drop_table(object_name what, drop_options options = {});
template <mapped T>
[[nodiscard]] ddl_statement drop_table(drop_options options = {}) {
    return drop_table(table{mapped_table_of<T>().definition}, options);
}

namespace detail {
AZOTH_API ddl_statement create_table_as(std::string name, node_ptr query, table_from_query_options options);
}
/// CREATE TABLE name AS query. The table has the query's columns and rows, and no keys.
template <query Q>
[[nodiscard]] ddl_statement create_table_as(std::string name, const Q& query, table_from_query_options options = {}) {
    return detail::create_table_as(std::move(name), query.node(), std::move(options));
}

/// One of the table's indexes, by its name; throws interface_error (mapping) where it has none of that name.
[[nodiscard]] AZOTH_API ddl_statement create_index(const table& of, std::string_view name, create_options options = {});
/// An index that its definition does not have.
[[nodiscard]] AZOTH_API ddl_statement create_index(const table& of, index_definition index, create_options options = {});
[[nodiscard]] AZOTH_API ddl_statement drop_index(const table& of, std::string name, drop_options options = {});

[[nodiscard]] AZOTH_API ddl_statement add_constraint(const table& to, table_constraint constraint);
[[nodiscard]] AZOTH_API ddl_statement drop_constraint(const table& of, std::string name, constraint_kind kind);

[[nodiscard]] AZOTH_API ddl_statement create_view(const view& what, view_options options = {});
[[nodiscard]] AZOTH_API ddl_statement drop_view(const view& what, drop_options options = {});
/// One of the triggers that a table's or a view's definition was read with.
[[nodiscard]] AZOTH_API ddl_statement create_trigger(node_ptr trigger);
[[nodiscard]] AZOTH_API ddl_statement create_sequence(const sequence& what, create_options options = {});
[[nodiscard]] AZOTH_API ddl_statement drop_sequence(const sequence& what, drop_options options = {});
/// The type of an `enum_type` column; throws interface_error (mapping) for a type without a name.
[[nodiscard]] AZOTH_API ddl_statement create_enum(const type& what);
[[nodiscard]] AZOTH_API ddl_statement drop_enum(const type& what, drop_options options = {});
[[nodiscard]] AZOTH_API ddl_statement create_schema(std::string name, create_options options = {});
[[nodiscard]] AZOTH_API ddl_statement drop_schema(std::string name, drop_options options = {});

/// The next row that the database numbers gets this number. SQLite can be told so of an `identity()`.
[[nodiscard]] AZOTH_API ddl_statement restart_numbers(const table& of, std::string column, std::int64_t next);

/// An empty comment takes it away.
[[nodiscard]] AZOTH_API ddl_statement comment_on(const table& what, std::string comment);
[[nodiscard]] AZOTH_API ddl_statement comment_on(const table& of, std::string column, std::string comment);

}  // namespace azoth
