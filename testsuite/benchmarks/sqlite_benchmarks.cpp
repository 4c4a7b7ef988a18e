#include "harness.hpp"
#include "our_loops.hpp"
#include "peers/peers.hpp"
#include "raw_sqlite.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t lookups = 20'000;
constexpr std::size_t large_table = 500'000;
constexpr std::size_t inserted = 200'000;

void read_raw(sqlite3_stmt* s, Item& to) {
    to.id = sqlite3_column_int64(s, 0);
    to.name = raw_text(s, 1);
    to.price = sqlite3_column_double(s, 2);
    if (sqlite3_column_type(s, 3) != SQLITE_NULL) to.stock = sqlite3_column_int64(s, 3);
    to.note = raw_text(s, 4);
}

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

double select_raw(filled_file& f) {
    run_raw(f.raw.get(), "BEGIN");
    const auto s = prepare_raw(f.raw.get(), "SELECT id, name, price, stock, note FROM item WHERE id = ?");
    const double took = time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            Item item;
            sqlite3_bind_int64(s.get(), 1, next_key(i));
            if (sqlite3_step(s.get()) != SQLITE_ROW) throw std::runtime_error("no row");
            read_raw(s.get(), item);
            if (sqlite3_step(s.get()) != SQLITE_DONE) throw std::runtime_error("more than one row");
            sqlite3_reset(s.get());
            keep(item);
        }
    });
    run_raw(f.raw.get(), "COMMIT");
    return took;
}

double scan_raw(filled_file& f) {
    return time_of(f.count, [&] {
        const auto s = prepare_raw(f.raw.get(), "SELECT id, name, price, stock, note FROM item");
        std::vector<Item> items;
        while (sqlite3_step(s.get()) == SQLITE_ROW) read_raw(s.get(), items.emplace_back());
        keep(items);
    });
}

constexpr const char* create_item =
    "CREATE TABLE item (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, stock BIGINT, note TEXT NOT NULL)";

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

void bind_raw(sqlite3_stmt* s, const Item& item) {
    sqlite3_bind_int64(s, 1, item.id);
    sqlite3_bind_text(s, 2, item.name.data(), static_cast<int>(item.name.size()), SQLITE_STATIC);
    sqlite3_bind_double(s, 3, item.price);
    if (item.stock) sqlite3_bind_int64(s, 4, *item.stock);
    else sqlite3_bind_null(s, 4);
    sqlite3_bind_text(s, 5, item.note.data(), static_cast<int>(item.note.size()), SQLITE_STATIC);
}

double insert_raw(insert_files& f) {
    run_raw(f.raw.get(), "DELETE FROM item");
    return time_of(inserted, [&] {
        run_raw(f.raw.get(), "BEGIN");
        const auto s = prepare_raw(f.raw.get(), "INSERT INTO item (id, name, price, stock, note) VALUES (?, ?, ?, ?, ?)");
        for (const auto& item : f.items) {
            bind_raw(s.get(), item);
            if (sqlite3_step(s.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(f.raw.get()));
            sqlite3_reset(s.get());
        }
        run_raw(f.raw.get(), "COMMIT");
    });
}

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
         [=] { return select_raw(*small); }, 1.15, false, peers_doing(small->peers, [](peer_connection& c) { return c.select(lookups); })},
        {"sqlite: point select, statement built each time", [=] { return select_built_anew(small->connection, lookups); },
         [=] { return select_raw(*small); }},
        {"sqlite: scan of 500,000 x 5 into structs", [=] { return scan_ours(large->connection, large_table); },
         [=] { return scan_raw(*large); }, 1.05, false, peers_doing(large->peers, [](peer_connection& c) { return c.scan(large_table); })},
        {"sqlite: scan of 500,000 x 5, row by row", [=] { return scan_rows(large->connection, large_table); },
         [=] { return scan_raw(*large); }},
        {"sqlite: insert of 200,000 x 5, in bulk", [=] { return insert_ours(insert->connection, insert->items); },
         [=] { return insert_raw(*insert); }, 0.6, false, inserting_peers(folder, peers, insert)},
        {"sqlite: insert of 200,000 x 5, one by one, built each time", [=] { return insert_one_by_one(insert->connection, insert->items); },
         [=] { return insert_raw(*insert); }},
    };
}

}  // namespace bench
