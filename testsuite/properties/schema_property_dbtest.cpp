// Random schemas: what is made is read back as it was said, written as a script, moved to the other databases, and dropped.
#include "schema_property.hpp"
#include "settings.hpp"

#include <support/test_servers.hpp>

#include <catch2/catch.hpp>

#include <fmt/format.h>

using namespace properties;

namespace {

std::vector<std::unique_ptr<schema_database>> all_databases() {
    std::vector<std::unique_ptr<schema_database>> all;
    all.push_back(std::make_unique<schema_database>(az::url::parse("sqlite://")));
    const auto servers = support::test_urls();
    for (const auto& url : servers) all.push_back(std::make_unique<schema_database>(az::url::parse(url)));
    if (servers.empty()) WARN("skipped on servers: AZOTH_TEST_URLS names none; tools/servers starts them");
    return all;
}

}  // namespace

TEST_CASE("properties: a random schema is read back as it was made, here and moved elsewhere") {
    constexpr std::uint64_t usual = 20;
    constexpr std::uint64_t longer = 3'000;
    constexpr std::size_t bytes = 600;
    const std::uint64_t seed = chosen_seed();
    auto databases = all_databases();
    schema_property property{databases};
    for (std::size_t d = 0; d < databases.size(); ++d)
        for (std::uint64_t i = 0; i < schemas_to_try(usual, longer); ++i)
            if (const auto problem = property.check(d, random_choices(seed, i, bytes)); !problem.empty()) {
                FAIL_CHECK("AZOTH_SEED=" << seed << ", schema " << i << ": " << problem);
                break;
            }
    fmt::print("properties: {} tables of random schemas, {} schemas moved to other databases\n", property.tables(), property.moved());
}
