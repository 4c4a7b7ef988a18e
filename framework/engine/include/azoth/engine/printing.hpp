#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/value.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/sql/name_map.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth {

struct print_options {
    bool pretty{};       ///< a clause a line
    name_map schemas{};  ///< see execution_options::schemas
};

/// A statement as a database would get it.
struct compiled_query {
    struct parameter {
        std::string name{};  ///< of one that is given at execution; its value is NULL then
        azoth::value content{};
        azoth::type type{};
    };
    std::string sql{};  ///< with the dialect's placeholders
    std::vector<parameter> parameters{};
    std::vector<std::string> columns{};  ///< of the result; empty where only the database knows
};

namespace detail {
AZOTH_API std::string print(const node& statement, std::string_view dialect, const print_options& options);
AZOTH_API compiled_query compile(const node_ptr& statement, std::string_view dialect, const print_options& options);
}  // namespace detail

/// The statement as SQL for people, without a connection: values are literals, parameters `:name`. For the newest server that the dialect
/// ("postgresql", "mysql+connector") supports. Throws plugin_error, not_supported_error for what that server cannot, data_error for a
/// value that has no literal. Not for sending.
template <executable S>
[[nodiscard]] std::string to_sql(const S& statement, std::string_view dialect, const print_options& options = {}) {
    return detail::print(*statement.node(), dialect, options);
}

/// The statement as it would be sent: SQL with placeholders, and the parameters in their order. A list that is given at execution stands
/// for one element here. Errors as for `to_sql`.
template <executable S>
[[nodiscard]] compiled_query compile(const S& statement, std::string_view dialect, const print_options& options = {}) {
    return detail::compile(statement.node(), dialect, options);
}

}  // namespace azoth
