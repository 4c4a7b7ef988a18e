// Azoth's side, and the tables.
#include "tpcb.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <stdexcept>

namespace az = azoth;
using az::col;

namespace tpcb {
namespace {

struct Branch {
    std::int32_t bid{};
    std::int32_t bbalance{};
    std::optional<std::string> filler{};
};
struct Teller {
    std::int32_t tid{};
    std::int32_t bid{};
    std::int32_t tbalance{};
    std::optional<std::string> filler{};
};
struct Account {
    std::int32_t aid{};
    std::int32_t bid{};
    std::int32_t abalance{};
    std::optional<std::string> filler{};
};
struct History {
    std::int32_t tid{};
    std::int32_t bid{};
    std::int32_t aid{};
    std::int32_t delta{};
    az::local_timestamp mtime{};
    std::optional<std::string> filler{};
};

}  // namespace
}  // namespace tpcb

template <>
struct az::mapping<tpcb::Branch> {
    static auto map() -> az::table_map<tpcb::Branch> {
        using tpcb::Branch;
        return az::table_map<Branch>("pgbench_branches")
            .column<&Branch::bid>(az::primary_key, az::not_generated)
            .column<&Branch::bbalance>()
            .column<&Branch::filler>(az::string(88));
    }
};
template <>
struct az::mapping<tpcb::Teller> {
    static auto map() -> az::table_map<tpcb::Teller> {
        using tpcb::Teller;
        return az::table_map<Teller>("pgbench_tellers")
            .column<&Teller::tid>(az::primary_key, az::not_generated)
            .column<&Teller::bid>()
            .column<&Teller::tbalance>()
            .column<&Teller::filler>(az::string(84));
    }
};
template <>
struct az::mapping<tpcb::Account> {
    static auto map() -> az::table_map<tpcb::Account> {
        using tpcb::Account;
        return az::table_map<Account>("pgbench_accounts")
            .column<&Account::aid>(az::primary_key, az::not_generated)
            .column<&Account::bid>()
            .column<&Account::abalance>()
            .column<&Account::filler>(az::string(84));
    }
};
template <>
struct az::mapping<tpcb::History> {
    static auto map() -> az::table_map<tpcb::History> {
        using tpcb::History;
        return az::table_map<History>("pgbench_history")
            .column<&History::tid>()
            .column<&History::bid>()
            .column<&History::aid>()
            .column<&History::delta>()
            .column<&History::mtime>()
            .column<&History::filler>(az::string(22));
    }
};

namespace tpcb {
namespace {

const auto& metadata() {
    static const auto all = az::metadata_of<Branch, Teller, Account, History>();
    return all;
}

az::engine make_engine(const az::url& to, std::size_t connections) {
    az::engine_options options;
    options.pool.size = connections;
    options.pool.overflow = 0;
    return az::create_engine(to, options);
}

/// As programs keep them: made once, for all threads.
struct statements {
    az::expr<std::int32_t> delta = az::param<std::int32_t>("delta");
    az::expr<std::int32_t> aid = az::param<std::int32_t>("aid");
    az::expr<std::int32_t> tid = az::param<std::int32_t>("tid");
    az::expr<std::int32_t> bid = az::param<std::int32_t>("bid");

