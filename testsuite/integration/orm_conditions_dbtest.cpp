// Relations by a condition of the program's own, and mappings onto tables that come from elsewhere.
#include "orm_support.hpp"

using namespace orm_tests;

namespace conditions {

struct Deed;
struct Person {
    std::int64_t id{};
    std::string name{};
    orm::many<Deed> deeds{};
    orm::many<Deed> great{};
    orm::one<Deed> latest{};
    orm::many<Person> namesakes{};
};
struct Deed {
    std::int64_t id{};
    std::int64_t person_id{};
    std::int32_t weight{};
};
struct Narrow {
    std::int64_t id{};
    std::int64_t name{};
    std::string more{};
};

}  // namespace conditions

using namespace conditions;

template <>
struct azoth::mapping<Person> {
    static az::table_map<Person> map() {
        return az::table_map<Person>("conditions_person")
            .column<&Person::id>(az::primary_key)
            .column<&Person::name>(az::string(40))
            .relation<&Person::deeds>()
            .relation<&Person::great>(orm::on<Person, Deed>([](const auto& person, const auto& deed) {
                                          return deed[&Deed::person_id] == person[&Person::id] && deed[&Deed::weight] > 10;
                                      }),
                                      orm::order_by<&Deed::weight>)
            .relation<&Person::latest>(
                orm::on<Person, Deed>([](const auto& person, const auto& deed) { return deed[&Deed::person_id] == person[&Person::id]; }),
                orm::order_by<&Deed::id>.desc())
            .relation<&Person::namesakes>(orm::on<Person, Person>([](const auto& person, const auto& other) {
                return other[&Person::name] == person[&Person::name] && other[&Person::id] != person[&Person::id];
            }));
    }
};
template <>
struct azoth::mapping<Deed> {
    static az::table_map<Deed> map() {
        return az::table_map<Deed>("conditions_deed")
            .column<&Deed::id>(az::primary_key)
            .column<&Deed::person_id>(az::references<&Person::id>)
            .column<&Deed::weight>();
    }
};
template <>
struct azoth::mapping<Narrow> {
    static az::table_map<Narrow> map() {
        return az::table_map<Narrow>("conditions_person")
            .column<&Narrow::id>(az::primary_key)
            .column<&Narrow::name>()
            .column<&Narrow::more>();
    }
};

TEST_CASE("orm conditions: relations by a condition are read for all objects together, and never written") {
    on_each_database<Person, Deed>([](const az::engine& engine) {
        orm::session session{engine};
        for (const char* name : {"Ada", "Lin", "Ada"}) session.add(Person{.name = name});
        session.flush();
        session.add_all(std::vector<Deed>{{.person_id = 1, .weight = 30}, {.person_id = 1, .weight = 20}, {.person_id = 1, .weight = 5}});
        session.add(Deed{.person_id = 2, .weight = 7});
        session.commit();
        session.expunge_all();
        const auto bound = session.expect_at_most(4);
        const auto all = session.scalars(az::select<Person>().order_by(az::col<&Person::id>)).all();
        REQUIRE(all[0]->great.size() == 2);
        CHECK(all[0]->great[0]->weight == 20);
        CHECK(all[1]->great.empty());
        CHECK(all[0]->latest->weight == 5);
        CHECK(all[1]->latest->weight == 7);
        CHECK(all[2]->latest == nullptr);
        REQUIRE(all[0]->namesakes.size() == 1);
        CHECK(all[0]->namesakes[0] == all[2]);
        CHECK(all[1]->namesakes.empty());
        CHECK(bound.count() == 4);
        CHECK_THAT(thrown<az::interface_error>([&] { all[0]->great.clear(); }).message(),
                   Catch::Contains("Person::great is said to be view_only"));
    });
}

TEST_CASE("orm conditions: a mapping is compared with the database's table") {
    on_each_database<Person, Deed>([](const az::engine& engine) {
        orm::check_mapping<Person, Deed>(engine);
        {
            auto connection = engine.connect();
            sqlite_tests::run(connection, "ALTER TABLE conditions_person ADD COLUMN rank_ INTEGER");
            connection.commit();
        }
        CHECK(orm::mapping_differences<Person>(engine).empty());  // what can be NULL need not be mapped
        const auto message = thrown<az::interface_error>([&] { orm::check_mapping<Narrow>(engine); }).message();
        CHECK_THAT(message, Catch::Contains("conditions_person: the database has no column \"more\""));
        CHECK_THAT(message, Catch::Contains("the type of \"name\""));
        az::metadata_of<Deed>().drop_all(engine);
        const auto gone = orm::mapping_differences<Person, Deed>(engine);
        REQUIRE(gone.size() == 1);
        CHECK(gone[0].what == "table");
        CHECK(gone[0].of.name == "conditions_deed");
    });
}
