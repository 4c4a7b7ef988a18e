// tpch: the 22 queries of TPC-H, written with Azoth's SQL toolkit, on a database of your choice.
#include "load.hpp"
#include "query.hpp"
#include "table.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace az = azoth;

namespace {

constexpr auto usage =
    "usage: tpch URL [--scale S] [--query N] [--sql] [--explain] [--check] [--repeat N] [--all-rows] [--drop]\n"
    "\n"
    "Runs the 22 queries of TPC-H on the database that URL names, such as sqlite:///tpch.db, against data of its own,\n"
    "which it puts into tables tpch_... where they are not there yet.\n"
    "  --scale S   how much data: 0.002 (12,000 line items), which is the default and the least, to 1 (6 million) and more\n"
    "  --query N   only this query, 1 to 22\n"
    "  --sql       prints the SQL of each query as this database gets it\n"
    "  --explain   prints the database's plan for each query\n"
    "  --check     compares each query's rows with those of SQL written by hand; the exit code is 1 where they differ\n"
    "  --repeat N  runs each query so many times, in turn with the SQL written by hand, and tells the shortest times\n"
    "  --all-rows  prints every row, not only the first ten\n"
    "  --drop      drops the tables in the end\n";

struct Options {
    std::string url{};
    std::optional<double> scale{};
    std::optional<int> query{};
    bool sql{};
    bool explain{};
    bool check{};
    int repeat{1};
    bool all_rows{};
    bool drop{};
};

struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class Number>
Number number(std::string_view option, std::string_view text) {
    Number n{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) throw UsageError{fmt::format("{} needs a number", option)};
    return n;
}

Options read_options(std::span<const std::string_view> words) {
    Options o;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = words[i];
        const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string_view{}; };
        if (word == "--scale") o.scale = number<double>(word, value());
        else if (word == "--query") o.query = number<int>(word, value());
        else if (word == "--sql") o.sql = true;
        else if (word == "--explain") o.explain = true;
        else if (word == "--check") o.check = true;
        else if (word == "--repeat") o.repeat = number<int>(word, value());
        else if (word == "--all-rows") o.all_rows = true;
        else if (word == "--drop") o.drop = true;
        else if (word.starts_with('-') || !o.url.empty()) throw UsageError{fmt::format("\"{}\" is not understood", word)};
        else o.url = word;
    }
    if (o.url.empty()) throw UsageError{"a URL is missing"};
    if (o.query && (*o.query < 1 || *o.query > 22)) throw UsageError{"there are the queries 1 to 22"};
    if (o.repeat < 1) throw UsageError{"--repeat needs a number from 1"};
    return o;
}

/// A query's rows and those of the SQL written by hand, and the shortest time of each in milliseconds.
struct Outcome {
    Rows rows{};
    Rows rows_by_hand{};
    double time{};
    double time_by_hand{};
    [[nodiscard]] bool is_same() const { return rows == rows_by_hand; }
};

template <class Run>
void run_timed(const Run& run, Rows& rows, double& shortest) {
    const auto start = std::chrono::steady_clock::now();
    rows = run();
    const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    shortest = shortest == 0 ? took : std::min(shortest, took);
}

az::text_statement<> statement_by_hand(const Query& query, std::string_view dialect) {
    auto statement = az::text(sql_by_hand(query.number, dialect));
    for (const auto& [name, value] : query.binds) statement = statement.bind(name, value);
    return statement;
}

Outcome run_query(az::connection& c, const Query& query, const Options& options) {
    const auto by_hand = statement_by_hand(query, c.server_profile().dialect);
    Outcome o;
    for (int i = 0; i < options.repeat; ++i) {
        run_timed([&] { return query.run(c); }, o.rows, o.time);
        if (options.check) run_timed([&] { return query.run_text(c, by_hand); }, o.rows_by_hand, o.time_by_hand);
    }
    return o;
}

void print_difference(const Outcome& o) {
    const auto line = [](const Rows& of, std::size_t i) { return i < of.size() ? fmt::format("{}", fmt::join(of[i], " | ")) : "no row"; };
    const auto rows = std::min(o.rows.size(), o.rows_by_hand.size());
    std::size_t i = 0;
    while (i < rows && o.rows[i] == o.rows_by_hand[i]) ++i;
    fmt::print("\nDIFFERENT in row {}:\n  toolkit: {}\n  by hand: {}\n", i + 1, line(o.rows, i), line(o.rows_by_hand, i));
}

std::vector<std::string> time_line(std::string_view name, const std::string& rows, const Outcome& o, bool by_hand) {
    std::vector<std::string> line{std::string{name}, rows, fmt::format("{:.1f}", o.time)};
    if (by_hand) line.push_back(fmt::format("{:.1f}", o.time_by_hand));
    return line;
}

void print_times(Rows lines, const Outcome& total, bool by_hand) {
    lines.push_back(time_line("all", "", total, by_hand));
    std::vector<std::string> headings{"query", "rows", "toolkit"};
    if (by_hand) headings.emplace_back("by hand");
    fmt::print("\nTimes in milliseconds\n\n");
    print_table(headings, lines, lines.size());
}

/// Runs the queries; false where one gives other rows than SQL written by hand.
bool run_queries(const az::engine& engine, const Options& options, double scale) {
    auto c = engine.connect();
    Rows times;
    Outcome total;
    bool is_same = true;
    for (const auto& query : all_queries(scale)) {
        if (options.query && query.number != *options.query) continue;
        fmt::print("\nQ{}: {}\n\n", query.number, query.title);
        if (options.sql) fmt::print("{}\n\n", query.to_sql(engine));
        if (options.explain) fmt::print("{}\n\n", query.plan(c));
        const auto o = run_query(c, query, options);
        print_table(query.headings, o.rows, options.all_rows ? o.rows.size() : 10);
        times.push_back(time_line(fmt::format("Q{}", query.number), fmt::format("{}", o.rows.size()), o, options.check));
        total.time += o.time;
        total.time_by_hand += o.time_by_hand;
        if (!options.check || o.is_same()) continue;
        is_same = false;
        print_difference(o);
    }
    print_times(std::move(times), total, options.check);
    return is_same;
}

bool run(const Options& options) {
    const auto engine = az::create_engine(options.url);
    const auto start = std::chrono::steady_clock::now();
    const auto loaded = load(engine, options.scale);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    {
        auto c = engine.connect();
        const auto& server = c.server_profile();
        fmt::print("scale {} {} {} ({} {}) in {:.2f} s\n", loaded.scale, loaded.was_there ? "was in" : "went into",
                   engine.url().to_string(), server.server, server.server_version, seconds);
    }
    const bool is_same = run_queries(engine, options, loaded.scale);
    if (options.drop) drop(engine);
    return is_same;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    try {
        if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
            fmt::print("{}", usage);
            return 0;
        }
        return run(read_options(words)) ? 0 : 1;
    } catch (const UsageError& e) {
        fmt::print(stderr, "tpch: {}\n\n{}", e.what(), usage);
        return 2;
    } catch (const std::exception& e) {
        fmt::print(stderr, "tpch: {}\n", e.what());
        return 1;
    }
}
