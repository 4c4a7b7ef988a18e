#include <azoth/conformance/program.hpp>

#include "crew.hpp"
#include "matrix.hpp"
#include "next_steps.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "rerun.hpp"
#include "selection.hpp"
#include "worker.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <list>

namespace azoth::conformance {
namespace {

constexpr int usage_error = 2;
constexpr int interrupted_code = 130;

/// Set by a signal's handler: the first Ctrl-C lets running cases clean up, the second ends the program.
std::atomic<bool> is_interrupted{};

void on_interrupt(int) { is_interrupted = true; }

void watch_for_interrupts() {
    struct sigaction action {};
    action.sa_handler = &on_interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);  // a worker that has died is noticed when it does not answer
}

std::string counted(std::size_t cases) { return fmt::format("{} case{}", cases, cases == 1 ? "" : "s"); }

void list_cases(std::span<const test_case> cases) {
    for (const auto& c : cases) {
        const std::string claim = c.rests_on.name.empty() ? "" : fmt::format(" [{}]", c.rests_on.name);
        fmt::print("{}{}\n    {}\n", c.id, claim, c.expected);
    }
    fmt::print("{}\n", counted(cases.size()));
}

class program {
public:
    program(options said, std::span<const test_case> cases)
        : options_{std::move(said)}, cases_{cases}, screen_{screen::on(is_report_on_output() ? stderr : stdout)} {}

    int run() {
        connect();
        for (std::size_t i = 0; i < crews_.size(); ++i) run_one(i);
        const run_facts facts{.is_whole = options_.filters.empty() && !is_interrupted, .is_clean = is_clean()};
        for (const auto& order : options_.reports) write_report(order, results_, facts);
        print_summary();
        if (is_interrupted) return interrupted_code;
        return sum().failed == 0 && is_clean() ? 0 : 1;
    }

private:
    struct tested {
        url target;
        std::unique_ptr<crew> by;
    };

    /// All databases are open before the first case runs.
    void connect() {
        for (const auto& plugin : options_.plugins)
            if (!std::filesystem::exists(plugin))
                throw_error(errc::invalid_argument, fmt::format("--plugin {}: there is no such file", plugin));
        crew_options how;
        how.plugins = options_.plugins;
        how.jobs = options_.jobs;
        how.timeout = std::chrono::milliseconds{static_cast<std::int64_t>(options_.timeout * 1000)};
        how.repeat = options_.repeat;
        for (const auto& text : options_.urls) {
            const url target = url::parse(text);
            crews_.push_back({target, std::make_unique<crew>(target, how)});
        }
    }
    void run_one(std::size_t i) {
        tested& t = crews_[i];
        const auto& server = t.by->server();
        fmt::print(screen_.out, "{}: {}, {}\n", t.target.to_string(), server.versions.at("server"), counted(cases_.size()));
        progress line{screen_, server.name(), cases_.size(),
                      [&](const case_result& c) { return rerun_command(options_.program, t.target, options_.plugins, c.id); }};
        results_.push_back(t.by->run(
            cases_, [&](const case_result& c) { line.tell(c); }, [] { return is_interrupted.load(); }));
    }
    /// Then whoever reads that wants nothing else there.
    [[nodiscard]] bool is_report_on_output() const {
        return std::any_of(options_.reports.begin(), options_.reports.end(), [](const auto& order) { return order.file == "-"; });
    }
    [[nodiscard]] tally sum() const {
        tally all;
        for (const auto& r : results_)
            for (const auto& c : r.cases) all.add(c.how);
        return all;
    }
    [[nodiscard]] bool is_clean() const {
        return std::all_of(crews_.begin(), crews_.end(), [](const auto& t) { return t.by->complaints().empty(); });
    }
    void print_summary() const {
        const matrix m = make_matrix(results_);
        if (options_.is_matrix) fmt::print(screen_.out, "\n{}", table_text(m, screen_.in_colour));
        if (const std::string declined = declined_text(m, results_); !declined.empty()) fmt::print(screen_.out, "\n{}", declined);
        for (const auto& t : crews_)
            for (const auto& complaint : t.by->complaints()) fmt::print(screen_.out, "\n{}: {}\n", t.target.to_string(), complaint);
        for (std::size_t i = 0; i < results_.size(); ++i)
            for (const auto& c : results_[i].cases)
                if (is_failure(c.how)) fmt::print(screen_.out, "{}: {} on {}\n", word_of(c.how), c.id, m.names[i]);
        for (std::size_t i = 0; i < results_.size(); ++i)
            if (const std::string next = next_steps_text(m.names[i], results_[i]); !next.empty()) fmt::print(screen_.out, "\n{}", next);
        if (is_interrupted) fmt::print(screen_.out, "interrupted: {} did not run\n", counted(cases_.size() * crews_.size() - total()));
        fmt::print(screen_.out, "\n{}\n", sum().line());
    }
    [[nodiscard]] std::size_t total() const {
        const tally all = sum();
        return all.passed + all.failed + all.declined;
    }

    options options_;
    std::span<const test_case> cases_;
    screen screen_;
    std::vector<tested> crews_{};
    std::vector<suite_result> results_{};
};

int run(int argc, const char* const* argv, std::span<const test_case> own) {
    int exit_code{};
    const auto said = read_options(argc, argv, exit_code);
    if (!said) return exit_code;
    const auto all = join_cases(own);
    if (said->is_worker) return run_worker(all);
    const auto chosen = select_cases(all, said->filters);
    if (said->is_list) {
        list_cases(chosen);
        return 0;
    }
    watch_for_interrupts();
    return program{*said, chosen}.run();
}

}  // namespace

int run_program(int argc, const char* const* argv, std::span<const test_case> own) {
    try {
        return run(argc, argv, own);
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth-conformance: {}\n", e.what());
        return usage_error;
    }
}

}  // namespace azoth::conformance
