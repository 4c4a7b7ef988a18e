// Compiled by clang where libazoth is g++'s, and by g++ where it is clang's.
#include "working_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() {
    return std::make_unique<working_dialect>(azoth::dialect_info{.dialect = "other", .driver = "compiler"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "other", .driver = "compiler", .version = "1.0.0", .is_default_driver = true)
