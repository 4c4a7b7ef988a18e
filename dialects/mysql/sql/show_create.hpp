#pragma once

#include "catalogue.hpp"

namespace azoth::mysql {

/// What SHOW CREATE TABLE says: the only way to know a temporary table, which the catalogue does not have, and periods before MariaDB 11.4.
/// Empty where it is no table.
std::optional<found_table> read_show_create(std::string_view name, std::string_view sql, const catalogue_place& place);

}  // namespace azoth::mysql
