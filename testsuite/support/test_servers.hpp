#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The private servers that `tools/servers` has started for the tests.
namespace support {

/// The URLs to test with (AZOTH_TEST_URLS, blanks between); empty where no servers run.
[[nodiscard]] std::vector<std::string> test_urls();

/// What the state file says of the server behind a URL of `test_urls`. Throws std::runtime_error where it does not know it.
struct test_server {
    std::string name{};  ///< "postgresql" or "mariadb", as tools/servers takes it
    std::string host{};
    std::uint16_t port{};
    std::string ca{};        ///< the file with the certificate authority that signed the server's certificate
    std::string other_ca{};  ///< one that did not
};
[[nodiscard]] test_server server_of(std::string_view url);

/// Runs `tools/servers WORDS`; throws std::runtime_error where that fails, with what it said.
void control_servers(const std::string& words);

}  // namespace support
