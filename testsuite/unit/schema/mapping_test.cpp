// Mapped structs and run-time tables: what they say, and what contradicts.
#include "../throws.hpp"

#include <azoth/schema/metadata.hpp>
#include <azoth/sql/select.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using azoth::column_spec;
using azoth::mapped_table;
using azoth::mapped_table_of;
using azoth::type_kind;

namespace {

enum class priority { low, high };

struct team;
struct member;

/// A bit of everything.
struct every_type {
    std::int64_t id{};
    bool flag{};
    std::int16_t small{};
    std::int32_t normal{};
    std::uint16_t unsigned_small{};
    std::uint32_t unsigned_normal{};
    std::uint64_t unsigned_big{};
    float single{};
    double real{};
    std::string text{};
    azoth::bytes raw{};
    azoth::decimal amount{};
    azoth::date day{};
    azoth::time_of_day at{};
    azoth::local_timestamp local{};
    azoth::timestamp instant{};
    std::chrono::microseconds span{};
    azoth::uuid key{};
    nlohmann::json extra{};
    priority urgency{};
    std::optional<std::string> note{};
    std::optional<priority> maybe_urgency{};
};

struct address {
    std::string street{};
    std::optional<std::string> city{};
};
struct stamp {
    std::int64_t id{};
    std::int64_t created{};
};
/// Inherits its key and embeds an address.
struct person : stamp {
    std::string name{};
    address home{};
    address work{};
};

// Two structs that refer to each other, and one of them to itself.
struct team {
    std::int32_t id{};
    std::string name{};
    std::optional<std::int64_t> leader_id{};
};
struct member {
    std::int64_t id{};
    std::int32_t team_id{};
    std::optional<std::int64_t> mentor_id{};
};

struct pair_key {
    std::int64_t left{};
    std::int64_t right{};
    std::string what{};
};
struct given_key {
    std::int32_t id{};
};
struct text_key {
    std::string code{};
};
struct linked_key {
    std::int32_t id{};
};

}  // namespace

template <>
struct azoth::enum_labels<priority> {
    static constexpr std::string_view labels[] = {"low", "high"};
};
template <>
struct azoth::mapping<every_type> {
    static azoth::table_map<every_type> map() {
        using t = every_type;
        return azoth::table_map<t>("every_type", "lab")
            .column<&t::id>(azoth::primary_key)
            .column<&t::flag>()
            .column<&t::small>()
            .column<&t::normal>()
            .column<&t::unsigned_small>()
            .column<&t::unsigned_normal>()
            .column<&t::unsigned_big>()
            .column<&t::single>()
            .column<&t::real>()
            .column<&t::text>(azoth::string(40), azoth::named("label"), azoth::unique)
            .column<&t::raw>(azoth::binary(16))
            .column<&t::amount>(azoth::numeric(12, 4))
            .column<&t::day>(azoth::indexed)
            .column<&t::at>()
            .column<&t::local>()
            .column<&t::instant>(azoth::server_default("CURRENT_TIMESTAMP"))
            .column<&t::span>()
            .column<&t::key>()
            .column<&t::extra>()
            .column<&t::urgency>()
            .column<&t::note>()
            .column<&t::maybe_urgency>()
            .unique<&t::small, &t::text>()
            .unique<&t::normal>("one_normal")
            .index<&t::day, &t::at>()
            .index<&t::real>("by_real")
            .check("small_is_small", "small < 100");
    }
};
template <>
struct azoth::mapping<person> {
    static azoth::table_map<person> map() {
        return azoth::table_map<person>("person")
            .column<&person::id>(azoth::primary_key)
            .column<&stamp::created>()
            .column<&person::name>()
            .column<&person::home, &address::street>(azoth::named("home_street"))
            .column<&person::home, &address::city>()
            .column<&person::work, &address::street>(azoth::named("work_street"));
    }
};
template <>
struct azoth::mapping<team> {
    static azoth::table_map<team> map() {
        return azoth::table_map<team>("team")
            .column<&team::id>(azoth::primary_key)
            .column<&team::name>()
            .column<&team::leader_id>(azoth::references<&member::id>.on_delete(azoth::referential_action::set_null));
    }
};
template <>
struct azoth::mapping<member> {
    static azoth::table_map<member> map() {
        return azoth::table_map<member>("member", "staff")
            .column<&member::id>(azoth::primary_key)
            .column<&member::team_id>(
                azoth::references<&team::id>.on_delete(azoth::referential_action::cascade).on_update(azoth::referential_action::restrict_))
            .column<&member::mentor_id>(azoth::references<&member::id>);
    }
};
template <>
struct azoth::mapping<pair_key> {
    static azoth::table_map<pair_key> map() {
        return azoth::table_map<pair_key>("pair_key")
            .column<&pair_key::left>(azoth::primary_key)
            .column<&pair_key::right>(azoth::primary_key)
            .column<&pair_key::what>();
    }
};
template <>
struct azoth::mapping<given_key> {
    static azoth::table_map<given_key> map() {
        return azoth::table_map<given_key>("given_key").column<&given_key::id>(azoth::primary_key, azoth::not_generated);
    }
};
template <>
struct azoth::mapping<text_key> {
    static azoth::table_map<text_key> map() { return azoth::table_map<text_key>("text_key").column<&text_key::code>(azoth::primary_key); }
};
template <>
struct azoth::mapping<linked_key> {
    static azoth::table_map<linked_key> map() {
        return azoth::table_map<linked_key>("linked_key").column<&linked_key::id>(azoth::primary_key, azoth::references<&team::id>);
    }
};

