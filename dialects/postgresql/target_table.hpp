#pragma once

#include <azoth/dialect.hpp>

#include "oids.hpp"
#include "session.hpp"

#include <memory>
#include <vector>

namespace azoth::postgresql {

/// What the catalogue says of the table that a batch goes to.
struct target_table {
    bool takes_copy{};           ///< COPY does there what INSERT does
    std::vector<Oid> columns{};  ///< the types of the plan's columns; 0 where one is not found
};

/// Throws where there is no such table.
target_table look_up_target(const std::shared_ptr<session>& on, const batch_plan& plan, const execute_options& options);

}  // namespace azoth::postgresql
