#pragma once

#include "child_process.hpp"
#include "line_reader.hpp"
#include "protocol.hpp"

#include <azoth/base/deadline.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace azoth::conformance {

/// A worker process, seen from the coordinator.
class remote_worker {
public:
    /// Starts the process and tells it where the database is; `server()` says when it is connected.
    explicit remote_worker(const protocol::setup& to);

    /// Waits until it has something to say; nothing once it is gone or the deadline has passed.
    [[nodiscard]] std::optional<protocol::answer> wait_for_answer(const deadline& until);
    /// What it has said and nobody has read; does not wait.
    [[nodiscard]] std::optional<protocol::answer> next_answer();
    /// Reads from its pipes what there is.
    void read_answers() { is_at_end_ = !answers_.read_some(); }
    void read_output();

    void send(const protocol::command& c) noexcept { (void)process_.send(protocol::encode(c)); }
    [[nodiscard]] bool is_at_end() const noexcept { return is_at_end_; }
    [[nodiscard]] child_process& process() noexcept { return process_; }
    [[nodiscard]] const child_process& process() const noexcept { return process_; }
    /// The end of what it has printed since it was asked last.
    [[nodiscard]] std::string take_output();

private:
    child_process process_;
    line_reader answers_;
    std::string output_{};
    bool is_at_end_{};
};

}  // namespace azoth::conformance
