#pragma once

#include <azoth/orm/entity_class.hpp>

#include <vector>

namespace azoth::orm::detail {

/// That a class's relations, once read, agree with those that they lead to. Throws interface_error (mapping) naming struct and member.
void check_relations(const entity_class& of);

}  // namespace azoth::orm::detail
