#pragma once

#include "remote_worker.hpp"
#include "suite_result.hpp"

#include <azoth/conformance/case.hpp>
#include <azoth/url/url.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace azoth::conformance {

struct crew_options {
    std::vector<std::string> plugins{};
    std::size_t jobs{};  ///< 0: what suits the machine; a database in a file gets one, whatever is said
    std::chrono::milliseconds timeout{120'000};
    std::size_t repeat{1};
};

/// Runs cases on one database, in worker processes: what crashes, ends or hangs is one case, and the others go on.
class crew {
public:
    /// Starts the first worker and waits until it is connected. Throws std::runtime_error where it cannot be, with the worker's own words.
    crew(const url& target, crew_options options);

    [[nodiscard]] const tested_server& server() const noexcept { return server_; }
    /// Runs the cases, which have to outlive the crew, and tells of each as soon as its outcome is known. No new case starts once
    /// `is_over()` says so: then those that did not start are missing from the result. Once only.
    [[nodiscard]] suite_result run(std::span<const test_case> cases, const std::function<void(const case_result&)>& tell,
                                   const std::function<bool()>& is_over);
    /// What workers did wrong outside of cases: a sanitizer's report of leaks at the end, say.
    [[nodiscard]] const std::vector<std::string>& complaints() const noexcept { return complaints_; }

private:
    struct member {
        explicit member(const protocol::setup& to) : worker{to} {}
        remote_worker worker;
        bool is_connected{};
        bool is_gone{};
        std::string prefix{};                    ///< of what it makes in the database
        std::optional<std::size_t> busy_with{};  ///< which of the cases
        std::size_t runs_left{};
        deadline until{};
        std::string last_words{};
    };

    void start_member();
    void hand_out();
    void give_up();
    void give(member& to);
    void wait();
    void listen(member& to);
    void take(member& from, const protocol::answer& said);
    void settle(member& of, case_result result);
    void bury(member& dead, bool is_late);
    [[nodiscard]] std::string obituary(member& dead, bool is_late);
    [[nodiscard]] std::string sweep_after(const member& dead) const;
    void dismiss(member& m);

    url target_;
    crew_options options_;
    protocol::setup setup_;
    tested_server server_{};
    std::list<member> members_{};
    std::span<const test_case> cases_{};
    std::function<void(const case_result&)> tell_{};
    std::size_t next_{};
    std::vector<std::optional<case_result>> outcomes_{};
    std::size_t failed_starts_{};  ///< in a row
    std::string last_problem_{};
    std::vector<std::string> complaints_{};
};

}  // namespace azoth::conformance
