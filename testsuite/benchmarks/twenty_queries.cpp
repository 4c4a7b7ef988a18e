// A source of a usual program, to see how long it takes to compile: three structs and twenty queries. compile_time.py compiles it.
#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace az = azoth;
using az::col;
namespace func = az::func;

struct Customer {
    std::int64_t id{};
    std::string name{};
    std::string city{};
    std::optional<std::string> email{};
    bool active{};
};
struct Order {
    std::int64_t id{};
    std::int64_t customer_id{};
    az::decimal total{};
    az::date placed{};
    std::optional<az::date> shipped{};
};
struct Line {
    std::int64_t id{};
    std::int64_t order_id{};
    std::string product{};
    std::int32_t quantity{};
    az::decimal price{};
};

template <>
struct azoth::mapping<Customer> {
    static azoth::table_map<Customer> map() {
        return azoth::table_map<Customer>("customer")
            .column<&Customer::id>(azoth::primary_key)
            .column<&Customer::name>(azoth::string(80))
            .column<&Customer::city>(azoth::string(80))
            .column<&Customer::email>(azoth::string(120), azoth::unique)
            .column<&Customer::active>();
    }
};
template <>
struct azoth::mapping<Order> {
    static azoth::table_map<Order> map() {
        return azoth::table_map<Order>("orders")
            .column<&Order::id>(azoth::primary_key)
            .column<&Order::customer_id>(azoth::references<&Customer::id>)
            .column<&Order::total>(azoth::numeric(12, 2))
            .column<&Order::placed>()
            .column<&Order::shipped>();
    }
};
template <>
struct azoth::mapping<Line> {
    static azoth::table_map<Line> map() {
        return azoth::table_map<Line>("line")
            .column<&Line::id>(azoth::primary_key)
            .column<&Line::order_id>(azoth::references<&Order::id>)
            .column<&Line::product>(azoth::string(80))
            .column<&Line::quantity>()
            .column<&Line::price>(azoth::numeric(10, 2));
    }
};

