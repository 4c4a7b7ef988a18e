#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::mysql::connector {

/// What an INSERT says of its table.
struct insert_shape {
    std::string table{};                 ///< as it is written there
    std::vector<std::string> columns{};  ///< unquoted
    bool names_columns{};
    bool may_update{};  ///< ON DUPLICATE KEY UPDATE, IGNORE
};

/// Reads "INSERT INTO t (a, b) ..."; std::nullopt where it is of another form.
std::optional<insert_shape> read_insert(std::string_view sql);

/// Of an INSERT, REPLACE or DELETE with RETURNING: a SELECT of what it returns, of no row. std::nullopt for other statements.
std::optional<std::string> select_of_returning(std::string_view sql);

}  // namespace azoth::mysql::connector
