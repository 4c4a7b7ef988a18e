#include <azoth/base/log.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

/// What `body` writes to standard error.
template <class Body>
std::string written(const Body& body) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const int kept = ::dup(STDERR_FILENO);
    REQUIRE(::dup2(ends[1], STDERR_FILENO) >= 0);
    ::close(ends[1]);
    body();
    ::dup2(kept, STDERR_FILENO);  // closes the last end that writes
    ::close(kept);
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(ends[0], buffer.data(), buffer.size())) > 0;) text.append(buffer.data(), static_cast<std::size_t>(n));
    ::close(ends[0]);
    return text;
}

}  // namespace

TEST_CASE("log: a line for each message, errors and warnings marked") {
    using azoth::log_level;
    CHECK(written([] { azoth::log_to_stderr(log_level::info, "opened"); }) == "azoth: opened\n");
    CHECK(written([] { azoth::log_to_stderr(log_level::debug, "detail"); }) == "azoth: detail\n");
    CHECK(written([] { azoth::log_to_stderr(log_level::warning, "slow"); }) == "azoth: warning: slow\n");
    CHECK(written([] { azoth::log_to_stderr(log_level::error, "lost"); }) == "azoth: error: lost\n");
}

TEST_CASE("log: lines of several threads do not mix") {
    const std::string text = written([] {
        std::vector<std::thread> threads;
        for (char c = 'a'; c < 'e'; ++c)
            threads.emplace_back([c] {
                for (int i = 0; i < 100; ++i) azoth::log_to_stderr(azoth::log_level::info, std::string(100, c));
            });
        for (auto& t : threads) t.join();
    });
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        const auto end = text.find('\n', at);
        REQUIRE(end != std::string::npos);
        const std::string line = text.substr(at, end - at);
        REQUIRE(line == "azoth: " + std::string(100, line.back()));
        at = end + 1;
    }
    CHECK(lines == 400);
}
