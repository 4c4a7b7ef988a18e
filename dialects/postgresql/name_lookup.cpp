#include "name_lookup.hpp"

#include "classify.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

namespace azoth::postgresql {
namespace {

/// What the thread and who waits for it share; the thread may outlive the wait.
struct lookup {
    explicit lookup(std::string name) : host{std::move(name)}, done{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
        if (done < 0) throw_error(errc::operational, "cannot look up a host: eventfd: " + std::generic_category().message(errno));
    }
    ~lookup() { ::close(done); }
    lookup(const lookup&) = delete;
    lookup& operator=(const lookup&) = delete;

    const std::string host;
    const int done;  ///< readable when the rest is there
    std::mutex guard{};
    int problem{};
    std::vector<std::string> addresses{};
};

bool is_address(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    // A zone, as in fe80::1%eth0, stands behind addresses only.
    return host.find('%') != std::string::npos || ::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

std::string number_of(const addrinfo& info) {
    std::array<char, NI_MAXHOST> text{};
    const int problem =
        ::getnameinfo(info.ai_addr, info.ai_addrlen, text.data(), static_cast<socklen_t>(text.size()), nullptr, 0, NI_NUMERICHOST);
    return problem == 0 ? text.data() : "";
}

void run(lookup& of) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int problem = ::getaddrinfo(of.host.c_str(), nullptr, &hints, &found);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> list{found, [](addrinfo* all) {
                                                                  if (all) ::freeaddrinfo(all);
                                                              }};
    const std::lock_guard lock{of.guard};
    of.problem = problem;
    for (const addrinfo* one = list.get(); one; one = one->ai_next)
        if (std::string number = number_of(*one);
            !number.empty() && std::find(of.addresses.begin(), of.addresses.end(), number) == of.addresses.end())
            of.addresses.push_back(std::move(number));
}

}  // namespace

std::vector<std::string> look_up(const std::string& host, waiter& wait, const deadline& until) {
    if (host.empty() || host.front() == '/' || host.front() == '@' || is_address(host)) return {};
    const auto work = std::make_shared<lookup>(host);
    std::thread([work] {
        run(*work);
        ::eventfd_write(work->done, 1);
    }).detach();
    wait.wait(work->done, wait_for::read, until, stop_token{});
    const std::lock_guard lock{work->guard};
    if (work->problem != 0 || work->addresses.empty())
        throw native_error(failed_connect, fmt::format("the host \"{}\" is not known: {}", host, ::gai_strerror(work->problem)));
    return work->addresses;
}

}  // namespace azoth::postgresql
