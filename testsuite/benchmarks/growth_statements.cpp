// One connection runs ten to ten thousand distinct statements in turn: what its caches of compiled and prepared statements are worth.
#include "growth.hpp"
#include "harness.hpp"
#include "sqlite_loops.hpp"

#include <azoth/azoth.hpp>

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

using az::col;

constexpr std::size_t executed_in_a_round = 10'000;
constexpr std::size_t table_rows = 1'000;

std::int64_t key_of(std::size_t i) { return static_cast<std::int64_t>(i * 797 % table_rows + 1); }

/// A statement like no other: its label is.
auto statement(std::size_t i) {
    return az::select(col<&Item::name>, col<&Item::price>.label("price_" + std::to_string(i)))
        .where(col<&Item::id> == az::param<std::int64_t>("id"));
}
using lookup = decltype(statement(0));

az::engine engine_of(std::size_t compiled, std::size_t prepared) {
    az::engine_options options;
    options.statement_cache = compiled;
    options.prepared_cache = prepared;
    return az::create_engine("sqlite://", options);
}

/// One of our connections to a table in memory, and the statements kept by the program.
struct own_statements {
    own_statements(std::size_t count, const az::engine& of) : engine{of} {
        az::metadata_of<Item>().create_all(connection);
        connection.execute(az::insert<Item>(), make_items(table_rows));
        connection.commit();
        for (std::size_t i = 0; i < count; ++i) kept.push_back(statement(i));
    }
    void run(const lookup& query, std::size_t i) {
        const auto [name, price] = connection.execute(query, {{"id", key_of(i)}}).one();
        keep(name);
    }
    az::engine engine;
    az::connection connection{engine.connect()};
    std::vector<lookup> kept{};
};

/// As many passes over the statements as a round takes, nanoseconds for each.
template <class Run>
double in_turn(std::size_t count, Run&& run) {
    const std::size_t passes = times(executed_in_a_round, count);
    return processor_time_of(passes * count, [&] {
        for (std::size_t pass = 0; pass < passes; ++pass)
            for (std::size_t i = 0; i < count; ++i) run(i);
    });
}

struct statements_by_hand {
    explicit statements_by_hand(std::size_t count) {
        run_raw(raw.get(), create_item);
        (void)insert_raw(raw.get(), make_items(table_rows));
        run_raw(raw.get(), "BEGIN");
        for (std::size_t i = 0; i < count; ++i) {
            texts.push_back("SELECT name, price AS price_" + std::to_string(i) + " FROM item WHERE id = ?");
            kept.push_back(prepare_raw(raw.get(), texts.back().c_str()));
        }
    }
    static void run(sqlite3_stmt* s, std::size_t i) {
        sqlite3_bind_int64(s, 1, key_of(i));
        if (sqlite3_step(s) != SQLITE_ROW) throw std::runtime_error("no row");
        const std::string name = raw_text(s, 0);
        keep(name);
        keep(sqlite3_column_double(s, 1));
        if (sqlite3_step(s) != SQLITE_DONE) throw std::runtime_error("more than one row");  // as one() makes sure
        sqlite3_reset(s);
    }
    raw_database raw{open_raw(":memory:")};
    std::vector<std::string> texts{};
    std::vector<raw_statement> kept{};
};

void grow_time(growth_record& to, std::size_t count) {
    own_statements usual{count, az::create_engine("sqlite://")};
    own_statements large{count, engine_of(2 * count, 2 * count)};
    statements_by_hand by_hand{count};
    const auto kept = [=](own_statements& of) { return in_turn(count, [&](std::size_t i) { of.run(of.kept[i], i); }); };
    const auto built = [=](own_statements& of) { return in_turn(count, [&](std::size_t i) { of.run(statement(i), i); }); };
    to.measure("statements", "ns a statement", count,
               {{"azoth, statements built each time", [&] { return built(usual); }},
                {"azoth, statements kept", [&] { return kept(usual); }},
                {"azoth, built each time, caches for all", [&] { return built(large); }},
                {"azoth, kept, caches for all", [&] { return kept(large); }},
                {"sqlite3, each prepared anew",
                 [&] {
                     return in_turn(count, [&](std::size_t i) {
                         statements_by_hand::run(prepare_raw(by_hand.raw.get(), by_hand.texts[i].c_str()).get(), i);
                     });
                 }},
                {"sqlite3, all kept prepared",
                 [&] { return in_turn(count, [&](std::size_t i) { statements_by_hand::run(by_hand.kept[i].get(), i); }); }}});
}

/// In percent of the executions after the first pass, which cannot hit.
void grow_hits(growth_record& to, std::size_t count) {
    constexpr std::size_t passes = 4;
    own_statements of{count, az::create_engine("sqlite://")};
    const auto pass = [&] {
        for (std::size_t i = 0; i < count; ++i) of.run(statement(i), i);
    };
    pass();
    const auto compiled = of.engine.statement_cache().hits;
    const auto prepared = of.connection.prepared_statements().hits;
    for (std::size_t n = 1; n < passes; ++n) pass();
    const auto in_percent = [&](std::uint64_t hits) { return 100 * static_cast<double>(hits) / static_cast<double>(count * (passes - 1)); };
    to.add("hits", "% of executions", count, "compiled: the engine keeps 500", {in_percent(of.engine.statement_cache().hits - compiled)});
    to.add("hits", "% of executions", count, "prepared: a connection keeps 100",
           {in_percent(of.connection.prepared_statements().hits - prepared)});
}

}  // namespace

void grow_statements(growth_record& to) {
    for (const std::size_t count : std::initializer_list<std::size_t>{10, 30, 100, 300, 1'000, 3'000, 10'000}) {
        grow_time(to, count);
        grow_hits(to, count);
    }
}

}  // namespace bench
