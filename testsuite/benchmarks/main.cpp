// azoth_benchmarks [FILTER] [--rounds N]: runs the benchmarks whose name contains FILTER.
#include "harness.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

namespace {

/// A folder of its own, gone at the end.
class temporary_folder {
public:
    temporary_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "azoth-bench.XXXXXX").string();
        if (!mkdtemp(pattern.data()))
            throw std::filesystem::filesystem_error("mkdtemp", pattern, std::error_code(errno, std::generic_category()));
        path_ = pattern;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

int run_all(const std::string& filter, std::size_t rounds) {
    const temporary_folder folder;
    auto all = bench::sqlite_benchmarks(folder.path());
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
