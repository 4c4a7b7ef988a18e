// What a session remembers of columns of all sorts, and of keys.
#include "sqlite_support.hpp"

#include <azoth/orm.hpp>

#include <cctype>
#include <limits>

using namespace sqlite_tests;

namespace snapshots {

enum class colour { red, green };
struct Thing {
    std::int64_t id{};
    bool is_new{};
    std::int16_t small{};
    std::optional<std::int64_t> maybe{};
    double size{};
    std::optional<float> weight{};
    std::string name{};
    az::uuid tag{};
    std::optional<std::string> note{};
    az::bytes picture{};
    std::string last_text{};
    std::optional<az::decimal> price{};
    colour look{};
    az::timestamp made{};
};
/// How a program stores types of its own: a letter as a text, an address in small letters.
struct Graded {
    std::int64_t id{};
    char8_t grade{};
    std::optional<char8_t> other{};
};
struct address {
    std::string text{};
};
struct Reader {
    address email{};
    std::string name{};
};
struct Numbered {
    std::uint64_t id{};
    std::string name{};
};

}  // namespace snapshots

template <>
struct azoth::value_traits<char8_t> : azoth::stored_as<char8_t, std::string> {
    static std::string to_stored(char8_t c) { return std::string(40, ' ') + static_cast<char>(c); }  // too long for its string
    static char8_t from_stored(const std::string& s) { return static_cast<char8_t>(s.at(40)); }
};
template <>
struct azoth::value_traits<snapshots::address> : azoth::stored_as<snapshots::address, std::string> {
    static std::string to_stored(const snapshots::address& a) {
        std::string small = a.text;
        for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return small;
    }
    static snapshots::address from_stored(const std::string& s) { return {s}; }
};
template <>
struct azoth::mapping<snapshots::Graded> {
    using Graded = snapshots::Graded;
    static azoth::table_map<Graded> map() {
        return azoth::table_map<Graded>("graded").column<&Graded::id>(azoth::primary_key).column<&Graded::grade>().column<&Graded::other>();
    }
};
template <>
struct azoth::mapping<snapshots::Reader> {
    using Reader = snapshots::Reader;
    static azoth::table_map<Reader> map() {
        return azoth::table_map<Reader>("reader").column<&Reader::email>(azoth::primary_key, azoth::string(60)).column<&Reader::name>();
    }
};
template <>
struct azoth::mapping<snapshots::Thing> {
    using Thing = snapshots::Thing;
    static azoth::table_map<Thing> map() {
        return azoth::table_map<Thing>("thing")
            .column<&Thing::id>(azoth::primary_key)
            .column<&Thing::is_new>()
            .column<&Thing::small>()
            .column<&Thing::maybe>()
            .column<&Thing::size>()
            .column<&Thing::weight>()
            .column<&Thing::name>()
            .column<&Thing::tag>()
            .column<&Thing::note>()
            .column<&Thing::picture>()
            .column<&Thing::last_text>()
            .column<&Thing::price>()
            .column<&Thing::look>()
            .column<&Thing::made>();
    }
};
template <>
struct azoth::mapping<snapshots::Numbered> {
    using Numbered = snapshots::Numbered;
    static azoth::table_map<Numbered> map() {
        return azoth::table_map<Numbered>("numbered").column<&Numbered::id>(azoth::primary_key).column<&Numbered::name>();
    }
};

