#pragma once

#include "flush_plan.hpp"

namespace azoth::orm::detail {

/// What a flush has deleted, or not inserted, is in no relation of the session's objects any more.
void leave_relations(session_core& in, const flush_plan& flushed);

}  // namespace azoth::orm::detail
