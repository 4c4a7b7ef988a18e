#pragma once

#include <azoth/schema/constraints.hpp>
#include <azoth/sql/name_map.hpp>
#include <azoth/sql/nodes/selectable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth {

/// Bytes of a name that every database takes: PostgreSQL has 63, MySQL and MariaDB have 64 characters.
constexpr std::size_t longest_name = 60;
/// The name, or its beginning with a hash of the whole behind it, so that it has no more bytes than that: two long names do not become one.
[[nodiscard]] AZOTH_API std::string short_name(std::string name, std::size_t longest = longest_name);

/// How a sequence counts; what is unset is the database's choice.
struct sequence_options {
    std::optional<std::int64_t> start{};
    std::optional<std::int64_t> increment{};
    std::optional<std::int64_t> minimum{};
    std::optional<std::int64_t> maximum{};
    std::optional<std::int64_t> cache{};  ///< numbers taken at once
    bool cycle{};                         ///< starts anew at its end, instead of failing
    friend bool operator==(const sequence_options&, const sequence_options&) = default;
};

/// GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY.
struct identity_column {
    bool always{};  ///< a value of the program's own is refused
    sequence_options options{};
    friend bool operator==(const identity_column&, const identity_column&) = default;
};

/// GENERATED ALWAYS AS (expression).
struct computed_column {
    node_ptr expression{};
    bool stored{true};  ///< computed when the row is written, not when it is read
};

/// A table's or another object's name in its schema; an empty schema is the connection's default.
struct object_name {
    std::string schema{};
    std::string name{};
    friend auto operator<=>(const object_name&, const object_name&) = default;
};
/// "schema.name", or the name alone, for messages.
[[nodiscard]] AZOTH_API std::string to_string(const object_name& name);

/// What DDL knows of a column beside what statements see of it (`column_spec`).
struct column_details {
    node_ptr server_default{};  ///< null: none
    std::optional<identity_column> identity{};
    std::optional<computed_column> computed{};
    std::string collation{};
    std::string comment{};
    std::string native_type{};  ///< as the database spells it; of reflected columns alone
    object_name serial{};  ///< the sequence that numbers the rows by the column's default (PostgreSQL's serial); of reflected ones alone
};

/// A table as DDL makes it, and as reflection finds it.
struct table_definition {
    node_handle<const table_node> node{};    ///< name, schema and columns, as statements see them
    std::vector<column_details> details{};   ///< of each column
    std::vector<std::string> primary_key{};  ///< columns, in the key's order
    std::string primary_key_name{};
    std::vector<foreign_key> foreign_keys{};
    std::vector<unique_constraint> uniques{};
    std::vector<check_constraint> checks{};
    std::vector<index_definition> indexes{};
    std::string comment{};
    bool temporary{};
    std::vector<node_ptr> triggers{};       ///< statements that make them again, where the database keeps them as such (SQLite)
    name_map options{};                     ///< of one dialect each, such as "mysql.engine" or "sqlite.without_rowid"
    std::vector<std::string> made_names{};  ///< of constraints and indexes that the program left unnamed: a naming convention's business
    bool has_final_names{true};             ///< a naming convention changes none: the table is a database's, or one has been used already

    [[nodiscard]] object_name name() const { return {node->schema, node->name}; }
};
using table_ptr = std::shared_ptr<const table_definition>;

struct view_definition {
    object_name name{};
    node_ptr query{};
    std::vector<column_spec> columns{};       ///< of reflected ones
    std::vector<std::string> native_types{};  ///< of these columns, as the database spells them; empty texts where it does not tell
    bool materialized{};
    std::string comment{};
    std::vector<object_name> reads{};  ///< tables and views, as far as they are known: those it is made after
    std::vector<node_ptr> triggers{};  ///< as a table's are
};

struct sequence_definition {
    object_name name{};
    sequence_options options{};
    std::string comment{};
};

/// An enumeration that the database has as a type.
struct enum_definition {
    object_name name{};
    std::vector<std::string> labels{};  ///< in the order by which values are sorted
    std::string comment{};
};

/// Something in a database that the model cannot hold: said, not dropped.
struct reflection_note {
    object_name of{};
    std::string what{};  ///< one line for people: "the exclusion constraint \"no_overlap\" is left out"
    std::string part{};  ///< the column, index or constraint that it is about; empty: all of the object
    bool stays{};        ///< only read as something else: what is made anew of the model has it as before
};

/// All that belongs together.
struct schema_definition {
    std::vector<table_ptr> tables{};
    std::vector<view_definition> views{};
    std::vector<sequence_definition> sequences{};
    std::vector<enum_definition> enums{};
    std::vector<reflection_note> notes{};
};

/// The number of a table's column, by its name; throws programming_error (no-such-column).
AZOTH_API std::size_t column_index(const table_definition& table, std::string_view column);
/// Whether the database numbers the rows by this column: it says so, or is an integer key that nobody gives a default.
[[nodiscard]] AZOTH_API bool is_numbered(const table_definition& of, std::size_t column);

}  // namespace azoth