namespace {

namespace orm = azoth::orm;
using snapshots::Numbered;
using snapshots::Thing;

Thing full() {
    return {.id = 1,
            .is_new = true,
            .small = -3,
            .maybe = 7,
            .size = 1.5,
            .weight = 2.5F,
            .name = "a name that is too long for its string",
            .tag = az::uuid::parse("123e4567-e89b-12d3-a456-426614174000"),
            .note = "",
            .picture = az::bytes(3, std::byte{9}),
            .last_text = "end",
            .price = az::decimal::parse("12.50"),
            .look = snapshots::colour::green,
            .made = az::timestamp{std::chrono::seconds{1'000}}};
}

/// Each changes one column, and says which.
const std::vector<std::pair<std::string, void (*)(Thing&)>>& changes() {
    static const std::vector<std::pair<std::string, void (*)(Thing&)>> all{
        {"is_new", [](Thing& t) { t.is_new = !t.is_new; }},
        {"small", [](Thing& t) { ++t.small; }},
        {"maybe", [](Thing& t) { t.maybe.reset(); }},
        {"maybe", [](Thing& t) { t.maybe = 8; }},
        {"size", [](Thing& t) { t.size = -t.size; }},
        {"weight", [](Thing& t) { t.weight = 3.5F; }},
        {"weight", [](Thing& t) { t.weight.reset(); }},
        {"name", [](Thing& t) { t.name.back() = 'G'; }},
        {"name", [](Thing& t) { t.name.clear(); }},
        {"tag", [](Thing& t) { t.tag = {}; }},
        {"note", [](Thing& t) { t.note.reset(); }},
        {"note", [](Thing& t) { t.note = "more"; }},
        {"picture", [](Thing& t) { t.picture.push_back(std::byte{1}); }},
        {"last_text", [](Thing& t) { t.last_text += "ing"; }},
        {"price", [](Thing& t) { t.price = az::decimal::parse("12.51"); }},
        {"price", [](Thing& t) { t.price.reset(); }},
        {"look", [](Thing& t) { t.look = snapshots::colour::red; }},
        {"made", [](Thing& t) { t.made += std::chrono::seconds{1}; }},
    };
    return all;
}

bool is_same(const Thing& a, const Thing& b) {
    return a.id == b.id && a.is_new == b.is_new && a.small == b.small && a.maybe == b.maybe && a.size == b.size && a.weight == b.weight &&
           a.name == b.name && a.tag == b.tag && a.note == b.note && a.picture == b.picture && a.last_text == b.last_text &&
           a.price == b.price && a.look == b.look && a.made == b.made;
}

}  // namespace

TEST_CASE("sqlite orm snapshots: of columns of all sorts, the one that has changed is told, written and taken back") {
    const auto engine = open("sqlite://");
    az::metadata_of<Thing>().create_all(engine);
    orm::session session{engine};
    auto thing = session.add(full());
    session.commit();
    for (const auto& [column, change] : changes()) {
        INFO(column);
        CHECK_FALSE(session.is_modified(thing));
        change(*thing);
        CHECK(session.is_modified(thing));
        const auto told = session.changes_of(thing);
        REQUIRE(told.size() == 1);
        CHECK(told.front().column == column);
        Thing changed = full();
        change(changed);
        session.flush();
        CHECK_FALSE(session.is_modified(thing));
        session.expire(thing);
        CHECK(is_same(*session.get<Thing>(1), changed));
        session.rollback();
        CHECK(is_same(*thing, full()));
        CHECK(is_same(*session.get<Thing>(1), full()));
        change(*thing);
        session.rollback();
        CHECK(is_same(*thing, full()));
    }
}

TEST_CASE("sqlite orm snapshots: an empty optional is empty, whatever it held before") {
    const auto engine = open("sqlite://");
    az::metadata_of<Thing>().create_all(engine);
    orm::session session{engine};
    Thing without = full();
    without.maybe.reset();
    without.weight.reset();
    without.note.reset();
    auto thing = session.add(without);
    session.commit();
    thing->maybe = 99;
    thing->weight = 1.0F;
    thing->note = "a note that is too long for its string";
    CHECK(session.changes_of(thing).size() == 3);
    thing->maybe.reset();
    thing->weight.reset();
    thing->note.reset();
    CHECK_FALSE(session.is_modified(thing));
    CHECK(session.changes_of(thing).empty());
}

TEST_CASE("sqlite orm snapshots: a new object that is rolled back is what it was before the flush") {
    const auto engine = open("sqlite://");
    az::metadata_of<Thing>().create_all(engine);
    orm::session session{engine};
    Thing given = full();
    given.id = 0;
    auto thing = session.add(given);
    session.flush();
    CHECK(thing->id == 1);
    for (const auto& [column, change] : changes()) change(*thing);
    session.flush();
    session.rollback();
    CHECK(session.state_of(thing) == orm::object_state::transient);
    CHECK(is_same(*thing, given));
}

TEST_CASE("sqlite orm snapshots: a row has one object, in whatever order keys come") {
    const auto engine = open("sqlite://");
    az::metadata_of<Numbered>().create_all(engine);
    std::vector<std::uint64_t> keys{50, 49, 51, 52, 5'000, 60, 1, 61, 5'001, 53, 100'000};
    for (std::uint64_t k = 200; k < 400; ++k) keys.push_back(k);
    engine.begin([&](az::connection& c) {
        std::vector<Numbered> rows;
        for (const auto k : keys) rows.push_back({.id = k, .name = "number " + std::to_string(k)});
        c.execute(az::insert<Numbered>(), rows);
    });
    orm::session session{engine};
    std::vector<orm::ptr<Numbered>> found;
    for (const auto k : keys) found.push_back(session.get<Numbered>(k));
    const auto all = session.scalars(az::select<Numbered>());
    CHECK(all.size() == keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        REQUIRE(found[i]->id == keys[i]);
        REQUIRE(session.get<Numbered>(keys[i]) == found[i]);
        REQUIRE(session.get<Numbered>(static_cast<std::int64_t>(keys[i])) == found[i]);
    }
    CHECK_FALSE(session.get<Numbered>(54));
    // Every other one leaves, and a few come back.
    for (std::size_t i = 0; i < keys.size(); i += 2) session.remove(found[i]);
    session.flush();
    for (std::size_t i = 0; i < keys.size(); ++i) REQUIRE(static_cast<bool>(session.get<Numbered>(keys[i])) == (i % 2 == 1));
    for (std::size_t i = 0; i < keys.size(); i += 4) session.add(Numbered{.id = keys[i], .name = "again"});
    session.commit();
    CHECK(session.scalars(az::select<Numbered>()).size() == keys.size() / 2 + (keys.size() + 3) / 4);
    for (std::size_t i = 0; i < keys.size(); i += 4) REQUIRE(session.get<Numbered>(keys[i])->name == "again");
}

TEST_CASE("sqlite orm snapshots: keys at both ends of what there is") {
    const auto engine = open("sqlite://");
    az::metadata_of<Thing>().create_all(engine);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    orm::session session{engine};
    std::vector<orm::ptr<Thing>> made;
    for (const std::int64_t key : {least, most, std::int64_t{-1}, std::int64_t{1}, most - 1, least + 1}) {
        Thing t = full();
        t.id = key;
        made.push_back(session.add(t));
    }
    session.commit();
    for (const auto& t : made) CHECK(session.get<Thing>(t->id) == t);
    session.commit();
    orm::session other{engine};
    CHECK(other.scalars(az::select<Thing>()).size() == made.size());
    for (const auto& t : made) CHECK(other.get<Thing>(t->id)->id == t->id);
}

TEST_CASE("sqlite orm snapshots: numbers that a program stores as something else are compared and taken back as that") {
    using snapshots::Graded;
    const auto engine = open("sqlite://");
    az::metadata_of<Graded>().create_all(engine);
    orm::session session{engine};
    auto graded = session.add(Graded{.grade = u8'a', .other = u8'b'});
    session.commit();
    CHECK_FALSE(session.is_modified(graded));
    graded->grade = u8'c';
    REQUIRE(session.changes_of(graded).size() == 1);
    CHECK(session.changes_of(graded).front().column == "grade");
    session.flush();
    graded->other.reset();
    session.flush();
    session.rollback();
    CHECK(graded->grade == u8'a');
    CHECK(graded->other == u8'b');
    CHECK(session.get<Graded>(graded->id) == graded);
    CHECK(graded->grade == u8'a');
}

TEST_CASE("sqlite orm snapshots: a key that its object says otherwise than its row is one object all the same") {
    using snapshots::Reader;
    const auto engine = open("sqlite://");
    az::metadata_of<Reader>().create_all(engine);
    {
        auto c = engine.connect();
        run(c, "INSERT INTO reader (email, name) VALUES ('ADA@EXAMPLE.ORG', 'Ada')");
        c.commit();
    }
    orm::session session{engine};
    auto ada = session.scalars(az::select<Reader>()).one();
    CHECK(session.scalars(az::select<Reader>()).one() == ada);
    session.expunge(ada);
    ada.reset();
    CHECK(session.scalars(az::select<Reader>()).one()->name == "Ada");
}