namespace {

const column_spec& spec_of(const mapped_table& t, std::string_view name) { return azoth::find_column(*t.table, name); }

}  // namespace

TEST_CASE("mapping: names and types come from the members") {
    const mapped_table& t = mapped_table_of<every_type>();
    CHECK(t.table->name == "every_type");
    CHECK(t.table->schema == "lab");
    CHECK_THAT(t.struct_name, Catch::EndsWith("every_type"));
    const std::pair<const char*, type_kind> expected[] = {
        {"id", type_kind::big_integer},
        {"flag", type_kind::boolean},
        {"small", type_kind::small_integer},
        {"normal", type_kind::integer},
        {"unsigned_small", type_kind::unsigned_small_integer},
        {"unsigned_normal", type_kind::unsigned_integer},
        {"unsigned_big", type_kind::unsigned_big_integer},
        {"single", type_kind::real},
        {"real", type_kind::double_},
        {"label", type_kind::string},
        {"raw", type_kind::binary},
        {"amount", type_kind::numeric},
        {"day", type_kind::date},
        {"at", type_kind::time},
        {"local", type_kind::timestamp},
        {"instant", type_kind::timestamp_tz},
        {"span", type_kind::interval},
        {"key", type_kind::uuid},
        {"extra", type_kind::json},
        {"urgency", type_kind::enumeration},
        {"note", type_kind::text},
        {"maybe_urgency", type_kind::enumeration},
    };
    REQUIRE(t.table->columns.size() == std::size(expected));
    REQUIRE(t.columns.size() == std::size(expected));
    REQUIRE(t.members.size() == std::size(expected));
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        const column_spec& spec = t.table->columns[i];
        INFO(spec.name);
        CHECK(spec.name == expected[i].first);
        CHECK(spec.type.kind == expected[i].second);
        CHECK(spec.nullable == (spec.name == "note" || spec.name == "maybe_urgency"));
        CHECK(spec.primary_key == (i == 0));
        CHECK(spec.generated == (i == 0));
        CHECK(spec.has_default == (spec.name == "instant"));
    }
    CHECK(spec_of(t, "label").type.length == 40);
    CHECK(spec_of(t, "amount").type == azoth::numeric(12, 4));
    REQUIRE(spec_of(t, "maybe_urgency").type.rare);
    CHECK(spec_of(t, "maybe_urgency").type.rare->labels == std::vector<std::string>{"low", "high"});
    CHECK_THAT(t.members[9].name, Catch::EndsWith("::text"));
}

