#pragma once

#include <azoth/sql/nodes/selectable.hpp>

#include <memory>
#include <string>
#include <vector>

namespace azoth {

enum class referential_action : std::uint8_t { no_action, restrict_, cascade, set_null, set_default };

struct foreign_key {
    std::string name{};
    std::vector<std::string> columns{};
    std::string referred_schema{};
    std::string referred_table{};
    std::vector<std::string> referred_columns{};
    referential_action on_delete{referential_action::no_action};
    referential_action on_update{referential_action::no_action};
};

struct unique_constraint {
    std::string name{};
    std::vector<std::string> columns{};
};

struct check_constraint {
    std::string name{};
    node_ptr condition{};
};

struct index_definition {
    std::string name{};
    std::vector<std::string> columns{};
    bool unique{};
};

/// A table as DDL makes it, and as reflection finds it.
struct table_definition {
    node_handle<const table_node> node{};    ///< name, schema and columns, as statements see them
    std::vector<std::string> defaults{};     ///< a server default for each column, as SQL; empty: none
    std::vector<std::string> primary_key{};  ///< columns, in the key's order
    std::string primary_key_name{};
    std::vector<foreign_key> foreign_keys{};
    std::vector<unique_constraint> uniques{};
    std::vector<check_constraint> checks{};
    std::vector<index_definition> indexes{};
};

}  // namespace azoth
