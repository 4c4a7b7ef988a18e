#include "sqlite_loops.hpp"

#include "harness.hpp"

#include <stdexcept>

namespace bench {
namespace {

void read_raw(sqlite3_stmt* s, Item& to) {
    to.id = sqlite3_column_int64(s, 0);
    to.name = raw_text(s, 1);
    to.price = sqlite3_column_double(s, 2);
    if (sqlite3_column_type(s, 3) != SQLITE_NULL) to.stock = sqlite3_column_int64(s, 3);
    to.note = raw_text(s, 4);
}

void bind_raw(sqlite3_stmt* s, const Item& item) {
    sqlite3_bind_int64(s, 1, item.id);
    sqlite3_bind_text(s, 2, item.name.data(), static_cast<int>(item.name.size()), SQLITE_STATIC);
    sqlite3_bind_double(s, 3, item.price);
    if (item.stock) sqlite3_bind_int64(s, 4, *item.stock);
    else sqlite3_bind_null(s, 4);
    sqlite3_bind_text(s, 5, item.note.data(), static_cast<int>(item.note.size()), SQLITE_STATIC);
}

}  // namespace

double select_raw(sqlite3* db, std::size_t lookups) {
    run_raw(db, "BEGIN");
    const auto s = prepare_raw(db, "SELECT id, name, price, stock, note FROM item WHERE id = ?");
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
    run_raw(db, "COMMIT");
    return took;
}

double scan_raw(sqlite3* db, std::size_t rows) {
    return time_of(rows, [&] {
        const auto s = prepare_raw(db, "SELECT id, name, price, stock, note FROM item");
        std::vector<Item> items;
        while (sqlite3_step(s.get()) == SQLITE_ROW) read_raw(s.get(), items.emplace_back());
        keep(items);
    });
}

double insert_raw(sqlite3* db, const std::vector<Item>& items) {
    run_raw(db, "DELETE FROM item");
    return time_of(items.size(), [&] {
        run_raw(db, "BEGIN");
        const auto s = prepare_raw(db, "INSERT INTO item (id, name, price, stock, note) VALUES (?, ?, ?, ?, ?)");
        for (const auto& item : items) {
            bind_raw(s.get(), item);
            if (sqlite3_step(s.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
            sqlite3_reset(s.get());
        }
        run_raw(db, "COMMIT");
    });
}

}  // namespace bench