TEST_CASE("mapping: constraints and indexes have names that stay the same") {
    const auto& d = mapped_table_of<every_type>().definition;
    CHECK(d.primary_key == std::vector<std::string>{"id"});
    CHECK(d.primary_key_name == "pk_every_type");
    REQUIRE(d.uniques.size() == 3);
    CHECK(d.uniques[0].name == "uq_every_type_label");
    CHECK(d.uniques[1].name == "uq_every_type_small_label");
    CHECK(d.uniques[1].columns == std::vector<std::string>{"small", "label"});
    CHECK(d.uniques[2].name == "one_normal");
    REQUIRE(d.indexes.size() == 3);
    CHECK(d.indexes[0].name == "ix_every_type_day");
    CHECK(d.indexes[1].name == "ix_every_type_day_at");
    CHECK(d.indexes[2].name == "by_real");
    CHECK_FALSE(d.indexes[2].unique);
    REQUIRE(d.checks.size() == 1);
    CHECK(d.checks[0].name == "small_is_small");
    REQUIRE(d.details[15].server_default);
    CHECK(static_cast<const azoth::text_node&>(*d.details[15].server_default).pieces.front() == "CURRENT_TIMESTAMP");
    CHECK_FALSE(d.details[0].server_default);
}

TEST_CASE("mapping: objects go out and come back through the table of members") {
    const mapped_table& t = mapped_table_of<every_type>();
    every_type from;
    from.id = -7;
    from.flag = true;
    from.unsigned_big = ~std::uint64_t{0};
    from.text = "text";
    from.amount = azoth::decimal::parse("12.5000");
    from.day = std::chrono::year{2024} / 2 / 29;
    from.extra = {{"a", 1}};
    from.urgency = priority::high;
    from.note = "note";
    azoth::arena scratch;
    std::vector<azoth::cell> row;
    for (const auto& m : t.members) row.push_back(m.access->write(reinterpret_cast<const char*>(&from) + m.offset, scratch));
    every_type to;
    to.maybe_urgency = priority::low;
    t.read(row, &to);
    CHECK(to.id == from.id);
    CHECK(to.flag);
    CHECK(to.unsigned_big == from.unsigned_big);
    CHECK(to.text == "text");
    CHECK(to.amount == from.amount);
    CHECK(to.day == from.day);
    CHECK(to.extra == from.extra);
    CHECK(to.urgency == priority::high);
    CHECK(to.note == "note");
    CHECK_FALSE(to.maybe_urgency.has_value());
}

TEST_CASE("mapping: an inherited key and embedded members") {
    const mapped_table& t = mapped_table_of<person>();
    std::vector<std::string> names;
    for (const auto& spec : t.table->columns) names.push_back(spec.name);
    CHECK(names == std::vector<std::string>{"id", "created", "name", "home_street", "city", "work_street"});
    CHECK(spec_of(t, "city").nullable);
    CHECK(spec_of(t, "id").generated);
    person p;
    const azoth::cell row[] = {azoth::cell::integer(1), azoth::cell::integer(2),   azoth::cell::text("n"),
                               azoth::cell::text("h"),  azoth::cell::text("town"), azoth::cell::text("w")};
    t.read(row, &p);
    CHECK(p.id == 1);
    CHECK(p.created == 2);
    CHECK(p.home.street == "h");
    CHECK(p.home.city == "town");
    CHECK(p.work.street == "w");
    CHECK(azoth::type_of(*azoth::col<&person::home, &address::city>.node()).kind == type_kind::text);
    CHECK(static_cast<const azoth::column_node&>(*azoth::col<&person::work, &address::street>.node()).spec->name == "work_street");
    CHECK(static_cast<const azoth::column_node&>(*azoth::entity<person>[&person::id].node()).spec->name == "id");
    CHECK(static_cast<const azoth::column_node&>(*azoth::alias<person>("p")[&stamp::created].node()).spec->name == "created");
    CHECK_ERROR((azoth::col<&person::work, &address::city>.node()), "mapping", "is not mapped to a column of \"person\"");
}

TEST_CASE("mapping: references, mutual ones and to oneself") {
    const auto& to_member = mapped_table_of<team>().definition.foreign_keys;
    REQUIRE(to_member.size() == 1);
    CHECK(to_member[0].name == "fk_team_leader_id_member");
    CHECK(to_member[0].columns == std::vector<std::string>{"leader_id"});
    CHECK(to_member[0].referred_schema == "staff");
    CHECK(to_member[0].referred_table == "member");
    CHECK(to_member[0].referred_columns == std::vector<std::string>{"id"});
    CHECK(to_member[0].on_delete == azoth::referential_action::set_null);
    CHECK(to_member[0].on_update == azoth::referential_action::no_action);
    const auto& of_member = mapped_table_of<member>().definition.foreign_keys;
    REQUIRE(of_member.size() == 2);
    CHECK(of_member[0].referred_table == "team");
    CHECK(of_member[0].on_delete == azoth::referential_action::cascade);
    CHECK(of_member[0].on_update == azoth::referential_action::restrict_);
    CHECK(of_member[1].referred_table == "member");
    CHECK(spec_of(mapped_table_of<member>(), "mentor_id").references.size() == 1);
}

