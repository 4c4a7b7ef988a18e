#include "our_loops.hpp"

#include "harness.hpp"

namespace az = azoth;

namespace bench {
namespace {

using az::col;

/// Times `work`, which does as many operations, in a transaction of the connection.
template <class F>
double in_transaction(az::connection& c, std::size_t operations, F&& work) {
    auto transaction = c.begin();
    const double took = time_of(operations, work);
    transaction.commit();
    return took;
}

/// The commit counts: it is what the raw loop does too.
template <class F>
double with_commit(az::connection& c, std::size_t operations, F&& work) {
    c.execute(az::delete_<Item>());
    c.commit();
    return time_of(operations, [&] {
        auto transaction = c.begin();
        work();
        transaction.commit();
    });
}

auto lookup(std::int64_t key) { return az::select<Item>().where(col<&Item::id> == key); }

}  // namespace

std::vector<Item> make_items(std::size_t count, bool keys) {
    std::vector<Item> items;
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        items.push_back({.id = keys ? static_cast<std::int64_t>(i + 1) : 0,
                         .name = "item number " + std::to_string(i),
                         .price = static_cast<double>(i) * 0.25,
                         .stock = i % 3 == 0 ? std::nullopt : std::optional<std::int64_t>(static_cast<std::int64_t>(i % 100)),
                         .note = "a note of some thirty characters"});
    return items;
}

double select_ours(az::connection& c, std::size_t lookups) {
    const auto query = az::select<Item>().where(col<&Item::id> == az::param<std::int64_t>("id"));
    return in_transaction(c, lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            const Item item = c.scalar(query, {{"id", next_key(i)}});
            keep(item);
        }
    });
}

double select_built_anew(az::connection& c, std::size_t lookups) {
    return in_transaction(c, lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i) {
            const Item item = c.scalar(lookup(next_key(i)));
            keep(item);
        }
    });
}

double select_in_batches(az::connection& c, std::size_t lookups, std::size_t batch) {
    return in_transaction(c, lookups, [&] {
        for (std::size_t i = 0; i < lookups;) {
            std::vector<decltype(lookup(0))> queries;
            for (; queries.size() < batch && i < lookups; ++i) queries.push_back(lookup(next_key(i)));
            for (auto& found : c.execute_batch(queries)) {
                const Item item = found.scalar();
                keep(item);
            }
        }
    });
}

double scan_ours(az::connection& c, std::size_t rows) {
    return in_transaction(c, rows, [&] {
        const auto items = c.scalars(az::select<Item>());
        keep(items);
    });
}

double scan_rows(az::connection& c, std::size_t rows) {
    const auto query = az::select(col<&Item::id>, col<&Item::name>, col<&Item::price>, col<&Item::stock>, col<&Item::note>);
    return in_transaction(c, rows, [&] {
        std::size_t bytes = 0;
        for (const auto& [id, name, price, stock, note] : c.execute(query))
            bytes += name.size() + note.size() + static_cast<std::size_t>(id);
        keep(bytes);
    });
}

double insert_ours(az::connection& c, const std::vector<Item>& items) {
    return with_commit(c, items.size(), [&] { c.execute(az::insert<Item>(), items); });
}

double insert_returning(az::connection& c, const std::vector<Item>& items) {
    return with_commit(c, items.size(), [&] {
        const auto keys = c.execute(az::insert<Item>().returning(col<&Item::id>), items).scalars();
        keep(keys);
    });
}

double insert_one_by_one(az::connection& c, const std::vector<Item>& items) {
    return with_commit(c, items.size(), [&] {
        for (const auto& item : items) c.execute(az::insert<Item>().values(item));
    });
}

}  // namespace bench
