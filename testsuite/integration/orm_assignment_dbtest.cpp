// Structs that are assigned to objects: what their relations say, and what they do not say.
#include "orm_support.hpp"

using namespace orm_tests;

namespace assignments {

struct Keeper;
struct Animal {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> keeper_id{};
    orm::one<Keeper> keeper{};
};
struct Keeper {
    std::int64_t id{};
    std::string name{};
    orm::many<Animal> animals{};
};

}  // namespace assignments

using namespace assignments;

template <>
struct azoth::mapping<Keeper> {
    static az::table_map<Keeper> map() {
        return az::table_map<Keeper>("assignments_keeper")
            .column<&Keeper::id>(az::primary_key)
            .column<&Keeper::name>()
            .relation<&Keeper::animals>(orm::back_populates<&Animal::keeper>, orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<Animal> {
    static az::table_map<Animal> map() {
        return az::table_map<Animal>("assignments_animal")
            .column<&Animal::id>(az::primary_key)
            .column<&Animal::name>()
            .column<&Animal::keeper_id>(az::references<&Keeper::id>)
            .relation<&Animal::keeper>();
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Keeper, Animal>(std::forward<Test>(test));
}

az::ptr<Keeper> keeper_of_two(orm::session& in, const std::string& name) {
    auto keeper = in.add(Keeper{.name = name});
    keeper->animals = {az::make<Animal>({.name = "owl"}), az::make<Animal>({.name = "yak"})};
    in.commit();
    return keeper;
}

std::int64_t animals_in(orm::session& session) { return session.scalar(az::select(az::func::count()).select_from(az::entity<Animal>)); }

}  // namespace

TEST_CASE("orm assignment: a copy does not know what its object is related to") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto keeper = keeper_of_two(session, "Ann");
        auto owl = keeper->animals[0];
        const auto misused = [](auto&& work) { CHECK(support::thrown<az::interface_error>(work).code() == az::errc::misuse); };
        const auto who = owl->keeper;  // the member, where a handle was meant
        misused([&] { (void)static_cast<bool>(who); });
        misused([&] { (void)who->name; });
        misused([&] { (void)who.get(); });
        auto animals = keeper->animals;
        misused([&] {
            for (const auto& a : animals) (void)a;
        });
        misused([&] { (void)animals.size(); });
        animals.push_back(owl);  // which begins anew
        CHECK(animals.size() == 1);
        CHECK(keeper->animals.size() == 2);
        Keeper copy = *keeper;
        misused([&] { (void)copy.animals.empty(); });
        Animal other = Animal{};
        other = *owl;
        misused([&] { (void)(other.keeper == nullptr); });
        other.keeper = nullptr;
        CHECK_FALSE(other.keeper);
        // a copy of a copy knows no more, and an object that is made of one is related to nothing
        const Keeper again = copy;
        misused([&] { (void)again.animals.size(); });
        copy.id = 0;
        auto made = session.add(copy);
        CHECK(made->animals.empty());
        session.commit();
        CHECK(animals_in(session) == 2);
    });
}

TEST_CASE("orm assignment: a copy of a struct that is no object yet has the same handles") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ann = session.add(Keeper{.name = "Ann"});
        Animal pattern{.name = "owl"};
        pattern.keeper = ann;
        for (const char* name : {"owl", "yak"}) {
            pattern.name = name;
            session.add(pattern);
        }
        Animal assigned{};
        assigned = pattern;
        assigned.name = "bee";
        session.add(assigned);
        CHECK(ann->animals.size() == 3);
        Keeper keeper{.name = "Bob", .animals = {az::make<Animal>({.name = "ant"})}};
        const Keeper same = keeper;
        CHECK(same.animals.size() == 1);
        CHECK(same.animals[0] == keeper.animals[0]);
        session.add(keeper);
        session.commit();
        session.expunge_all();
        CHECK(session.scalars(az::select<Animal>().where(orm::has<&Animal::keeper>())).size() == 4);
    });
}

