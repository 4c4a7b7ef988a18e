#include "unnest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::postgresql {

std::string unnest_sql(const batch_plan& plan, const target_table& target) {
    constexpr std::string_view tail = "VALUES ";
    std::string sql = plan.prefix.substr(0, plan.prefix.size() - tail.size()) + "SELECT ";
    std::string arrays;
    std::string names;
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        const std::string_view comma = i == 0 ? "" : ", ";
        fmt::format_to(std::back_inserter(names), "{}c{}", comma, i + 1);
        fmt::format_to(std::back_inserter(arrays), "{}${}::pg_catalog.{}[]", comma, i + 1, type_name_of(target.columns[i]));
    }
    return fmt::format("{}{} FROM unnest({}) WITH ORDINALITY AS azoth_rows ({}, ordinal) ORDER BY ordinal{}", sql, names, arrays, names,
                       plan.suffix);
}

std::span<const std::string_view> column_arrays::make(std::span<const cell> rows, std::size_t count) {
    const std::size_t width = writers_.size();
    views_.clear();
    for (std::size_t column = 0; column < width; ++column) {
        binary_writer& to = writers_[column];
        const Oid type = target_.columns[column];
        bool has_null = false;
        to.clear();
        to.put(std::int32_t{1});  // dimensions
        to.put(std::int32_t{0});  // whether there are NULLs
        to.put(static_cast<std::int32_t>(type));
        to.put(static_cast<std::int32_t>(count));
        to.put(std::int32_t{1});  // where it starts
        for (std::size_t row = 0; row < count; ++row) {
            const cell& value = rows[row * width + column];
            has_null = has_null || value.is_null();
            to.put_value(value, type, column);
        }
        if (has_null) to.patch(4, 1);
        views_.push_back(to.view());
    }
    return views_;
}

}  // namespace azoth::postgresql
