#include <azoth/schema/catalogue_rows.hpp>

#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include <fmt/format.h>

#include <charconv>

namespace azoth {
namespace {

class catalogue_keeper final : public row_sink {
public:
    void row(std::span<const cell> cells) override { found.emplace_back(cells); }
    std::vector<catalogue_row> found{};
};

}  // namespace

catalogue_row::catalogue_row(std::span<const cell> cells) {
    for (const cell& c : cells) cells_.push_back(c.is_null() ? std::nullopt : std::optional{display(c)});
}

const std::optional<std::string>& catalogue_row::at(std::size_t column) const {
    if (column >= cells_.size())
        throw_error(errc::internal,
                    fmt::format("a query of the catalogue gives {} columns, and column {} of it is read: the dialect's query is too short",
                                cells_.size(), column + 1));
    return cells_[column];
}

const std::string& catalogue_row::text(std::size_t column) const {
    static const std::string nothing;
    const auto& cell = at(column);
    return cell ? *cell : nothing;
}

std::int64_t catalogue_row::number(std::size_t column) const {
    const std::string& digits = text(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::vector<catalogue_row> catalogue_rows_of(executor& on, std::string_view sql, std::span<const cell> parameters) {
    catalogue_keeper rows;
    on.run(sql, parameters, &rows);
    return std::move(rows.found);
}

std::vector<catalogue_row> catalogue_rows_of(executor& on, const node& statement) {
    catalogue_keeper rows;
    on.run(statement, &rows);
    return std::move(rows.found);
}

}  // namespace azoth
