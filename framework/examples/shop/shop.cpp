#include "shop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace az = azoth;
using az::col;

namespace {

std::string price(std::int64_t cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

void print_below(const Category& category, int depth) {
    fmt::print("{:{}}{}\n", "", depth * 2 + 2, category.name);
    for (const auto& p : category.products)
        fmt::print("{:{}}{} {} ({} in stock)\n", "", depth * 2 + 4, p->name, price(p->price_cents), p->stock);
    for (const auto& child : category.children) print_below(*child, depth + 1);
}

}  // namespace

void fill_shop(orm::session& session) {
    auto household = az::make<Category>({.name = "Household"});
    auto kitchen = az::make<Category>({.name = "Kitchen"});
    auto garden = az::make<Category>({.name = "Garden"});
    kitchen->parent = household;
    household->products.push_back(az::make<Product>({.sku = "lamp-1", .name = "Lamp", .price_cents = 3'990, .stock = 5}));
    kitchen->products = {az::make<Product>({.sku = "pan-24", .name = "Pan", .price_cents = 2'450, .stock = 12}),
                         az::make<Product>({.sku = "knife-3", .name = "Knife", .price_cents = 1'800, .stock = 3})};
    garden->products.push_back(az::make<Product>({.sku = "hose-20", .name = "Hose", .price_cents = 2'799, .stock = 8}));
    auto sharp = az::make<Tag>({.word = "sharp"});
    auto steel = az::make<Tag>({.word = "steel"});
    kitchen->products[0]->tags = {steel};
    kitchen->products[1]->tags = {steel, sharp};
    session.add(household);  // and all that hangs on it
    session.add(garden);
    session.add(Customer{.name = "Ada", .email = "ada@example.org", .address = {.street = "1 Engine Row", .city = "London"}});
    session.add(Customer{.name = "Emmy", .email = "emmy@example.org", .address = {.street = "2 Ring Road", .city = "Erlangen"}});
    session.flush();
}

az::ptr<Customer> find_customer(orm::session& session, std::string_view email) {
    return session.scalars(az::select<Customer>().where(col<&Customer::email> == email)).one();
}

az::ptr<Order> place_order(orm::session& session, const az::ptr<Customer>& customer, const std::vector<Wish>& wishes) {
    auto order = az::make<Order>();
    for (const Wish& wish : wishes) {
        const auto product = session.get<Product>(std::string{wish.sku});
        if (!product) throw std::runtime_error{fmt::format("there is no product {}", wish.sku)};
        if (product->stock < wish.quantity) throw std::runtime_error{fmt::format("there are only {} of {} left", product->stock, wish.sku)};
        product->stock -= wish.quantity;
        auto line = az::make<Line>({.position = static_cast<std::int32_t>(order->lines.size() + 1),
                                    .quantity = wish.quantity,
                                    .price_cents = product->price_cents});
        line->product = product;
        order->lines.push_back(line);
    }
    customer->orders.push_back(order);  // the customer is the session's: so are the order and its lines now
    return order;
}

void cancel_order(orm::session& session, const az::ptr<Order>& order) {
    for (const auto& line : order->lines) line->product->stock += line->quantity;
    session.remove(order);
}

std::int64_t total_of(const Order& order) {
    std::int64_t total = 0;
    for (const auto& line : order.lines) total += line->quantity * line->price_cents;
    return total;
}

void pay(const az::ptr<Order>& order, const az::ptr<Voucher>& voucher, std::string_view last_digits) {
    const std::int64_t total = total_of(*order);
    voucher->cents = std::min(voucher->cents, total);
    order->payments.push_back(voucher);
    if (voucher->cents < total) {
        auto card = az::make<CardPayment>();
        card->cents = total - voucher->cents;
        card->last_digits = last_digits;
        order->payments.push_back(card);
    }
    order->state = order_state::paid;
}

void print_categories(orm::session& session) {
    fmt::print("On the shelves\n");
    const auto roots = az::select<Category>().where(col<&Category::parent_id>.is_null()).order_by(col<&Category::name>);
    for (const auto& root : session.scalars(roots)) print_below(*root, 0);
}

void print_customers(orm::session& session) {
    fmt::print("Customers\n");
    const auto all =
        az::select<Customer>().order_by(col<&Customer::name>).options(orm::selectinload<&Customer::orders, &Order::lines, &Line::product>);
    for (const auto& customer : session.scalars(all)) {
        fmt::print("  {} in {}\n", customer->name, customer->address.city);
        for (const auto& order : customer->orders) {
            fmt::print("    order {}: {}\n", order->id, price(total_of(*order)));
            for (const auto& line : order->lines) fmt::print("      {} x {}\n", line->quantity, line->product->name);
        }
    }
}

void print_payments(orm::session& session) {
    fmt::print("Payments\n");
    for (const auto& payment : session.scalars(az::select<Payment>().order_by(col<&Payment::id>))) {
        fmt::print("  order {}: {} by ", payment->order_id, price(payment->cents));
        if (const auto card = orm::as<CardPayment>(payment)) fmt::print("card ...{}\n", card->last_digits);
        else if (const auto voucher = orm::as<Voucher>(payment)) fmt::print("voucher {} from {}\n", voucher->code, voucher->given_by);
    }
}

void print_tagged(orm::session& session, std::string_view word) {
    const auto tag = session.scalars(az::select<Tag>().where(col<&Tag::word> == word)).one();
    fmt::print("Tagged \"{}\"\n", word);
    for (const auto& product : tag->products) fmt::print("  {}\n", product->name);
}
