// azoth_tpcb URL... [--rounds N] [--seconds N] [--scale N] [--results FOLDER]: TPC-B-like transactions through Azoth, beside pgbench on
// PostgreSQL and a loop over libmariadb on MariaDB, in turns. Makes pgbench's tables in the database that a URL names, and drops them.
#include "tpcb.hpp"
#include "rounds.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace {

struct wishes {
    std::vector<std::string> urls{};
    std::vector<std::size_t> connections{1, 2, 4, 8, 16, 32, 64};
    std::size_t rounds{4};
    int seconds{2};
    std::int32_t scale{10};
    std::string pgbench{"pgbench"};
    std::string results{};  ///< a folder; empty: nothing is written
};

wishes read_wishes(int argc, char** argv) {
    CLI::App app{"Runs TPC-B-like transactions through Azoth, beside pgbench and a client over libmariadb", "azoth_tpcb"};
    wishes said;
    app.add_option(
           "URL", said.urls,
           "Databases, which get pgbench's tables in place of any that are there; those that are not PostgreSQL have to be the same one")
        ->required();
    app.add_option("--connections", said.connections, "How many, one after the other")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::Range(1, 1'000));
    app.add_option("--rounds", said.rounds, "How often each runs")->take_last()->check(CLI::Range(1, 1'000))->capture_default_str();
    app.add_option("--seconds", said.seconds, "How long a round is")->take_last()->check(CLI::Range(1, 3'600))->capture_default_str();
    app.add_option("--scale", said.scale, "How many branches, of 100,000 accounts each")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    app.add_option("--pgbench", said.pgbench, "The program")->capture_default_str();
    app.add_option("--results", said.results, "A folder for tpcb.json and tpcb.md");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        std::exit(app.exit(e) == 0 ? 0 : 2);
    }
    return said;
}

/// Takes pgbench's tables away at the end, however it ends.
class tables_until_end {
public:
    explicit tables_until_end(azoth::url of) : of_{std::move(of)} {}
    tables_until_end(const tables_until_end&) = delete;
    tables_until_end& operator=(const tables_until_end&) = delete;
    ~tables_until_end() {
        try {
            tpcb::drop_tables(of_);
        } catch (const std::exception& e) {
            fmt::print(stderr, "azoth_tpcb: pgbench's tables are still there: {}\n", e.what());
        }
    }

private:
    azoth::url of_;
};

/// Those who share a server and its tables.
struct field {
    std::vector<tpcb::contender> ours;
    tpcb::contender theirs;
    azoth::url tables;
};

/// The rounds of one number of connections. Who goes first changes from round to round.
std::vector<tpcb::comparison> compare(const field& on, const tpcb::load& how, std::size_t rounds) {
    const std::size_t all = on.ours.size() + 1;
    std::vector<tpcb::comparison> found;
    for (const auto& one : on.ours) found.push_back({one.name, on.theirs.name, how.connections, {}, {}});
    bench::turns order{all};
    for (std::size_t round = 0; round < rounds; ++round)
        for (const std::size_t turn : order.next()) {
            if (turn < on.ours.size()) {
                found[turn].ours.push_back(on.ours[turn].run(how));
                continue;
            }
            const tpcb::outcome theirs = on.theirs.run(how);
            for (auto& c : found) c.theirs.push_back(theirs);
        }
    return found;
}

std::uint64_t committed(const std::vector<tpcb::comparison>& same_rounds) {
    std::uint64_t sum = 0;
    const auto add = [&](const std::vector<tpcb::outcome>& rounds) {
        for (const auto& o : rounds) sum += o.transactions + o.untimed;
    };
    add(same_rounds.front().theirs);
    for (const auto& c : same_rounds) add(c.ours);
    return sum;
}

void run_field(const field& on, const wishes& said, std::vector<tpcb::comparison>& all) {
    const tables_until_end made{on.tables};
    // To warm up: the tables are new.
    std::uint64_t transactions = committed(compare(on, {said.connections.front(), std::chrono::seconds{1}, said.scale}, 1));
    std::string names;
    for (const auto& one : on.ours) names += (names.empty() ? "" : ", ") + one.name;
    tpcb::print_heading(names, on.theirs.name);
    for (const std::size_t n : said.connections) {
        const auto found = compare(on, {n, std::chrono::seconds{said.seconds}, said.scale}, said.rounds);
        transactions += committed(found);
        for (const auto& c : found) tpcb::print(c);
        all.insert(all.end(), found.begin(), found.end());
    }
    tpcb::check_tables(on.tables, transactions);
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary};
    out << text << std::flush;
    if (!out) throw std::runtime_error{file.string() + " cannot be written"};
}

void run_all(const wishes& said) {
    std::vector<tpcb::comparison> all;
    std::vector<azoth::url> others;
    for (const auto& text : said.urls) {
        const auto to = azoth::url::parse(text);
        if (to.dialect() != "postgresql") {
            others.push_back(to);
            continue;
        }
        run_field({{tpcb::azoth_contender(to)}, tpcb::pgbench_contender(to, said.pgbench, said.scale), to}, said, all);
    }
#ifdef AZOTH_WITH_LIBMARIADB
    if (!others.empty()) {
        tpcb::make_tables(others.front(), said.scale);
        field on{{}, tpcb::mariadb_contender(others.front()), others.front()};
        for (const auto& to : others) on.ours.push_back(tpcb::azoth_contender(to));
        run_field(on, said, all);
    }
#else
    if (!others.empty()) fmt::print("built without libmariadb-dev: MariaDB is left out\n");
#endif
    if (said.results.empty()) return;
    std::filesystem::create_directories(said.results);
    write(std::filesystem::path{said.results} / "tpcb.json", tpcb::json_of(all));
    write(std::filesystem::path{said.results} / "tpcb.md", tpcb::markdown_of(all));
}

}  // namespace

int main(int argc, char** argv) {
    try {
        run_all(read_wishes(argc, argv));
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_tpcb: {}\n", e.what());
        return 1;
    }
}
