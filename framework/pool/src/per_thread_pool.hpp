#pragma once

#include "tracked_pool.hpp"

#include <unordered_map>

namespace azoth::detail {

/// Keeps one connection for each thread until the thread ends. Nobody waits: a thread that asks while its own is out gets another one,
/// which is closed when it comes back.
class per_thread_pool final : public tracked_pool {
public:
    per_thread_pool(connector open, pool_options options, pool_events events);

private:
    class farewell;

    slot* acquire(const request& by) override;
    bool keep(slot& s) noexcept override;
    void leaves(slot& s) noexcept override;
    void joins(slot& s) noexcept override;
    void forget() noexcept override { homes_.clear(); }
    void thread_ends(pthread_t thread) noexcept;

    std::unordered_map<pthread_t, slot*> homes_{};  ///< null: none is open
};

}  // namespace azoth::detail
