#pragma once

#include <azoth/pool/pool.hpp>

#include <pthread.h>

#include <chrono>
#include <cstdint>
#include <list>
#include <string>

namespace azoth::detail {

/// A connection and its place in a pool. Its holder owns the connection; the rest belongs to the pool's mutex.
struct slot : pooled_connection {
    std::list<slot>::iterator self{};
    std::uint64_t epoch{};  ///< of the process that opened it
    bool out{};
    bool stale{};  ///< of an earlier generation when it was handed out
    pthread_t thread{};
    std::string holder{};
    std::string reason{};  ///< why it is no longer wanted
    std::chrono::steady_clock::time_point since{};
    slot* before{};  ///< among idle ones
    slot* behind{};
};

}  // namespace azoth::detail
