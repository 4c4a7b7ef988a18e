// Objects with keys of each kind.
#include "claims.hpp"
#include "orm_library.hpp"
#include "orm_parts.hpp"

namespace azoth::conformance {

/// Its key is made by the program.
struct parcel {
    uuid id{};
    std::string content{};
    std::optional<uuid> inside{};
    orm::one<parcel> outer{};
    orm::many<parcel> inner{};
};
/// A key of two columns, one of them text.
struct seat {
    std::string row{};
    int number{};
    orm::many<struct ticket> tickets{};
};
struct ticket {
    std::int64_t id{};
    std::string seat_row{};
    int seat_number{};
    orm::one<seat> on{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::parcel> {
    using parcel = azoth::conformance::parcel;
    static azoth::table_map<parcel> map() {
        return azoth::table_map<parcel>(azoth::conformance::mapped_name("parcel"))
            .column<&parcel::id>(azoth::primary_key, azoth::default_from([] { return azoth::uuid::random(); }))
            .column<&parcel::content>(azoth::string(40))
            .column<&parcel::inside>(azoth::references<&parcel::id>)
            .relation<&parcel::outer>()
            .relation<&parcel::inner>(azoth::orm::back_populates<&parcel::outer>, azoth::orm::cascade_delete);
    }
};
template <>
struct azoth::mapping<azoth::conformance::seat> {
    using seat = azoth::conformance::seat;
    static azoth::table_map<seat> map() {
        return azoth::table_map<seat>(azoth::conformance::mapped_name("seat"))
            .column<&seat::row>(azoth::string(10), azoth::primary_key)
            .column<&seat::number>(azoth::primary_key)
            .relation<&seat::tickets>(azoth::orm::back_populates<&azoth::conformance::ticket::on>,
                                      azoth::orm::order_by<&azoth::conformance::ticket::id>);
    }
};
template <>
struct azoth::mapping<azoth::conformance::ticket> {
    using ticket = azoth::conformance::ticket;
    static azoth::table_map<ticket> map() {
        return azoth::table_map<ticket>(azoth::conformance::mapped_name("ticket"))
            .column<&ticket::id>(azoth::primary_key)
            .column<&ticket::seat_row>(azoth::string(10))
            .column<&ticket::seat_number>()
            .foreign_key({.columns = {"seat_row", "seat_number"},
                          .referred_table = azoth::conformance::mapped_name("seat"),
                          .referred_columns = {"row", "number"}})
            .relation<&ticket::on>();
    }
};

namespace azoth::conformance {
namespace {

void generated_keys(context& on) {
    orm::session session = empty_library(on);
    std::vector<ptr<book>> books;
    for (const char* title : {"c", "a", "b"}) books.push_back(session.add(book{.title = title}));
    session.commit();
    orm::session other{on.engine()};
    for (const auto& b : books) {
        CHECK(b->id > 0);
        CHECK(other.get<book>(b->id)->title == b->title);
    }
}

void given_keys(context& on) {
    orm::session session = empty_library(on);
    auto given = session.add(book{.id = 70, .title = "given"});
    auto made = session.add(book{.title = "made"});
    session.commit();
    CHECK(given->id == 70);
    CHECK(made->id != 70);
    orm::session other{on.engine()};
    CHECK(other.get<book>(70)->title == "given");
    CHECK_FALSE(other.get<book>(71'000));
}

void natural_keys(context& on) {
    orm::session session = empty_library(on);
    session.add(label{.word = "größer"});
    session.add(label{.word = "it's"});
    session.commit();
    orm::session other{on.engine()};
    CHECK(other.get<label>(std::string{"größer"})->word == "größer");
    CHECK(other.get<label>(std::string{"it's"}) == other.scalars(select<label>().where(col<&label::word> == "it's")).one());
}

void keys_by_maker(context& on) {
    on.make_table<parcel>();
    orm::session session{on.engine()};
    auto outer = session.add(parcel{.content = "outer"});
    outer->inner = {make<parcel>({.content = "one"}), make<parcel>({.content = "two"})};
    session.commit();
    CHECK_FALSE(outer->id == uuid{});
    const uuid id = outer->id;
    orm::session other{on.engine()};
    auto found = other.get<parcel>(id);
    REQUIRE(found);
    CHECK(found->inner.size() == 2);
    CHECK(found->inner[0]->outer.get() == found);
    CHECK(other.get<parcel>(found->inner[1]->id) == found->inner[1]);
    CHECK(other.statement_count() == 2);
    other.remove(found);
    other.commit();
    CHECK(other.scalar(select(func::count()).select_from(entity<parcel>)) == 0);
}

void keys_of_two_columns(context& on) {
    on.make(metadata_of<seat, ticket>());
    orm::session session{on.engine()};
    for (int n = 1; n <= 3; ++n) {
        auto s = session.add(seat{.row = "A", .number = n});
        for (int t = 0; t < n; ++t) s->tickets.push_back(make<ticket>());
    }
    session.commit();
    orm::session other{on.engine()};
    const auto seats = other.scalars(select<seat>().order_by(col<&seat::number>)).all();
    for (int n = 1; n <= 3; ++n) CHECK(seats[static_cast<std::size_t>(n - 1)]->tickets.size() == static_cast<std::size_t>(n));
    CHECK(other.statement_count() == 2);
    auto first = other.get<seat>(std::string{"A"}, 1);
    CHECK(first == seats[0]);
    first->tickets[0]->on = seats[2];
    other.remove(first);
    other.commit();
    CHECK(seats[2]->tickets.size() == 4);
    CHECK(other.scalar(select(func::count()).where(col<&ticket::seat_number> == 3)) == 4);
}

void keys_taken_over(context& on) {
    on.make(metadata_of<seat, ticket>());
    orm::session session{on.engine()};
    auto before = session.add(seat{.row = "A", .number = 1});
    auto sold = make<ticket>();
    before->tickets.push_back(sold);
    session.commit();
    session.remove(before);
    auto after = session.add(seat{.row = "A", .number = 1});
    after->tickets = {sold, make<ticket>()};
    session.commit();
    CHECK(sold->on.get() == after);
    CHECK(session.state_of(before) == orm::object_state::detached);
    orm::session other{on.engine()};
    CHECK(other.get<seat>(std::string{"A"}, 1)->tickets.size() == 2);
    CHECK(other.scalar(select(func::count()).select_from(entity<seat>)) == 1);
}

}  // namespace

std::vector<test_case> areas::parts::orm_keys() {
    return {
        {"orm/generated-keys", "objects get the keys that the database has made, each its own", claims::inserted_keys, generated_keys},
        {"orm/given-keys", "keys that the program gives, beside those that are made", claims::inserted_keys, given_keys},
        {"orm/natural-keys", "text as a key", {}, natural_keys},
        {"orm/keys-by-maker", "keys that the mapping makes, and trees of them", {}, keys_by_maker},
        {"orm/keys-of-two-columns", "keys of two columns, and what refers to them", claims::inserted_keys, keys_of_two_columns},
        {"orm/keys-taken-over", "a new object with the key of one that goes, and with what refers to it", claims::inserted_keys,
         keys_taken_over},
    };
}

}  // namespace azoth::conformance
