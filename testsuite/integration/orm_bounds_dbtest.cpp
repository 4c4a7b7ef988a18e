// How many statements a session runs, said by a test.
#include "orm_support.hpp"

using namespace orm_tests;

namespace bounds {
struct Thing {
    std::int64_t id{};
    std::string name{};
};
}  // namespace bounds

using namespace bounds;

template <>
struct azoth::mapping<Thing> {
    static az::table_map<Thing> map() {
        return az::table_map<Thing>("bounds_thing").column<&Thing::id>(az::primary_key).column<&Thing::name>();
    }
};

TEST_CASE("orm bounds: one statement more is refused, and the error tells of those that have run") {
    on_each_database<Thing>([](const az::engine& engine) {
        orm::session session{engine};
        const auto outer = session.expect_at_most(4);
        {
            const auto bound = session.expect_at_most(2);
            session.add(Thing{.name = "it's"});
            session.flush();
            CHECK(session.scalars(az::select<Thing>().where(az::col<&Thing::name> == "it's")).size() == 1);
            CHECK(bound.count() == 2);
            const auto error = thrown<az::interface_error>([&] { (void)session.scalars(az::select<Thing>()); });
            CHECK_THAT(error.message(), Catch::Contains("2 statements were expected at most"));
            CHECK_THAT(error.message(), Catch::Contains("INSERT INTO"));
            CHECK_THAT(error.message(), Catch::Contains("'it''s'"));
        }
        CHECK(session.scalars(az::select<Thing>()).size() == 1);
        CHECK(outer.count() == 3);
        session.add(Thing{});
        session.flush();
        CHECK_THROWS_AS(session.get<Thing>(7), az::interface_error);
        session.rollback();
    });
}
