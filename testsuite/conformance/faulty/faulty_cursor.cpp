#include "faulty_cursor.hpp"

#include <algorithm>

namespace azoth::faulty {

std::span<const column_info> faulty_cursor::columns() const {
    const auto all = inner_.columns();
    columns_.assign(all.begin(), all.end());
    for (auto& column : columns_) defect_.name_column(column.name);
    return columns_;
}

void faulty_cursor::read_ahead() {
    if (defect_.streams()) return;
    std::vector<cell> row(inner_.columns().size());
    while (!row.empty() && inner_.fetch(row, 1) == 1)
        for (const cell& c : row) buffered_.push_back(received_.copy(c));
}

std::size_t faulty_cursor::fetch_buffered(std::span<cell> out, std::size_t max_rows) {
    const std::size_t width = inner_.columns().size();
    if (width == 0) return 0;
    const std::size_t count = std::min(max_rows * width, buffered_.size() - next_);
    std::copy_n(buffered_.begin() + static_cast<std::ptrdiff_t>(next_), count, out.begin());
    next_ += count;
    return count / width;
}

std::size_t faulty_cursor::fetch(std::span<cell> out, std::size_t max_rows) {
    if (!defect_.streams()) return fetch_buffered(out, max_rows);
    received_.clear();
    const std::size_t width = inner_.columns().size();
    while (const std::size_t count = inner_.fetch(out, std::min<std::size_t>(max_rows, 1))) {
        if (!defect_.arrives(rows_++)) continue;
        for (cell& c : out.first(width)) defect_.receive(c, received_);
        return count;
    }
    return 0;
}

}  // namespace azoth::faulty
