#include "test_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() { return nullptr; }
}  // namespace

AZOTH_PLUGIN(make, .dialect = "empty", .driver = "factory", .version = "1.0.0", .is_default_driver = true)
