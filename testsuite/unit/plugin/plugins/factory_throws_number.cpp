#include "test_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() { throw 42; }
}  // namespace

AZOTH_PLUGIN(make, .dialect = "throwing", .driver = "number", .version = "1.0.0")
