#pragma once

#include <condition_variable>
#include <cstddef>

namespace azoth::detail {

/// A thread that waits; lives on its stack.
struct waiting_thread {
    std::condition_variable ready{};
    bool called{};  ///< told to look, and has not looked yet
    bool cancelled{};
    waiting_thread* before{};
    waiting_thread* behind{};
};

/// Threads in the order of their coming. Guarded by the pool's mutex.
class wait_line {
public:
    [[nodiscard]] bool empty() const noexcept { return !first_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] waiting_thread* first() const noexcept { return first_; }

    void join(waiting_thread& w) noexcept {
        w.before = last_;
        (last_ ? last_->behind : first_) = &w;
        last_ = &w;
        ++size_;
    }
    void leave(waiting_thread& w) noexcept {
        (w.before ? w.before->behind : first_) = w.behind;
        (w.behind ? w.behind->before : last_) = w.before;
        --size_;
    }
    void call_first() noexcept { call(*first_); }
    void call_all() noexcept {
        for (auto* w = first_; w; w = w->behind) call(*w);
    }

private:
    /// Waking a thread is a system call: one is enough until it has looked.
    static void call(waiting_thread& w) noexcept {
        if (w.called) return;
        w.called = true;
        w.ready.notify_one();
    }

    waiting_thread* first_{};
    waiting_thread* last_{};
    std::size_t size_{};
};

}  // namespace azoth::detail
