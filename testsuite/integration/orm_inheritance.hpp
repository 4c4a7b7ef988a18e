#pragma once

#include "orm_support.hpp"

#include <string>
#include <vector>

namespace az = azoth;

/// Payments in one table (cards), in a second one joined by key (vouchers), and those that lead elsewhere.
namespace inheritance {

namespace orm = azoth::orm;

struct Payment;
struct Voucher;
struct Order {
    std::int64_t id{};
    std::string label{};
    orm::many<Payment> payments{};
};
struct Company {
    std::int64_t id{};
    std::string name{};
    orm::many<Voucher> vouchers{};
};
struct Payment {
    std::int64_t id{};
    std::string kind{};
    double amount{};
    std::optional<std::int64_t> order_id{};
    orm::one<Order> order{};
};
struct Card : Payment {
    std::string number{};
};
struct Gold : Card {
    int level{};
};
struct Voucher : Payment {
    std::string code{};
    std::optional<std::int64_t> company_id{};
    orm::deferred<std::string> terms{};
    orm::one<Company> company{};
};
struct Gift : Voucher {
    std::string greeting{};
};

}  // namespace inheritance

template <>
struct azoth::mapping<inheritance::Order> {
    static az::table_map<inheritance::Order> map() {
        using inheritance::Order;
        return az::table_map<Order>("inh_order")
            .column<&Order::id>(az::primary_key)
            .column<&Order::label>()
            .relation<&Order::payments>(az::orm::back_populates<&inheritance::Payment::order>, az::orm::cascade_delete,
                                        az::orm::order_by<&inheritance::Payment::id>);
    }
};
template <>
struct azoth::mapping<inheritance::Company> {
    static az::table_map<inheritance::Company> map() {
        using inheritance::Company;
        return az::table_map<Company>("inh_company")
            .column<&Company::id>(az::primary_key)
            .column<&Company::name>()
            .relation<&Company::vouchers>(az::orm::back_populates<&inheritance::Voucher::company>,
                                          az::orm::order_by<&inheritance::Voucher::id>);
    }
};
template <>
struct azoth::mapping<inheritance::Payment> {
    static az::table_map<inheritance::Payment> map() {
        using namespace inheritance;
        return az::table_map<Payment>("inh_payment")
            .column<&Payment::id>(az::primary_key)
            .column<&Payment::kind>(az::string(20))
            .column<&Payment::amount>()
            .column<&Payment::order_id>(az::references<&Order::id>)
            .relation<&Payment::order>()
            .polymorphic<&Payment::kind>("payment")
            .derived<Card, Voucher>();
    }
};
template <>
struct azoth::mapping<inheritance::Card> {
    static az::table_map<inheritance::Card> map() {
        using namespace inheritance;
        return az::table_map<Card>("inh_payment").inherits<Payment>("card").column<&Card::number>(az::string(20)).derived<Gold>();
    }
};
template <>
struct azoth::mapping<inheritance::Gold> {
    static az::table_map<inheritance::Gold> map() {
        using namespace inheritance;
        return az::table_map<Gold>("inh_payment").inherits<Card>("gold").column<&Gold::level>();
    }
};
template <>
struct azoth::mapping<inheritance::Voucher> {
    static az::table_map<inheritance::Voucher> map() {
        using namespace inheritance;
        return az::table_map<Voucher>("inh_voucher")
            .inherits<Payment>("voucher")
            .column<&Voucher::code>(az::string(20))
            .column<&Voucher::company_id>(az::references<&Company::id>)
            .column<&Voucher::terms>()
            .relation<&Voucher::company>()
            .derived<Gift>();
    }
};
template <>
struct azoth::mapping<inheritance::Gift> {
    static az::table_map<inheritance::Gift> map() {
        using namespace inheritance;
        return az::table_map<Gift>("inh_gift").inherits<Voucher>("gift").column<&Gift::greeting>();
    }
};

namespace inheritance {

template <class Test>
void each(Test&& test) {
    orm_tests::on_each_database<Order, Company, Payment, Voucher, Gift>(test);
}

template <class T>
orm::ptr<T> payment(double amount) {
    auto made = orm::make<T>();
    made->amount = amount;
    return made;
}

/// An order with a payment of each kind, keys in this order: 1 payment, 2 card, 3 gold, 4 voucher, 5 gift.
inline void fill(const az::engine& engine) {
    orm::session session{engine};
    auto order = session.add(Order{.label = "bread"});
    auto company = session.add(Company{.name = "Mill"});
    const auto add = [&](const orm::ptr<Payment>& p) {
        order->payments.push_back(p);
        session.flush();
    };
    add(payment<Payment>(1));
    auto card = payment<Card>(2);
    card->number = "1234";
    add(card);
    auto gold = payment<Gold>(3);
    gold->number = "5678";
    gold->level = 9;
    add(gold);
    auto voucher = payment<Voucher>(4);
    voucher->code = "SAVE";
    voucher->terms = "until May";
    voucher->company = company;
    add(voucher);
    auto gift = payment<Gift>(5);
    gift->code = "GIFT";
    gift->greeting = "hello";
    gift->company = company;
    add(gift);
    session.commit();
}

}  // namespace inheritance
