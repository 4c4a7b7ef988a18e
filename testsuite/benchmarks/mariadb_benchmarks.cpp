#include "server_benchmarks.hpp"

#include "harness.hpp"
#include "orm_loops.hpp"
#include "peers/peers.hpp"

#include <azoth/url/url.hpp>

#include <mysql.h>

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

struct closer {
    void operator()(MYSQL* c) const { mysql_close(c); }
    void operator()(MYSQL_RES* r) const { mysql_free_result(r); }
    void operator()(MYSQL_STMT* s) const { mysql_stmt_close(s); }
};
using raw_connection = std::unique_ptr<MYSQL, closer>;
using raw_result = std::unique_ptr<MYSQL_RES, closer>;
using raw_statement = std::unique_ptr<MYSQL_STMT, closer>;

raw_connection open_raw(const az::url& to) {
    raw_connection made{mysql_init(nullptr)};
    const auto& host = to.hosts().front();
    const bool socket = host.is_socket();
    if (!mysql_real_connect(made.get(), socket ? "localhost" : host.name.c_str(), to.user()->c_str(), to.password()->c_str(),
                            to.database().c_str(), host.port, socket ? host.name.c_str() : nullptr, 0))
        throw std::runtime_error(mysql_error(made.get()));
    return made;
}

void run_raw(MYSQL* c, const std::string& sql) {
    if (mysql_real_query(c, sql.data(), sql.size()) != 0) throw std::runtime_error(mysql_error(c));
}

void check(MYSQL_STMT* s, int code) {
    if (code != 0) throw std::runtime_error(mysql_stmt_error(s));
}

raw_statement prepare_raw(MYSQL* c, const std::string& sql) {
    raw_statement s{mysql_stmt_init(c)};
    check(s.get(), mysql_stmt_prepare(s.get(), sql.data(), sql.size()));
    return s;
}

MYSQL_BIND number_of(const std::int64_t& v) {
    MYSQL_BIND b{};
    b.buffer_type = MYSQL_TYPE_LONGLONG;
    b.buffer = const_cast<std::int64_t*>(&v);
    return b;
}
MYSQL_BIND real_of(const double& v) {
    MYSQL_BIND b{};
    b.buffer_type = MYSQL_TYPE_DOUBLE;
    b.buffer = const_cast<double*>(&v);
    return b;
}
MYSQL_BIND text_of(const std::string& v) {
    MYSQL_BIND b{};
    b.buffer_type = MYSQL_TYPE_STRING;
    b.buffer = const_cast<char*>(v.data());
    b.buffer_length = v.size();
    return b;
}

/// Where a prepared result puts a row.
struct row_buffers {
    std::int64_t id{};
    std::array<char, 256> name{};
    double price{};
    std::int64_t stock{};
    my_bool no_stock{};
    std::array<char, 256> note{};
    unsigned long name_size{};
    unsigned long note_size{};
    std::array<MYSQL_BIND, 5> binds{};

    row_buffers() {
        binds[0] = number_of(id);
        binds[1] = text_into(name, name_size);
        binds[2] = real_of(price);
        binds[3] = number_of(stock);
        binds[3].is_null = &no_stock;
        binds[4] = text_into(note, note_size);
    }
    static MYSQL_BIND text_into(std::array<char, 256>& to, unsigned long& size) {
        MYSQL_BIND b{};
        b.buffer_type = MYSQL_TYPE_STRING;
        b.buffer = to.data();
        b.buffer_length = to.size();
        b.length = &size;
        return b;
    }
    void read(Item& to) const {
        to.id = id;
        to.name.assign(name.data(), name_size);
        to.price = price;
        if (!no_stock) to.stock = stock;
        to.note.assign(note.data(), note_size);
    }
};

