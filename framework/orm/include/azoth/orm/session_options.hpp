#pragma once

#include <azoth/engine/options.hpp>

#include <cstddef>

namespace azoth::orm {

struct session_options {
    bool autoflush{true};           ///< a query that reads what has been changed flushes it first
    std::size_t max_statements{0};  ///< more throw interface_error (misuse); 0: as many as it takes
    transaction_options transaction{};
};

}  // namespace azoth::orm
