// Structs that inherit each other, in one table, in several, and in tables of their own.
#include <azoth/schema/metadata.hpp>

#include <catch2/catch.hpp>

namespace {

struct Payment {
    std::int64_t id{};
    std::string kind{};
    double amount{};
};
struct Card : Payment {
    std::string number{};
};
struct Gold : Card {
    int level{};
};
struct Voucher : Payment {
    std::string code{};
};
struct Refund : Payment {
    std::int64_t refers{};
};

}  // namespace

template <>
struct azoth::mapping<Payment> {
    static azoth::table_map<Payment> map() {
        return azoth::table_map<Payment>("payment")
            .column<&Payment::id>(azoth::primary_key)
            .column<&Payment::kind>(azoth::string(20))
            .column<&Payment::amount>()
            .polymorphic<&Payment::kind>("payment")
            .derived<Card, Voucher>();
    }
};
template <>
struct azoth::mapping<Card> {
    static azoth::table_map<Card> map() {
        return azoth::table_map<Card>("payment")
            .inherits<Payment>("card")
            .column<&Card::number>(azoth::string(20), azoth::indexed)
            .derived<Gold>();
    }
};
template <>
struct azoth::mapping<Gold> {
    static azoth::table_map<Gold> map() { return azoth::table_map<Gold>("payment").inherits<Card>("gold").column<&Gold::level>(); }
};
template <>
struct azoth::mapping<Voucher> {
    static azoth::table_map<Voucher> map() {
        return azoth::table_map<Voucher>("voucher").inherits<Payment>("voucher").column<&Voucher::code>(azoth::unique);
    }
};
template <>
struct azoth::mapping<Refund> {
    static azoth::table_map<Refund> map() {
        return azoth::table_map<Refund>("refund").inherits<Payment>(azoth::concrete_table).column<&Refund::refers>();
    }
};

namespace {

std::vector<std::string> names_of(const azoth::table_definition& t) {
    std::vector<std::string> names;
    for (const auto& c : t.node->columns) names.push_back(c.name);
    return names;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("inheritance: structs in one table") {
    const auto& payment = azoth::mapped_table_of<Payment>();
    CHECK(names_of(payment.definition) == names{"id", "kind", "amount", "number", "level"});
    CHECK(payment.columns.size() == 3);
    CHECK(payment.definition.node->columns[3].nullable);
    CHECK(payment.definition.node->columns[4].type.kind == azoth::type_kind::integer);
    CHECK(payment.definition.indexes.size() == 1);
    const auto& gold = azoth::mapped_table_of<Gold>();
    CHECK(gold.table == payment.table);
    CHECK(gold.columns.size() == 5);
    CHECK(gold.inheritance.kind == azoth::inheritance_kind::single_table);
    CHECK(gold.inheritance.identity == azoth::value{std::string{"gold"}});
    CHECK(azoth::mapped_table_of<Card>().columns.size() == 4);
}

TEST_CASE("inheritance: a row in the base's table and one in the struct's own") {
    const auto& voucher = azoth::mapped_table_of<Voucher>();
    CHECK(names_of(voucher.definition) == names{"id", "code"});
    CHECK(voucher.inheritance.kind == azoth::inheritance_kind::joined);
    CHECK(voucher.definition.primary_key == names{"id"});
    CHECK_FALSE(voucher.table->columns[0].generated);
    REQUIRE(voucher.definition.foreign_keys.size() == 1);
    CHECK(voucher.definition.foreign_keys[0].referred_table == "payment");
}

TEST_CASE("inheritance: a table of its own with all columns") {
    const auto& refund = azoth::mapped_table_of<Refund>();
    CHECK(names_of(refund.definition) == names{"id", "kind", "amount", "refers"});
    CHECK(refund.definition.foreign_keys.empty());
    CHECK(refund.table->columns[0].generated);
}

TEST_CASE("inheritance: the tables of several structs are told once") {
    const auto all = azoth::metadata_of<Card, Payment, Gold, Voucher, Refund>();
    CHECK(all.definition().tables.size() == 3);
}
