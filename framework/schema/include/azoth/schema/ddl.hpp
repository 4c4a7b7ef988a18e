#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/rules.hpp>

#include <memory>

namespace azoth {

/// ANSI's way to write everything, DDL included: where a dialect's own table starts.
AZOTH_API const rule_table& ansi_rules();

class create_table_node final : public node_base<create_table_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_table, "CREATE TABLE"};
    explicit create_table_node(std::shared_ptr<const table_definition> t) : table{std::move(t)} {}
    auto fields() const { return std::tie(table->node, if_not_exists, without_foreign_keys); }

    std::shared_ptr<const table_definition> table;
    bool if_not_exists{};
    bool without_foreign_keys{};  ///< they follow by ALTER TABLE
};

class drop_table_node final : public node_base<drop_table_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_table, "DROP TABLE"};
    explicit drop_table_node(std::shared_ptr<const table_definition> t, bool only_if) : table{std::move(t)}, if_exists{only_if} {}
    auto fields() const { return std::tie(table->node, if_exists); }

    std::shared_ptr<const table_definition> table;
    bool if_exists;
};

class create_index_node final : public node_base<create_index_node> {
public:
    static constexpr node_kind static_kind{node_numbers::create_index, "CREATE INDEX"};
    create_index_node(std::shared_ptr<const table_definition> t, std::size_t which) : table{std::move(t)}, index{which} {}
    auto fields() const { return std::tie(table->node, index); }

    std::shared_ptr<const table_definition> table;
    std::size_t index;
};

/// ALTER TABLE ... ADD CONSTRAINT of a foreign key, or DROP CONSTRAINT of it.
class add_constraint_node final : public node_base<add_constraint_node> {
public:
    static constexpr node_kind static_kind{node_numbers::add_constraint, "ADD CONSTRAINT"};
    add_constraint_node(std::shared_ptr<const table_definition> t, std::size_t which) : table{std::move(t)}, key{which} {}
    auto fields() const { return std::tie(table->node, key); }

    std::shared_ptr<const table_definition> table;
    std::size_t key;
};

class drop_constraint_node final : public node_base<drop_constraint_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_constraint, "DROP CONSTRAINT"};
    drop_constraint_node(std::shared_ptr<const table_definition> t, std::size_t which) : table{std::move(t)}, key{which} {}
    auto fields() const { return std::tie(table->node, key); }

    std::shared_ptr<const table_definition> table;
    std::size_t key;
};

/// Writes a foreign key's definition, as CREATE and ALTER TABLE have it.
AZOTH_API void write_foreign_key(compiler& out, const foreign_key& key);

}  // namespace azoth
