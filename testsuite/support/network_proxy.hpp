#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace support {

/// Stands between a client and a server on loopback and forwards what they say, until it is told to go silent or to hang up. Thread-safe.
class network_proxy {
public:
    network_proxy(std::string host, std::uint16_t port);
    ~network_proxy();
    network_proxy(const network_proxy&) = delete;
    network_proxy& operator=(const network_proxy&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Keeps connections open and accepts further ones, but forwards nothing: as a network does that drops every packet.
    void go_silent() noexcept { silent_ = true; }
    void speak_again() noexcept { silent_ = false; }
    /// Closes every connection; returns once that is done.
    void hang_up() noexcept;
    /// From now on the server says `with` for `what`, a text of the same length, where it says it in one piece.
    void misquote(std::string what, std::string with);

private:
    struct pair {
        int client;
        int server;
    };
    void run();
    void accept_client();
    bool forward(int from, int to, bool from_server) const;
    [[nodiscard]] bool send_all(int to, const char* piece, std::size_t size) const;
    void close_all() noexcept;

    std::string host_;
    std::uint16_t server_port_;
    int listener_;
    std::uint16_t port_{};
    std::vector<pair> pairs_{};
    mutable std::mutex words_guard_{};
    std::string what_{};
    std::string with_{};
    std::atomic<bool> silent_{};
    std::atomic<bool> hang_up_{};
    std::atomic<bool> over_{};
    std::thread thread_{};
};

}  // namespace support
