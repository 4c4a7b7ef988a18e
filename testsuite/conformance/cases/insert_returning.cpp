#include "claims.hpp"
#include "insert_parts.hpp"
#include "moments.hpp"
#include "steps.hpp"

namespace azoth::conformance {

enum class shade { pale, middling, dark };

/// Of the types that are read back by RETURNING.
struct assorted {
    std::int64_t id{};
    bool flag{};
    std::int32_t number{};
    double approximate{};
    float single{};
    decimal exact{};
    std::string words{};
    bytes octets{};
    date day{};
    time_of_day hour{};
    local_timestamp moment{};
    timestamp instant{};
    uuid label{};
    shade colour{};
    std::optional<std::string> nothing{};
    friend bool operator==(const assorted&, const assorted&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::enum_labels<azoth::conformance::shade> {
    static constexpr std::string_view labels[]{"pale", "middling", "dark"};
};

template <>
struct azoth::mapping<azoth::conformance::assorted> {
    using assorted = azoth::conformance::assorted;
    static azoth::table_map<assorted> map() {
        return azoth::table_map<assorted>(azoth::conformance::mapped_name("assorted"))
            .column<&assorted::id>(azoth::primary_key)
            .column<&assorted::flag>()
            .column<&assorted::number>()
            .column<&assorted::approximate>()
            .column<&assorted::single>()
            .column<&assorted::exact>(azoth::numeric(12, 3))
            .column<&assorted::words>()
            .column<&assorted::octets>()
            .column<&assorted::day>()
            .column<&assorted::hour>()
            .column<&assorted::moment>()
            .column<&assorted::instant>()
            .column<&assorted::label>()
            .column<&assorted::colour>()
            .column<&assorted::nothing>();
    }
};

namespace azoth::conformance::areas {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;

void key_made(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>().set(name, param<std::string>("name")).returning(id);
    std::int64_t before = 0;
    for (const char* n : {"a", "b", "c"}) {
        const auto key = c.execute(add, {{"name", n}}).scalar();
        CHECK(key > before);
        CHECK(c.scalar(select(name).where(id == key)) == n);
        before = key;
    }
}

void with_autocommit(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    const auto key = c.execute(insert<item>().set(name, "a").returning(id)).scalar();
    CHECK_FALSE(c.in_transaction());
    c.rollback();
    CHECK(c.scalar(select(id)) == key);
}

/// The row is there, whether its RETURNING is read or not.
void unread(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().set(name, "a").returning(id, name));
    {
        auto open = c.execute(insert<item>().set(name, "b").returning(id, name));
        c.execute(insert<item>().set(name, "c").returning(id)).close();
        CHECK(std::get<1>(open.one()) == "b");
    }
    CHECK(c.scalars(select(name).order_by(name)) == std::vector<std::string>{"a", "b", "c"});
    auto last = c.execute(insert<item>().set(name, "d").returning(id));
    c.commit();
    c.close();
    connection other = on.connect();
    CHECK(count_of(other, entity<item>) == 4);
}

void expressions(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>().values({4, "four", {}});
    const auto [twice, loud, none] =
        c.execute(add.returning((id * 2).label("twice"), func::upper(name).label("loud"), col<&item::size>)).one();
    CHECK(twice == 8);
    CHECK(loud == "FOUR");
    CHECK_FALSE(none.has_value());
}

void defaults(context& on) {
    const table t = on.make_table("filled", {column("id", type_kind::big_integer, primary_key), column("words", string(20)),
                                             column("kind", string(20), not_null, server_default("'plain'"))});
    connection c = on.connect();
    const auto [id, kind] =
        c.execute(insert(t).set(t["words"], "a").returning(t.column<std::int64_t>("id"), t.column<std::string>("kind"))).one();
    CHECK(id > 0);
    CHECK(kind == "plain");
}

void rows_of_query(context& on) {
    const table to = on.make_table("copy", {column("n", type_kind::big_integer, not_null), column("words", string(200))});
    connection c = stocked(on, 4);
    const auto add = insert(to).columns(to["n"], to["words"]).from(select(id, name).where(id > 1));
    auto found = c.execute(add.returning(to.column<std::int64_t>("n"))).scalars();
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::int64_t>{2, 3, 4});
}

void many_in_order(context& on) {
    connection c = stocked(on, 0);
    std::vector<std::vector<value>> rows;
    for (int i = 0; i < 250; ++i) rows.push_back({"name " + std::to_string(i * 7919 % 250)});
    const auto found = c.execute(insert<item>().columns(name).returning(id, name), rows).all();
    REQUIRE(found.size() == 250);
    for (std::size_t i = 0; i < 250; ++i) {
        REQUIRE(std::get<1>(found[i]) == rows[i][0].as<std::string>());
        REQUIRE(c.scalar(select(name).where(id == std::get<0>(found[i]))) == std::get<1>(found[i]));
    }
}

void floats(context& on) {
    const table t = on.make_table("floats", {column("id", type_kind::big_integer, primary_key),
                                             column("wide", type_kind::double_, not_null), column("narrow", type_kind::real, not_null)});
    connection c = on.connect();
    const std::vector<std::vector<value>> rows{{0.1, 0.1F}, {1e300, 1e30F}, {-2.5e-300, -2.5e-30F}, {1.0 / 3, 1.0F / 3}, {5.0, -0.5F}};
    const auto found =
        c.execute(insert(t).columns(t["wide"], t["narrow"]).returning(t.column<double>("wide"), t.column<float>("narrow")), rows).all();
    REQUIRE(found.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK(found[i] == std::tuple{rows[i][0].as<double>(), rows[i][1].as<float>()});
}

std::vector<assorted> assortment(context& on, int n) {
    using namespace std::chrono;
    std::vector<assorted> made;
    const microseconds tick = grain(on);
    for (int i = 0; i < n; ++i)
        made.push_back({.id = 500 - i,
                        .flag = i % 2 == 0,
                        .number = i * 1000 - 5,
                        .approximate = i / 3.0,
                        .single = static_cast<float>(i) / 3.0F,
                        .exact = decimal{i * 1001 - 7, 3},
                        .words = "wörds\t" + std::to_string(i) + "\n\\",
                        .octets = {std::byte{0}, static_cast<std::byte>(i), std::byte{255}},
                        .day = date{sys_days{2024y / February / 29} + days{i}},
                        .hour = time_of_day{hours{i % 24}, minutes{59}, seconds{1}, i * tick},
                        .moment = local_timestamp{local_days{1999y / December / 31} + hours{i} + tick},
                        .instant = timestamp{sys_days{2030y / January / 1} + minutes{i} + seconds{1} - tick},
                        .label = uuid::random(),
                        .colour = static_cast<shade>(i % 3),
                        .nothing = i % 4 == 0 ? std::nullopt : std::optional{std::string{}}});
    return made;
}

auto all_returned(const insert_statement<assorted>& add) {
    return add.returning(col<&assorted::id>, col<&assorted::flag>, col<&assorted::number>, col<&assorted::approximate>,
                         col<&assorted::single>, col<&assorted::exact>, col<&assorted::words>, col<&assorted::octets>, col<&assorted::day>,
                         col<&assorted::hour>, col<&assorted::moment>, col<&assorted::instant>, col<&assorted::label>,
                         col<&assorted::colour>, col<&assorted::nothing>);
}

void types_of_one(context& on) {
    on.make_table<assorted>();
    connection c = on.connect();
    for (const assorted& a : assortment(on, 5))
        CHECK(c.execute(all_returned(insert<assorted>().values(a))).as<assorted>() == std::vector{a});
}

void types_of_many(context& on) {
    on.make_table<assorted>();
    connection c = on.connect();
    const auto sent = assortment(on, 150);
    CHECK(c.execute(all_returned(insert<assorted>()), sent).as<assorted>() == sent);
    CHECK(c.scalars(select<assorted>().order_by(col<&assorted::id>.desc())) == sent);
}

}  // namespace

std::vector<test_case> insert_parts::returning() {
    return {
        {"insert/returning-key", "RETURNING gives the key that the database made", claims::returning_on_insert, key_made},
        {"insert/returning-with-autocommit", "RETURNING with autocommit: the row stays", claims::returning_on_insert, with_autocommit},
        {"insert/returning-unread", "the row is there, whether its RETURNING is read or not", claims::returning_on_insert, unread},
        {"insert/returning-expressions", "RETURNING computes and labels", claims::returning_on_insert, expressions},
        {"insert/returning-defaults", "RETURNING gives what the database filled in", claims::returning_on_insert, defaults},
        {"insert/returning-from-select", "RETURNING of an insert from a query", claims::many_inserted_rows, rows_of_query},
        {"insert/returning-many", "RETURNING of many rows keeps their order", claims::returning_on_insert, many_in_order},
        {"insert/returning-floats", "RETURNING gives floating point numbers to the last bit", claims::returning_on_insert, floats},
        {"insert/returning-types", "RETURNING gives values of every type", claims::returning_on_insert, types_of_one},
        {"insert/returning-types-of-many", "... of many rows, too", claims::returning_on_insert, types_of_many},
    };
}

}  // namespace azoth::conformance::areas
