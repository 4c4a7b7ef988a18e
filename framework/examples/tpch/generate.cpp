#include "generate.hpp"

#include "random.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace az = azoth;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr std::int64_t orders_at_scale_1 = 1'500'000;
constexpr sys_days first_day{az::date{std::chrono::year{1992}, std::chrono::January, std::chrono::day{1}}};
constexpr sys_days last_order_day{az::date{std::chrono::year{1998}, std::chrono::August, std::chrono::day{2}}};
/// Up to here things have happened.
constexpr sys_days today{az::date{std::chrono::year{1995}, std::chrono::June, std::chrono::day{17}}};

az::decimal cents(std::int64_t n) { return {n, 2}; }

std::string two_words(Random& random, std::span<const std::string_view> first, std::span<const std::string_view> second) {
    const auto word = random.one_of(first);
    return fmt::format("{} {}", word, random.one_of(second));
}

/// Some words, at most so many characters.
std::string comment(Random& random, std::size_t longest) {
    std::string text{random.one_of(words::vocabulary)};
    for (auto more = random.between(2, 7); more > 0; --more) {
        const auto word = random.one_of(words::vocabulary);
        if (text.size() + 1 + word.size() > longest) break;
        text.append(1, ' ').append(word);
    }
    return text;
}

/// Two words with others before, between and behind them.
std::string comment_around(Random& random, std::string_view one, std::string_view other) {
    constexpr std::size_t room = 18;
    std::string text = comment(random, room);
    text.append(1, ' ').append(one).append(1, ' ').append(comment(random, room));
    return text.append(1, ' ').append(other).append(1, ' ').append(comment(random, room));
}

std::string address(Random& random) { return fmt::format("{} {} street", random.between(1, 999), random.one_of(words::vocabulary)); }

/// The country's code is its nation's key, plus ten.
std::string phone(Random& random, std::int64_t nation) {
    const auto first = random.between(100, 999);
    const auto second = random.between(100, 999);
    return fmt::format("{}-{}-{}-{}", nation + 10, first, second, random.between(1000, 9999));
}

az::decimal balance(Random& random) { return cents(random.between(-99'999, 999'999)); }