namespace {

// Reading.
std::optional<Customer> customer_by_id(az::connection& c, std::int64_t id) {
    const auto row = c.execute(az::select<Customer>().where(col<&Customer::id> == id)).one_or_none();
    return row ? std::optional{std::get<0>(*row)} : std::nullopt;
}
std::vector<std::string> names_in(az::connection& c, const std::string& city) {
    return c.scalars(az::select(col<&Customer::name>).where(col<&Customer::city> == city).order_by(col<&Customer::name>));
}
auto page_of_customers(az::connection& c, std::int64_t page) {
    return c
        .execute(az::select(col<&Customer::id>, col<&Customer::name>, col<&Customer::email>)
                     .where(col<&Customer::active> == true, col<&Customer::email>.is_not_null())
                     .order_by(col<&Customer::name>, col<&Customer::id>.desc())
                     .limit(50)
                     .offset(50 * page))
        .all();
}
auto search(az::connection& c, const std::optional<std::string>& name, const std::vector<std::string>& cities) {
    return c
        .execute(az::select<Customer>()
                     .where_if(name, [](const std::string& n) { return col<&Customer::name>.like("%" + n + "%"); })
                     .where_if(!cities.empty(), col<&Customer::city>.in(cities)))
        .scalars();
}
auto orders_with_customers(az::connection& c) {
    return c.execute(az::select(col<&Order::id>, col<&Order::total>, col<&Customer::name>).join<Customer>().order_by(col<&Order::id>))
        .all();
}
auto three_tables(az::connection& c, std::int32_t least) {
    return c
        .execute(az::select(col<&Customer::name>, col<&Order::id>, col<&Line::product>)
                     .join<Order>(col<&Order::customer_id> == col<&Customer::id>)
                     .join<Line>(col<&Line::order_id> == col<&Order::id>)
                     .where(col<&Customer::city> == "Bern", col<&Order::total> > az::decimal::parse("99.50"), col<&Line::quantity> >= least,
                            col<&Line::product>.like("a%")))
        .all();
}
auto customers_and_their_orders(az::connection& c) {
    return c
        .execute(
            az::select(col<&Customer::name>, az::maybe(col<&Order::id>)).outer_join<Order>(col<&Order::customer_id> == col<&Customer::id>))
        .all();
}
auto totals(az::connection& c) {
    return c
        .execute(az::select(col<&Order::customer_id>, func::count().label("orders"), func::sum(col<&Order::total>))
                     .group_by(col<&Order::customer_id>)
                     .having(func::count() > 3)
                     .order_by(func::sum(col<&Order::total>).desc()))
        .all();
}
auto averages(az::connection& c) {
    return c
        .execute(az::select(func::avg(col<&Line::price>), func::min(col<&Line::price>), func::max(col<&Line::price>),
                            func::count_distinct(col<&Line::product>)))
        .one();
}
auto without_orders(az::connection& c) {
    const auto theirs = az::select(col<&Order::id>).where(col<&Order::customer_id> == col<&Customer::id>);
    return c.scalars(az::select(col<&Customer::name>).where(!theirs.exists()));
}
auto large_orders(az::connection& c) {
    const auto average = az::select(func::avg(col<&Order::total>)).select_from(az::entity<Order>);
    return c.execute(az::select<Order>().where(col<&Order::total> > average.scalar())).scalars();
}
auto ranked(az::connection& c) {
    return c
        .execute(
            az::select(col<&Order::id>,
                       func::rank().over(az::partition_by(col<&Order::customer_id>).order_by(col<&Order::total>.desc())).label("place")))
        .all();
}
auto classes(az::connection& c) {
    const auto size = az::when(col<&Order::total> > az::decimal::parse("1000"), "large")
                          .when(col<&Order::total> > az::decimal::parse("100"), "middle")
                          .otherwise("small");
    return c.execute(az::select(size.label("size"), func::count()).group_by(size)).all();
}
auto monthly(az::connection& c, az::date from, az::date to) {
    const auto recent =
        az::cte("recent", az::select(col<&Order::id>, col<&Order::total>).where(col<&Order::placed>.between(from, to)), {"id", "total"});
    const auto [id, total] = recent.columns();
    return c.execute(az::select(id, total, func::count()).join<Line>(col<&Line::order_id> == id).group_by(id, total)).all();
}
auto everywhere(az::connection& c) { return c.execute(az::select(col<&Customer::city>).union_(az::select(col<&Line::product>))).scalars(); }
auto pairs(az::connection& c) {
    const auto a = az::alias<Customer>("a");
    const auto b = az::alias<Customer>("b");
    return c
        .execute(az::select(a[&Customer::name], b[&Customer::name])
                     .join(b, a[&Customer::city] == b[&Customer::city] && a[&Customer::id] < b[&Customer::id]))
        .all();
}
// Writing.
void place(az::connection& c, const Order& order, const std::vector<Line>& lines) {
    c.execute(az::insert<Order>().values(order));
    c.execute(az::insert<Line>(), lines);
}
auto add_customer(az::connection& c, const std::string& name) {
    return c.scalar(az::insert<Customer>()
                        .set(col<&Customer::name>, name)
                        .set(col<&Customer::city>, "Bern")
                        .set(col<&Customer::active>, true)
                        .returning(col<&Customer::id>));
}
auto ship(az::connection& c, std::int64_t id, az::date on) {
    return c.execute(az::update<Order>().set(col<&Order::shipped>, on).where(col<&Order::id> == id, col<&Order::shipped>.is_null()))
        .affected_rows();
}
auto forget(az::connection& c, const std::vector<std::int64_t>& ids) {
    return c.execute(az::delete_<Customer>().where(col<&Customer::id>.in(ids), col<&Customer::active> == false)).affected_rows();
}

}  // namespace

int main() {
    const auto engine = az::create_engine("sqlite://");
    az::metadata_of<Customer, Order, Line>().create_all(engine);
    engine.begin([](az::connection& c) {
        const az::date day{std::chrono::year{2026} / 1 / 31};
        const auto id = add_customer(c, "Ann");
        place(c, {.customer_id = id, .total = az::decimal::parse("120"), .placed = day},
              {{.order_id = 1, .product = "apple", .quantity = 5}});
        (void)customer_by_id(c, id);
        (void)names_in(c, "Bern");
        (void)page_of_customers(c, 0);
        (void)search(c, "Ann", {"Bern"});
        (void)orders_with_customers(c);
        (void)three_tables(c, 1);
        (void)customers_and_their_orders(c);
        (void)totals(c);
        (void)averages(c);
        (void)without_orders(c);
        (void)large_orders(c);
        (void)ranked(c);
        (void)classes(c);
        (void)monthly(c, day, day);
        (void)everywhere(c);
        (void)pairs(c);
        (void)ship(c, 1, day);
        (void)forget(c, {7});
    });
}
