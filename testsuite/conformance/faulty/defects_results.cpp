// What happens to rows, their columns, and their number.
#include "defect.hpp"

#include <algorithm>
#include <utility>

namespace azoth::faulty {
namespace {

class swaps_returned_rows final : public defect {
    void order(std::vector<std::vector<cell>>& rows) override {
        if (rows.size() > 1) std::swap(rows.front(), rows.back());
    }
};

/// As a buffer of 50 rows does whose end is read wrong.
class loses_last_of_block final : public defect {
    bool arrives(std::size_t row) override { return row % 50 != 49; }
};

class miscounts_rows final : public defect {
    std::int64_t affected(std::int64_t rows) override { return rows > 0 ? rows - 1 : rows; }
};

class lowers_column_names final : public defect {
    void name_column(std::string& name) override {
        std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    }
};

class buffers_results final : public defect {
    bool streams() override { return false; }
};

constexpr named_defect list[] = {
    {"swaps-returned-rows", &make<swaps_returned_rows>}, {"loses-last-of-block", &make<loses_last_of_block>},
    {"miscounts-rows", &make<miscounts_rows>},           {"lowers-column-names", &make<lowers_column_names>},
    {"buffers-results", &make<buffers_results>},
};

}  // namespace

std::span<const named_defect> result_defects() { return list; }

}  // namespace azoth::faulty
