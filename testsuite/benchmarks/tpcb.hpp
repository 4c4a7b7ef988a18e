#pragma once

// TPC-B-like transactions, pgbench's: Azoth beside a client that was written for its database.
#include <azoth/url/url.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace tpcb {

// As pgbench has it, for each branch.
constexpr std::int32_t tellers_a_branch = 10;
constexpr std::int32_t accounts_a_branch = 100'000;

/// What one transaction is about.
struct draw {
    std::int32_t aid{};
    std::int32_t tid{};
    std::int32_t bid{};
    std::int32_t delta{};
};

/// One for each thread.
class dice {
public:
    explicit dice(std::int32_t scale);
    draw operator()();

private:
    std::mt19937 random_;
    std::uniform_int_distribution<std::int32_t> account_, teller_, branch_, delta_;
};

struct load {
    std::size_t connections{};
    std::chrono::seconds length{};
    std::int32_t scale{};  ///< how many branches there are
};

struct outcome {
    std::uint64_t transactions{};
    std::uint64_t retries{};
    std::uint64_t untimed{};  ///< transactions beside those
    double seconds{};
    double processor{};            ///< seconds of the client's own processor time
    std::vector<float> latencies;  ///< milliseconds, one a transaction; empty where the client does not tell them
    [[nodiscard]] double a_second() const noexcept { return static_cast<double>(transactions) / seconds; }
};

/// Runs one transaction on the connection of the thread with this number; returns how often it had to be begun.
using transaction = std::function<int(std::size_t thread, const draw&)>;
/// A thread for each connection, all of them starting at once. Throws what one of them throws.
outcome run_threads(const load& how, const transaction& once);

/// Who runs transactions: opens its connections anew for each load, before the clock starts.
struct contender {
    std::string name;
    std::function<outcome(const load&)> run;
};

contender azoth_contender(const azoth::url& to);
/// Also fills the tables, `scale` branches of them.
contender pgbench_contender(const azoth::url& to, const std::string& program, std::int32_t scale);
/// A loop over libmariadb's prepared statements.
contender mariadb_contender(const azoth::url& to);

/// Makes pgbench's tables, and fills them.
void make_tables(const azoth::url& to, std::int32_t scale);
void drop_tables(const azoth::url& to);
/// Throws where accounts, tellers, branches and history do not come to the same sum, or not so many transactions have left a row.
void check_tables(const azoth::url& to, std::uint64_t transactions);

/// The rounds of one number of connections: one of ours beside the database's own client.
struct comparison {
    std::string dialect;
    std::string client;
    std::size_t connections{};
    std::vector<outcome> ours;
    std::vector<outcome> theirs;
};
void print_heading(const std::string& dialect, const std::string& client);
void print(const comparison& c);
/// A list of {"work", "dialect", "subject", "ratio": {"min", "median", "max"}, "target"}: the time that Azoth takes for a transaction to
/// the time that the client takes.
std::string json_of(const std::vector<comparison>& all);
std::string markdown_of(const std::vector<comparison>& all);

}  // namespace tpcb
