#pragma once

#include <azoth/base/deadline.hpp>
#include <azoth/base/export.hpp>

#include <chrono>
#include <cstdint>

namespace azoth {

enum class wait_for : std::uint8_t { read = 1, write = 2, read_or_write = 3 };

/// Every wait that a driver controls goes through its connection's waiter: deadlines, cancellation and async come from this one hook.
/// A driver holds no lock and keeps no thread-local state across a wait.
class AZOTH_API waiter {
public:
    virtual ~waiter();
    /// Waits until the descriptor is ready. Throws timeout_error (timeout) at the deadline, operational_error (cancelled) on stop.
    virtual void wait(int fd, wait_for what, const deadline& until, const stop_token& stop) = 0;
    /// Waits for a time (between tries of a busy database). Throws as `wait` does.
    virtual void sleep(std::chrono::nanoseconds span, const deadline& until, const stop_token& stop) = 0;
};

/// The default: blocks the calling thread in poll(2). Stateless, thread-safe.
AZOTH_API waiter& blocking_waiter() noexcept;

}  // namespace azoth
