#include "load.hpp"

#include "generate.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace az = azoth;

namespace {

az::metadata tables() { return az::metadata_of<Region, Nation, Part, Supplier, PartSupplier, Customer, Order, LineItem>(); }

constexpr double default_scale = 0.002;
constexpr std::int64_t rows_at_once = 10'000;

/// Rows 1 to `count` of a table, in bulk, by the dialect's fastest way.
template <class T, class Make>
void load_rows(az::connection& c, std::int64_t count, const Make& make) {
    for (std::int64_t from = 1; from <= count; from += rows_at_once) {
        std::vector<T> rows;
        for (auto n = from; n <= count && n < from + rows_at_once; ++n) rows.push_back(make(n));
        c.execute(az::insert<T>(), rows);
    }
}

void load_part_suppliers(az::connection& c, const Generator& generator, std::int64_t parts) {
    std::vector<PartSupplier> rows;
    for (std::int64_t n = 1; n <= parts; ++n) {
        for (auto& row : generator.suppliers_of(n)) rows.push_back(std::move(row));
        if (n % rows_at_once != 0 && n != parts) continue;
        c.execute(az::insert<PartSupplier>(), rows);
        rows.clear();
    }
}

void load_orders(az::connection& c, const Generator& generator, std::int64_t orders) {
    std::vector<Order> rows;
    std::vector<LineItem> items;
    for (std::int64_t n = 1; n <= orders; ++n) {
        auto made = generator.order(n);
        rows.push_back(std::move(made.order));
        for (auto& item : made.items) items.push_back(std::move(item));
        if (n % rows_at_once != 0 && n != orders) continue;
        c.execute(az::insert<Order>(), rows);
        c.execute(az::insert<LineItem>(), items);
        rows.clear();
        items.clear();
    }
}

void load_all(az::connection& c, const Sizes& sizes) {
    const Generator generator{sizes};
    c.execute(az::insert<Region>(), Generator::regions());
    c.execute(az::insert<Nation>(), Generator::nations());
    load_rows<Part>(c, sizes.parts, &Generator::part);
    load_rows<Supplier>(c, sizes.suppliers, &Generator::supplier);
    load_part_suppliers(c, generator, sizes.parts);
    load_rows<Customer>(c, sizes.customers, &Generator::customer);
    load_orders(c, generator, sizes.orders);
}

/// Whether a table of that name is there; throws where it is another program's.
template <class T>
bool is_there(const az::engine& engine) {
    auto c = engine.connect();
    try {
        (void)c.execute(az::select<T>().limit(0)).all();
        return true;
    } catch (const az::programming_error& e) {
        if (e.code() == az::errc::no_such_table) return false;
        throw std::runtime_error{"this database has a table of another program, which would be dropped: choose another database (" +
                                 e.message() + ")"};
    }
}

/// Whether all are there; what is dropped has to be whole.
template <class... Ts>
bool are_there(const az::engine& engine) {
    const auto found = (static_cast<std::size_t>(is_there<Ts>(engine)) + ...);
    if (found != 0 && found != sizeof...(Ts))
        throw std::runtime_error{"this database has some of the tables tpch_... and not the others: choose another database"};
    return found != 0;
}

template <class T>
std::int64_t count(az::connection& c) {
    return c.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

/// The scale of what is there, whole.
std::optional<double> scale_there(const az::engine& engine) {
    auto c = engine.connect();
    const double scale = Sizes::scale_of(count<Order>(c));
    try {
        const auto sizes = Sizes::of(scale);
        const bool is_whole = count<Supplier>(c) == sizes.suppliers && count<Part>(c) == sizes.parts && count<LineItem>(c) > sizes.orders;
        return is_whole ? std::optional{scale} : std::nullopt;
    } catch (const std::invalid_argument&) {
        return std::nullopt;  // no orders: a run that was broken off
    }
}

/// Without statistics the planners guess.
void gather_statistics(const az::engine& engine) {
    auto c = engine.connect();
    const auto& dialect = c.server_profile().dialect;
    const std::string_view command = dialect == "mysql" || dialect == "mariadb" ? "ANALYZE TABLE" : "ANALYZE";
    for (const auto table : {"part", "supplier", "partsupp", "customer", "orders", "lineitem"})
        c.execute(az::text(fmt::format("{} tpch_{}", command, table))).close();
    c.commit();
}

}  // namespace

Loaded load(const az::engine& engine, std::optional<double> scale) {
    const auto wanted = Sizes::of(scale.value_or(default_scale));
    if (are_there<Region, Nation, Part, Supplier, PartSupplier, Customer, Order, LineItem>(engine)) {
        const auto there = scale_there(engine);
        if (there && (!scale || Sizes::of(*there).orders == wanted.orders)) return {*there, true};
    }
    drop(engine);
    tables().create_all(engine);
    engine.begin([&](az::connection& c) { load_all(c, wanted); });
    gather_statistics(engine);
    return {Sizes::scale_of(wanted.orders), false};
}

void drop(const az::engine& engine) { tables().drop_all(engine); }
