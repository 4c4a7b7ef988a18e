// azoth_growth [--quick] [--only CURVE] FILE: measures how the cost of a row, a statement, a flush, a checkout grows with their number,
// each beside the same by hand where there is such a thing, and writes the points to FILE: a list of {"plot", "x", "series", "unit",
// "median", "lower", "upper"}. `plots.py` draws them.
#include "growth.hpp"
#include "rounds.hpp"

#include <support/temporary_folder.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

namespace bench {

void growth_record::measure(const std::string& plot, const std::string& unit, std::size_t x, const std::vector<growth_line>& lines) {
    const std::size_t least = quick_ ? 3 : 5;
    const std::size_t most = quick_ ? 5 : 15;
    const std::chrono::duration<double> enough{quick_ ? 0.3 : 1.2};
    std::vector<std::vector<double>> values(lines.size());
    for (const auto& line : lines) (void)line.once();  // to warm up
    const auto start = std::chrono::steady_clock::now();
    turns order{lines.size()};
    for (std::size_t round = 0; round < least || (round < most && std::chrono::steady_clock::now() - start < enough); ++round)
        for (const std::size_t at : order.next()) values[at].push_back(lines[at].once());
    for (std::size_t i = 0; i < lines.size(); ++i) add(plot, unit, x, lines[i].series, std::move(values[i]));
}

void growth_record::add(const std::string& plot, const std::string& unit, std::size_t x, const std::string& series,
                        std::vector<double> values) {
    const spread found = spread_of(std::move(values));
    points_.push_back({plot, x, series, unit, found.median, found.lower, found.upper});
    const growth_point& p = points_.back();
    fmt::print("{:<16} {:>10} {:<40} {:>12.4g} {:<22} ({:.4g} to {:.4g})\n", plot, x, series, p.median, unit, p.lower, p.upper);
    std::fflush(stdout);
}

namespace {

struct wishes {
    bool quick{};
    std::string only{};
    std::string file{};
};

using curve = std::function<void(growth_record&, const std::string& folder)>;

const std::map<std::string, curve>& curves() {
    static const std::map<std::string, curve> all{{"rows", grow_rows},
                                                  {"columns", [](auto& to, auto&) { grow_columns(to); }},
                                                  {"flush", [](auto& to, auto&) { grow_flush(to); }},
                                                  {"pool", [](auto& to, auto&) { grow_pool(to); }},
                                                  {"statements", [](auto& to, auto&) { grow_statements(to); }}};
    return all;
}

wishes read_wishes(int argc, char** argv) {
    CLI::App app{"Measures how costs grow with the number of rows, columns, objects, threads and statements", "azoth_growth"};
    wishes said;
    app.add_flag("--quick", said.quick, "Fewer rounds, and smaller ends of the curves");
    app.add_option("--only", said.only, "One of the curves")->check(CLI::IsMember(curves()));
    app.add_option("FILE", said.file, "Where the points go, as JSON")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        std::exit(app.exit(e) == 0 ? 0 : 2);
    }
    return said;
}

void write(const std::string& file, const std::vector<growth_point>& points) {
    auto list = nlohmann::json::array();
    for (const auto& p : points)
        list.push_back({{"plot", p.plot},
                        {"x", p.x},
                        {"series", p.series},
                        {"unit", p.unit},
                        {"median", p.median},
                        {"lower", p.lower},
                        {"upper", p.upper}});
    std::ofstream out{file, std::ios::binary};
    out << list.dump(1) << '\n' << std::flush;
    if (!out) throw std::runtime_error{file + " cannot be written"};
}

void run(const wishes& said) {
    const support::temporary_folder folder;
    growth_record record{said.quick};
    for (const auto& [name, measure] : curves())
        if (said.only.empty() || said.only == name) measure(record, folder.path().string());
    write(said.file, record.points());
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    try {
        bench::run(bench::read_wishes(argc, argv));
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_growth: {}\n", e.what());
        return 1;
    }
}
