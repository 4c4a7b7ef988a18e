// The default driver of a dialect with aliases. Its copies, cut and patched, are most of the bad plugins.
#include "test_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() {
    return std::make_unique<test_dialect>(azoth::dialect_info{.dialect = "alchemy", .driver = "gold"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "alchemy", .driver = "gold", .version = "1.2.3", .aliases = "alchemist chymistry",
             .client_library = "libgold 4", .is_default_driver = true)
