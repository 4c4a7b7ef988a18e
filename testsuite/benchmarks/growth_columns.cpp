// The cost of a statement and of a row with one column and with up to 64, of a table that the program learns at run time.
#include "growth.hpp"
#include "harness.hpp"
#include "raw_sqlite.hpp"

#include <azoth/azoth.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t most_columns = 64;
constexpr std::size_t table_rows = 2'000;
constexpr std::size_t lookups = 5'000;

std::string column_name(std::size_t i) { return "c" + std::to_string(i); }

std::int64_t key_of(std::size_t i) { return static_cast<std::int64_t>(i * 797 % table_rows + 1); }

std::string sql_of_table() {
    std::string sql = "CREATE TABLE wide (id INTEGER NOT NULL PRIMARY KEY";
    for (std::size_t i = 0; i < most_columns; ++i) sql += ", " + column_name(i) + " INTEGER NOT NULL";
    return sql + ")";
}

std::string sql_of_rows() {
    std::string sql = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(table_rows) +
                      ") INSERT INTO wide SELECT i";
    for (std::size_t i = 0; i < most_columns; ++i) sql += ", i * " + std::to_string(i + 1);
    return sql + " FROM n";
}

std::string sql_of_query(std::size_t columns) {
    std::string sql = "SELECT c0";
    for (std::size_t i = 1; i < columns; ++i) sql += ", " + column_name(i);
    return sql + " FROM wide";
}

az::table wide_table() {
    std::vector<az::column_draft> columns{az::column("id", az::type_kind::big_integer, az::primary_key)};
    for (std::size_t i = 0; i < most_columns; ++i) columns.push_back(az::column(column_name(i), az::type_kind::big_integer));
    return {"wide", std::move(columns)};
}

/// The same table in a database in memory for each side.
struct wide_rows {
    wide_rows() {
        connection.execute(az::text(sql_of_table()));
        connection.execute(az::text(sql_of_rows()));
        connection.commit();
        run_raw(raw.get(), sql_of_table().c_str());
        run_raw(raw.get(), sql_of_rows().c_str());
        run_raw(raw.get(), "BEGIN");
    }
    [[nodiscard]] az::select_statement<> query(std::size_t columns) const {
        std::vector<az::expr<az::value>> chosen;
        for (std::size_t i = 0; i < columns; ++i) chosen.push_back(table[column_name(i)]);
        return az::select_columns(chosen);
    }
    az::table table{wide_table()};
    az::engine engine{az::create_engine("sqlite://")};
    az::connection connection{engine.connect()};
    raw_database raw{open_raw(":memory:")};
};

std::int64_t sum_of(const az::result& row, std::size_t columns) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < columns; ++i) sum += row.get<std::int64_t>(i);
    return sum;
}

std::int64_t sum_of(sqlite3_stmt* row, std::size_t columns) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < columns; ++i) sum += sqlite3_column_int64(row, static_cast<int>(i));
    return sum;
}

double select_reused(wide_rows& from, std::size_t columns) {
    const auto query = from.query(columns).where(from.table.column<std::int64_t>("id") == az::param<std::int64_t>("id"));
    return processor_time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            az::result found = from.connection.execute(query, {{"id", key_of(i)}});
            found.require_row();
            keep(sum_of(found, columns));
        }
    });
}

double select_built_each_time(wide_rows& from, std::size_t columns) {
    std::vector<az::expr<az::value>> chosen;
    for (std::size_t i = 0; i < columns; ++i) chosen.push_back(from.table[column_name(i)]);
    const auto id = from.table.column<std::int64_t>("id");
    return processor_time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            az::result found = from.connection.execute(az::select_columns(chosen).where(id == key_of(i)));
            found.require_row();
            keep(sum_of(found, columns));
        }
    });
}

double select_by_hand(wide_rows& from, std::size_t columns) {
    const auto s = prepare_raw(from.raw.get(), (sql_of_query(columns) + " WHERE id = ?").c_str());
    return processor_time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            sqlite3_bind_int64(s.get(), 1, key_of(i));
            if (sqlite3_step(s.get()) != SQLITE_ROW) throw std::runtime_error("no row");
            keep(sum_of(s.get(), columns));
            sqlite3_reset(s.get());
        }
    });
}

/// For a row and a column of it.
double scan(wide_rows& from, std::size_t columns) {
    const auto query = from.query(columns);
    const std::size_t scans = times(most_columns, columns);
    return processor_time_of(table_rows * columns * scans, [&] {
        for (std::size_t n = 0; n < scans; ++n) {
            az::result found = from.connection.execute(query);
            while (found.next()) keep(sum_of(found, columns));
        }
    });
}

double scan_by_hand(wide_rows& from, std::size_t columns) {
    const auto s = prepare_raw(from.raw.get(), sql_of_query(columns).c_str());
    const std::size_t scans = times(most_columns, columns);
    return processor_time_of(table_rows * columns * scans, [&] {
        for (std::size_t n = 0; n < scans; ++n) {
            while (sqlite3_step(s.get()) == SQLITE_ROW) keep(sum_of(s.get(), columns));
            sqlite3_reset(s.get());
        }
    });
}

}  // namespace

void grow_columns(growth_record& to) {
    wide_rows from;
    for (const std::size_t n : growing(1, most_columns, 2)) {
        to.measure("columns", "ns a statement", n,
                   {{"azoth, statement reused", [&] { return select_reused(from, n); }},
                    {"azoth, statement built each time", [&] { return select_built_each_time(from, n); }},
                    {"sqlite3 by hand", [&] { return select_by_hand(from, n); }}});
        to.measure("columns of rows", "ns a row and column", n,
                   {{"azoth", [&] { return scan(from, n); }}, {"sqlite3 by hand", [&] { return scan_by_hand(from, n); }}});
    }
}

}  // namespace bench
