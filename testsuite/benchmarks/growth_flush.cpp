// What a session's flush costs by the objects that it compares, and by those that it finds changed.
#include "growth.hpp"
#include "harness.hpp"
#include "sqlite_loops.hpp"

#include <azoth/orm.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace az = azoth;
namespace orm = azoth::orm;

namespace bench {
namespace {

constexpr std::size_t compared_in_a_round = 500'000;
constexpr std::size_t objects_of_changes = 100'000;

/// A session that has read as many objects.
struct loaded {
    explicit loaded(std::size_t count) {
        az::metadata_of<Item>().create_all(engine);
        engine.begin([&](az::connection& c) { c.execute(az::insert<Item>(), make_items(count)); });
        for (const auto& object : session.scalars(az::select<Item>())) objects.push_back(object);
    }
    az::engine engine{az::create_engine("sqlite://")};
    orm::session session{engine};
    std::vector<orm::ptr<Item>> objects{};
};

bool is_same(const Item& a, const Item& b) {
    return a.id == b.id && a.name == b.name && a.price == b.price && a.stock == b.stock && a.note == b.note;
}

/// The least that a comparison can be: two vectors, one beside the other.
double compare_by_hand(const std::vector<Item>& now, const std::vector<Item>& before) {
    const std::size_t rounds = times(compared_in_a_round, now.size());
    return processor_time_of(now.size() * rounds, [&] {
        for (std::size_t n = 0; n < rounds; ++n) {
            std::size_t changed = 0;
            for (std::size_t i = 0; i < now.size(); ++i) changed += is_same(now[i], before[i]) ? 0 : 1;
            keep(changed);
        }
    });
}

double flush_nothing(loaded& in) {
    const std::size_t rounds = times(compared_in_a_round, in.objects.size());
    return processor_time_of(in.objects.size() * rounds, [&] {
        for (std::size_t n = 0; n < rounds; ++n) in.session.flush();
    });
}

void grow_comparison(growth_record& to) {
    for (const std::size_t count : growing(1'000, to.is_quick() ? 100'000 : 1'000'000, 10)) {
        loaded in{count};
        const auto now = make_items(count);
        const auto before = now;
        to.measure("flush", "ns an object", count,
                   {{"azoth, flush without changes", [&] { return flush_nothing(in); }},
                    {"a vector beside its copy", [&] { return compare_by_hand(now, before); }}});
    }
}

/// Microseconds a flush.
double flush_changes(loaded& in, std::size_t changed) {
    for (std::size_t i = 0; i < changed; ++i) in.objects[i * (in.objects.size() / changed)]->price += 1;
    return processor_time_of(1, [&] { in.session.flush(); }) / 1e3;
}

struct table_by_hand {
    table_by_hand() {
        run_raw(raw.get(), create_item);
        (void)insert_raw(raw.get(), make_items(objects_of_changes));
        run_raw(raw.get(), "BEGIN");
        update = prepare_raw(raw.get(), "UPDATE item SET price = ? WHERE id = ?");
    }
    void set_price(std::size_t key) {
        sqlite3_bind_double(update.get(), 1, price);
        sqlite3_bind_int64(update.get(), 2, static_cast<std::int64_t>(key));
        if (sqlite3_step(update.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(raw.get()));
        sqlite3_reset(update.get());
    }
    raw_database raw{open_raw(":memory:")};
    raw_statement update{};
    double price{};
};

double update_by_hand(table_by_hand& of, std::size_t changed) {
    const std::size_t flushes = times(1'000, changed);  // the clock itself takes as long as an update
    return processor_time_of(flushes,
                             [&] {
                                 for (std::size_t n = 0; n < flushes; ++n) {
                                     of.price += 1;
                                     for (std::size_t i = 0; i < changed; ++i) of.set_price(i * (objects_of_changes / changed) + 1);
                                 }
                             }) /
           1e3;
}

void grow_changes(growth_record& to) {
    loaded in{objects_of_changes};
    table_by_hand by_hand;
    double statements = 0;
    const az::subscription counting = in.engine.subscribe({.before_execute = [&](const az::execution_event&) { ++statements; }});
    for (const std::size_t changed : growing(1, objects_of_changes, 10)) {
        to.measure("flush of changes", "us a flush", changed,
                   {{"azoth, flush of 100,000 objects", [&] { return flush_changes(in, changed); }},
                    {"sqlite3, the updates by hand", [&] { return update_by_hand(by_hand, changed); }}});
        statements = 0;
        (void)flush_changes(in, changed);
        to.add("flush statements", "statements", changed, "azoth, statements sent", {statements});
    }
}

}  // namespace

void grow_flush(growth_record& to) {
    grow_comparison(to);
    grow_changes(to);
}

}  // namespace bench
