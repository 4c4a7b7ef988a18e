// Compiled against headers in which the claims that were added last are still spare places.
#include "working_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() {
    return std::make_unique<working_dialect>(azoth::dialect_info{.dialect = "older", .driver = "minor"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "older", .driver = "minor", .version = "1.0.0", .is_default_driver = true)
