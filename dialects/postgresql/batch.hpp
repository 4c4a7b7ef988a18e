#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"

#include <functional>
#include <span>

namespace azoth::postgresql {

/// Runs statements in one go: all are sent before the first answer is read. SQL that comes several times is prepared once. Inside a
/// transaction only: what follows a failed statement does not run there, and what went before is undone with it.
void run_pipeline(session& on, std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                  const execute_options& options);

/// Whether a pipeline can take them: COPY it cannot.
bool suits_pipeline(std::span<const batch_item> items) noexcept;

}  // namespace azoth::postgresql
