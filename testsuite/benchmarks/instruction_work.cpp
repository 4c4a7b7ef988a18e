// azoth_instruction_work WORK COUNT: does one kind of work so often and nothing else, on SQLite in memory. testsuite/checks/instructions.py
// counts its instructions by callgrind: two counts tell what one time costs.
#include "harness.hpp"
#include "our_loops.hpp"
#include "sqlite_loops.hpp"

#include <azoth/orm.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

namespace {

namespace az = azoth;
namespace orm = azoth::orm;
using bench::Item;

az::engine filled(std::size_t rows) {
    az::engine engine = az::create_engine("sqlite://");
    az::metadata_of<Item>().create_all(engine);
    engine.begin([&](az::connection& c) { c.execute(az::insert<Item>(), bench::make_items(rows)); });
    return engine;
}

template <double (*Loop)(az::connection&, std::size_t)>
void statements(std::size_t count) {
    auto c = filled(bench::small_table).connect();
    (void)Loop(c, count);
}

/// What works on many rows at once does so again and again, on as many as this.
constexpr std::size_t at_once = 5000;

template <double (*Loop)(az::connection&, std::size_t)>
void rows(std::size_t count) {
    auto c = filled(at_once).connect();
    for (std::size_t i = 0; i < count; i += at_once) (void)Loop(c, at_once);
}

template <double (*Loop)(az::connection&, const std::vector<Item>&)>
void inserts(std::size_t count) {
    auto c = filled(0).connect();
    const auto items = bench::make_items(at_once);
    for (std::size_t i = 0; i < count; i += at_once) (void)Loop(c, items);
}

void flush(std::size_t count) {
    const az::engine engine = filled(0);
    const auto items = bench::make_items(at_once, false);
    for (std::size_t i = 0; i < count; i += at_once) {
        orm::session session{engine};
        for (const Item& item : items) session.add(item);
        session.commit();
    }
}

void load(std::size_t count) {
    const az::engine engine = filled(at_once);
    for (std::size_t i = 0; i < count; i += at_once) {
        orm::session session{engine};
        bench::keep(session.scalars(az::select<Item>()));
    }
}

void get_new(std::size_t count) {
    const az::engine engine = filled(bench::small_table);
    orm::session session{engine};
    for (std::size_t i = 0; i < count; ++i) bench::keep(session.get<Item>(bench::next_key(i)));
}

void get_known(std::size_t count) {
    const az::engine engine = filled(bench::small_table);
    orm::session session{engine};
    const auto all = session.scalars(az::select<Item>());
    for (std::size_t i = 0; i < count; ++i) bench::keep(session.get<Item>(bench::next_key(i)));
}

void check_out(std::size_t count) {
    const az::engine engine = filled(0);
    for (std::size_t i = 0; i < count; ++i) bench::keep(engine.connect());
}

/// The same tables for the loops by hand.
bench::raw_database filled_by_hand(std::size_t rows) {
    bench::raw_database db = bench::open_raw(":memory:");
    bench::run_raw(db.get(), bench::create_item);
    (void)bench::insert_raw(db.get(), bench::make_items(rows));
    return db;
}

void selects_by_hand(std::size_t count) { (void)bench::select_raw(filled_by_hand(bench::small_table).get(), count); }

void scans_by_hand(std::size_t count) {
    const auto db = filled_by_hand(at_once);
    for (std::size_t i = 0; i < count; i += at_once) (void)bench::scan_raw(db.get(), at_once);
}

void inserts_by_hand(std::size_t count) {
    const auto db = filled_by_hand(0);
    const auto items = bench::make_items(at_once);
    for (std::size_t i = 0; i < count; i += at_once) (void)bench::insert_raw(db.get(), items);
}

struct work {
    std::string_view name;
    std::size_t few;   ///< the smaller of two counts, the first of which warms up ...
    std::size_t many;  ///< ... and the larger
    void (*run)(std::size_t);
};
constexpr work all[]{
    {"select-reused", 1000, 3000, statements<bench::select_ours>},
    {"select-built", 1000, 3000, statements<bench::select_built_anew>},
    {"scan-into-structs", 2 * at_once, 4 * at_once, rows<bench::scan_ours>},
    {"scan-row-by-row", 2 * at_once, 4 * at_once, rows<bench::scan_rows>},
    {"insert-in-bulk", 2 * at_once, 4 * at_once, inserts<bench::insert_ours>},
    {"insert-one-by-one", at_once, 2 * at_once, inserts<bench::insert_one_by_one>},
    {"orm-flush", 2 * at_once, 4 * at_once, flush},
    {"orm-load", 2 * at_once, 4 * at_once, load},
    {"orm-get-new", 1000, 3000, get_new},
    {"orm-get-known", at_once, 3 * at_once, get_known},
    {"checkout", at_once, 3 * at_once, check_out},
    {"by-hand-select", 1000, 3000, selects_by_hand},
    {"by-hand-scan", 2 * at_once, 4 * at_once, scans_by_hand},
    {"by-hand-insert", 2 * at_once, 4 * at_once, inserts_by_hand},
};

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view{argv[1]} == "--list") {
        for (const auto& w : all) fmt::print("{} {} {}\n", w.name, w.few, w.many);
        return 0;
    }
    const auto* wanted = argc == 3 ? std::ranges::find(all, std::string_view{argv[1]}, &work::name) : std::end(all);
    if (wanted == std::end(all)) {
        fmt::print(stderr, "azoth_instruction_work --list, or WORK COUNT\n");
        return 2;
    }
    wanted->run(static_cast<std::size_t>(std::atoll(argv[2])));
}
