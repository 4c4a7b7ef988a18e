// Enumerations, UUIDs, types of the program's own.
#include "claims.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

// Named, for g++: a column of theirs would have a base of no linkage.
namespace azoth::conformance::own_types {

enum class colour { red, green, blue, quoted, umlaut };
enum class level : std::int16_t { low = -5, middle = 0, high = 7 };

/// Text of the program's own, kept with a mark in front.
struct marked {
    std::string word{};
    friend bool operator==(const marked&, const marked&) = default;
};

}  // namespace azoth::conformance::own_types

template <>
struct azoth::enum_labels<azoth::conformance::own_types::colour> {
    static constexpr std::string_view labels[]{"red", "green", "dark blue", "it's 100% \"quoted\"", "größer"};
};

template <>
struct azoth::value_traits<azoth::conformance::own_types::marked> : azoth::stored_as<azoth::conformance::own_types::marked, std::string> {
    static std::string to_stored(const azoth::conformance::own_types::marked& from) { return "§" + from.word; }
    static azoth::conformance::own_types::marked from_stored(const std::string& from) {
        if (!from.starts_with("§")) azoth::throw_error(azoth::errc::value_format, "a marked text begins with §");
        return {from.substr(std::string_view{"§"}.size())};
    }
};

namespace azoth::conformance {
namespace {

using namespace own_types;

struct as_label {
    using type = colour;
    static constexpr std::string_view stem = "label";
    static std::vector<colour> samples() { return {colour::red, colour::green, colour::blue, colour::quoted, colour::umlaut}; }
};

struct as_number {
    using type = level;
    static constexpr std::string_view stem = "enum_number";
    static std::vector<level> samples() { return {level::low, level::middle, level::high}; }
};

struct as_uuid {
    using type = uuid;
    static constexpr std::string_view stem = "uuid";
    static std::vector<uuid> samples() {
        return {uuid::parse("123e4567-e89b-12d3-a456-426614174000"), uuid{},
                uuid::parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), uuid::random(),
                uuid::parse("00000000-0000-0000-0000-00000000000a"), uuid::parse("5c275c00-2722-2500-3f24-313a00000000")};
    }
};

struct as_marked {
    using type = marked;
    static constexpr std::string_view stem = "marked";
    static azoth::type column() { return string(40); }
    static std::vector<marked> samples() { return {{""}, {"word"}, {"größer"}, {"it's"}}; }
};

/// What RETURNING gives of a batch, in the order of its rows.
template <class As>
void batch_returns(context& on) {
    using row = kept<As>;
    on.make_table<row>();
    connection c = on.connect();
    std::vector<row> sent;
    for (const auto& v : As::samples()) sent.push_back({static_cast<std::int64_t>(100 - sent.size()), v});
    const auto found = c.execute(insert<row>().returning(col<&row::id>, col<&row::content>), sent).all();
    REQUIRE(found.size() == sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        INFO("sent " << shown(sent[i].content) << ", returned " << shown(std::get<1>(found[i])));
        CHECK(std::get<0>(found[i]) == sent[i].id);
        CHECK(std::get<1>(found[i]) == sent[i].content);
    }
}

template <class As>
void insert_returns(context& on) {
    using row = kept<As>;
    on.make_table<row>();
    connection c = on.connect();
    std::int64_t id = 0;
    for (const auto& v : As::samples()) {
        const auto found = c.execute(insert<row>().set(col<&row::id>, ++id).set(col<&row::content>, v).returning(col<&row::content>)).one();
        CHECK(std::get<0>(found) == v);
    }
}

void labels_meet_text(context& on) {
    using row = kept<as_label>;
    on.make_table<row>();
    connection c = on.connect();
    c.execute(insert<row>().set(col<&row::id>, 1).set(col<&row::content>, colour::umlaut));
    c.execute(insert<row>().set(col<&row::id>, 2).set(col<&row::content>, colour::blue));
    CHECK(c.scalar(select(col<&row::content>.as<std::string>()).where(col<&row::id> == 1)) == "größer");
    CHECK(c.scalars(select(col<&row::id>).where(col<&row::content>.in({colour::red, colour::blue}))) == std::vector<std::int64_t>{2});
    CHECK(c.scalars(select(col<&row::id>).where(col<&row::content> != colour::blue)) == std::vector<std::int64_t>{1});
}

void uuids_are_texts(context& on) {
    using row = kept<as_uuid>;
    on.make_table<row>();
    connection c = on.connect();
    const std::string text = "123e4567-e89b-12d3-a456-426614174abc";
    c.execute(insert<row>().set(col<&row::id>, 1).set(col<&row::content>, uuid::parse("123E4567E89B12D3A456426614174ABC")));
    CHECK(c.scalar(select(col<&row::content>.as<std::string>())) == text);
    CHECK(c.scalars(select(col<&row::id>).where(col<&row::content>.as<std::string>() == text)) == std::vector<std::int64_t>{1});
    CHECK(c.scalar(select(bound(text).as<uuid>())) == uuid::parse(text));
    CHECK(c.scalar(select(bound(uuid::parse(text)).as<std::string>())) == text);
}

/// The program's conversion applies wherever the type says so: in casts too.
void own_types_in_casts(context& on) {
    connection c = on.connect();
    CHECK(c.scalar(select(bound(marked{"word"}).as<std::string>())) == "§word");
    CHECK(c.scalar(select(bound(std::string{"§word"}).as<marked>())) == marked{"word"});
    CHECK(c.scalar(select(literal(marked{"word"}).as<std::string>())) == "§word");
    CHECK_THROWS_AS(c.scalar(select(bound(std::string{"word"}).as<marked>())), data_error);
}

}  // namespace

std::vector<test_case> areas::types_parts::others() {
    return {
        {"types/enum-round-trip", "an enumeration with labels comes back and is found", {}, &comes_back<as_label>},
        {"types/enum-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_label>},
        {"types/enum-batch", "the same through batches", {}, &comes_back_from_batch<as_label>},
        {"types/enum-literal", "a literal is the value bound", {}, &literal_equals_bound<as_label>},
        {"types/enum-batch-returning", "a batch returns the enumerations it inserted", claims::returning_on_insert,
         &batch_returns<as_label>},
        {"types/enum-as-text", "a label is a text to the database", {}, &labels_meet_text},
        {"types/enum-as-number", "an enumeration without labels is its number", {}, &travels_every_way<as_number>},
        {"types/uuid-round-trip", "UUIDs come back and are found", {}, &comes_back<as_uuid>},
        {"types/uuid-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_uuid>},
        {"types/uuid-batch", "the same through batches", {}, &comes_back_from_batch<as_uuid>},
        {"types/uuid-literal", "a literal is the value bound", {}, &literal_equals_bound<as_uuid>},
        {"types/uuid-as-text", "a UUID as text is lower case with hyphens, and text becomes a UUID", {}, &uuids_are_texts},
        {"types/uuid-returning", "an insert returns the UUID it inserted", claims::returning_on_insert, &insert_returns<as_uuid>},
        {"types/uuid-batch-returning", "a batch returns the UUIDs it inserted", claims::returning_on_insert, &batch_returns<as_uuid>},
        {"types/own-type-every-way", "a type of the program's own is stored as what it says", {}, &travels_every_way<as_marked>},
        {"types/own-type-in-casts", "a type of the program's own takes part in casts", {}, &own_types_in_casts},
    };
}

}  // namespace azoth::conformance
