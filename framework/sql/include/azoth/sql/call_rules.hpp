#pragma once

#include <azoth/sql/compiler.hpp>

#include <functional>
#include <string_view>
#include <vector>

// What rules write calls with.
namespace azoth {

/// name([DISTINCT] arguments [ORDER BY order]), and what stands behind it. `n` is the call as it is in the statement.
AZOTH_API void write_call(compiler& out, const function_node& n, std::string_view name);
/// ... with other arguments than its own.
AZOTH_API void write_call(compiler& out, const function_node& n, std::string_view name, const std::function<void()>& arguments);
/// What stands behind a call's parentheses: WITHIN GROUP, FILTER, OVER. A rule that writes several calls for one ends each so.
AZOTH_API void write_call_end(compiler& out, const function_node& n);
/// The argument of an aggregate that leaves out NULLs: where the dialect has no FILTER, it is NULL in the rows that are left out.
AZOTH_API void write_filtered(compiler& out, const function_node& n, const node& argument);
AZOTH_API void write_filtered(compiler& out, const function_node& n, const std::function<void()>& argument);
/// An operation by a pattern: {0}, {1} ... are its arguments, {n} is its option, a number: "ROUND({0}, {n})".
AZOTH_API void write_pattern(compiler& out, const operation_node& n, std::string_view pattern);
/// "a DESC, b", as it stands behind ORDER BY.
AZOTH_API void write_order_terms(compiler& out, const std::vector<node_ptr>& order);

}  // namespace azoth
