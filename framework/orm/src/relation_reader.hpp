#pragma once

#include <azoth/orm/entity_class.hpp>

namespace azoth::orm::detail {

/// What a mapping says of a relation, understood: by which columns it goes, and which its other side is. Throws interface_error (mapping).
[[nodiscard]] relation_info read_relation(const entity_class& of, const relation_slot& slot);

}  // namespace azoth::orm::detail
