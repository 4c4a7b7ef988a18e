#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <random>
#include <vector>

namespace bench {

/// What came of a measurement over all rounds.
struct spread {
    double min{};
    double lower{};  ///< the quartiles
    double median{};
    double upper{};
    double max{};
};

/// Of at least one value.
inline spread spread_of(std::vector<double> values) {
    std::ranges::sort(values);
    const auto quantile = [&](double q) {
        return values[static_cast<std::size_t>(std::lround(q * static_cast<double>(values.size() - 1)))];
    };
    return {values.front(), quantile(0.25), quantile(0.5), quantile(0.75), values.back()};
}

/// In which order the sides of a comparison take their turns, round by round: the same orders each time.
class turns {
public:
    explicit turns(std::size_t sides) : order_(sides) { std::iota(order_.begin(), order_.end(), std::size_t{0}); }
    /// The next round's. Two alternate, more are shuffled: nobody always finds the caches as the same other leaves them.
    const std::vector<std::size_t>& next() {
        if (order_.size() == 2) std::ranges::reverse(order_);
        else std::ranges::shuffle(order_, chance_);
        return order_;
    }

private:
    std::mt19937 chance_{8};
    std::vector<std::size_t> order_;
};

}  // namespace bench
