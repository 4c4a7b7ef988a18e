// Random graphs of objects: session, database and a plain model agree after each step.
#include "graph_property.hpp"
#include "settings.hpp"

#include <azoth/azoth.hpp>

#include <support/test_servers.hpp>

#include <catch2/catch.hpp>

#include <fmt/format.h>

using namespace properties;

TEST_CASE("properties: a session, its database and a model agree on random graphs") {
    constexpr std::uint64_t usual = 5'000;
    constexpr std::uint64_t longer = 100'000;
    constexpr std::size_t bytes = 200;
    const std::uint64_t seed = chosen_seed();
    auto urls = support::test_urls();
    if (urls.empty()) WARN("skipped on servers: AZOTH_TEST_URLS names none; tools/servers starts them");
    urls.insert(urls.begin(), "sqlite://");
    for (const auto& url : urls) {
        azoth::engine_options quiet;
        quiet.log = nullptr;
        graph_property property{azoth::create_engine(url, std::move(quiet))};
        for (std::uint64_t i = 0; property.steps() < steps_to_try(usual, longer); ++i)
            if (const auto problem = property.check(random_choices(seed, i, bytes)); !problem.empty()) {
                FAIL_CHECK(url << ", AZOTH_SEED=" << seed << ", graph " << i << ": " << problem);
                break;
            }
    }
}