std::int64_t price_in_cents(std::int64_t part) { return 90'000 + part / 10 % 20'001 + 100 * (part % 1'000); }

std::string part_name(Random& random) {
    std::string name{random.one_of(words::colours)};
    for (int i = 0; i < 4; ++i) name.append(1, ' ').append(random.one_of(words::colours));
    return name;
}

void wear(Part& p, std::string_view brand, std::string_view container, std::int32_t size) {
    p.brand = brand;
    p.container = container;
    p.size = size;
}

/// One part in ten is what one of the queries looks for, so that each finds something in a small database too.
void make_sought(Part& p, std::int64_t which) {
    switch (which % 8) {
        case 0:
            p.size = 15;
            p.type = "LARGE POLISHED BRASS";
            break;
        case 1: p.type = "ECONOMY ANODIZED STEEL"; break;
        case 2: wear(p, "Brand#23", "MED BOX", p.size); break;
        case 3: wear(p, "Brand#12", "SM BOX", 3); break;
        case 4: wear(p, "Brand#23", "MED BAG", 7); break;
        case 5: wear(p, "Brand#34", "LG BOX", 11); break;
        default: p.name = "forest " + p.name.substr(p.name.find(' ') + 1); break;
    }
    p.manufacturer = fmt::format("Manufacturer#{}", p.brand.at(6));
}

std::string order_status(const std::vector<LineItem>& items) {
    const auto open = std::count_if(items.begin(), items.end(), [](const LineItem& i) { return i.status == "O"; });
    if (open == 0) return "F";
    return open == static_cast<std::ptrdiff_t>(items.size()) ? "O" : "P";
}

az::decimal total_price(const std::vector<LineItem>& items) {
    az::decimal total;
    for (const auto& i : items) total = total + i.extended_price * (az::decimal{1} - i.discount) * (az::decimal{1} + i.tax);
    return total.rescaled(2);
}

}  // namespace

Sizes Sizes::of(double scale) {
    constexpr double least = 0.002;
    constexpr double most = 100;
    if (!(scale >= least && scale <= most)) throw std::invalid_argument{fmt::format("a scale is between {} and {}", least, most)};
    const auto part_of = [&](std::int64_t all) { return std::llround(static_cast<double>(all) * scale); };
    return {.suppliers = std::max<std::int64_t>(50, part_of(10'000)),
            .parts = part_of(200'000),
            .customers = part_of(150'000),
            .orders = part_of(orders_at_scale_1)};
}

double Sizes::scale_of(std::int64_t orders) { return static_cast<double>(orders) / static_cast<double>(orders_at_scale_1); }

std::vector<Region> Generator::regions() {
    std::vector<Region> rows;
    for (const auto name : words::regions) {
        const auto key = static_cast<std::int64_t>(rows.size());
        Random random{"region", key};
        rows.push_back({key, std::string{name}, comment(random, 152)});
    }
    return rows;
}

std::vector<Nation> Generator::nations() {
    std::vector<Nation> rows;
    for (const auto& [name, region] : words::nations) {
        const auto key = static_cast<std::int64_t>(rows.size());
        Random random{"nation", key};
        rows.push_back({key, std::string{name}, region, comment(random, 152)});
    }
    return rows;
}

Part Generator::part(std::int64_t n) {
    Random random{"part", n};
    Part p;
    p.key = n;
    p.name = part_name(random);
    const auto manufacturer = random.between(1, 5);
    p.manufacturer = fmt::format("Manufacturer#{}", manufacturer);
    p.brand = fmt::format("Brand#{}{}", manufacturer, random.between(1, 5));
    p.type = two_words(random, words::type_sizes, words::type_finishes).append(1, ' ').append(random.one_of(words::type_metals));
    p.size = static_cast<std::int32_t>(random.between(1, 50));
    p.container = two_words(random, words::container_sizes, words::container_kinds);
    p.retail_price = cents(price_in_cents(n));
    p.comment = comment(random, 23);
    if (n % 10 == 0) make_sought(p, n / 10);
    return p;
}

Supplier Generator::supplier(std::int64_t n) {
    Random random{"supplier", n};
    Supplier s;
    s.key = n;
    s.name = fmt::format("Supplier#{:09}", n);
    s.address = address(random);
    s.nation_key = n * 7 % static_cast<std::int64_t>(words::nations.size());
    s.phone = phone(random, s.nation_key);
    s.balance = balance(random);
    if (n % 20 == 7) s.comment = comment_around(random, "Customer", "Complaints");
    else if (n % 20 == 13) s.comment = comment_around(random, "Customer", "Recommends");
    else s.comment = comment(random, 101);
    return s;
}

Customer Generator::customer(std::int64_t n) {
    Random random{"customer", n};
    Customer c;
    c.key = n;
    c.name = fmt::format("Customer#{:09}", n);
    c.address = address(random);
    c.nation_key = random.between(0, static_cast<std::int64_t>(words::nations.size()) - 1);
    c.phone = phone(random, c.nation_key);
    c.balance = balance(random);
    c.segment = random.one_of(words::segments);
    c.comment = comment(random, 117);
    return c;
}

/// Four different ones for 0 to 3, since three steps are less than once around.
std::int64_t Generator::supplier_of(std::int64_t part, std::int64_t which) const {
    const auto eighth = sizes_.suppliers / 8;
    const auto step = eighth + part / sizes_.suppliers % eighth;
    return (part + which * step) % sizes_.suppliers + 1;
}

std::vector<PartSupplier> Generator::suppliers_of(std::int64_t part) const {
    Random random{"partsupp", part};
    std::vector<PartSupplier> rows;
    for (std::int64_t which = 0; which < 4; ++which) {
        const auto available = static_cast<std::int32_t>(random.between(1, 9'999));
        const auto cost = cents(random.between(100, 100'000));
        rows.push_back({part, supplier_of(part, which), available, cost, comment(random, 199)});
    }
    return rows;
}

LineItem Generator::item(Random& random, const Order& of, std::int32_t number, bool is_bulk) const {
    LineItem i;
    i.order_key = of.key;
    i.part_key = random.between(1, sizes_.parts);
    i.supplier_key = supplier_of(i.part_key, random.between(0, 3));
    i.line_number = number;
    const auto quantity = is_bulk ? random.between(44, 50) : random.between(1, 50);
    i.quantity = az::decimal{quantity * 100, 2};
    i.extended_price = cents(quantity * price_in_cents(i.part_key));
    i.discount = cents(random.between(0, 10));
    i.tax = cents(random.between(0, 8));
    const sys_days shipped = sys_days{of.date} + days{random.between(1, 121)};
    const sys_days received = shipped + days{random.between(1, 30)};
    i.ship_date = shipped;
    i.commit_date = sys_days{of.date} + days{random.between(30, 90)};
    i.receipt_date = received;
    i.return_flag = received > today ? "N" : random.once_in(2) ? "R" : "A";
    i.status = shipped > today ? "O" : "F";
    i.instructions = random.one_of(words::instructions);
    i.mode = random.one_of(words::modes);
    i.comment = comment(random, 44);
    return i;
}

OrderWithItems Generator::order(std::int64_t n) const {
    Random random{"orders", n};
    OrderWithItems made;
    Order& o = made.order;
    o.key = (n - 1) / 8 * 32 + (n - 1) % 8 + 1;  // only a quarter of the keys is in use
    const auto customer = random.between(1, sizes_.customers);
    o.customer_key = customer % 3 == 0 ? customer - 1 : customer;  // a third of the customers never orders
    o.date = first_day + days{random.between(0, (last_order_day - first_day).count())};
    o.priority = random.one_of(words::priorities);
    o.clerk = fmt::format("Clerk#{:09}", random.between(1, std::max<std::int64_t>(10, sizes_.suppliers / 10)));
    o.comment = random.once_in(50) ? comment_around(random, "special", "requests") : comment(random, 79);
    const bool is_bulk = n % 500 == 17;
    const auto items = is_bulk ? 7 : random.between(1, 7);
    for (std::int32_t number = 1; number <= items; ++number) made.items.push_back(item(random, o, number, is_bulk));
    o.status = order_status(made.items);
    o.total_price = total_price(made.items);
    return made;
}
