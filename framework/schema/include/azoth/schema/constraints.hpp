#pragma once

#include <azoth/sql/nodes/expression.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace azoth {

enum class referential_action : std::uint8_t { no_action, restrict_, cascade, set_null, set_default };

/// When a constraint is checked: at each statement, or, where a transaction asks for it or from its start on, at its end.
enum class constraint_timing : std::uint8_t { immediate, deferrable, initially_deferred };

/// What a foreign key of several columns makes of rows with some NULLs: lets them pass, or wants all or none.
enum class key_match : std::uint8_t { simple, full };

struct foreign_key {
    std::string name{};
    std::vector<std::string> columns{};
    std::string referred_schema{};
    std::string referred_table{};
    std::vector<std::string> referred_columns{};
    referential_action on_delete{referential_action::no_action};
    referential_action on_update{referential_action::no_action};
    key_match match{key_match::simple};
    constraint_timing timing{constraint_timing::immediate};
    std::string made_index{};  ///< that the database made for it, and leaves there when it goes (MySQL, MariaDB); of reflected ones alone
};

/// The primary key, where it comes to a table that is there.
struct primary_key_constraint {
    std::string name{};  ///< empty: the database's choice
    std::vector<std::string> columns{};
};

struct unique_constraint {
    std::string name{};
    std::vector<std::string> columns{};
    constraint_timing timing{constraint_timing::immediate};
    bool nulls_not_distinct{};  ///< two NULLs are the same value
};

struct check_constraint {
    std::string name{};
    node_ptr condition{};
    std::string column{};  ///< in whose definition it stands, called like the column (MariaDB); of reflected ones alone. Empty: the table's
};

/// A column of an index, or an expression.
struct index_element {
    std::string column{};   ///< empty: an expression
    node_ptr expression{};  ///< null: a column
    bool descending{};
    nulls_order nulls{};
    std::string collation{};
    std::string operator_class{};  ///< PostgreSQL's
    std::uint32_t prefix{};        ///< how many characters or bytes of a value are kept; 0: all. MySQL's and MariaDB's

    index_element() = default;
    index_element(std::string of) : column{std::move(of)} {}  // a column's name is an element
    index_element(const char* of) : column{of} {}
};

struct index_definition {
    std::string name{};
    std::vector<index_element> elements{};
    bool unique{};
    std::string method{};                ///< "gin", "hash", "fulltext" ...; empty: the database's usual one
    std::vector<std::string> include{};  ///< columns that the index carries and does not sort by
    node_ptr where{};                    ///< the rows it holds; null: all
    bool nulls_not_distinct{};
};

}  // namespace azoth
