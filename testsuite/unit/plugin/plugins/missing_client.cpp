// Needs a client library that the machine does not have.
#include "test_dialect.hpp"

extern "C" int azoth_test_client_version();

namespace {
std::unique_ptr<azoth::dialect> make() {
    if (azoth_test_client_version() != 4) return nullptr;
    return std::make_unique<test_dialect>(azoth::dialect_info{.dialect = "lonely", .driver = "client"});
}
}  // namespace

AZOTH_PLUGIN(make, .dialect = "lonely", .driver = "client", .version = "1.0.0", .client_library = "libazoth_test_client 4",
             .is_default_driver = true)
