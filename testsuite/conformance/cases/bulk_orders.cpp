#include "bulk_parts.hpp"
#include "claims.hpp"
#include "steps.hpp"

#include <random>

namespace azoth::conformance {

struct worded {
    std::string word{};
    std::int64_t n{};
    friend bool operator==(const worded&, const worded&) = default;
};
struct labelled {
    uuid key{};
    std::int64_t n{};
    friend bool operator==(const labelled&, const labelled&) = default;
};
struct paired {
    std::int64_t a{};
    std::string b{};
    std::int64_t n{};
    friend bool operator==(const paired&, const paired&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::worded> {
    using worded = azoth::conformance::worded;
    static azoth::table_map<worded> map() {
        return azoth::table_map<worded>(azoth::conformance::mapped_name("worded"))
            .column<&worded::word>(azoth::string(60), azoth::primary_key)
            .column<&worded::n>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::labelled> {
    using labelled = azoth::conformance::labelled;
    static azoth::table_map<labelled> map() {
        return azoth::table_map<labelled>(azoth::conformance::mapped_name("labelled"))
            .column<&labelled::key>(azoth::primary_key)
            .column<&labelled::n>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::paired> {
    using paired = azoth::conformance::paired;
    static azoth::table_map<paired> map() {
        return azoth::table_map<paired>(azoth::conformance::mapped_name("paired"))
            .column<&paired::a>(azoth::primary_key)
            .column<&paired::b>(azoth::string(30), azoth::primary_key)
            .column<&paired::n>();
    }
};

namespace azoth::conformance::areas {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;

template <class T>
std::vector<T> shuffled(std::vector<T> rows) {
    std::mt19937 always_the_same{20};  // NOLINT: the order is part of the test
    std::shuffle(rows.begin(), rows.end(), always_the_same);
    return rows;
}

void given_integers(context& on) {
    connection c = stocked(on, 0);
    const auto sent = shuffled(items(1500));
    CHECK(c.execute(insert<item>().returning(id, name, col<&item::size>), sent).as<item>() == sent);
    CHECK(c.scalars(select<item>().order_by(id)) == items(1500));
}

void given_integers_last(context& on) {
    connection c = stocked(on, 0);
    const auto sent = shuffled(items(300));
    const auto found = c.execute(insert<item>().returning(name, id), sent).all();
    REQUIRE(found.size() == 300);
    for (std::size_t i = 0; i < sent.size(); ++i) REQUIRE(found[i] == std::tuple{sent[i].name, sent[i].id});
}

void given_words(context& on) {
    on.make_table<worded>();
    connection c = on.connect();
    std::vector<worded> sent;
    for (std::int64_t i = 0; i < 400; ++i) sent.push_back({"wörd " + std::to_string(i * 7919 % 10'007), i});
    sent.push_back({"", -1});
    sent.push_back({"10", -2});
    sent.push_back({"10.0", -3});
    sent.push_back({"'quoted\\'", -4});
    sent = shuffled(sent);
    CHECK(c.execute(insert<worded>().returning(col<&worded::word>, col<&worded::n>), sent).as<worded>() == sent);
}

void given_uuids(context& on) {
    on.make_table<labelled>();
    connection c = on.connect();
    std::vector<labelled> sent;
    for (std::int64_t i = 0; i < 400; ++i) sent.push_back({uuid::random(), i});
    CHECK(c.execute(insert<labelled>().returning(col<&labelled::key>, col<&labelled::n>), sent).as<labelled>() == sent);
}

void given_pairs(context& on) {
    on.make_table<paired>();
    connection c = on.connect();
    std::vector<paired> sent;
    for (std::int64_t i = 0; i < 200; ++i) sent.push_back({i % 7, "b" + std::to_string(i), i});
    sent = shuffled(sent);
    const auto add = insert<paired>().returning(col<&paired::a>, col<&paired::b>, col<&paired::n>);
    CHECK(c.execute(add, sent).as<paired>() == sent);
}

/// Generated keys belong to the rows that they are returned for.
template <int Rows>
void generated(context& on) {
    connection c = stocked(on, 0);
    auto sent = shuffled(items(Rows));
    for (item& r : sent) r.id = 0;
    const auto keys = c.execute(insert<item>().returning(id), sent).scalars();
    REQUIRE(keys.size() == sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i].id = keys[i];
    std::sort(sent.begin(), sent.end(), [](const item& a, const item& b) { return a.id < b.id; });
    CHECK(c.scalars(select<item>().order_by(id)) == sent);
}

void generated_behind_others(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().values({70'000, "before", {}}));
    auto sent = shuffled(items(345));
    for (item& r : sent) r.id = 0;
    const auto found = c.execute(insert<item>().returning(name, id), sent).all();
    REQUIRE(found.size() == 345);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        REQUIRE(std::get<0>(found[i]) == sent[i].name);
        REQUIRE(c.scalar(select(name).where(id == std::get<1>(found[i]))) == sent[i].name);
    }
}

void without_key(context& on) {
    connection c = stocked(on, 0);
    const auto sent = shuffled(items(150));
    const auto found = c.execute(insert<item>().returning(name), sent).scalars();
    REQUIRE(found.size() == 150);
    for (std::size_t i = 0; i < sent.size(); ++i) REQUIRE(found[i] == sent[i].name);
}

void expressions_only(context& on) {
    connection c = stocked(on, 0);
    const auto sent = shuffled(items(150));
    const auto found = c.execute(insert<item>().returning((id * literal(std::int64_t{10})).label("tenfold")), sent).scalars();
    REQUIRE(found.size() == 150);
    for (std::size_t i = 0; i < sent.size(); ++i) REQUIRE(found[i] == sent[i].id * 10);
}

}  // namespace

std::vector<test_case> bulk_parts::orders() {
    return {
        {"bulk/order-of-integers", "rows with shuffled integer keys come back as sent", claims::returning_on_insert, given_integers},
        {"bulk/order-of-integers-returned-last", "... wherever the key stands", claims::returning_on_insert, given_integers_last},
        {"bulk/order-of-words", "rows with shuffled text keys come back as sent", claims::returning_on_insert, given_words},
        {"bulk/order-of-uuids", "rows with random uuid keys come back as sent", claims::returning_on_insert, given_uuids},
        {"bulk/order-of-pairs", "rows with keys of two columns come back as sent", claims::returning_on_insert, given_pairs},
        {"bulk/order-of-generated-keys", "1,000 generated keys belong to their rows", claims::returning_on_insert, generated<1000>},
        {"bulk/order-of-two-generated-keys", "2 generated keys belong to their rows", claims::returning_on_insert, generated<2>},
        {"bulk/order-behind-others", "generated keys behind a large one belong to their rows", claims::returning_on_insert,
         generated_behind_others},
        {"bulk/order-without-key", "rows that are returned without their key come back as sent", claims::returning_on_insert, without_key},
        {"bulk/order-of-expressions", "computed fields come back in the rows' order", claims::returning_on_insert, expressions_only},
    };
}

}  // namespace azoth::conformance::areas
