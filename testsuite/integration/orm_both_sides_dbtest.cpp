// Relations that both sides say something of, values that no database takes, and keys that are none.
#include "orm_support.hpp"

#include <string>

using namespace orm_tests;

namespace both_sides {

struct Course;
struct Homework;
struct Pupil {
    std::int64_t id{};
    std::string name{};
    std::optional<az::date> born{};
    orm::many<Course> courses{};
    orm::many<Homework> homework{};
};
struct Course {
    std::int64_t id{};
    std::string title{};
    orm::many<Pupil> pupils{};
};
/// With a key of its own: the same pair can be there twice.
struct Seat {
    std::int64_t id{};
    std::int64_t pupil_id{};
    std::int64_t course_id{};
};
struct Homework {
    std::int64_t id{};
    std::string text{};
    std::int64_t pupil_id{};
    orm::one<Pupil> by{};
};

}  // namespace both_sides

using namespace both_sides;

template <>
struct azoth::mapping<Pupil> {
    static az::table_map<Pupil> map() {
        return az::table_map<Pupil>("both_pupil")
            .column<&Pupil::id>(az::primary_key)
            .column<&Pupil::name>()
            .column<&Pupil::born>()
            .relation<&Pupil::courses>(orm::via<&Seat::pupil_id, &Seat::course_id>, orm::back_populates<&Course::pupils>)
            .relation<&Pupil::homework>(orm::back_populates<&Homework::by>, orm::order_by<&Homework::text>);
    }
};
template <>
struct azoth::mapping<Course> {
    static az::table_map<Course> map() {
        return az::table_map<Course>("both_course")
            .column<&Course::id>(az::primary_key)
            .column<&Course::title>()
            .relation<&Course::pupils>(orm::via<&Seat::course_id, &Seat::pupil_id>, orm::back_populates<&Pupil::courses>);
    }
};
template <>
struct azoth::mapping<Seat> {
    static az::table_map<Seat> map() {
        return az::table_map<Seat>("both_seat")
            .column<&Seat::id>(az::primary_key)
            .column<&Seat::pupil_id>(az::references<&Pupil::id>)
            .column<&Seat::course_id>(az::references<&Course::id>);
    }
};
template <>
struct azoth::mapping<Homework> {
    static az::table_map<Homework> map() {
        return az::table_map<Homework>("both_homework")
            .column<&Homework::id>(az::primary_key)
            .column<&Homework::text>()
            .column<&Homework::pupil_id>(az::references<&Pupil::id>)
            .relation<&Homework::by>();
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Pupil, Course, Seat, Homework>(test);
}

}  // namespace

TEST_CASE("orm both sides: via<> on both sides is one relation, whose pairs are written once") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ada = session.add(Pupil{.name = "Ada"});
        auto logic = session.add(Course{.title = "logic"});
        ada->courses.push_back(logic);
        logic->pupils.push_back(session.add(Pupil{.name = "Emmy"}));
        session.commit();
        const auto rows = [&] { return session.scalar(az::select(az::func::count()).select_from(az::entity<Seat>)); };
        CHECK(rows() == 2);
        CHECK(logic->pupils.erase(ada));
        session.commit();
        CHECK(rows() == 1);
        CHECK(ada->courses.empty());
    });
}

TEST_CASE("orm both sides: merged collections hold what is new in them") {
    each([](const az::engine& engine) {
        std::int64_t id = 0;
        {
            orm::session session{engine};
            auto ada = session.add(Pupil{.name = "Ada"});
            ada->homework.push_back(az::make<Homework>({.text = "a"}));
            session.commit();
            id = ada->id;
        }
        az::ptr<Pupil> given;
        {
            orm::session session{engine};
            given = session.get<Pupil>(id);
            (void)given->homework.size();
        }
        given->homework.push_back(az::make<Homework>({.text = "b"}));
        orm::session session{engine};
        auto merged = session.merge(given);
        CHECK(merged->homework.size() == 2);
        session.commit();
        CHECK(merged->homework.size() == 2);
        CHECK(merged->homework.back()->text == "b");
        CHECK(session.scalar(az::select(az::func::count()).select_from(az::entity<Homework>)) == 2);
    });
}

TEST_CASE("orm both sides: a value that no database takes is told with its member, and rolled back") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ada = session.add(Pupil{.name = "Ada"});
        session.commit();
        ada->born = az::date{};  // the 0th of the 0th
        const auto message = thrown<az::data_error>([&] { session.flush(); }).message();
        CHECK_THAT(message, Catch::Contains("both_sides::Pupil::born of both_sides::Pupil 1: 0-0-0 is no day"));
        CHECK(session.is_modified(ada));
        session.rollback();
        CHECK_FALSE(ada->born);
        CHECK_FALSE(session.is_modified(ada));
    });
}

TEST_CASE("orm both sides: keys and objects that do not fit are told with what would") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto ada = session.add(Pupil{.name = "Ada"});
        const auto told = [](auto&& f) { return thrown<az::interface_error>(f).message(); };
        CHECK_THAT(told([&] { session.remove(ada); }), Catch::Contains("is pending") && Catch::Contains("expunge it"));
        session.commit();
        CHECK_THAT(told([&] { (void)session.get<Pupil>(std::string{"Ada"}); }),
                   Catch::Contains("both_sides::Pupil is found by &both_sides::Pupil::id") && Catch::Contains("asked for by \"Ada\""));
        CHECK_THAT(told([&] { (void)session.get<Pupil>(1, 2); }), Catch::Contains("asked for by 1, 2"));
        session.expunge(ada);
        CHECK_THAT(told([&] { session.remove(ada); }), Catch::Contains("it is detached; add it first"));
        CHECK_THAT(told([&] { session.expire(ada); }), Catch::Contains("is no object of this session"));
        orm::session other{engine};
        other.add(ada);
        CHECK_THAT(told([&] { session.remove(ada); }), Catch::Contains("remove it in its own one"));
    });
}
