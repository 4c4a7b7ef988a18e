#pragma once

#include <azoth/dialect.hpp>

namespace azoth::firebird {

// The parts of the rules, a file each.
void set_operation_rules(rule_table& to);
void set_schema_rules(rule_table& to);

}  // namespace azoth::firebird
