#include "connection.hpp"

namespace @name@_dialect {

// A class of azoth::reflector: `has_table` and `table_names` to begin with, then `read`, by a number of queries that does not depend on how
// many tables there are. catalogue_rows_of runs a query of the catalogue.
std::unique_ptr<azoth::reflector> make_reflector(azoth::executor&) { return nullptr; }

}  // namespace @name@_dialect
