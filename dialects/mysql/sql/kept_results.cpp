#include "kept_results.hpp"

#include <algorithm>

namespace azoth::mysql {

std::size_t kept_rows::take(std::span<cell> out, std::size_t max_rows) noexcept {
    if (width_ == 0) return 0;
    const std::size_t rows = std::min({max_rows, out.size() / width_, count() - next_});
    std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(next_ * width_), rows * width_, out.begin());
    next_ += rows;
    return rows;
}

void kept_results::clear() noexcept {
    results_.clear();
    at_ = 0;
}

kept_rows& kept_results::add(std::span<const column_info> columns) {
    results_.push_back({std::vector(columns.begin(), columns.end()), kept_rows{columns.size()}});
    return results_.back().rows;
}

std::span<const column_info> kept_results::columns() const noexcept {
    return at_ < results_.size() ? std::span<const column_info>{results_[at_].columns} : std::span<const column_info>{};
}

std::size_t kept_results::take(std::span<cell> out, std::size_t max_rows) noexcept {
    return at_ < results_.size() ? results_[at_].rows.take(out, max_rows) : 0;
}

bool kept_results::next() noexcept {
    at_ = std::min(at_ + 1, results_.size());
    return at_ < results_.size();
}

}  // namespace azoth::mysql
