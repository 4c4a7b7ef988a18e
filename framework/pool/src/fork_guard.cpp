#include "fork_guard.hpp"

#include <pthread.h>

#include <new>

namespace azoth::detail {

// These three are constant-initialised and trivially destroyed, so that pools may live in statics.
constinit std::atomic<std::uint64_t> current_fork_epoch{0};

namespace {

constinit std::mutex all_mutex;
constinit fork_guard* first = nullptr;

}  // namespace

struct fork_handlers {
    static void before() {
        all_mutex.lock();
        for (auto* g = first; g; g = g->behind_) g->guarded_.lock();
    }
    static void in_parent() {
        for (auto* g = first; g; g = g->behind_) g->guarded_.unlock();
        all_mutex.unlock();
    }
    static void in_child() {
        current_fork_epoch.fetch_add(1, std::memory_order_relaxed);
        in_parent();
    }
    static void install() {
        static const int problem = pthread_atfork(before, in_parent, in_child);
        if (problem != 0) throw std::bad_alloc{};  // the only way in which it can fail
    }
};

fork_guard::fork_guard(std::mutex& guarded) : guarded_{guarded} {
    fork_handlers::install();
    const std::lock_guard lock{all_mutex};
    behind_ = first;
    if (first) first->before_ = this;
    first = this;
}

fork_guard::~fork_guard() {
    const std::lock_guard lock{all_mutex};
    (before_ ? before_->behind_ : first) = behind_;
    if (behind_) behind_->before_ = before_;
}

}  // namespace azoth::detail
