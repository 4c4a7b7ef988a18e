#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace azoth::command {

/// Tells how far long work is, on standard error: a line that is drawn anew on a terminal, a line now and then in a pipe.
class progress_bar {
public:
    progress_bar(std::string title, std::int64_t total);
    ~progress_bar();
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void show(std::int64_t done);
    /// The last line, which stays.
    void finish(std::int64_t done);

private:
    using clock = std::chrono::steady_clock;
    [[nodiscard]] std::string line(std::int64_t done, std::size_t width) const;

    std::string title_;
    std::int64_t total_;
    bool is_terminal_;
    bool is_drawn_{};
    clock::time_point started_{clock::now()};
    clock::time_point shown_{};
};

/// "1,234,567"
std::string grouped(std::int64_t number);

}  // namespace azoth::command
