#pragma once

#include <azoth/dialect.hpp>

#include "oids.hpp"
#include "session.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// What the catalogue says of the table that a batch goes to.
struct target_table {
    bool takes_copy{};           ///< COPY does there what INSERT does
    std::vector<Oid> columns{};  ///< the types of the plan's columns; 0 where one is not found
};

/// Throws where there is no such table.
target_table look_up_target(const std::shared_ptr<session>& on, const batch_plan& plan, const execute_options& options);

/// Asks whether the keys that the table generates ascend in the order of the rows: by a sequence that counts upwards and does not wrap
/// around, with no trigger or rule that could put others in their place. Takes the table, and gives the key's name if they do.
std::string_view ascending_key_query() noexcept;

}  // namespace azoth::postgresql