/// A database for each side, and a connection of each kind.
struct server {
    explicit server(const std::string& address)
        : raw{open_raw(az::url::parse(address))}, engine{make_engine(address)}, connection{engine.connect()} {
        az::metadata_of<Item>().create_all(connection);
        connection.commit();
        run_raw(raw.get(), "USE azoth_bench_raw");
        run_raw(raw.get(), "CREATE TABLE item LIKE azoth_bench_ours.item");
    }
    ~server() {
        connection.close();
        engine.dispose();
        for (const char* sql : {"DROP DATABASE azoth_bench_raw", "DROP DATABASE azoth_bench_ours"}) mysql_query(raw.get(), sql);
    }
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    void fill(std::size_t rows) {
        if (rows == filled) return;
        insert_ours(connection, make_items(rows));
        run_raw(raw.get(), "TRUNCATE item");
        run_raw(raw.get(), "INSERT INTO azoth_bench_raw.item SELECT * FROM azoth_bench_ours.item");
        filled = rows;
    }
    /// Both tables: rows that are only deleted stay in the way of those that come.
    void empty() {
        filled = 0;
        run_raw(raw.get(), "TRUNCATE item");
        run_raw(raw.get(), "TRUNCATE azoth_bench_ours.item");
    }

    raw_connection raw;
    az::engine engine;
    az::connection connection;
    std::size_t filled{};

private:
    az::engine make_engine(const std::string& address) {
        for (const char* side : {"azoth_bench_ours", "azoth_bench_raw"}) {
            run_raw(raw.get(), std::string{"DROP DATABASE IF EXISTS "} + side);
            run_raw(raw.get(), std::string{"CREATE DATABASE "} + side);
        }
        return az::create_engine(az::url::parse(address).with_database("azoth_bench_ours"));
    }
};

double select_raw(server& s, std::size_t lookups) {
    s.fill(small_table);
    run_raw(s.raw.get(), "BEGIN");
    const auto statement = prepare_raw(s.raw.get(), "SELECT id, name, price, stock, note FROM item WHERE id = ?");
    std::int64_t key = 0;
    MYSQL_BIND parameter = number_of(key);
    row_buffers row;
    check(statement.get(), mysql_stmt_bind_param(statement.get(), &parameter));
    check(statement.get(), mysql_stmt_bind_result(statement.get(), row.binds.data()));
    const double took = time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            key = next_key(i);
            check(statement.get(), mysql_stmt_execute(statement.get()));
            check(statement.get(), mysql_stmt_fetch(statement.get()));
            Item item;
            row.read(item);
            mysql_stmt_free_result(statement.get());
            keep(item);
        }
    });
    run_raw(s.raw.get(), "COMMIT");
    return took;
}

double scan_raw(server& s, std::size_t rows) {
    s.fill(rows);
    return time_of(rows, [&] {
        run_raw(s.raw.get(), "SELECT id, name, price, stock, note FROM item");
        const raw_result r{mysql_use_result(s.raw.get())};
        std::vector<Item> items;
        while (const MYSQL_ROW row = mysql_fetch_row(r.get())) {
            const unsigned long* const size = mysql_fetch_lengths(r.get());
            Item& to = items.emplace_back();
            std::from_chars(row[0], row[0] + size[0], to.id);
            to.name.assign(row[1], size[1]);
            std::from_chars(row[2], row[2] + size[2], to.price);
            if (row[3]) std::from_chars(row[3], row[3] + size[3], to.stock.emplace());
            to.note.assign(row[4], size[4]);
        }
        keep(items);
    });
}

double insert_raw(server& s, const std::vector<Item>& items, bool returning) {
    s.empty();
    return time_of(items.size(), [&] {
        run_raw(s.raw.get(), "BEGIN");
        const auto statement =
            prepare_raw(s.raw.get(), returning ? "INSERT INTO item (name, price, stock, note) VALUES (?, ?, ?, ?)"
                                               : "INSERT INTO item (id, name, price, stock, note) VALUES (?, ?, ?, ?, ?)");
        for (const Item& item : items) {
            const std::int64_t stock = item.stock.value_or(0);
            my_bool null = item.stock ? 0 : 1;
            std::array<MYSQL_BIND, 5> binds{number_of(item.id), text_of(item.name), real_of(item.price), number_of(stock),
                                            text_of(item.note)};
            binds[3].is_null = &null;
            check(statement.get(), mysql_stmt_bind_param(statement.get(), binds.data() + (returning ? 1 : 0)));
            check(statement.get(), mysql_stmt_execute(statement.get()));
            if (returning) keep(mysql_stmt_insert_id(statement.get()));
        }
        run_raw(s.raw.get(), "COMMIT");
    });
}

