#pragma once

#include "defect.hpp"

#include <vector>

namespace azoth::faulty {

/// The rows of a batch, on their way to the database.
class faulty_source final : public row_source {
public:
    faulty_source(defect& by, row_source& inner, std::size_t width) : defect_{by}, inner_{inner}, width_{width} {}

    std::size_t fill(std::span<cell> out, std::size_t max_rows) override {
        memory_.clear();
        const std::size_t rows = inner_.fill(out, max_rows);
        for (cell& c : out.first(rows * width_)) defect_.send(c, memory_);
        return rows;
    }
    [[nodiscard]] std::optional<std::size_t> remaining() const override { return inner_.remaining(); }

private:
    defect& defect_;
    row_source& inner_;
    std::size_t width_;
    arena memory_{};
};

/// The rows that a batch returns: kept until all are there, so that their order can be wrong.
class faulty_sink final : public row_sink {
public:
    explicit faulty_sink(defect& by) : defect_{by} {}

    void row(std::span<const cell> cells) override {
        auto& kept = rows_.emplace_back(cells.begin(), cells.end());
        for (cell& c : kept) {
            c = memory_.copy(c);
            defect_.receive(c, memory_);
        }
    }
    void pass_on(row_sink& to) {
        defect_.order(rows_);
        for (const auto& r : rows_) to.row(r);
    }

private:
    defect& defect_;
    std::vector<std::vector<cell>> rows_{};
    arena memory_{};
};

}  // namespace azoth::faulty
