#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace azoth::postgresql {

/// Asks the server, over a connection of its own, to end what a session runs. libpq's call blocks, so that it runs on a thread of its own:
/// where the network is silent nobody waits for it. Thread-safe.
class canceller : public std::enable_shared_from_this<canceller> {
public:
    explicit canceller(PGconn* of) : handle_{PQgetCancel(of)} {}

    /// Sends the request and returns at once.
    void request() noexcept;
    /// Waits until the requests are with the server, so that none of them hits a later statement. Returns whether they are.
    bool settle(std::chrono::milliseconds at_most) noexcept;

private:
    struct free_cancel {
        void operator()(PGcancel* c) const noexcept { PQfreeCancel(c); }
    };
    std::unique_ptr<PGcancel, free_cancel> handle_;
    std::mutex guard_{};
    std::condition_variable done_{};
    int under_way_{};
};

}  // namespace azoth::postgresql
