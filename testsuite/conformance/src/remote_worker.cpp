#include "remote_worker.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace azoth::conformance {
namespace {

/// A sanitizer's report, say, and not a flood.
constexpr std::size_t kept_output = 8000;

}  // namespace

remote_worker::remote_worker(const protocol::setup& to) : process_{{"azoth-conformance", "--worker"}}, answers_{process_.answers()} {
    protocol::command first;
    first.setup = to;
    send(first);
}

std::optional<protocol::answer> remote_worker::next_answer() {
    if (const auto line = answers_.line()) return protocol::decode_answer(*line);
    return std::nullopt;
}

std::optional<protocol::answer> remote_worker::wait_for_answer(const deadline& until) {
    for (;;) {
        if (auto said = next_answer()) return said;
        if (is_at_end_) return std::nullopt;
        std::array<pollfd, 2> ends{{{process_.answers(), POLLIN, 0}, {process_.output(), POLLIN, 0}}};
        const int ready = ::poll(ends.data(), ends.size(), static_cast<int>(until.remaining().count()));
        if (ready == 0) return std::nullopt;
        if (ready < 0) continue;
        if (ends[1].revents != 0) read_output();
        if (ends[0].revents != 0) read_answers();
    }
}

void remote_worker::read_output() {
    std::array<char, 4096> block;
    const auto size = ::read(process_.output(), block.data(), block.size());
    if (size <= 0) {
        process_.close_output();
        return;
    }
    output_.append(block.data(), static_cast<std::size_t>(size));
    if (output_.size() > 2 * kept_output) output_.erase(0, output_.size() - kept_output);
}

std::string remote_worker::take_output() {
    for (pollfd end{process_.output(), POLLIN, 0}; end.fd >= 0 && ::poll(&end, 1, 0) > 0; end.fd = process_.output()) read_output();
    std::string tail = std::exchange(output_, {});
    if (tail.size() > kept_output) tail.erase(0, tail.size() - kept_output);
    while (!tail.empty() && tail.back() == '\n') tail.pop_back();
    return tail;
}

}  // namespace azoth::conformance
