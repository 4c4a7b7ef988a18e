#pragma once

#include "model.hpp"

#include <string_view>
#include <vector>

// What happens in the shop. Each takes the session of whoever asks, so that several steps can be one unit of work.

struct Wish {
    std::string_view sku;
    std::int32_t quantity;
};

/// The shelves at the beginning.
void fill_shop(orm::session& session);
azoth::ptr<Customer> find_customer(orm::session& session, std::string_view email);
/// An order of these wishes; takes them from the stock. Throws std::runtime_error where there is not enough of one.
azoth::ptr<Order> place_order(orm::session& session, const azoth::ptr<Customer>& customer, const std::vector<Wish>& wishes);
/// Gives back what the order took, and deletes it with its lines.
void cancel_order(orm::session& session, const azoth::ptr<Order>& order);
/// What an order comes to.
std::int64_t total_of(const Order& order);
/// Pays an order: by the voucher as far as it goes, by card what is left.
void pay(const azoth::ptr<Order>& order, const azoth::ptr<Voucher>& voucher, std::string_view last_digits);

void print_categories(orm::session& session);
void print_customers(orm::session& session);
void print_payments(orm::session& session);
void print_tagged(orm::session& session, std::string_view word);
