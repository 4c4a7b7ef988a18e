// azoth_benchmarks [FILTER] [--rounds N] [--results FOLDER] [--peers]: runs the benchmarks whose name contains FILTER, and writes what came
// of them into results.json and results.md; --peers runs other libraries in the same rounds, where AZOTH_BENCHMARK_PEERS had them built in.
// Those of servers run against the URLs in AZOTH_BENCH_URLS (blanks between), as `tools/bench` sets it.
#include "harness.hpp"
#include "peers/peers.hpp"
#include "server_benchmarks.hpp"

#include <support/temporary_folder.hpp>

#include <azoth/url/url.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
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

std::vector<group> all_groups(const std::string& folder, const std::vector<bench::peer_library>& peers) {
    std::vector<group> groups{{"sqlite", [=] { return bench::sqlite_benchmarks(folder, peers); }},
                              {"orm", [=] { return bench::orm_benchmarks(folder, peers); }},
                              {"statement", bench::statement_benchmarks},
                              {"pool", bench::pool_benchmarks}};
    for (const std::string& url : server_urls()) {
        const auto parsed = azoth::url::parse(url);
        if (parsed.dialect() == "postgresql") {
#ifdef AZOTH_WITH_LIBPQ
            groups.push_back({"postgresql", [=] { return bench::postgresql_benchmarks(url, peers); }});
#else
            fmt::print("built without libpq-dev: PostgreSQL is left out\n");
#endif
        } else {
#ifdef AZOTH_WITH_LIBMARIADB
            groups.push_back({"mariadb, " + parsed.driver(), [=] { return bench::mariadb_benchmarks(url, peers); }});
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

struct wishes {
    std::string filter{};
    std::size_t rounds{15};
    std::string results{};  ///< a folder; empty: nothing is written
    bool peers{};
};

wishes read_wishes(int argc, char** argv) {
    CLI::App app{"Runs the benchmarks, each beside a hand-written loop over the database's C API", "azoth_benchmarks"};
    wishes said;
    app.add_option("FILTER", said.filter, "Only those whose name contains this");
    app.add_option("--rounds", said.rounds, "How often each is run")->check(CLI::Range(1, 10'000))->take_last()->capture_default_str();
    app.add_option("--results", said.results, "A folder for results.json and results.md");
    app.add_flag("--peers", said.peers, "Other libraries beside them, in the same rounds");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        std::exit(app.exit(e) == 0 ? 0 : 2);
    }
    return said;
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary};
    out << text << std::flush;
    if (!out) throw std::runtime_error{file.string() + " cannot be written"};
}

int run_all(const wishes& said) {
    const support::temporary_folder folder;
    std::vector<bench::measured> all;
    for (const group& g : all_groups(folder.path().string(), said.peers ? bench::peer_libraries() : std::vector<bench::peer_library>{})) {
        if (!may_hold(g, said.filter)) continue;
        for (const auto& b : g.make()) {
            if (b.name.find(said.filter) == std::string::npos) continue;
            if (all.empty()) bench::print_heading(said.peers);
            all.push_back(bench::run(b, said.rounds));
        }
    }
    if (all.empty()) {
        fmt::print(stderr, "azoth_benchmarks: no benchmark's name contains \"{}\"\n", said.filter);
        return 2;
    }
    const auto missed = std::ranges::count_if(all, [](const auto& m) { return m.is_missed(); });
    fmt::print("{} benchmarks, {} of them missed their target\n", all.size(), missed);
    if (said.results.empty()) return 0;
    std::filesystem::create_directories(said.results);
    write(std::filesystem::path{said.results} / "results.json", bench::json_of(all));
    write(std::filesystem::path{said.results} / "results.md", bench::markdown_of(all));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run_all(read_wishes(argc, argv));
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_benchmarks: {}\n", e.what());
        return 1;
    }
}
