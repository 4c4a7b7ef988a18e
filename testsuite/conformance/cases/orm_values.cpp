// Values of objects: none seems changed by the road to the database and back, and what the database makes comes back.
#include "claims.hpp"
#include "moments.hpp"
#include "orm_parts.hpp"
#include "steps.hpp"

#include <azoth/orm.hpp>

#include <nlohmann/json.hpp>

namespace azoth::conformance {

namespace orm_types {
enum class colour { red, green };
}  // namespace orm_types

/// One of each type.
struct assortment {
    std::int64_t id{};
    bool yes{};
    std::int16_t small{};
    double real{};
    decimal price{};
    std::string word{};
    bytes raw{};
    date day{};
    time_of_day time{};
    local_timestamp local{};
    timestamp instant{};
    uuid mark{};
    orm_types::colour colour{};
    nlohmann::json document{};
    std::optional<decimal> no_price{};
    std::optional<std::string> no_word{};
    std::optional<timestamp> no_instant{};
    std::optional<nlohmann::json> no_document{};
};
/// The database makes what an object leaves empty, and the area always.
struct carpet {
    std::int64_t id{};
    std::int64_t width{};
    std::int64_t length{};
    std::int64_t area{};
    std::optional<std::string> pattern{};
};

}  // namespace azoth::conformance

template <>
struct azoth::enum_labels<azoth::conformance::orm_types::colour> {
    static constexpr std::string_view labels[]{"red", "green"};
};
template <>
struct azoth::mapping<azoth::conformance::assortment> {
    using assortment = azoth::conformance::assortment;
    static azoth::table_map<assortment> map() {
        return azoth::table_map<assortment>(azoth::conformance::mapped_name("assortment"))
            .column<&assortment::id>(azoth::primary_key)
            .column<&assortment::yes>()
            .column<&assortment::small>()
            .column<&assortment::real>()
            .column<&assortment::price>(azoth::numeric(12, 3))
            .column<&assortment::word>(azoth::string(60))
            .column<&assortment::raw>()
            .column<&assortment::day>()
            .column<&assortment::time>()
            .column<&assortment::local>()
            .column<&assortment::instant>()
            .column<&assortment::mark>()
            .column<&assortment::colour>()
            .column<&assortment::document>()
            .column<&assortment::no_price>(azoth::numeric(12, 3))
            .column<&assortment::no_word>(azoth::string(60))
            .column<&assortment::no_instant>()
            .column<&assortment::no_document>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::carpet> {
    using carpet = azoth::conformance::carpet;
    static azoth::table_map<carpet> map() {
        return azoth::table_map<carpet>(azoth::conformance::mapped_name("carpet"))
            .column<&carpet::id>(azoth::primary_key)
            .column<&carpet::width>()
            .column<&carpet::length>()
            .column<&carpet::area>(azoth::computed(azoth::own_column<std::int64_t>("width") * azoth::own_column<std::int64_t>("length")))
            .column<&carpet::pattern>(azoth::string(20), azoth::server_default("'plain'"));
    }
};

namespace azoth::conformance {
namespace {

assortment some_of_each(context& on) {
    const auto tick = grain(on);
    assortment a;
    a.yes = true;
    a.small = -7;
    a.real = 0.1;
    a.price = decimal::parse("1.5");  // of three digits, read as 1.500
    a.word = "größer  ";
    a.raw = bytes{std::byte{0}, std::byte{255}};
    a.day = date{std::chrono::year{2024}, std::chrono::month{2}, std::chrono::day{29}};
    a.time = time_of_day{parse_time("23:59:58").since_midnight + 1234 * tick};
    a.local = parse_local_timestamp("2024-02-29 12:30:00.5");
    a.instant = parse_timestamp("1969-12-31 23:59:59Z") + tick;
    a.mark = uuid::parse("123e4567-e89b-12d3-a456-426614174000");
    a.colour = orm_types::colour::green;
    a.document = nlohmann::json::parse(R"({"b": [1, 2.50, null], "a": "ä"})");
    return a;
}

/// Loads it, flushes, and says how many statements that took.
std::size_t flushed_after_load(orm::session& in, ptr<assortment>& found) {
    found = in.scalars(select<assortment>()).one();
    const auto before = in.statement_count();
    CHECK_FALSE(in.is_modified(found));
    in.flush();
    return in.statement_count() - before;
}

void values_unchanged(context& on) {
    on.make_table<assortment>();
    orm::session session{on.engine()};
    auto made = session.add(some_of_each(on));
    session.flush();
    const auto written = session.statement_count();
    session.flush();
    CHECK(session.statement_count() == written);
    session.commit();
    ptr<assortment> found;
    CHECK(flushed_after_load(session, found) == 0);
    CHECK(found == made);
    orm::session other{on.engine()};
    CHECK(flushed_after_load(other, found) == 0);
    const assortment wanted = some_of_each(on);
    CHECK(found->price == wanted.price);
    CHECK(found->word == wanted.word);
    CHECK(found->raw == wanted.raw);
    CHECK(found->time == wanted.time);
    CHECK(found->instant == wanted.instant);
    CHECK(found->document == wanted.document);
    CHECK_FALSE(found->no_document.has_value());
}

/// The same value in other digits or in another order of keys is no change; another value is.
void values_changed(context& on) {
    on.make_table<assortment>();
    orm::session session{on.engine()};
    session.add(some_of_each(on));
    session.commit();
    orm::session other{on.engine()};
    auto found = other.scalars(select<assortment>()).one();
    found->price = decimal::parse("1.501");
    found->no_instant = found->instant;
    found->document["a"] = "b";
    found->no_word = "";
    other.commit();
    orm::session third{on.engine()};
    ptr<assortment> again;
    CHECK(flushed_after_load(third, again) == 0);
    CHECK(again->price == decimal::parse("1.501"));
    CHECK(again->no_instant == again->instant);
    CHECK(again->document["a"] == "b");
    again->no_instant = std::nullopt;
    again->no_word = std::nullopt;
    third.commit();
    CHECK(third.scalar(select(func::count()).where(col<&assortment::no_instant>.is_null() && col<&assortment::no_word>.is_null())) == 1);
}

void made_by_database(context& on) {
    on.make_table<carpet>();
    orm::session session{on.engine()};
    auto plain = session.add(carpet{.width = 2, .length = 3});
    auto striped = session.add(carpet{.width = 4, .length = 5, .pattern = "striped"});
    session.flush();
    CHECK(plain->area == 6);
    CHECK(plain->pattern == "plain");
    CHECK(striped->area == 20);
    CHECK(striped->pattern == "striped");
    const auto written = session.statement_count();
    session.commit();
    CHECK(session.statement_count() == written);
}

void made_again(context& on) {
    on.make_table<carpet>();
    orm::session session{on.engine()};
    auto plain = session.add(carpet{.width = 2, .length = 3});
    session.commit();
    plain->width = 10;
    session.flush();
    CHECK(plain->area == 30);
    CHECK_FALSE(session.is_modified(plain));
    session.rollback();
    CHECK(plain->width == 2);
    CHECK(plain->area == 6);
}

}  // namespace

std::vector<test_case> areas::parts::orm_values() {
    return {
        {"orm/values-unchanged", "values of each type that come back are no changes", claims::inserted_keys, values_unchanged},
        {"orm/values-changed", "changed ones, and NULL, are written", claims::inserted_keys, values_changed},
        {"orm/made-by-database", "defaults and computed values come back", claims::returned_stored_columns, made_by_database},
        {"orm/made-again", "a computed value follows an update", claims::returned_stored_columns, made_again},
    };
}

}  // namespace azoth::conformance
