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
    /// Throws operational_error where the process has no descriptors left.
    explicit canceller(PGconn* of);
    ~canceller();
    canceller(const canceller&) = delete;
    canceller& operator=(const canceller&) = delete;

    /// Sends the request and returns at once. Does nothing while requests are not allowed.
    void request() noexcept;
    /// Whether what runs from now on may be ended. A COMMIT may not: nobody would know what became of it.
    void allow(bool may) noexcept;
    /// Waits until the requests are with the server, so that none of them hits a later statement. Returns whether they are.
    bool settle(std::chrono::milliseconds at_most) noexcept;
    /// The same for who has to wait in another way: while it is true, `signal` becomes readable when a request is done.
    bool is_under_way() noexcept;
    [[nodiscard]] int signal() const noexcept { return signal_; }

private:
    struct free_cancel {
        void operator()(PGcancel* c) const noexcept { PQfreeCancel(c); }
    };
    void send() noexcept;

    std::unique_ptr<PGcancel, free_cancel> handle_;
    std::mutex guard_{};
    std::condition_variable done_{};
    int under_way_{};
    bool is_allowed_{true};
    int signal_;
};

}  // namespace azoth::postgresql
