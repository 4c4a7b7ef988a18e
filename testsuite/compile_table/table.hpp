#pragma once

#include "tables.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// The compile table: what each dialect makes of a statement, written down and checked against the manuals by hand. The program compares
/// without a server, and has each statement prepared by the servers that AZOTH_TEST_URLS names.
namespace compile_table {

using az::col;
namespace func = az::func;

/// One dialect's SQL; or a piece of the message by which the statement is refused.
struct outcome {
    std::string_view text{};
    bool is_refusal{};
    std::string_view parameters{};  ///< where they differ from the row's

    constexpr outcome(const char* sql) : text{sql} {}  // not explicit: a row is a list of texts
    constexpr outcome(const char* sql, std::string_view differing) : text{sql}, parameters{differing} {}
    constexpr outcome(std::string_view piece, std::true_type) : text{piece}, is_refusal{true} {}
};
constexpr outcome refused(std::string_view piece) { return {piece, std::true_type{}}; }

struct outcomes {
    outcome sqlite;
    outcome postgresql;
    outcome mariadb;
};

struct row {
    std::string_view name;
    az::node_ptr statement;
    bool is_expression;  ///< of `SELECT expression FROM table` the expectations hold the expression alone
    outcomes expected;
    std::string_view parameters;  ///< "1, 'a', [1, 2]"
    std::string_view unprepared;  ///< why no server prepares it; empty: they do
};

/// One theme's rows.
class rows_of {
public:
    /// A whole statement.
    template <az::executable S>
    void statement(std::string_view name, const S& s, outcomes expected, std::string_view parameters = {},
                   std::string_view unprepared = {}) {
        rows_.push_back({name, s.node(), false, expected, parameters, unprepared});
    }
    /// An expression over `employee`.
    template <az::expression E>
    void expression(std::string_view name, const E& e, outcomes expected, std::string_view parameters = {},
                    std::string_view unprepared = {}) {
        rows_.push_back({name, az::select(e).select_from(az::entity<employee>).node(), true, expected, parameters, unprepared});
    }
    /// An expression over another table.
    template <az::expression E>
    void expression_over(const az::table& table, std::string_view name, const E& e, outcomes expected, std::string_view parameters = {}) {
        rows_.push_back({name, az::select(e).select_from(table).node(), true, expected, parameters, {}});
    }
    [[nodiscard]] const std::vector<row>& all() const noexcept { return rows_; }

private:
    std::vector<row> rows_{};
};

/// A theme of the table: `const theme joins{"joins", [](rows_of& to) { to.statement(...); }};` at namespace scope.
class theme {
public:
    theme(std::string_view name, void (*fill)(rows_of&));
};

}  // namespace compile_table
