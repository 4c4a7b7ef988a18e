#pragma once

#include <azoth/sql/nodes/statement.hpp>

namespace azoth::detail {

/// Whether SQL in the database's own language may change something, as far as its words tell: a whole statement does unless it begins with
/// a word that reads. Words in quotes and comments do not count.
bool may_write(const text_node& text, bool is_statement);

}  // namespace azoth::detail
