#include "crew.hpp"

#include <azoth/azoth.hpp>
#include <azoth/base/utf8.hpp>

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace azoth::conformance {
namespace {

using namespace std::chrono_literals;

constexpr auto patience_for_connecting = 60s;
/// A case that hangs is asked first: then it can say where it is.
constexpr auto patience_for_last_words = 2s;
constexpr auto patience_for_ending = 30s;
constexpr auto patience_for_sweeping = 60s;
/// So often in a row a worker may fail to start before the cases that are left are given up.
constexpr std::size_t most_failed_starts = 3;

std::size_t suitable_jobs(const tested_server& server, std::size_t said) {
    // Who writes to a file locks all of it: cases would see each other's locks, and fail.
    if (server.is_embedded) return 1;
    return said > 0 ? said : std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
}

double seconds_of(std::chrono::milliseconds span) { return std::chrono::duration<double>(span).count(); }

void append_output(std::string& to, std::string output) {
    if (output.empty()) return;
    if (!is_valid_utf8(output))
        for (char& c : output)
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    to += "\nit printed:\n" + output;
}

}  // namespace

crew::crew(const url& target, crew_options options)
    : target_{target},
      options_{std::move(options)},
      setup_{target.to_string(url::secrets::shown), options_.plugins, seconds_of(options_.timeout)} {
    start_member();
    member& first = members_.front();
    const auto said = first.worker.wait_for_answer(first.until);
    if (said) take(first, *said);
    if (first.is_connected) {
        server_ = *said->server;
        options_.jobs = suitable_jobs(server_, options_.jobs);
        return;
    }
    std::string why = first.last_words;
    if (!said) {
        why = fmt::format("{}: the process that connects ended {}", target_.to_string(), first.worker.process().wait({}));
        append_output(why, first.worker.take_output());
    }
    throw std::runtime_error{why};
}

void crew::start_member() {
    members_.emplace_back(setup_);
    members_.back().until = deadline::after(patience_for_connecting);
}

suite_result crew::run(std::span<const test_case> cases, const std::function<void(const case_result&)>& tell,
                       const std::function<bool()>& is_over) {
    cases_ = cases;
    tell_ = tell;
    outcomes_.resize(cases.size());
    const auto is_busy = [](const member& m) { return m.busy_with.has_value(); };
    for (;;) {
        if (!is_over()) hand_out();
        const bool more = next_ < cases_.size() && !is_over();
        if (!more && std::none_of(members_.begin(), members_.end(), is_busy)) break;
        wait();
        for (auto& m : members_) listen(m);
        std::erase_if(members_, [](const member& m) { return m.is_gone; });
    }
    for (auto& m : members_) dismiss(m);
    members_.clear();
    suite_result all{server_, {}};
    for (auto& o : outcomes_)
        if (o) all.cases.push_back(std::move(*o));
    return all;
}

void crew::hand_out() {
    if (members_.empty() && failed_starts_ >= most_failed_starts) return give_up();
    for (auto& m : members_)
        if (m.is_connected && !m.busy_with && next_ < cases_.size()) give(m);
    const auto is_coming = [](const member& m) { return !m.is_connected; };
    const auto coming = static_cast<std::size_t>(std::count_if(members_.begin(), members_.end(), is_coming));
    for (auto more = coming; more < cases_.size() - next_ && members_.size() < options_.jobs; ++more) start_member();
}

void crew::give_up() {
    for (; next_ < cases_.size(); ++next_) {
        outcomes_[next_] =
            case_result{std::string{cases_[next_].id}, outcome::fail, 0,
                        fmt::format("did not run: the last {} workers could not connect: {}", failed_starts_, last_problem_)};
        tell_(*outcomes_[next_]);
    }
}

void crew::give(member& to) {
    if (!to.busy_with) {
        to.busy_with = next_++;
        to.runs_left = options_.repeat;
    }
    to.until = deadline::after(options_.timeout);
    protocol::command c;
    c.run = cases_[*to.busy_with].id;
    to.worker.send(c);
}

void crew::wait() {
    std::vector<pollfd> ends;
    std::chrono::milliseconds longest = 1s;  // a signal may have come just before
    for (auto& m : members_) {
        ends.push_back({m.worker.process().answers(), POLLIN, 0});
        ends.push_back({m.worker.process().output(), POLLIN, 0});
        if (m.busy_with || !m.is_connected) longest = std::min(longest, m.until.remaining());
    }
    if (::poll(ends.data(), ends.size(), static_cast<int>(longest.count())) <= 0) return;
    std::size_t i = 0;
    for (auto& m : members_) {
        if (ends[i++].revents != 0) m.worker.read_answers();
        if (ends[i++].revents != 0) m.worker.read_output();
    }
}

void crew::listen(member& to) {
    while (const auto said = to.worker.next_answer()) {
        take(to, *said);
        if (to.is_gone) return;
    }
    if (!to.last_words.empty() || to.worker.is_at_end()) return bury(to, false);
    if ((to.busy_with || !to.is_connected) && to.until.has_passed()) bury(to, true);
}

void crew::take(member& from, const protocol::answer& said) {
    if (said.server) {
        from.is_connected = true;
        from.prefix = said.prefix;
        failed_starts_ = 0;
    }
    if (!said.error.empty()) from.last_words = said.error;
    if (said.result && said.is_dying) from.last_words = said.result->message;
    else if (said.result) settle(from, *said.result);
}

void crew::settle(member& of, case_result result) {
    (void)of.worker.take_output();
    if (result.how == outcome::pass && of.runs_left > 1) {
        --of.runs_left;
        return give(of);
    }
    const std::size_t which = *of.busy_with;
    of.busy_with.reset();
    outcomes_[which] = std::move(result);
    tell_(*outcomes_[which]);
    // The next case starts in a process that has seen no failure.
    if (is_failure(outcomes_[which]->how) && !of.is_gone) dismiss(of);
}

void crew::bury(member& dead, bool is_late) {
    if (!dead.is_connected) {
        ++failed_starts_;
        last_problem_ = dead.last_words.empty() ? "no answer" : dead.last_words;
        dead.is_gone = true;
    } else if (!dead.busy_with) {
        dismiss(dead);
    } else {
        const std::size_t which = *dead.busy_with;
        std::string message = obituary(dead, is_late);
        dead.is_gone = true;
        const double seconds = seconds_of(options_.timeout) - seconds_of(dead.until.remaining());
        settle(dead, {std::string{cases_[which].id}, outcome::fail, seconds, std::move(message)});
    }
}

std::string crew::obituary(member& dead, bool is_late) {
    std::string how;
    if (is_late) {
        dead.worker.process().signal(SIGTERM);
        if (const auto said = dead.worker.wait_for_answer(deadline::after(patience_for_last_words)); said && said->is_dying)
            take(dead, *said);
        dead.worker.process().wait({});
        how = fmt::format("the case did not end within {:.3g} s", seconds_of(options_.timeout));
    } else {
        how = fmt::format("the case's process ended {}", dead.worker.process().wait(patience_for_last_words));
    }
    if (dead.last_words.empty()) dead.last_words = fmt::format("expected: {}", cases_[*dead.busy_with].expected);
    std::string message = how + "\n" + dead.last_words;
    append_output(message, dead.worker.take_output());
    return message + sweep_after(dead);
}

std::string crew::sweep_after(const member& dead) const {
    remote_worker sweeper{setup_};
    const deadline until = deadline::after(patience_for_sweeping);
    protocol::command c;
    c.sweep = dead.prefix;
    auto said = sweeper.wait_for_answer(until);
    if (said && said->server) {
        sweeper.send(c);
        said = sweeper.wait_for_answer(until);
    }
    if (!said || !said->swept) return fmt::format("\nleft behind: perhaps, what is named {}…", dead.prefix);
    std::string text;
    for (const auto& left : *said->swept) text += "\nleft behind: " + left;
    return text;
}

void crew::dismiss(member& m) {
    m.is_gone = true;
    m.worker.process().close_commands();
    (void)m.worker.wait_for_answer(deadline::after(patience_for_ending));  // none comes: it waits for the end, and takes what is printed
    const std::string how = m.worker.process().wait({});
    if (m.worker.process().ended_well()) return;
    std::string complaint = fmt::format("a worker ended {}, outside of any case", how);
    append_output(complaint, m.worker.take_output());
    complaints_.push_back(std::move(complaint));
}

}  // namespace azoth::conformance