struct targets {
    double select, scan, insert, returning;
};

/// A peer runs once: Connector/C++ beside the driver that uses it, the others beside libmariadb, which they use too (or Python's own).
std::vector<peer_library> peers_beside(const std::string& driver, std::vector<peer_library> all) {
    std::erase_if(all, [&](const peer_library& p) { return (p.name == "Connector/C++") != (driver == "connector"); });
    return all;
}

}  // namespace

std::vector<benchmark> mariadb_benchmarks(const std::string& address, const std::vector<peer_library>& peers) {
    const auto s = std::make_shared<server>(address);
    const std::string name = az::url::parse(address).driver();
    const targets to = name == "connector" ? targets{1.35, 1.9, 0.14, 0} : targets{1.05, 1.1, 0.09, 0};
    const auto with_keys = std::make_shared<std::vector<Item>>(make_items(many_inserted));
    const auto without_keys = std::make_shared<std::vector<Item>>(make_items(many_inserted, false));
    const auto few = std::make_shared<std::vector<Item>>(make_items(few_inserted));
    const auto opened = open_peers(peers_beside(name, peers), az::url::parse(address).with_database("azoth_bench_raw"));
    const auto peer_insert = [=](peer_connection& c) { return s->empty(), c.insert(c.inserts_in_bulk() ? *with_keys : *few); };
    const auto raw_select = [=] { return select_raw(*s, server_lookups); };
    const auto raw_scan = [=] { return scan_raw(*s, server_table); };
    std::vector<benchmark> all{
        {"mariadb, " + name + ": point select, statement reused",
         [=] { return s->fill(small_table), select_ours(s->connection, server_lookups); }, raw_select, to.select, false,
         peers_doing(opened, [=](peer_connection& c) { return s->fill(small_table), c.select(server_lookups); })},
        {"mariadb, " + name + ": point select, statement built each time",
         [=] { return s->fill(small_table), select_built_anew(s->connection, server_lookups); }, raw_select},
        {"mariadb, " + name + ": scan of 500,000 x 5 into structs",
         [=] { return s->fill(server_table), scan_ours(s->connection, server_table); }, raw_scan, to.scan, false,
         peers_doing(opened, [=](peer_connection& c) { return s->fill(server_table), c.scan(server_table); })},
        {"mariadb, " + name + ": scan of 500,000 x 5, row by row",
         [=] { return s->fill(server_table), scan_rows(s->connection, server_table); }, raw_scan},
        {"mariadb, " + name + ": insert of 200,000 x 5, in bulk", [=] { return s->empty(), insert_ours(s->connection, *with_keys); },
         [=] { return insert_raw(*s, *few, false); }, to.insert, false, peers_doing(opened, peer_insert)},
        {"mariadb, " + name + ": insert of 200,000 x 5, keys returned",
         [=] { return s->empty(), insert_returning(s->connection, *without_keys); }, [=] { return insert_raw(*s, *few, true); }},
    };
    add_orm_benchmarks(all, {.name = "mariadb, " + name,
                             .engine = s->engine,
                             .fill = [=](std::size_t rows) { s->fill(rows); },
                             .empty = [=] { s->empty(); },
                             .insert = [=] { return insert_raw(*s, *few, true); },
                             .select = raw_select,
                             .scan = [=] { return scan_raw(*s, small_table); }});
    return all;
}

}  // namespace bench
