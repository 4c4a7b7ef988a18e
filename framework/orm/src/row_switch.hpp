#pragma once

#include "flush_plan.hpp"

namespace azoth::orm::detail {

/// New objects that come with the keys of removed ones: their rows stay, and are updated.
void find_replaced(const session_core& in, flush_plan& plan);
/// Behind the flush: who led to a removed one may lead to the new one, as its row says.
void follow_replaced(session_core& in, const flush_plan& flushed) noexcept;

}  // namespace azoth::orm::detail
