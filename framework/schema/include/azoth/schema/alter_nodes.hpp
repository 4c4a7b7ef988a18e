#pragma once

#include <azoth/schema/ddl_nodes.hpp>

namespace azoth {

/// ALTER TABLE ... ADD COLUMN.
class AZOTH_API add_column_node final : public ddl_node<add_column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::add_column, "ADD COLUMN"};
    add_column_node(table_ptr t, std::string c) : table{std::move(t)}, column{std::move(c)} {}

    table_ptr table;  ///< as it is with the column
    std::string column;
};

/// ALTER TABLE ... DROP COLUMN.
class AZOTH_API drop_column_node final : public ddl_node<drop_column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::drop_column, "DROP COLUMN"};
    drop_column_node(object_name t, std::string c) : table{std::move(t)}, column{std::move(c)} {}

    object_name table;
    std::string column;
};

/// ALTER TABLE ... RENAME COLUMN.
class AZOTH_API rename_column_node final : public ddl_node<rename_column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::rename_column, "RENAME COLUMN"};
    rename_column_node(object_name t, std::string c, std::string n) : table{std::move(t)}, column{std::move(c)}, to{std::move(n)} {}

    object_name table;
    std::string column;
    std::string to;
};

/// ALTER TABLE or TYPE ... RENAME TO. It stays in its schema.
class AZOTH_API rename_object_node final : public ddl_node<rename_object_node> {
public:
    static constexpr node_kind static_kind{node_numbers::rename_object, "RENAME TO"};
    rename_object_node(object_kind k, object_name n, std::string t) : object{k}, name{std::move(n)}, to{std::move(t)} {}

    object_kind object;  ///< a table or an enumeration
    object_name name;
    std::string to;
};

/// What ALTER COLUMN is to change.
struct column_changes {
    bool type{};
    bool nullability{};
    bool default_value{};
    bool collation{};
    bool numbering{};  ///< whether the database numbers the rows by it
    bool identity{};   ///< how it does: always or by default, and by which options; it numbers them before and after
    bool comment{};    ///< where a column is declared anew; elsewhere that is `comment_on_node`
    [[nodiscard]] bool any() const noexcept {
        return type || nullability || default_value || collation || numbering || identity || comment;
    }
};

/// ALTER TABLE ... ALTER COLUMN, or what a database has in its place.
class AZOTH_API alter_column_node final : public ddl_node<alter_column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::alter_column, "ALTER COLUMN"};
    alter_column_node(table_ptr t, std::string c, column_changes w) : table{std::move(t)}, column{std::move(c)}, changes{w} {}

    table_ptr table;  ///< with the column as it becomes: some databases are told all of it again
    std::string column;
    column_changes changes;
    type before{};          ///< its type so far
    node_ptr conversion{};  ///< what makes the new values of those before; null: the database converts
};

/// ALTER SEQUENCE: all of its options are said.
class AZOTH_API alter_sequence_node final : public ddl_node<alter_sequence_node> {
public:
    static constexpr node_kind static_kind{node_numbers::alter_sequence, "ALTER SEQUENCE"};
    explicit alter_sequence_node(sequence_definition s) : sequence{std::move(s)} {}

    sequence_definition sequence;
    std::optional<std::int64_t> next{};  ///< RESTART; unset: it goes on from where it is
};

/// ALTER TYPE ... ADD VALUE. Not to be used before the transaction has ended.
class AZOTH_API add_enum_value_node final : public ddl_node<add_enum_value_node> {
public:
    static constexpr node_kind static_kind{node_numbers::add_enum_value, "ADD VALUE"};
    add_enum_value_node(object_name n, std::string l, std::string b) : name{std::move(n)}, label{std::move(l)}, before{std::move(b)} {}

    object_name name;
    std::string label;
    std::string before;  ///< the label that it stands before; empty: behind all
};

/// The database goes on numbering rows behind the largest number there is, or below the least where numbers fall. Only dialects that do not
/// so by themselves have a rule for it.
class AZOTH_API continue_numbers_node final : public ddl_node<continue_numbers_node> {
public:
    static constexpr node_kind static_kind{node_numbers::continue_numbers, "numbers that go on"};
    continue_numbers_node(object_name t, std::string c, sequence_options o)
        : table{std::move(t)}, column{std::move(c)}, options{std::move(o)} {}

    object_name table;
    std::string column;
    sequence_options options;  ///< how the column counts
};

/// INSERT INTO one table the rows of another, by the names of columns.
class AZOTH_API copy_rows_node final : public ddl_node<copy_rows_node> {
public:
    static constexpr node_kind static_kind{node_numbers::copy_rows, "a copy of a table's rows"};
    copy_rows_node(object_name f, object_name t, std::vector<std::string> c)
        : from{std::move(f)}, to{std::move(t)}, columns{std::move(c)} {}

    object_name from;
    object_name to;
    std::vector<std::string> columns;
};

/// The numbers that a table has given out are another's, too. Only dialects that keep them apart from the rows have a rule for it.
class AZOTH_API carry_numbers_node final : public ddl_node<carry_numbers_node> {
public:
    static constexpr node_kind static_kind{node_numbers::carry_numbers, "numbers that are taken over"};
    carry_numbers_node(object_name f, object_name t) : from{std::move(f)}, to{std::move(t)} {}

    object_name from;
    object_name to;
};

}  // namespace azoth
