#include "test_servers.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace support {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

std::vector<std::string> test_urls() {
    std::istringstream in{variable("AZOTH_TEST_URLS")};
    std::vector<std::string> urls;
    for (std::string url; in >> url;) urls.push_back(url);
    return urls;
}

test_server server_of(std::string_view url) {
    const std::string file = variable("AZOTH_SERVERS") + "/servers.json";
    std::ifstream in{file};
    if (!in) throw std::runtime_error{"no test servers run: " + file + " cannot be read"};
    const auto state = nlohmann::json::parse(in);
    for (const auto& [name, server] : state.at("servers").items())
        for (const auto& known : server.at("urls"))
            if (known == url) return {name, server.at("host"), server.at("port"), server.at("ca"), server.at("other_ca")};
    throw std::runtime_error{"no test server has the URL " + std::string{url}};
}

void control_servers(const std::string& words) {
    const std::string command = AZOTH_SOURCE_DIR "/tools/servers " + words + " 2>&1";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> said{::popen(command.c_str(), "r"), [](std::FILE*) { return 0; }};
    if (!said) throw std::runtime_error{"cannot run " + command};
    std::string text;
    std::array<char, 256> piece{};
    while (std::fgets(piece.data(), piece.size(), said.get())) text += piece.data();
    if (::pclose(said.get()) != 0) throw std::runtime_error{command + ": " + text};
}

}  // namespace support
