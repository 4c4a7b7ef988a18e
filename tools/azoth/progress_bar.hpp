#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

namespace azoth::command {

/// Tells how far long work is, on standard error: a line that is drawn anew on a terminal, a line now and then in a pipe.
class progress_bar {
public:
    progress_bar(std::string title, std::int64_t total, std::string unit = "rows");
    ~progress_bar();
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void show(std::int64_t done);
    /// What is being worked on; shown where there is room.
    void at(std::string what) { at_ = std::move(what); }
    /// The last line, which stays.
    void finish(std::int64_t done);

private:
    using clock = std::chrono::steady_clock;
    struct sample {
        clock::time_point when{};
        std::int64_t done{};
    };
    [[nodiscard]] std::string line(std::int64_t done, std::size_t width) const;

    void draw(const std::string& line, std::size_t width);

    std::string title_;
    std::string unit_;
    std::string at_{};
    std::int64_t total_;
    bool is_terminal_;
    std::size_t drawn_{};  ///< columns of what is on the terminal; 0: nothing
    clock::time_point started_{clock::now()};
    clock::time_point shown_{};
    std::deque<sample> recent_{};  ///< the rate is the last seconds': what an earlier run has done does not count
};

/// "1,234,567"
std::string grouped(std::int64_t number);

}  // namespace azoth::command
