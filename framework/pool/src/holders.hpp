#pragma once

#include <azoth/pool/pool.hpp>

#include <pthread.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace azoth::detail {

/// Who has a connection.
struct holding {
    std::uint64_t connection{};
    std::string holder{};  ///< empty: the thread tells
    pthread_t thread{};
    std::chrono::nanoseconds held{};
};

/// What a caller who got nothing is told.
struct shortage {
    std::chrono::nanoseconds waited{};
    std::size_t out{};
    std::size_t changing{};  ///< being opened or closed
    std::size_t others_waiting{};
    std::vector<holding> holders{};
};

/// The longest first.
void sort_by_time(std::vector<holding>& holders);
std::string describe(const holding& h);
std::string exhausted_message(const pool_options& options, const shortage& s);

}  // namespace azoth::detail
