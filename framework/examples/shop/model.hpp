#pragma once

#include <azoth/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

// A small shop. Structs first: plain data, with `one` and `many` where they lead to each other. Below stands how they are stored.

namespace orm = azoth::orm;

struct Order;
struct Line;
struct Payment;
struct Product;
struct Tag;

/// A value inside others: it has no table of its own.
struct Address {
    std::string street{};
    std::string city{};
};

struct Customer {
    std::int64_t id{};
    std::string name{};
    std::string email{};
    Address address{};
    orm::many<Order> orders{};
};

/// A tree: "Kitchen" is below "Household".
struct Category {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    orm::one<Category> parent{};
    orm::many<Category> children{};
    orm::many<Product> products{};
};

struct Product {
    std::string sku{};  ///< a key that the world knows, and no number of ours
    std::string name{};
    std::int64_t price_cents{};
    std::int64_t stock{};
    std::optional<std::int64_t> category_id{};
    orm::one<Category> category{};
    orm::many<Tag> tags{};
};

struct Tag {
    std::int64_t id{};
    std::string word{};
    orm::many<Product> products{};
};

/// The rows between products and tags.
struct ProductTag {
    std::string sku{};
    std::int64_t tag_id{};
};

enum class order_state { open, paid, sent };
template <>
struct azoth::enum_labels<order_state> {
    static constexpr std::string_view labels[]{"open", "paid", "sent"};
};

struct Order {
    std::int64_t id{};
    std::int64_t customer_id{};
    order_state state{};
    orm::one<Customer> customer{};
    orm::many<Line> lines{};
    orm::many<Payment> payments{};
};

/// An order's position, which is nothing without its order: the key has both.
struct Line {
    std::int64_t order_id{};
    std::int32_t position{};
    std::string sku{};
    std::int32_t quantity{};
    std::int64_t price_cents{};  ///< as it was when it was sold
    orm::one<Order> order{};
    orm::one<Product> product{};
};

/// What has been paid, in whichever way. `kind` tells which.
struct Payment {
    std::int64_t id{};
    std::string kind{};
    std::int64_t order_id{};
    std::int64_t cents{};
    orm::one<Order> order{};
};

/// In the payments' table: its column is empty for others.
struct CardPayment : Payment {
    std::string last_digits{};
};

/// In a table of its own beside the payments' one.
struct Voucher : Payment {
    std::string code{};
    std::string given_by{};
};

template <>
struct azoth::mapping<Customer> {
    static azoth::table_map<Customer> map() {
        return azoth::table_map<Customer>("customer")
            .column<&Customer::id>(azoth::primary_key)
            .column<&Customer::name>()
            .column<&Customer::email>(azoth::string(200), azoth::unique)
            .column<&Customer::address, &Address::street>()
            .column<&Customer::address, &Address::city>()
            .relation<&Customer::orders>(orm::back_populates<&Order::customer>, orm::order_by<&Order::id>);
    }
};

template <>
struct azoth::mapping<Category> {
    static azoth::table_map<Category> map() {
        return azoth::table_map<Category>("category")
            .column<&Category::id>(azoth::primary_key)
            .column<&Category::name>()
            .column<&Category::parent_id>(azoth::references<&Category::id>)
            .relation<&Category::parent>()
            .relation<&Category::children>(orm::back_populates<&Category::parent>, orm::order_by<&Category::name>, orm::cascade_delete)
            .relation<&Category::products>(orm::back_populates<&Product::category>);
    }
};

template <>
struct azoth::mapping<Product> {
    static azoth::table_map<Product> map() {
        return azoth::table_map<Product>("product")
            .column<&Product::sku>(azoth::primary_key, azoth::string(40))
            .column<&Product::name>()
            .column<&Product::price_cents>()
            .column<&Product::stock>()
            .column<&Product::category_id>(azoth::references<&Category::id>, azoth::indexed)
            .relation<&Product::category>()
            .relation<&Product::tags>(orm::via<&ProductTag::sku, &ProductTag::tag_id>, orm::back_populates<&Tag::products>,
                                      orm::order_by<&Tag::word>);
    }
};

template <>
struct azoth::mapping<Tag> {
    static azoth::table_map<Tag> map() {
        return azoth::table_map<Tag>("tag")
            .column<&Tag::id>(azoth::primary_key)
            .column<&Tag::word>(azoth::string(40), azoth::unique)
            .relation<&Tag::products>(orm::order_by<&Product::name>);
    }
};

template <>
struct azoth::mapping<ProductTag> {
    static azoth::table_map<ProductTag> map() {
        return azoth::table_map<ProductTag>("product_tag")
            .column<&ProductTag::sku>(azoth::primary_key, azoth::string(40), azoth::references<&Product::sku>)
            .column<&ProductTag::tag_id>(azoth::primary_key, azoth::references<&Tag::id>, azoth::indexed);
    }
};

template <>
struct azoth::mapping<Order> {
    static azoth::table_map<Order> map() {
        return azoth::table_map<Order>("orders")
            .column<&Order::id>(azoth::primary_key)
            .column<&Order::customer_id>(azoth::references<&Customer::id>, azoth::indexed)
            .column<&Order::state>()
            .relation<&Order::customer>()
            .relation<&Order::lines>(orm::back_populates<&Line::order>, orm::order_by<&Line::position>, orm::cascade_all_delete_orphan)
            .relation<&Order::payments>(orm::back_populates<&Payment::order>, orm::order_by<&Payment::id>, orm::cascade_delete);
    }
};

template <>
struct azoth::mapping<Line> {
    static azoth::table_map<Line> map() {
        return azoth::table_map<Line>("order_line")
            .column<&Line::order_id>(azoth::primary_key, azoth::references<&Order::id>)
            .column<&Line::position>(azoth::primary_key)
            .column<&Line::sku>(azoth::string(40), azoth::references<&Product::sku>, azoth::indexed)
            .column<&Line::quantity>()
            .column<&Line::price_cents>()
            .relation<&Line::order>()
            .relation<&Line::product>();
    }
};

template <>
struct azoth::mapping<Payment> {
    static azoth::table_map<Payment> map() {
        return azoth::table_map<Payment>("payment")
            .column<&Payment::id>(azoth::primary_key)
            .column<&Payment::kind>(azoth::string(20))
            .column<&Payment::order_id>(azoth::references<&Order::id>, azoth::indexed)
            .column<&Payment::cents>()
            .relation<&Payment::order>()
            .polymorphic<&Payment::kind>()  // none is only a payment
            .derived<CardPayment, Voucher>();
    }
};

template <>
struct azoth::mapping<CardPayment> {
    static azoth::table_map<CardPayment> map() {
        return azoth::table_map<CardPayment>("payment").inherits<Payment>("card").column<&CardPayment::last_digits>(azoth::string(4));
    }
};

template <>
struct azoth::mapping<Voucher> {
    static azoth::table_map<Voucher> map() {
        return azoth::table_map<Voucher>("voucher")
            .inherits<Payment>("voucher")
            .column<&Voucher::code>(azoth::string(40), azoth::unique)
            .column<&Voucher::given_by>();
    }
};
