#pragma once

#include <sqlite3.h>

namespace azoth::sqlite {

/// Gives a connection what the rules for dates and times use: azoth_extract(part, moment), azoth_date_trunc(part, moment),
/// azoth_add_interval(moment, count, unit) and azoth_difference(later, earlier). Moments are texts as Azoth writes them; NULL gives NULL.
void register_moments(sqlite3* db);

}  // namespace azoth::sqlite
