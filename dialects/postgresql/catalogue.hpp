#pragma once

#include <azoth/dialect.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// A row of the catalogue, whose columns are read one after another. NULL is empty, 0 and false.
class catalogue_row {
public:
    explicit catalogue_row(std::span<const cell> cells) noexcept : rest_{cells} {}

    [[nodiscard]] std::string text();
    [[nodiscard]] std::int64_t number();
    [[nodiscard]] bool flag() { return number() != 0; }
    /// One of the letters by which the catalogue tells kinds apart; '\0' for none.
    [[nodiscard]] char letter();
    [[nodiscard]] std::vector<std::string> list();
    void skip(std::size_t columns) noexcept { rest_ = rest_.subspan(columns); }

private:
    const cell& next() noexcept;
    std::span<const cell> rest_;
};

/// Runs a query of the catalogue.
void each_row(executor& on, std::string_view sql, std::span<const cell> parameters, const std::function<void(catalogue_row&)>& take);

/// An array to be bound; lives as long as its cell is used.
class array_parameter {
public:
    explicit array_parameter(const std::vector<std::string>& texts);
    explicit array_parameter(const std::vector<std::int64_t>& numbers);
    array_parameter(const array_parameter&) = delete;
    array_parameter& operator=(const array_parameter&) = delete;
    [[nodiscard]] const cell& get() const noexcept { return array_; }

private:
    arena scratch_{};
    cell array_{};
};

}  // namespace azoth::postgresql
