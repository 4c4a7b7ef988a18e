#pragma once

#include <azoth/azoth.hpp>

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace azoth::conformance {

/// The last statements of a case, from all its engines and threads. Thread-safe.
class statement_log {
public:
    static constexpr std::size_t kept = 6;

    void add(const execution_event& e);
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    mutable std::mutex guard_{};
    std::deque<std::string> lines_{};
    std::size_t left_out_{};
};

}  // namespace azoth::conformance