TEST_CASE("orm assignment: a copy that comes back takes nothing away") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto keeper = keeper_of_two(session, "Ann");
        auto owl = keeper->animals[0];
        REQUIRE(owl->keeper == keeper);
        Keeper copy = *keeper;
        copy.name = "Bea";
        *keeper = copy;
        Animal other = *owl;
        other.name = "eagle";
        *owl = std::move(other);
        session.commit();
        CHECK(animals_in(session) == 2);
        CHECK(keeper->name == "Bea");
        CHECK(keeper->animals.size() == 2);
        CHECK(owl->name == "eagle");
        CHECK(owl->keeper == keeper);
        CHECK(session.state_of(owl) == orm::object_state::persistent);
    });
}

TEST_CASE("orm assignment: relations follow the columns of what was assigned") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ann = keeper_of_two(session, "Ann");
        auto bob = keeper_of_two(session, "Bob");
        auto owl = ann->animals[0];
        REQUIRE(owl->keeper == ann);
        Animal copy = *owl;
        copy.keeper_id = bob->id;
        *owl = copy;
        CHECK(owl->keeper == bob);
        session.flush();
        CHECK(ann->animals.size() == 1);
        CHECK(bob->animals.size() == 3);
        session.commit();
    });
}

TEST_CASE("orm assignment: what the program has changed stays changed") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto keeper = keeper_of_two(session, "Ann");
        const Keeper copy = *keeper;
        keeper->animals.push_back(az::make<Animal>({.name = "emu"}));
        *keeper = copy;
        CHECK(keeper->animals.size() == 3);
        session.commit();
        CHECK(animals_in(session) == 3);
        auto fresh = session.add(Keeper{.name = "new", .animals = {az::make<Animal>({.name = "cat"})}});
        *fresh = Keeper{.name = "named"};
        CHECK(fresh->animals.size() == 1);
        session.commit();
        CHECK(animals_in(session) == 4);
    });
}

TEST_CASE("orm assignment: what is said counts, also that there is nothing") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ann = keeper_of_two(session, "Ann");
        auto bob = session.add(Keeper{.name = "Bob"});
        session.commit();
        auto owl = ann->animals[0];
        auto yak = ann->animals[1];
        session.commit();
        Animal copy = *owl;
        copy.keeper = bob;
        *owl = copy;
        CHECK(owl->keeper == bob);
        session.commit();
        CHECK(owl->keeper_id == bob->id);
        session.expire(owl);
        yak->keeper = owl->keeper;  // which is read for that
        CHECK(yak->keeper == bob);
        session.commit();
        CHECK(bob->animals.size() == 2);
        bob->animals = {};
        session.commit();
        CHECK(animals_in(session) == 0);
    });
}

TEST_CASE("orm assignment: nothing is said by braces and by nullptr") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ann = session.add(Keeper{.name = "Ann"});
        session.commit();
        Animal one{.name = "one", .keeper = ann};
        one.keeper = {};
        CHECK(session.add(one)->keeper == nullptr);
        auto zebu = session.add(Animal{.name = "zebu"});
        ann->animals.push_back(zebu);
        session.commit();
        ann->animals = std::initializer_list<az::ptr<Animal>>{};
        session.commit();
        CHECK(session.state_of(zebu) == orm::object_state::detached);
    });
}

TEST_CASE("orm assignment: without a session, what is loaded stays, and what is not says nothing for another object") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto keeper = keeper_of_two(session, "Ann");
        auto owl = keeper->animals[0];
        auto yak = keeper->animals[1];
        REQUIRE(owl->keeper == keeper);
        session.expire(yak);
        session.expunge_all();
        session.commit();
        const Animal copy = *owl;
        *owl = copy;
        CHECK(owl->keeper == keeper);
        CHECK(thrown<az::interface_error>([&] { owl->keeper = yak->keeper; }).code() == az::errc::misuse);
        CHECK(owl->keeper == keeper);
    });
}
