#include <azoth/driver/buffered_rows.hpp>

#include "fetch_room.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {

void row_buffer::start(std::size_t width) {
    cells_.clear();
    copies_.clear();
    width_ = width;
    next_ = 0;
}

std::span<cell> row_buffer::next_row() {
    cells_.resize(cells_.size() + width_);
    return std::span{cells_}.last(width_);
}

void row_buffer::keep() {
    for (cell& c : std::span{cells_}.last(width_)) c = copies_.copy(c);
}

void row_buffer::add(std::span<const cell> row) {
    if (row.size() != width_)
        throw_error(errc::internal,
                    fmt::format("a row of {} values in a result of {} columns: the driver has said another width", row.size(), width_));
    std::copy(row.begin(), row.end(), next_row().begin());
    keep();
}

std::size_t row_buffer::fetch(std::span<cell> out, std::size_t max_rows) noexcept {
    if (width_ == 0) return 0;
    const std::size_t rows = std::min({max_rows, out.size() / width_, (cells_.size() - next_) / width_});
    std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(next_), rows * width_, out.begin());
    next_ += rows * width_;
    return rows;
}

void buffered_result::start(std::vector<column_info> columns) {
    rows_.start(columns.size());
    columns_ = std::move(columns);
    affected_ = -1;
    last_id_.reset();
    open_ = true;
}

std::size_t buffered_result::fetch(std::span<cell> out, std::size_t max_rows) {
    if (!open_ || max_rows == 0) return 0;
    detail::check_room(out, columns_.size());
    return rows_.fetch(out, max_rows);
}

void buffered_result::close() noexcept {
    open_ = false;
    rows_.start(0);
}

}  // namespace azoth
