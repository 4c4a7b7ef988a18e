#pragma once

#include <azoth/base/error.hpp>
#include <azoth/driver/server_message.hpp>
#include <azoth/sql/profile.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace azoth {

/// A statement about to run, or run.
struct execution_event {
    std::string_view sql{};
    std::string_view parameters{};        ///< for people; empty where they are hidden
    std::string_view operation{};         ///< OpenTelemetry's db.operation.name: "SELECT", "INSERT" ...
    const profile* server{};              ///< db.system.name and the like
    std::chrono::nanoseconds duration{};  ///< until the first row is there; zero before
    std::int64_t affected_rows{-1};
    const error* failure{};
    std::string_view name{};  ///< execution_options::name
};

/// What an engine tells of. Each may be empty; each is called on the thread that does the work and must not use the connection.
/// An exception from a handler passes to the caller.
struct event_handlers {
    std::function<void(const profile&)> connect{};
    std::function<void()> checkout{};
    std::function<void()> checkin{};
    std::function<void(std::string_view reason)> invalidate{};
    std::function<void(const execution_event&)> before_execute{};
    std::function<void(const execution_event&)> after_execute{};
    std::function<void()> begin{};
    std::function<void()> commit{};
    std::function<void()> rollback{};
    std::function<void(const execution_event&)> failed{};
    std::function<void(const server_message&)> message{};  ///< notices, and notifications of channels that a connection listens to
};

/// Keeps handlers registered; they go when it goes.
class subscription {
public:
    subscription() = default;
    explicit subscription(std::shared_ptr<const event_handlers> keep) noexcept : keep_{std::move(keep)} {}

private:
    std::shared_ptr<const event_handlers> keep_{};
};

}  // namespace azoth
