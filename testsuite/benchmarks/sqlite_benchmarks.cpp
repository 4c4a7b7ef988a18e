#include "harness.hpp"
#include "peers/peers.hpp"
#include "sqlite_loops.hpp"

#include <memory>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t lookups = 20'000;
constexpr std::size_t large_table = 500'000;
constexpr std::size_t inserted = 200'000;

/// A file with a filled table, one connection of each kind to it.
struct filled_file {
    filled_file(const std::string& file, std::size_t rows, const std::vector<peer_library>& libraries)
        : engine{az::create_engine("sqlite:///" + file)},
          count{rows},
          connection{fill(engine, rows)},
          raw{open_raw(file)},
          peers{open_peers(libraries, az::url::parse("sqlite:///" + file))} {}
    static az::connection fill(const az::engine& engine, std::size_t rows) {
        az::metadata_of<Item>().create_all(engine);
        engine.begin([&](az::connection& c) { c.execute(az::insert<Item>(), make_items(rows)); });
        return engine.connect();
    }
    az::engine engine;
    std::size_t count;
    az::connection connection;
    raw_database raw;
    std::vector<open_peer> peers;
};

/// An empty table for each side.
struct insert_files {
    explicit insert_files(const std::string& folder)
        : engine{az::create_engine("sqlite:///" + folder + "/insert-azoth.db")},
          connection{(az::metadata_of<Item>().create_all(engine), engine.connect())},
          raw{open_raw(folder + "/insert-raw.db")},
          items{make_items(inserted)} {
        run_raw(raw.get(), "PRAGMA foreign_keys = on");
        run_raw(raw.get(), create_item);
    }
    az::engine engine;
    az::connection connection;
    raw_database raw;
    std::vector<Item> items;
};

/// Each peer with a file of its own.
std::vector<peer> inserting_peers(const std::string& folder, const std::vector<peer_library>& libraries,
                                  const std::shared_ptr<insert_files>& f) {
    std::vector<peer> made;
    for (std::size_t i = 0; i < libraries.size(); ++i) {
        const std::string file = folder + "/insert-peer-" + std::to_string(i) + ".db";
        run_raw(open_raw(file).get(), create_item);
        const auto round = [f, file](peer_connection& c) {
            run_raw(open_raw(file).get(), "DELETE FROM item");
            return c.insert(f->items);
        };
        for (auto& p : peers_doing(open_peers({libraries[i]}, az::url::parse("sqlite:///" + file)), round)) made.push_back(std::move(p));
    }
    return made;
}

}  // namespace

std::vector<benchmark> sqlite_benchmarks(const std::string& folder, const std::vector<peer_library>& peers) {
    const auto small = std::make_shared<filled_file>(folder + "/small.db", small_table, peers);
    const auto large = std::make_shared<filled_file>(folder + "/large.db", large_table, peers);
    const auto insert = std::make_shared<insert_files>(folder);
    return {
        {"sqlite: point select, statement reused", [=] { return select_ours(small->connection, lookups); },
         [=] { return select_raw(small->raw.get(), lookups); }, 1.15, false,
         peers_doing(small->peers, [](peer_connection& c) { return c.select(lookups); })},
        {"sqlite: point select, statement built each time", [=] { return select_built_anew(small->connection, lookups); },
         [=] { return select_raw(small->raw.get(), lookups); }},
        {"sqlite: scan of 500,000 x 5 into structs", [=] { return scan_ours(large->connection, large_table); },
         [=] { return scan_raw(large->raw.get(), large_table); }, 1.05, false,
         peers_doing(large->peers, [](peer_connection& c) { return c.scan(large_table); })},
        {"sqlite: scan of 500,000 x 5, row by row", [=] { return scan_rows(large->connection, large_table); },
         [=] { return scan_raw(large->raw.get(), large_table); }},
        {"sqlite: insert of 200,000 x 5, in bulk", [=] { return insert_ours(insert->connection, insert->items); },
         [=] { return insert_raw(insert->raw.get(), insert->items); }, 0.6, false, inserting_peers(folder, peers, insert)},
        {"sqlite: insert of 200,000 x 5, one by one, built each time", [=] { return insert_one_by_one(insert->connection, insert->items); },
         [=] { return insert_raw(insert->raw.get(), insert->items); }},
    };
}

}  // namespace bench