    az::update_statement<> account =
        az::update<Account>().set(col<&Account::abalance>, col<&Account::abalance> + delta).where(col<&Account::aid> == aid);
    az::select_statement<std::int32_t> balance = az::select(col<&Account::abalance>).where(col<&Account::aid> == aid);
    az::update_statement<> teller =
        az::update<Teller>().set(col<&Teller::tbalance>, col<&Teller::tbalance> + delta).where(col<&Teller::tid> == tid);
    az::update_statement<> branch =
        az::update<Branch>().set(col<&Branch::bbalance>, col<&Branch::bbalance> + delta).where(col<&Branch::bid> == bid);
    az::insert_statement<History> history = az::insert<History>()
                                                .set(col<&History::tid>, tid)
                                                .set(col<&History::bid>, bid)
                                                .set(col<&History::aid>, aid)
                                                .set(col<&History::delta>, delta)
                                                .set(col<&History::mtime>, az::func::local_timestamp());
};

void transfer(az::connection& c, const statements& s, const draw& d) {
    c.execute(s.account, {{"delta", d.delta}, {"aid", d.aid}});
    [[maybe_unused]] const std::int32_t balance = c.scalar(s.balance, {{"aid", d.aid}});
    c.execute(s.teller, {{"delta", d.delta}, {"tid", d.tid}});
    c.execute(s.branch, {{"delta", d.delta}, {"bid", d.bid}});
    c.execute(s.history, {{"tid", d.tid}, {"bid", d.bid}, {"aid", d.aid}, {"delta", d.delta}});
}

/// The pool opens its connections now.
void fill_pool(const az::engine& engine, std::size_t connections) {
    std::vector<az::connection> all;
    for (std::size_t i = 0; i < connections; ++i) all.push_back(engine.connect());
}

outcome run_azoth(const az::url& to, const load& how) {
    const az::engine engine = make_engine(to, how.connections);
    const statements kept;
    fill_pool(engine, how.connections);
    return run_threads(how, [&](std::size_t, const draw& d) {
        int begun = 0;
        engine.run_transaction([&](az::connection& c) {
            ++begun;
            transfer(c, kept, d);
        });
        return begun;
    });
}

void fill(az::connection& c, std::int32_t scale) {
    std::vector<Branch> branches;
    std::vector<Teller> tellers;
    for (std::int32_t i = 1; i <= scale; ++i) branches.push_back({i, 0, {}});
    for (std::int32_t i = 0; i < scale * tellers_a_branch; ++i) tellers.push_back({i + 1, i / tellers_a_branch + 1, 0, {}});
    c.execute(az::insert<Branch>(), branches);
    c.execute(az::insert<Teller>(), tellers);
    const std::string filler(84, ' ');
    for (std::int32_t branch = 0; branch < scale; ++branch) {
        std::vector<Account> accounts;
        for (std::int32_t i = 1; i <= accounts_a_branch; ++i) accounts.push_back({branch * accounts_a_branch + i, branch + 1, 0, filler});
        c.execute(az::insert<Account>(), accounts);
    }
    c.commit();
}

std::int64_t sum_of(az::connection& c, const char* column, const char* table) {
    return c.execute(az::text(fmt::format("SELECT CAST(coalesce(sum({}), 0) AS decimal(20)) FROM {}", column, table)))
        .scalar<std::int64_t>();
}

}  // namespace

contender azoth_contender(const az::url& to) {
    return {to.dialect() + "+" + to.driver(), [=](const load& how) { return run_azoth(to, how); }};
}

void make_tables(const az::url& to, std::int32_t scale) {
    const az::engine engine = make_engine(to, 1);
    metadata().drop_all(engine);
    metadata().create_all(engine);
    az::connection c = engine.connect();
    fill(c, scale);
}

void drop_tables(const az::url& to) { metadata().drop_all(make_engine(to, 1)); }

void check_tables(const az::url& to, std::uint64_t transactions) {
    const az::engine engine = make_engine(to, 1);
    az::connection c = engine.connect();
    const std::int64_t moved = sum_of(c, "delta", "pgbench_history");
    const std::int64_t accounts = sum_of(c, "abalance", "pgbench_accounts");
    const std::int64_t tellers = sum_of(c, "tbalance", "pgbench_tellers");
    const std::int64_t branches = sum_of(c, "bbalance", "pgbench_branches");
    const std::int64_t rows = c.scalar(az::select(az::func::count()).select_from(az::entity<History>));
    if (accounts != moved || tellers != moved || branches != moved)
        throw std::runtime_error(
            fmt::format("the sums differ: history {}, accounts {}, tellers {}, branches {}", moved, accounts, tellers, branches));
    if (static_cast<std::uint64_t>(rows) != transactions)
        throw std::runtime_error(fmt::format("{} transactions were committed, but the history has {} rows", transactions, rows));
    fmt::print("{}: after {} transactions accounts, tellers, branches and history all come to {}\n", to.dialect(), transactions, moved);
}

}  // namespace tpcb
