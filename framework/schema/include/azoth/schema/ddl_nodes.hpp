#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/nodes/statement_base.hpp>

#include <variant>

namespace azoth {

/// A statement about the schema. Each is a statement of its own: no two share their SQL.
template <class D>
class ddl_node : public statement_node<D> {
public:
    [[nodiscard]] bool matches(const node& other, node_matcher&) const final { return &other == this; }
    auto fields() const { return std::tuple<>{}; }
};

class AZOTH_API create_table_node final : public ddl_node<create_table_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_table, "CREATE TABLE"};
    explicit create_table_node(table_ptr t) : table{std::move(t)} {}

    table_ptr table;
    bool if_not_exists{};
    bool without_foreign_keys{};  ///< they follow by ALTER TABLE
};

class AZOTH_API create_table_as_node final : public ddl_node<create_table_as_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_table_as, "CREATE TABLE AS"};
    create_table_as_node(object_name n, node_ptr q) : name{std::move(n)}, query{std::move(q)} {}

    object_name name;
    node_ptr query;
    bool temporary{};
    bool if_not_exists{};
};

enum class object_kind : std::uint8_t { table, view, materialized_view, sequence, enum_type, schema };

/// DROP of anything that has a name in a schema, or of a schema (whose name is `name.name`).
class AZOTH_API drop_object_node final : public ddl_node<drop_object_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_object, "DROP"};
    drop_object_node(object_kind k, object_name n) : object{k}, name{std::move(n)} {}

    object_kind object;
    object_name name;
    bool if_exists{};
    bool cascade{};    ///< what depends on it too
    bool temporary{};  ///< the session's own table of that name, and no other
};

class AZOTH_API create_index_node final : public ddl_node<create_index_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_index, "CREATE INDEX"};
    create_index_node(table_ptr t, index_definition i) : table{std::move(t)}, index{std::move(i)} {}

    table_ptr table;
    index_definition index;
    bool if_not_exists{};
};

class AZOTH_API drop_index_node final : public ddl_node<drop_index_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_index, "DROP INDEX"};
    drop_index_node(object_name of, std::string i) : table{std::move(of)}, index{std::move(i)} {}

    object_name table;
    std::string index;
    bool if_exists{};
};

using table_constraint = std::variant<foreign_key, unique_constraint, check_constraint, primary_key_constraint>;
enum class constraint_kind : std::uint8_t { foreign_key, unique, check, primary_key };

/// ALTER TABLE ... ADD CONSTRAINT.
class AZOTH_API add_constraint_node final : public ddl_node<add_constraint_node> {
public:
    static constexpr node_kind static_kind{node_numbers::add_constraint, "ADD CONSTRAINT"};
    add_constraint_node(object_name t, table_constraint c) : table{std::move(t)}, constraint{std::move(c)} {}

    object_name table;
    table_constraint constraint;
};

/// ALTER TABLE ... DROP CONSTRAINT.
class AZOTH_API drop_constraint_node final : public ddl_node<drop_constraint_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_constraint, "DROP CONSTRAINT"};
    drop_constraint_node(object_name t, std::string n, constraint_kind k) : table{std::move(t)}, name{std::move(n)}, constraint{k} {}

    object_name table;
    std::string name;
    constraint_kind constraint;
};

class AZOTH_API create_view_node final : public ddl_node<create_view_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_view, "CREATE VIEW"};
    explicit create_view_node(view_definition v) : view{std::move(v)} {}

    view_definition view;
    bool or_replace{};
    bool if_not_exists{};
    bool temporary{};
};

class AZOTH_API create_sequence_node final : public ddl_node<create_sequence_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_sequence, "CREATE SEQUENCE"};
    explicit create_sequence_node(sequence_definition s) : sequence{std::move(s)} {}

    sequence_definition sequence;
    bool if_not_exists{};
};

class AZOTH_API create_enum_node final : public ddl_node<create_enum_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_enum, "CREATE TYPE ... AS ENUM"};
    explicit create_enum_node(enum_definition e) : enumeration{std::move(e)} {}

    enum_definition enumeration;
};

/// CREATE TRIGGER, in the words of the database that keeps it.
class AZOTH_API create_trigger_node final : public ddl_node<create_trigger_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_trigger, "CREATE TRIGGER"};
    explicit create_trigger_node(node_ptr s) : statement{std::move(s)} {}

    node_ptr statement;
};

class AZOTH_API create_schema_node final : public ddl_node<create_schema_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_schema, "CREATE SCHEMA"};
    explicit create_schema_node(std::string n) : name{std::move(n)} {}

    std::string name;
    bool if_not_exists{};
};

/// COMMENT ON; an empty comment takes it away. For tables and their columns the definition is at hand, since some databases declare a
/// column anew to give it a comment.
class AZOTH_API comment_on_node final : public ddl_node<comment_on_node> {
public:
    static constexpr node_kind static_kind{node_numbers::comment_on, "COMMENT ON"};
    comment_on_node(object_kind k, object_name n, std::string text) : object{k}, name{std::move(n)}, comment{std::move(text)} {}

    object_kind object;
    object_name name;
    std::string comment;
    table_ptr table{};     ///< of a column
    std::string column{};  ///< empty: the object itself
};

/// From which number on the database numbers a table's rows.
class AZOTH_API restart_numbers_node final : public ddl_node<restart_numbers_node> {
public:
    static constexpr node_kind static_kind{node_numbers::restart_numbers, "RESTART WITH"};
    restart_numbers_node(object_name t, std::string c, std::int64_t n) : table{std::move(t)}, column{std::move(c)}, next{n} {}

    object_name table;
    std::string column;
    std::int64_t next;
    bool is_identity{};  ///< the column's definition says so
};

}  // namespace azoth
