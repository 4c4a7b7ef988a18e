#include <catch2/catch.hpp>

#include <azoth/base/error.hpp>
#include <azoth/driver/waiter.hpp>

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

using namespace azoth;
using namespace std::chrono_literals;

namespace {

/// Two ends of a socket.
struct connected {
    std::array<int, 2> ends{-1, -1};
    connected() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0); }
    ~connected() {
        for (const int end : ends) ::close(end);
    }
    connected(const connected&) = delete;
    connected& operator=(const connected&) = delete;
    /// Without a REQUIRE: other threads call it, and Catch2 is for one. A write that fails shows as a wait that does not end well.
    void send() const { [[maybe_unused]] const auto written = ::write(ends[1], "x", 1); }
};

template <class F>
std::chrono::nanoseconds time_of(F&& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::steady_clock::now() - began;
}

constexpr auto soon = 5s;  // far above what is expected, far below what would pass unseen

}  // namespace

TEST_CASE("a wait ends when the descriptor is ready") {
    const connected c;
    waiter& wait = blocking_waiter();
    wait.wait(c.ends[0], wait_for::write, {}, {});
    wait.wait(c.ends[0], wait_for::read_or_write, {}, {});
    c.send();
    wait.wait(c.ends[0], wait_for::read, {}, {});

    const connected later;
    const std::jthread sender{[&] {
        std::this_thread::sleep_for(30ms);
        later.send();
    }};
    CHECK(time_of([&] { wait.wait(later.ends[0], wait_for::read, deadline::after(60s), {}); }) < soon);
}

TEST_CASE("a wait ends when the other side hangs up") {
    connected c;
    ::shutdown(c.ends[1], SHUT_RDWR);
    blocking_waiter().wait(c.ends[0], wait_for::read, deadline::after(60s), {});
}

TEST_CASE("a wait ends at its deadline, not before; what is ready wins") {
    const connected c;
    waiter& wait = blocking_waiter();
    const auto took = time_of([&] { CHECK_THROWS_AS(wait.wait(c.ends[0], wait_for::read, deadline::after(50ms), {}), timeout_error); });
    CHECK(took >= 50ms);
    CHECK(took < soon);
    const deadline passed = deadline::after(-1s);
    CHECK_THROWS_AS(wait.wait(c.ends[0], wait_for::read, passed, {}), timeout_error);
    c.send();
    wait.wait(c.ends[0], wait_for::read, passed, {});
}

TEST_CASE("a request to stop ends a wait at once") {
    const connected c;
    const auto is_cancelled = [](auto&& work) {
        try {
            work();
            FAIL("it was not stopped");
        } catch (const operational_error& e) {
            CHECK(e.code() == errc::cancelled);
        }
    };
    for (const deadline& until : {deadline{}, deadline::after(60s)}) {
        stop_source stop;
        const std::jthread other{[&] {
            std::this_thread::sleep_for(30ms);
            stop.request_stop();
        }};
        CHECK(time_of([&] { is_cancelled([&] { blocking_waiter().wait(c.ends[0], wait_for::read, until, stop.get_token()); }); }) < soon);
    }
    stop_source before;
    before.request_stop();
    c.send();
    is_cancelled([&] { blocking_waiter().wait(c.ends[0], wait_for::read, {}, before.get_token()); });
    is_cancelled([&] { blocking_waiter().sleep(60s, {}, before.get_token()); });

    stop_source sleeping;
    const std::jthread other{[&] {
        std::this_thread::sleep_for(30ms);
        sleeping.request_stop();
    }};
    CHECK(time_of([&] { is_cancelled([&] { blocking_waiter().sleep(60s, {}, sleeping.get_token()); }); }) < soon);
}

TEST_CASE("signals do not end a wait") {
    static std::atomic<int> signals;
    signals = 0;
    struct sigaction handler {};
    struct sigaction before {};
    handler.sa_handler = [](int) { ++signals; };  // without SA_RESTART
    REQUIRE(::sigaction(SIGUSR1, &handler, &before) == 0);
    const connected c;
    std::atomic<bool> done{false};
    std::thread waiting{[&] {
        blocking_waiter().wait(c.ends[0], wait_for::read, deadline::after(60s), {});
        blocking_waiter().sleep(20ms, {}, {});
        done = true;
    }};
    for (int i = 0; i < 20; ++i) {
        ::pthread_kill(waiting.native_handle(), SIGUSR1);
        std::this_thread::sleep_for(2ms);
    }
    CHECK_FALSE(done);
    CHECK(signals > 0);
    c.send();
    waiting.join();
    CHECK(done);
    ::sigaction(SIGUSR1, &before, nullptr);
}

TEST_CASE("a sleep lasts its time, or ends at the deadline") {
    waiter& wait = blocking_waiter();
    const auto took = time_of([&] { wait.sleep(30ms, deadline::after(60s), {}); });
    CHECK(took >= 30ms);
    CHECK(took < soon);
    CHECK(time_of([&] { wait.sleep(0ns, {}, {}); }) < soon);
    const auto ended = time_of([&] { CHECK_THROWS_AS(wait.sleep(60s, deadline::after(30ms), {}), timeout_error); });
    CHECK(ended >= 30ms);
    CHECK(ended < soon);
    CHECK_THROWS_AS(wait.sleep(std::chrono::nanoseconds::max(), deadline::after(1ms), {}), timeout_error);
}

TEST_CASE("a descriptor that is not open is a driver's defect") {
    const int closed = ::dup(STDIN_FILENO) + 1000;
    CHECK_THROWS_AS(blocking_waiter().wait(closed, wait_for::read, deadline::after(60s), {}), internal_error);
    ::close(closed - 1000);
}