TEST_CASE("mapping: which keys the database makes") {
    CHECK(spec_of(mapped_table_of<team>(), "id").generated);
    CHECK_FALSE(spec_of(mapped_table_of<pair_key>(), "left").generated);  // a key of two columns is the program's
    CHECK_FALSE(spec_of(mapped_table_of<given_key>(), "id").generated);
    CHECK_FALSE(spec_of(mapped_table_of<text_key>(), "code").generated);
    CHECK_FALSE(spec_of(mapped_table_of<linked_key>(), "id").generated);  // it is another's key
    CHECK(mapped_table_of<pair_key>().definition.primary_key == std::vector<std::string>{"left", "right"});
    CHECK_FALSE(spec_of(mapped_table_of<text_key>(), "code").nullable);
}

TEST_CASE("mapping: built once, by whichever thread comes first") {
    std::vector<const mapped_table*> seen(8);
    std::vector<std::thread> threads;
    for (auto& s : seen) threads.emplace_back([&s] { s = &mapped_table_of<pair_key>(); });
    for (auto& t : threads) t.join();
    for (const auto* s : seen) CHECK(s == seen.front());
}

TEST_CASE("mapping: whether an outer join found a row") {
    const mapped_table& t = mapped_table_of<pair_key>();
    const azoth::cell one = azoth::cell::integer(1);
    CHECK(t.is_absent(std::vector<azoth::cell>{{}, {}, {}}));
    CHECK(t.is_absent(std::vector<azoth::cell>{one, {}, {}}));
    CHECK_FALSE(t.is_absent(std::vector<azoth::cell>{one, one, {}}));
    CHECK(azoth::is_unset(azoth::cell{}));
    CHECK(azoth::is_unset(azoth::cell::integer(0)));
    CHECK_FALSE(azoth::is_unset(azoth::cell::integer(-1)));
    CHECK_FALSE(azoth::is_unset(azoth::cell::text("")));
}

namespace {

template <class Map>
std::string built(const Map& map) {
    // What is built lives until the process ends, and longer than statics do.
    static auto& kept = *new std::vector<std::shared_ptr<const mapped_table>>;
    return azoth::test::error_of([&] { kept.push_back(map.build()); });
}

}  // namespace

TEST_CASE("mapping: contradictions name the struct and the member") {
    using azoth::table_map;
    CHECK_THAT(built(table_map<pair_key>("t")), Catch::StartsWith("mapping: ") && Catch::Contains("\"t\" has no columns"));
    CHECK_ERROR(table_map<pair_key>(""), "mapping", "name is empty");
    CHECK_ERROR(table_map<pair_key>("t").column<&pair_key::left>(azoth::named("")), "mapping", "pair_key::left");
    CHECK_ERROR(table_map<pair_key>("t").column<&pair_key::left>().column<&pair_key::right>(azoth::named("left")), "mapping",
                "pair_key::right): rename one with named");
    CHECK_ERROR(table_map<pair_key>("t").column<&pair_key::left>().column<&pair_key::left>(azoth::named("again")), "mapping",
                "pair_key::left is mapped to two columns of \"t\", \"left\" and \"again\"");
    const std::string wrong_type = built(table_map<pair_key>("t").column<&pair_key::left>(azoth::string(10)));
    CHECK_THAT(wrong_type, Catch::StartsWith("mapping: ") &&
                               Catch::Contains("pair_key::left is a big_integer, which cannot be stored as string(10)") &&
                               Catch::Contains("mapping of"));
    CHECK_THAT(built(table_map<pair_key>("t").column<&pair_key::what>(azoth::numeric(5, 2))), Catch::Contains("pair_key::what is a text"));
    CHECK_THAT(built(table_map<pair_key>("t").column<&pair_key::what>(azoth::nullable)),
               Catch::StartsWith("mapping: ") && Catch::Contains("pair_key::what") && Catch::Contains("std::optional"));
    CHECK_ERROR(table_map<pair_key>("t").unique<&pair_key::what>(), "mapping", "pair_key::what is referred to, but no column of \"t\"");
    CHECK_ERROR(table_map<pair_key>("t").index<&pair_key::what>(), "mapping", "add .column<");
    CHECK_THAT(built(table_map<pair_key>("t").column<&pair_key::what>(azoth::references<&team::id>)),
               Catch::StartsWith("mapping: ") && Catch::Contains("pair_key::what is a text and refers to a integer"));
    CHECK(built(table_map<pair_key>("t").column<&pair_key::left>(azoth::references<&team::id>)) == "nothing");  // another width
    // Another width of the same family is a choice.
    CHECK(built(table_map<pair_key>("t").column<&pair_key::left>(azoth::type{type_kind::integer})) == "nothing");
    CHECK(built(table_map<team>("t").column<&team::leader_id>(azoth::not_null)) == "nothing");
}

