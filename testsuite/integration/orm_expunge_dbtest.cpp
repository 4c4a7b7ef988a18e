// Objects that go from one session to another one, while both live.
#include "orm_support.hpp"

using namespace orm_tests;

namespace moves {

struct Shelf;
struct Tome {
    std::int64_t id{};
    std::string title{};
    std::optional<std::int64_t> shelf_id{};
    orm::one<Shelf> shelf{};
};
struct Shelf {
    std::int64_t id{};
    std::string place{};
    orm::many<Tome> tomes{};
};
/// Leads to a tome, and does not take it along.
struct Mark {
    std::int64_t id{};
    std::optional<std::int64_t> tome_id{};
    orm::one<Tome> tome{};
};

}  // namespace moves

using namespace moves;

template <>
struct azoth::mapping<Shelf> {
    static az::table_map<Shelf> map() {
        return az::table_map<Shelf>("moves_shelf")
            .column<&Shelf::id>(az::primary_key)
            .column<&Shelf::place>()
            .relation<&Shelf::tomes>(orm::back_populates<&Tome::shelf>);
    }
};
template <>
struct azoth::mapping<Tome> {
    static az::table_map<Tome> map() {
        return az::table_map<Tome>("moves_tome")
            .column<&Tome::id>(az::primary_key)
            .column<&Tome::title>()
            .column<&Tome::shelf_id>(az::references<&Shelf::id>)
            .relation<&Tome::shelf>();
    }
};
template <>
struct azoth::mapping<Mark> {
    static az::table_map<Mark> map() {
        return az::table_map<Mark>("moves_mark")
            .column<&Mark::id>(az::primary_key)
            .column<&Mark::tome_id>(az::references<&Tome::id>)
            .relation<&Mark::tome>(orm::no_cascade);
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Shelf, Tome, Mark>(std::forward<Test>(test));
}

/// A shelf with two tomes, committed.
az::ptr<Shelf> filled_shelf(orm::session& in) {
    auto shelf = in.add(Shelf{.place = "hall"});
    shelf->tomes = {az::make<Tome>({.title = "one"}), az::make<Tome>({.title = "two"})};
    in.commit();
    return shelf;
}

}  // namespace

TEST_CASE("orm expunge: what a session has let go another one takes while the first lives") {
    each([](const az::engine& engine) {
        orm::session first{engine};
        auto shelf = filled_shelf(first);
        auto tome = shelf->tomes[0];
        auto other = shelf->tomes[1];
        for (const auto& t : {tome, other}) first.expunge(t);
        first.expunge(shelf);
        first.commit();
        orm::session second{engine};
        second.add(tome);
        CHECK(second.contains(shelf));
        CHECK(second.contains(other));
        CHECK(shelf->tomes.size() == 2);
        CHECK_FALSE(first.contains(tome));
        other->title = "written by the second";
        second.commit();
        CHECK(second.get<Tome>(other->id) == other);
        second.commit();
        const auto again = first.get<Tome>(other->id);
        CHECK_FALSE(again == other);
        CHECK(again->title == "written by the second");
        first.rollback();
        second.rollback();
        CHECK(second.state_of(tome) == orm::object_state::persistent);
    });
}

TEST_CASE("orm expunge: what stays reads again what it has lost sight of") {
    each([](const az::engine& engine) {
        orm::session first{engine};
        auto shelf = filled_shelf(first);
        auto tome = first.scalars(az::select<Tome>().where(az::col<&Tome::title> == "one")).one();
        first.refresh(tome);
        REQUIRE(shelf->tomes.size() == 2);
        first.expunge(tome);
        first.commit();
        {
            orm::session second{engine};
            second.add(tome);
            tome->title = "changed";
            second.commit();
            CHECK_FALSE(shelf->tomes.is_loaded());
            CHECK(tome->shelf->place == "hall");
            CHECK_FALSE(tome->shelf == shelf);
            second.commit();
        }
        REQUIRE(shelf->tomes.size() == 2);
        for (const auto& t : shelf->tomes) CHECK_FALSE(t == tome);
        CHECK(tome->title == "changed");  // a handle keeps it
        first.commit();
    });
}

TEST_CASE("orm expunge: an object does not go without those that it takes along, and nothing has happened then") {
    each([](const az::engine& engine) {
        orm::session first{engine};
        auto shelf = filled_shelf(first);
        auto tome = shelf->tomes[0];
        (void)tome->shelf.get();
        first.expunge(tome);
        orm::session second{engine};
        const auto refused = thrown<az::interface_error>([&] { second.add(tome); });
        CHECK(refused.code() == az::errc::misuse);
        CHECK(std::string{refused.what()}.find("expunge that one there, too, or merge") != std::string::npos);
        CHECK(second.state_of(tome) == orm::object_state::detached);
        CHECK(shelf->tomes.size() == 2);
        CHECK(thrown<az::interface_error>([&] { second.add(shelf); }).code() == az::errc::misuse);
        first.add(tome);
        CHECK(first.contains(tome));
        first.commit();
    });
}

TEST_CASE("orm expunge: relations that take nothing along are read anew in the other session") {
    each([](const az::engine& engine) {
        orm::session first{engine};
        auto tome = first.add(Tome{.title = "one"});
        auto mark = first.add(Mark{});
        mark->tome = tome;
        first.commit();
        REQUIRE(mark->tome == tome);
        first.expunge(mark);
        first.commit();
        orm::session second{engine};
        second.add(mark);
        CHECK_FALSE(mark->tome.is_loaded());
        CHECK(mark->tome->title == "one");
        CHECK_FALSE(mark->tome == tome);
        second.commit();
        second.expunge(mark);
        second.commit();
        mark->tome = nullptr;
        first.add(mark);
        first.commit();
        CHECK_FALSE(mark->tome_id.has_value());
    });
}

TEST_CASE("orm expunge: a change takes an expunged object into the session, and its former one forgets the step") {
    each([](const az::engine& engine) {
        orm::session first{engine};
        auto tome = first.add(Tome{.title = "one"});
        first.commit();
        tome->title = "changed";
        first.flush();
        first.expunge(tome);
        first.commit();
        auto fresh = first.add(Tome{.title = "never written"});
        first.expunge(fresh);
        orm::session second{engine};
        auto shelf = second.add(Shelf{.place = "hall"});
        shelf->tomes.push_back(tome);
        fresh->shelf = shelf;
        second.add(fresh);
        CHECK(second.state_of(fresh) == orm::object_state::pending);
        first.rollback();
        second.commit();
        CHECK(shelf->tomes.size() == 2);
        CHECK(tome->title == "changed");
        CHECK(second.scalar(az::select(az::func::count()).select_from(az::entity<Tome>)) == 2);
    });
}

TEST_CASE("orm expunge: a handle alone keeps what has gone to another session") {
    each([](const az::engine& engine) {
        az::ptr<Tome> tome;
        std::optional<orm::session> first{engine};
        std::optional<orm::session> second{engine};
        {
            auto shelf = filled_shelf(*first);
            first->expunge_all();
            shelf = {};
            const auto all = first->scalars(az::select<Tome>().order_by(az::col<&Tome::title>)).all();
            tome = all[0];
            first->expunge(tome);
            first->commit();
        }
        second->add(tome);
        (void)first->scalars(az::select<Tome>()).all().front()->shelf->place;  // for all of the batch that are left
        first->commit();
        second->commit();
        first.reset();
        CHECK(tome->title == "one");
        CHECK(tome->shelf->place == "hall");
        second.reset();
        CHECK(tome->shelf->place == "hall");
    });
}
