#pragma once

#include <azoth/engine/options.hpp>

#include <cstddef>
#include <memory>

namespace azoth::orm {

class session_events;

struct session_options {
    bool autoflush{true};           ///< a query that reads what has been changed flushes it first
    std::size_t max_statements{0};  ///< more throw interface_error (misuse); 0: as many as it takes
    transaction_options transaction{};
    std::shared_ptr<const session_events> events{};  ///< of all sessions that are given it: they call it from their threads
};

}  // namespace azoth::orm