TEST_CASE("tables made at run time") {
    const azoth::table t{"item",
                         {azoth::column("id", type_kind::big_integer, azoth::primary_key),
                          azoth::column("name", azoth::string(80), azoth::not_null, azoth::unique),
                          azoth::column("price", azoth::numeric(10, 2), azoth::indexed, azoth::server_default("0")),
                          azoth::column("team", type_kind::integer,
                                        azoth::references_to("team", "id", "staff").on_delete(azoth::referential_action::cascade))},
                         "shop"};
    CHECK(t.name() == "item");
    CHECK(t.schema() == "shop");
    REQUIRE(t.columns().size() == 4);
    CHECK(t.columns()[0].generated);
    CHECK_FALSE(t.columns()[1].nullable);
    CHECK(t.columns()[2].nullable);
    CHECK(t.columns()[2].has_default);
    CHECK(t.definition().foreign_keys.at(0).referred_schema == "staff");
    CHECK(t.definition().uniques.at(0).name == "uq_item_name");
    CHECK(t.definition().indexes.at(0).name == "ix_item_price");
    CHECK(azoth::type_of(*t["price"].node()) == azoth::numeric(10, 2));
    CHECK_ERROR(t["nmae"], "no-such-column", "shop.item has no column \"nmae\"; it has: id, name, price, team");
    // Typed by the caller: checked against the table.
    CHECK(azoth::type_of(*t.column<std::string>("name").node()) == azoth::string(80));
    CHECK_NOTHROW(t.column<std::optional<azoth::decimal>>("price"));
    CHECK_NOTHROW(t.column<azoth::value>("name"));
    CHECK_ERROR(t.column<std::int64_t>("name"), "mapping", "\"shop.item\".\"name\" is a string(80), not a big_integer");
    CHECK_ERROR(t.column<azoth::decimal>("price"), "mapping", "can be NULL: ask for a std::optional");
    CHECK_ERROR(t.column<int>("x"), "no-such-column", "x");
    CHECK_ERROR((azoth::table{"t", {}}), "mapping", "no columns");
    CHECK_ERROR((azoth::table{"t", {azoth::column("a", type_kind::text), azoth::column("a", type_kind::text)}}), "mapping",
                "two columns \"a\"");
    CHECK_ERROR((azoth::table{"t", {azoth::column("", type_kind::text)}}), "mapping", "has no name");
}

TEST_CASE("names of constraints: long ones are cut, and stay apart") {
    const std::string longest(60, 'x');
    const azoth::table t{longest,
                         {azoth::column("first", type_kind::text, azoth::unique), azoth::column("second", type_kind::text, azoth::unique)}};
    const auto& uniques = t.definition().uniques;
    CHECK(uniques[0].name.size() <= 60);
    CHECK(uniques[0].name != uniques[1].name);
    const azoth::table same{longest, {azoth::column("first", type_kind::text, azoth::unique)}};
    CHECK(same.definition().uniques[0].name == uniques[0].name);
    std::string accents;
    for (int i = 0; i < 29; ++i) accents += "\xc3\xa9";
    for (const char* before : {"", "a"}) {
        const azoth::table u{before + accents, {azoth::column("c", type_kind::text, azoth::unique)}};
        const std::string& name = u.definition().uniques[0].name;
        CHECK(name.size() <= 60);
        CHECK(static_cast<unsigned char>(name[name.size() - 10]) != 0xc3);  // no half character before the hash
    }
}
