#pragma once

#include <azoth/sql/compiled.hpp>
#include <azoth/sql/nodes/expression.hpp>
#include <azoth/sql/rules.hpp>

#include <span>
#include <string>
#include <vector>

namespace azoth {

struct expanded_parameter {
    const value* content;  ///< the bind's own value, or one of its list; null: the slot's maker makes it
    const bind_node* bind;
    const parameter_slot* slot;
};

/// The elements of a list that is given at execution.
struct given_list {
    const bind_node* bind;
    std::span<const value> elements;
};

/// What stands inside IN's parentheses where the list is empty, and closes them early: nothing is in it, not even NULL. Of tuples each
/// value has a cast, which may be empty.
AZOTH_API std::string empty_list(const std::vector<std::string>& casts, bool negated);

/// The SQL of a statement whose IN lists have the lengths that `binds` say, with its parameters in order. Throws programming_error
/// (parameter) where the database does not take as many.
AZOTH_API std::string expand(const compiled_statement& from, std::span<const bind_node* const> binds, placeholders style,
                             std::size_t max_parameters, std::vector<expanded_parameter>& parameters,
                             std::span<const given_list> given = {});

}  // namespace azoth
