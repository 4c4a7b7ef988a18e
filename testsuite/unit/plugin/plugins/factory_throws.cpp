#include "test_dialect.hpp"

#include <stdexcept>

namespace {
std::unique_ptr<azoth::dialect> make() { throw std::runtime_error("the philosopher's stone is missing"); }
}  // namespace

AZOTH_PLUGIN(make, .dialect = "throwing", .driver = "factory", .version = "1.0.0", .is_default_driver = true)
