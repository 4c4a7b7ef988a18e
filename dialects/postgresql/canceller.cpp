#include "canceller.hpp"

#include <array>
#include <thread>

namespace azoth::postgresql {

void canceller::request() noexcept {
    if (!handle_) return;
    try {
        {
            const std::lock_guard lock{guard_};
            ++under_way_;
        }
        std::thread([self = shared_from_this()] {
            std::array<char, 256> reason{};
            PQcancel(self->handle_.get(), reason.data(), static_cast<int>(reason.size()));
            const std::lock_guard lock{self->guard_};
            --self->under_way_;
            self->done_.notify_all();
        }).detach();
    } catch (...) {  // no thread is to be had: the statement goes on
        const std::lock_guard lock{guard_};
        --under_way_;
    }
}

bool canceller::settle(std::chrono::milliseconds at_most) noexcept {
    std::unique_lock lock{guard_};
    return done_.wait_for(lock, at_most, [&] { return under_way_ == 0; });
}

}  // namespace azoth::postgresql
