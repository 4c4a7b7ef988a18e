#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/sql/batch_plan.hpp>
#include <azoth/sql/type.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth {

class bind_node;
class node;
class value_maker;

enum class statement_kind : std::uint8_t { query, insert, update, delete_, ddl, text };

/// Where a bound value goes.
struct parameter_slot {
    std::size_t bind{};  ///< its place among the statement's binds
    azoth::type type{};
    cell_tag stored{cell_tag::null};             ///< the form that the database stores; `null`: as it comes
    bool is_list{};                              ///< an IN list, expanded at execution
    bool negated{};                              ///< ... of a NOT IN
    bool counts_rows{};                          ///< of a limit or an offset: negative numbers are refused
    std::string empty{};                         ///< what stands for a list without elements, where that is more than the usual
    std::string cast{};                          ///< of an IN list of tuples: what stands behind each value of the first one
    std::size_t width{1};                        ///< of an IN list of tuples: how many slots, from this one on, make one; 0 in the others
    std::shared_ptr<const value_maker> maker{};  ///< a column's default: no bind of the statement's
};

/// Where the key of the one row that an INSERT makes can be read, column by column.
struct inserted_key {
    struct part {
        enum class sources : std::uint8_t { parameter, returned, generated };
        sources source{};
        std::size_t at{};  ///< which parameter, or which returned column
    };
    std::vector<part> parts{};
    bool is_implicit{};  ///< the statement returns the key and nothing else, and the program has not asked for it
};

/// What the number of affected rows means that the database tells.
enum class affected_meaning : std::uint8_t { rows, at_most_one, nothing };

struct result_column {
    std::string name{};
    azoth::type type{};
};

/// What compiling gives: immutable, shared between threads.
struct compiled_statement {
    statement_kind kind{statement_kind::text};
    bool returns_rows{};
    bool touches_session{};  ///< raw SQL: may leave settings or temporary objects behind
    /// The SQL where no list has to be expanded; else empty, and `pieces` stand around the parameters.
    std::string sql{};
    std::vector<std::string> pieces{};
    std::vector<parameter_slot> parameters{};
    std::vector<result_column> columns{};  ///< empty where only the database knows
    std::optional<batch_plan> batch{};     ///< of an insert that can take many rows
    bool writes{};                         ///< it, or a part of it, changes data or schema; of raw SQL: may do so
    /// Of the batch's last parameters: defaults, made for each row.
    std::vector<std::shared_ptr<const value_maker>> batch_makers{};
    std::optional<inserted_key> key{};
    affected_meaning affected{affected_meaning::rows};
};

}  // namespace azoth
