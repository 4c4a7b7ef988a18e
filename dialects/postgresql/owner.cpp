#include "owner.hpp"

namespace azoth::postgresql {

owner::owner(connection_handle given) : policy_holder{adopting_policy{std::move(given)}}, connection_base{policy} { init(); }

}  // namespace azoth::postgresql
