#pragma once

#include "relation_access.hpp"

namespace azoth::orm::detail {

/// The other side follows: `self` is related to `other` now.
void add_back(instance& other, const relation_info& back, instance& self);
/// The other side follows: `self` is related to `other` no more.
void remove_back(instance& other, const relation_info& back, const instance& self);
/// What is related to an object of a session comes into the session.
void cascade(const instance& owner, const relation_info& r, instance& item);
/// Throws interface_error (misuse) where it is only read.
void check_writable(const relation_info& r);

}  // namespace azoth::orm::detail
