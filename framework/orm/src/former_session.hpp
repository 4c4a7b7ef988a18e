#pragma once

#include "object_graph.hpp"

namespace azoth::orm::detail {

/// Whether a session has expunged the object, and still has it in its graph.
[[nodiscard]] bool has_former_session(const instance& i) noexcept;

/// Takes an expunged object out of the graph of the session that it was of, into another one, together with the expunged and transient
/// objects that adding it takes along. Relations between them and what stays are not loaded any more. Throws interface_error (misuse)
/// where what it leads to is still the session's; nothing has happened then.
void leave_former_session(instance& i, object_graph& to);

}  // namespace azoth::orm::detail
