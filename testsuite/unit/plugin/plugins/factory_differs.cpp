// Its dialect says that it is another than its note does.
#include "test_dialect.hpp"

namespace {
std::unique_ptr<azoth::dialect> make() { return std::make_unique<test_dialect>(azoth::dialect_info{.dialect = "lead", .driver = "gold"}); }
}  // namespace

AZOTH_PLUGIN(make, .dialect = "differing", .driver = "factory", .version = "1.0.0", .is_default_driver = true)
