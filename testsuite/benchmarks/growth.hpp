#pragma once

#include <cstddef>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// How a figure grows with `x`, one value of it.
struct growth_point {
    std::string plot{};
    std::size_t x{};
    std::string series{};
    std::string unit{};
    double median{};
    double lower{};  ///< the quartiles
    double upper{};
};

/// One line of a plot: each call of `once` is a round, and gives one value.
struct growth_line {
    std::string series{};
    std::function<double()> once{};
};

/// Collects the points of all plots, and prints each as soon as there is one.
class growth_record {
public:
    explicit growth_record(bool quick) noexcept : quick_{quick} {}

    /// Fewer rounds, and smaller ends of the curves.
    [[nodiscard]] bool is_quick() const noexcept { return quick_; }
    /// Runs the lines in turn, a round each to warm up and then until their values are settled or time is up.
    void measure(const std::string& plot, const std::string& unit, std::size_t x, const std::vector<growth_line>& lines);
    /// A point whose values were got otherwise, at least one.
    void add(const std::string& plot, const std::string& unit, std::size_t x, const std::string& series, std::vector<double> values);
    [[nodiscard]] const std::vector<growth_point>& points() const noexcept { return points_; }

private:
    bool quick_;
    std::vector<growth_point> points_{};
};

// The curves. `folder` is for files, which are theirs.
void grow_rows(growth_record& to, const std::string& folder);
void grow_columns(growth_record& to);
void grow_flush(growth_record& to);
void grow_pool(growth_record& to);
void grow_statements(growth_record& to);

/// from, from * factor, ... up to the last that is not above `to`.
inline std::vector<std::size_t> growing(std::size_t from, std::size_t to, std::size_t factor) {
    std::vector<std::size_t> all;
    for (; from <= to; from *= factor) all.push_back(from);
    return all;
}

/// Nanoseconds of this thread's processor time that one of `operations` takes in `work`: SQLite runs in it and waits for nobody, and what
/// else the machine does meanwhile must not look like growth.
template <class F>
double processor_time_of(std::size_t operations, F&& work) {
    const auto now = [] {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
    };
    const double start = now();
    work();
    return (now() - start) / static_cast<double>(operations);
}

/// How often to do something of this size so that a round is long enough to be timed.
inline std::size_t times(std::size_t work, std::size_t size) { return size < work ? work / size : 1; }

}  // namespace bench
