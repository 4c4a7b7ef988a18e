// A further driver of the same dialect.
#include "test_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() {
    return std::make_unique<test_dialect>(azoth::dialect_info{.dialect = "alchemy", .driver = "silver"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "alchemy", .driver = "silver", .version = "0.9.0")
