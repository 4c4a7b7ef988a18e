// shop: what the guide to the ORM teaches by.
#include "shop.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace az = azoth;

namespace {

constexpr auto usage =
    "usage: shop URL\n"
    "\n"
    "A small shop in the database that URL names, such as sqlite:///shop.db: fills it, sells, and shows what is\n"
    "left. The tables customer, category, product, tag, product_tag, orders, order_line, payment and voucher are\n"
    "dropped and made anew.\n";

void run(const std::string& url) {
    const auto engine = az::create_engine(url);
    const auto tables = az::metadata_of<Customer, Category, Product, Tag, ProductTag, Order, Line, Payment, Voucher>();
    tables.drop_all(engine);
    tables.create_all(engine);
    {
        orm::session session{engine};
        fill_shop(session);
        session.commit();
    }
    orm::session session{engine};
    const auto ada = find_customer(session, "ada@example.org");
    const auto first = place_order(session, ada, {{"pan-24", 2}, {"knife-3", 1}});
    const auto second = place_order(session, ada, {{"hose-20", 1}});
    session.commit();
    fmt::print("order {} has come to {} cents\n", second->id, total_of(*second));

    // What cannot be sold leaves nothing behind: not in the database, and not in the objects.
    try {
        auto attempt = session.begin_nested();
        place_order(session, ada, {{"lamp-1", 1}, {"knife-3", 100}});
        attempt.commit();
    } catch (const std::runtime_error& e) {
        fmt::print("refused: {}\n", e.what());
    }
    fmt::print("lamps in stock: {}\n", session.get<Product>(std::string{"lamp-1"})->stock);

    cancel_order(session, second);
    auto voucher = az::make<Voucher>();
    voucher->cents = 1'000;
    voucher->code = "BRIDGE-10";
    voucher->given_by = "Emmy";
    pay(first, voucher, "4711");
    session.commit();
    print_categories(session);
    print_customers(session);
    print_payments(session);
    print_tagged(session, "steel");
}

}  // namespace

int main(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    if (argc != 2 || first.starts_with('-')) {
        fmt::print(first == "--help" || first == "-h" ? stdout : stderr, usage);
        return first == "--help" || first == "-h" ? 0 : 2;
    }
    try {
        run(first);
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "shop: {}\n", e.what());
        return 1;
    }
}
