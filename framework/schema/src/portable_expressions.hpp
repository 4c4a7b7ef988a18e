#pragma once

#include "portable_sql.hpp"

#include <azoth/schema/definition.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// The expressions of one table, for another server: as they are on one of the same family, else said anew. Null where the other server has
/// none that means the same.
class expression_mover {
public:
    /// The table has to outlive it.
    expression_mover(std::string_view family, std::string_view target, bool is_same, const table_definition& of);

    [[nodiscard]] node_ptr condition(const node_ptr& expression) const;
    [[nodiscard]] node_ptr value(const node_ptr& expression) const;
    /// What a column of the type is computed by: of another type databases make different values.
    [[nodiscard]] node_ptr computation(const node_ptr& expression, const type& of) const;
    [[nodiscard]] node_ptr default_value(const node_ptr& expression, const type& of) const;
    /// What the databases make otherwise of an expression, or a default of the type, that has moved nonetheless; empty: nothing.
    [[nodiscard]] std::string_view other_meaning(const node_ptr& expression, const type& of = {}) const;

private:
    [[nodiscard]] sql_move move() const noexcept { return {family_, target_, columns_, collations_}; }
    [[nodiscard]] bool is_taken(const type& from, const type& into) const;

    std::string_view family_;
    std::string_view target_;
    bool is_same_;
    const std::vector<column_spec>& columns_;
    std::vector<std::string> collations_{};
};

/// Whether a default is NULL, and so none.
[[nodiscard]] bool is_null_default(std::string_view family, const node_ptr& expression);

/// ": a > 0", for messages; nothing of what no database wrote.
[[nodiscard]] std::string shown_sql(const node_ptr& expression);

}  // namespace azoth::detail
