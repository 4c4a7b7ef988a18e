// azoth_benchmarks [FILTER] [--rounds N]: runs the benchmarks whose name contains FILTER.
#include "harness.hpp"

#include <support/temporary_folder.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <string>

namespace {

int run_all(const std::string& filter, std::size_t rounds) {
    const support::temporary_folder folder;
    auto all = bench::sqlite_benchmarks(folder.path().string());
    for (auto& more : {bench::statement_benchmarks(), bench::pool_benchmarks()}) all.insert(all.end(), more.begin(), more.end());
    bench::print_heading();
    int ran = 0;
    for (const auto& b : all) {
        if (b.name.find(filter) == std::string::npos) continue;
        bench::run(b, rounds);
        ++ran;
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
