// Built against a framework that has a function which this one has not.
#include "test_dialect.hpp"

namespace azoth {
AZOTH_API void function_of_a_newer_framework();
}

namespace {
std::unique_ptr<azoth::dialect> make() {
    azoth::function_of_a_newer_framework();
    return std::make_unique<test_dialect>(azoth::dialect_info{.dialect = "newer", .driver = "calls"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "newer", .driver = "calls", .version = "2.0.0", .is_default_driver = true)
