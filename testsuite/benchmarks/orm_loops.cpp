#include "orm_loops.hpp"

#include "server_benchmarks.hpp"

#include <azoth/orm.hpp>

#include <memory>
#include <stdexcept>

namespace az = azoth;
namespace orm = azoth::orm;

namespace bench {

double flush_objects(const az::engine& engine, const std::vector<Item>& items) {
    engine.begin([](az::connection& c) { c.execute(az::delete_<Item>()); });
    orm::session session{engine};
    for (const Item& i : items) session.add(i);
    return time_of(items.size(), [&] { session.commit(); });
}

double get_objects(const az::engine& engine, std::size_t lookups) {
    orm::session session{engine};
    return time_of(lookups, [&] {
        for (std::size_t i = 0; i < lookups; ++i)
            if (!session.get<Item>(next_key(i))) throw std::runtime_error{"no row"};
    });
}

double load_objects(const az::engine& engine, std::size_t rows) {
    orm::session session{engine};
    return time_of(rows, [&] {
        if (session.scalars(az::select<Item>()).size() != rows) throw std::runtime_error{"rows are missing"};
    });
}

void add_orm_benchmarks(std::vector<benchmark>& to, const server_loops& on) {
    const auto s = std::make_shared<const server_loops>(on);
    const auto items = std::make_shared<const std::vector<Item>>(make_items(new_objects, false));
    to.push_back({s->name + ": orm: flush of 50,000 new objects", [=] { return s->empty(), flush_objects(s->engine, *items); }, s->insert});
    to.push_back(
        {s->name + ": orm: load of 10,000 objects", [=] { return s->fill(small_table), load_objects(s->engine, small_table); }, s->scan});
    to.push_back(
        {s->name + ": orm: get of a new object", [=] { return s->fill(small_table), get_objects(s->engine, server_lookups); }, s->select});
}

}  // namespace bench
