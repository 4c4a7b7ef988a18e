// The cost of a row, and the memory of a scan, from a thousand rows to ten million.
#include "growth.hpp"
#include "harness.hpp"
#include "process_memory.hpp"
#include "raw_sqlite.hpp"

#include <azoth/azoth.hpp>

#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace az = azoth;

namespace bench {

struct Sample {
    std::int64_t id{};
    std::string name{};
    double value{};
};

}  // namespace bench

template <>
struct azoth::mapping<bench::Sample> {
    static azoth::table_map<bench::Sample> map() {
        using bench::Sample;
        return azoth::table_map<Sample>("sample").column<&Sample::id>(azoth::primary_key).column<&Sample::name>().column<&Sample::value>();
    }
};

namespace bench {
namespace {

using az::col;

constexpr std::size_t round_of_rows = 200'000;
constexpr std::size_t most_kept = 1'000'000;

/// A file with as many rows as the longest scan takes, and one connection of each kind to it.
struct samples {
    samples(const std::string& file, std::size_t rows)
        : raw{fill(file, rows)}, engine{az::create_engine("sqlite:///" + file)}, connection{engine.connect()} {}
    static raw_database fill(const std::string& file, std::size_t rows) {
        auto db = open_raw(file);
        run_raw(db.get(), "PRAGMA journal_mode = off");
        run_raw(db.get(), "PRAGMA synchronous = off");
        run_raw(db.get(), "CREATE TABLE sample (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, value REAL NOT NULL)");
        const std::string made = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(rows) +
                                 ") INSERT INTO sample SELECT i, 'sample number ' || (10000000 + i), i * 0.25 FROM n";
        run_raw(db.get(), made.c_str());
        return db;
    }
    raw_database raw;
    az::engine engine;
    az::connection connection;
};

auto up_to(std::size_t rows) { return col<&Sample::id> <= static_cast<std::int64_t>(rows); }

void stream_once(samples& from, std::size_t rows) {
    const auto query = az::select(col<&Sample::id>, col<&Sample::name>, col<&Sample::value>).where(up_to(rows));
    double sum = 0;
    for (const auto& [id, name, value] : from.connection.execute(query).stream())
        sum += value + static_cast<double>(id) + static_cast<double>(name.size());
    keep(sum);
}

/// Fills one row's members again and again, as `stream_once` does.
void step_once(samples& from, std::size_t rows) {
    const auto s = prepare_raw(from.raw.get(), "SELECT id, name, value FROM sample WHERE id <= ?");
    sqlite3_bind_int64(s.get(), 1, static_cast<std::int64_t>(rows));
    double sum = 0;
    Sample row;
    while (sqlite3_step(s.get()) == SQLITE_ROW) {
        row.id = sqlite3_column_int64(s.get(), 0);
        const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(s.get(), 1));
        row.name.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(s.get(), 1)));
        row.value = sqlite3_column_double(s.get(), 2);
        sum += row.value + static_cast<double>(row.id) + static_cast<double>(row.name.size());
    }
    keep(sum);
}

std::vector<Sample> structs(samples& from, std::size_t rows) { return from.connection.scalars(az::select<Sample>().where(up_to(rows))); }

std::vector<Sample> structs_by_hand(samples& from, std::size_t rows) {
    const auto s = prepare_raw(from.raw.get(), "SELECT id, name, value FROM sample WHERE id <= ?");
    sqlite3_bind_int64(s.get(), 1, static_cast<std::int64_t>(rows));
    std::vector<Sample> all;
    while (sqlite3_step(s.get()) == SQLITE_ROW) {
        Sample& row = all.emplace_back();
        row.id = sqlite3_column_int64(s.get(), 0);
        row.name = raw_text(s.get(), 1);
        row.value = sqlite3_column_double(s.get(), 2);
    }
    return all;
}

/// Nanoseconds a row.
template <class Scan>
growth_line timed(const std::string& series, std::size_t rows, Scan scan) {
    return {series, [=] {
                const std::size_t scans = times(round_of_rows, rows);
                return processor_time_of(rows * scans, [&] {
                    for (std::size_t i = 0; i < scans; ++i) scan();
                });
            }};
}

void grow_time(growth_record& to, samples& from, std::size_t most) {
    for (const std::size_t rows : growing(1'000, most, 10)) {
        std::vector<growth_line> lines{timed("azoth, streamed", rows, [&from, rows] { stream_once(from, rows); }),
                                       timed("sqlite3, streamed by hand", rows, [&from, rows] { step_once(from, rows); })};
        if (rows <= most_kept) {
            lines.push_back(timed("azoth, scalars() into structs", rows, [&from, rows] { keep(structs(from, rows)); }));
            lines.push_back(timed("sqlite3, structs by hand", rows, [&from, rows] { keep(structs_by_hand(from, rows)); }));
        }
        to.measure("rows", "ns a row", rows, lines);
    }
}

/// Kibibytes by which the process grew at most while `scan` ran.
template <class Scan>
double grown(Scan&& scan) {
    malloc_trim(0);  // so that what an earlier scan has left behind is not used again unseen
    reset_peak();
    const auto before = process_memory("VmRSS");
    scan();
    return static_cast<double>(std::max<std::int64_t>(0, process_memory("VmHWM") - before));
}

void grow_memory(growth_record& to, samples& from, std::size_t most) {
    for (const std::size_t rows : growing(1'000, most, 10)) {
        std::vector<growth_line> lines{
            {"azoth, streamed", [&from, rows] { return grown([&] { stream_once(from, rows); }); }},
            {"sqlite3, streamed by hand", [&from, rows] { return grown([&] { step_once(from, rows); }); }},
        };
        if (rows <= most_kept)
            lines.push_back({"azoth, kept as structs", [&from, rows] { return grown([&] { keep(structs(from, rows)); }); }});
        to.measure("memory", "KiB", rows, lines);
    }
}

}  // namespace

void grow_rows(growth_record& to, const std::string& folder) {
    const std::size_t most = to.is_quick() ? 1'000'000 : 10'000'000;
    samples from{folder + "/samples.db", most};
    grow_time(to, from, most);
    grow_memory(to, from, most);
}

}  // namespace bench
