#pragma once

#include "catalogue.hpp"

namespace azoth::mysql {

/// Tables and views with all that belongs to them, by a fixed number of queries. `names` empty: all.
std::vector<found_table> find_tables(executor& on, const catalogue_place& place, const std::vector<std::string>& names);

/// SQL of the catalogue's as our sessions read it; `escaped`: where MySQL escapes it once more.
std::string own_sql(const catalogue_place& place, std::string_view sql, bool escaped);

}  // namespace azoth::mysql
