#pragma once

#include "copy_lock.hpp"
#include "copy_numbers.hpp"
#include "copy_selection.hpp"
#include "copy_table.hpp"
#include "inspect.hpp"
#include "progress_bar.hpp"

#include <azoth/azoth.hpp>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {

struct copy_options {
    std::string source{};
    std::string target{};
    std::string schema{};
    std::vector<std::string> tables{};  ///< empty: all, and views and sequences
    int jobs{1};                        ///< tables at a time
    bool verify{};
    bool strict{};  ///< not where something would be lost
};

/// Ctrl-C: what has been committed stays, and is gone on with.
struct stopped : std::runtime_error {
    using runtime_error::runtime_error;
};
constexpr int stopped_by_user = 130;

/// Copies a database, in steps of which each finds what an interrupted run has done. What it is given has to outlive it.
class copier {
public:
    /// Throws std::runtime_error where a wanted table is not there.
    copier(const copy_options& options, const engine& source, const engine& target);

    /// Has `run` end with `stopped` at the next batch; where no rows are on their way, or asked for again, the program ends at once: what
    /// it leaves can be gone on with all the same. From any thread.
    void stop();
    void run();

private:
    [[nodiscard]] reflection_request request() const;
    void check_wanted() const;
    [[nodiscard]] std::string target_schema() const;
    [[nodiscard]] schema_definition read_target() const;
    [[nodiscard]] std::string_view common_family() const;
    void announce() const;
    void marker_of(bool there) const;
    void refuse_another() const;
    void look_at_rows();
    void begin();
    void leave_sequences_there();
    void create() const;
    void move();
    void run_jobs(const std::vector<moving_table>& tables, progress_bar& bar);
    void finish() const;

    const copy_options& options_;
    const engine& source_;
    const engine& target_;
    inspected from_;
    std::string target_name_;  ///< as it was typed: the engine's URL may say more
    std::optional<copy_lock> alone_{};
    shared_rows shared_;
    schema_definition selected_;
    counted_numbers numbers_;
    profile server_{};
    std::string family_{};
    portable_schema made_{};
    std::vector<moving_table> tables_{};
    std::int64_t done_{};
    std::atomic<bool> is_moving_{};
    std::atomic<bool> is_stopped_{};
};

}  // namespace azoth::command
