#pragma once

#include <azoth/driver/connection.hpp>
#include <azoth/pool/pool.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

/// A driver connection that reaches nothing: the pool knows no database, only these calls.
namespace pool_tests {

using namespace std::chrono_literals;

/// What happened to all connections of a test, and how they behave.
struct server {
    std::atomic<int> opened{};
    std::atomic<int> closed{};
    std::atomic<int> abandoned{};
    std::atomic<int> alive{};
    std::atomic<int> pings{};
    std::atomic<int> resets{};
    std::atomic<int> rollbacks{};
    std::atomic<bool> is_down{};
    std::atomic<bool> ping_fails{};
    std::atomic<bool> reset_fails{};
    std::atomic<bool> can_reset{true};
    std::atomic<bool> rollback_fails{};
    std::atomic<std::chrono::milliseconds> connect_takes{0ms};
};

class fake_connection final : public azoth::driver_connection {
public:
    explicit fake_connection(server& at) : at_{at} {
        ++at_.opened;
        ++at_.alive;
    }
    ~fake_connection() override { --at_.alive; }

    void server_profile(azoth::profile& out) const override { out = profile_; }
    std::unique_ptr<azoth::prepared_statement> prepare(std::string_view) override { throw std::logic_error("the pool prepares nothing"); }
    std::unique_ptr<azoth::cursor> execute(std::string_view, std::span<const azoth::cell>, const azoth::execute_options&) override {
        throw std::logic_error("the pool executes nothing");
    }
    void begin(const azoth::transaction_options&) override { in_transaction_ = true; }
    void commit() override { in_transaction_ = false; }
    void rollback() override {
        ++at_.rollbacks;
        if (at_.rollback_fails) throw std::runtime_error("rollback lost");
        in_transaction_ = false;
    }
    [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
    void ping(const azoth::deadline& until) override {
        ++at_.pings;
        last_ping_until = until;
        if (at_.ping_fails) throw std::runtime_error("no pong");
    }
    bool reset() override {
        ++at_.resets;
        if (at_.reset_fails) throw std::runtime_error("reset lost");
        return at_.can_reset;
    }
    void cancel() noexcept override {}
    void close() noexcept override { ++at_.closed; }
    void abandon() noexcept override { ++at_.abandoned; }

    azoth::deadline last_ping_until{};

private:
    server& at_;
    azoth::profile profile_{};
    bool in_transaction_{};
};

/// The server must outlive the pool.
inline azoth::pool::connector connector_to(server& at) {
    return [&at](const azoth::deadline&) -> std::unique_ptr<azoth::driver_connection> {
        if (const auto takes = at.connect_takes.load(); takes > 0ms) std::this_thread::sleep_for(takes);
        if (at.is_down) throw std::runtime_error("no route to the fake server");
        return std::make_unique<fake_connection>(at);
    };
}

inline std::shared_ptr<azoth::pool> make_pool(server& at, azoth::pool_options options = {}, azoth::pool_events events = {}) {
    return azoth::pool::create(connector_to(at), options, std::move(events));
}

/// Polls: threads need time to get where a test wants them.
template <class F>
bool eventually(F&& holds) {
    for (int i = 0; i < 5000; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

}  // namespace pool_tests
