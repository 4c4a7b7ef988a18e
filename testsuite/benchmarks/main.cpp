// azoth_benchmarks [FILTER] [--rounds N]: runs the benchmarks whose name contains FILTER. Those of servers run against the URLs in
// AZOTH_BENCH_URLS (blanks between), as `tools/bench` sets it.
#include "harness.hpp"
#include "server_benchmarks.hpp"

#include <support/temporary_folder.hpp>

#include <azoth/url/url.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// Benchmarks that share what they need: made only where one of them may be wanted.
struct group {
    std::string prefix;  ///< of their names
    std::function<std::vector<bench::benchmark>()> make;
};

std::vector<std::string> server_urls() {
    const char* const said = std::getenv("AZOTH_BENCH_URLS");
    std::istringstream in{said ? said : ""};
    std::vector<std::string> urls;
    for (std::string url; in >> url;) urls.push_back(url);
    if (urls.empty()) fmt::print("AZOTH_BENCH_URLS is not set: PostgreSQL and MariaDB are left out\n");
    return urls;
}

std::vector<group> all_groups(const std::string& folder) {
    std::vector<group> groups{{"sqlite", [=] { return bench::sqlite_benchmarks(folder); }},
                              {"orm", [=] { return bench::orm_benchmarks(folder); }},
                              {"statement", bench::statement_benchmarks},
                              {"pool", bench::pool_benchmarks}};
    for (const std::string& url : server_urls()) {
        const auto parsed = azoth::url::parse(url);
        if (parsed.dialect() == "postgresql") {
#ifdef AZOTH_WITH_LIBPQ
            groups.push_back({"postgresql", [=] { return bench::postgresql_benchmarks(url); }});
#else
            fmt::print("built without libpq-dev: PostgreSQL is left out\n");
#endif
        } else {
#ifdef AZOTH_WITH_LIBMARIADB
            groups.push_back({"mariadb, " + parsed.driver(), [=] { return bench::mariadb_benchmarks(url); }});
#else
            fmt::print("built without libmariadb-dev: MariaDB is left out\n");
#endif
        }
    }
    return groups;
}

bool may_hold(const group& g, const std::string& filter) {
    const std::string start = filter.substr(0, g.prefix.size());
    for (const char* name : {"sqlite", "orm", "statement", "pool", "postgresql", "mariadb"})
        if (filter.starts_with(name)) return g.prefix.starts_with(start);
    return true;
}

int run_all(const std::string& filter, std::size_t rounds) {
    const support::temporary_folder folder;
    int ran = 0;
    for (const group& g : all_groups(folder.path().string())) {
        if (!may_hold(g, filter)) continue;
        for (const auto& b : g.make()) {
            if (b.name.find(filter) == std::string::npos) continue;
            if (ran++ == 0) bench::print_heading();
            bench::run(b, rounds);
        }
    }
    if (ran == 0) fmt::print(stderr, "azoth_benchmarks: no benchmark's name contains \"{}\"\n", filter);
    return ran == 0 ? 2 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::string filter;
    std::size_t rounds = 15;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--rounds" && i + 1 < argc) rounds = static_cast<std::size_t>(std::max(1, std::atoi(argv[++i])));
        else filter = word;
    }
    try {
        return run_all(filter, rounds);
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_benchmarks: {}\n", e.what());
        return 1;
    }
}
