#include "interrupts.hpp"

#include <cerrno>
#include <csignal>
#include <iterator>
#include <stop_token>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace azoth::command {
namespace {

volatile std::sig_atomic_t written_to = -1;  // a signal's handler is given nothing but the signal

void note_interrupt(int) {
    const int before = errno;
    [[maybe_unused]] const ssize_t written = write(written_to, "", 1);
    errno = before;
}

}  // namespace

interrupts::interrupts() {
    if (pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) throw std::system_error{errno, std::generic_category(), "pipe"};
    written_to = ends_[1];
    struct sigaction action {};
    action.sa_handler = &note_interrupt;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
}

interrupts::~interrupts() {
    std::signal(SIGINT, SIG_DFL);
    close(ends_[0]);
    close(ends_[1]);
}

bool interrupts::taken() {
    char bytes[64];
    bool any = false;
    while (read(ends_[0], bytes, sizeof bytes) > 0) any = true;
    return any;
}

std::jthread interrupts::watch(std::function<void()> act) {
    return std::jthread{[this, act = std::move(act)](const std::stop_token& stop) {
        const int over = eventfd(0, EFD_CLOEXEC);
        {
            const std::stop_callback ends{stop, [over] { eventfd_write(over, 1); }};
            pollfd waiting[]{{ends_[0], POLLIN, 0}, {over, POLLIN, 0}};
            while (!stop.stop_requested())
                if (poll(waiting, std::size(waiting), -1) > 0 && waiting[0].revents != 0 && taken()) act();
        }
        close(over);
    }};
}

}  // namespace azoth::command
