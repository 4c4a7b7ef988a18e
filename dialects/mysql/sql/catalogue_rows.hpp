#pragma once

#include <azoth/dialect.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql {

/// A row of the catalogue: all of it as text, whatever the driver made of it.
using catalogue_row = std::vector<std::optional<std::string>>;

std::vector<catalogue_row> rows_of(executor& on, std::string_view sql, std::span<const cell> parameters = {});

/// What is NULL is empty.
const std::string& said(const std::optional<std::string>& text);

/// A name in backticks.
std::string quoted_name(std::string_view name);
std::string quoted_name(std::string_view schema, std::string_view name);

/// "?, ?, ?"
std::string question_marks(std::size_t count);

}  // namespace azoth::mysql
