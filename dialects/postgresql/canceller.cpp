#include "canceller.hpp"

#include <azoth/dialect.hpp>

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

namespace azoth::postgresql {

canceller::canceller(PGconn* of) : handle_{PQgetCancel(of)}, signal_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    if (signal_ < 0) throw_error(errc::operational, "cannot prepare cancellation: eventfd: " + std::generic_category().message(errno));
}

canceller::~canceller() { ::close(signal_); }

void canceller::request() noexcept {
    if (!handle_) return;
    try {
        {
            const std::lock_guard lock{guard_};
            if (!is_allowed_) return;
            ++under_way_;
        }
        std::thread([self = shared_from_this()] { self->send(); }).detach();
    } catch (...) {  // no thread is to be had: the statement goes on
        const std::lock_guard lock{guard_};
        --under_way_;
    }
}

void canceller::send() noexcept {
    std::array<char, 256> reason{};
    PQcancel(handle_.get(), reason.data(), static_cast<int>(reason.size()));
    const std::lock_guard lock{guard_};
    --under_way_;
    ::eventfd_write(signal_, 1);
    done_.notify_all();
}

void canceller::allow(bool may) noexcept {
    const std::lock_guard lock{guard_};
    is_allowed_ = may;
}

bool canceller::settle(std::chrono::milliseconds at_most) noexcept {
    std::unique_lock lock{guard_};
    return done_.wait_for(lock, at_most, [&] { return under_way_ == 0; });
}

bool canceller::is_under_way() noexcept {
    const std::lock_guard lock{guard_};
    eventfd_t earlier = 0;
    ::eventfd_read(signal_, &earlier);
    return under_way_ != 0;
}

}  // namespace azoth::postgresql
