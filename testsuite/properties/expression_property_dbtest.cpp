// Random expressions: what each database computes from the compiled SQL is what the tree means. Parentheses, precedence, NULLs, types.
#include "expression_property.hpp"
#include "settings.hpp"

#include <support/test_servers.hpp>

#include <catch2/catch.hpp>

namespace {

using namespace properties;

/// The sample table in one database, gone at the end.
class filled {
public:
    explicit filled(const std::string& url) : engine_{open(url)} { fill_sample(engine_); }
    ~filled() {
        try {
            az::metadata tables;
            tables.add(sample_table());
            tables.drop_all(engine_);
        } catch (const std::exception& e) {
            WARN("the sample table stays: " << e.what());
        }
    }
    filled(const filled&) = delete;
    filled& operator=(const filled&) = delete;
    [[nodiscard]] az::engine& engine() noexcept { return engine_; }

private:
    static az::engine open(const std::string& url) {
        az::engine_options quiet;
        quiet.log = nullptr;
        return az::create_engine(url, std::move(quiet));
    }
    az::engine engine_;
};

std::string first_finding(az::engine& in, std::uint64_t seed, std::uint64_t trees) {
    constexpr std::uint64_t at_once = 50;
    constexpr std::size_t bytes = 160;
    auto connection = in.connect();
    expression_property property{connection};
    std::vector<choices> batch;
    for (std::uint64_t i = 0; i < trees; ++i) {
        batch.push_back(random_choices(seed, i, bytes));
        if (batch.size() < at_once && i + 1 < trees) continue;
        if (auto problem = property.check(batch); !problem.empty()) return problem;
        batch.clear();
    }
    CHECK(property.decided() > property.compared() / 2);  // else it says little
    return {};
}

}  // namespace

TEST_CASE("properties: the database computes what a random expression means") {
    constexpr std::uint64_t usual = 10'000;
    constexpr std::uint64_t longer = 1'000'000;
    std::vector<std::string> urls{"sqlite://?case_sensitive_like=on"};  // as the others are
    const auto servers = support::test_urls();
    urls.insert(urls.end(), servers.begin(), servers.end());
    if (servers.empty()) WARN("skipped on servers: AZOTH_TEST_URLS names none; tools/servers starts them");
    const std::uint64_t seed = chosen_seed();
    for (const auto& url : urls) {
        INFO("on " << az::url::parse(url).to_string() << ", AZOTH_SEED=" << seed);
        filled sample{url};
        CHECK(first_finding(sample.engine(), seed, trees_to_try(usual, longer)) == "");
    }
}
