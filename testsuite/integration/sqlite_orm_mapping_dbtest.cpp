// Mappings are compared with each other at first use; what does not fit is told by struct and member.
#include "orm_support.hpp"

using namespace orm_tests;

namespace wrong {

struct Keyless {
    std::int64_t id{};
};
struct ToKeyless {
    std::int64_t id{};
    std::int64_t keyless_id{};
    orm::one<Keyless> keyless{};
};

struct Right;
struct Left {
    std::int64_t id{};
    std::optional<std::int64_t> right_id{};
    orm::one<Right> right{};
};
struct Right {
    std::int64_t id{};
    std::optional<std::int64_t> left_id{};
    orm::one<Left> left{};
};

struct Member;
struct Club {
    std::int64_t id{};
    orm::many<Member> members{};
    orm::many<Member> friends{};
};
struct Member {
    std::int64_t id{};
    std::optional<std::int64_t> club_id{};
    std::optional<std::int64_t> other_id{};
    orm::one<Club> club{};
    orm::one<Club> other{};
};

struct Course;
struct Student {
    std::int64_t id{};
    orm::many<Course> courses{};
};
struct Course {
    std::int64_t id{};
};
struct Seat {
    std::int64_t student_id{};
    std::int64_t course_id{};
};

struct Leaf;
struct Twig {
    std::int64_t id{};
    orm::many<Leaf> leaves{};
};
struct Leaf {
    std::int64_t id{};
    std::int64_t twig_id{};
};
struct Stranger {
    std::int64_t a{};
    std::int64_t b{};
};

}  // namespace wrong

using namespace wrong;

template <>
struct azoth::mapping<Keyless> {
    static az::table_map<Keyless> map() { return az::table_map<Keyless>("keyless").column<&Keyless::id>(); }
};
template <>
struct azoth::mapping<ToKeyless> {
    static az::table_map<ToKeyless> map() {
        return az::table_map<ToKeyless>("to_keyless")
            .column<&ToKeyless::id>(az::primary_key)
            .column<&ToKeyless::keyless_id>(az::references<&Keyless::id>)
            .relation<&ToKeyless::keyless>();
    }
};
template <>
struct azoth::mapping<Left> {
    static az::table_map<Left> map() {
        return az::table_map<Left>("left_side")
            .column<&Left::id>(az::primary_key)
            .column<&Left::right_id>(az::references_to("right_side", "id"))
            .relation<&Left::right>(orm::by<&Left::right_id>, orm::back_populates<&Right::left>);
    }
};
template <>
struct azoth::mapping<Right> {
    static az::table_map<Right> map() {
        return az::table_map<Right>("right_side")
            .column<&Right::id>(az::primary_key)
            .column<&Right::left_id>(az::references_to("left_side", "id"))
            .relation<&Right::left>(orm::by<&Right::left_id>);
    }
};
template <>
struct azoth::mapping<Club> {
    static az::table_map<Club> map() {
        return az::table_map<Club>("club")
            .column<&Club::id>(az::primary_key)
            .relation<&Club::members>(orm::by<&Member::club_id>)
            .relation<&Club::friends>(orm::by<&Member::other_id>, orm::back_populates<&Member::other>);
    }
};
template <>
struct azoth::mapping<Member> {
    static az::table_map<Member> map() {
        return az::table_map<Member>("member")
            .column<&Member::id>(az::primary_key)
            .column<&Member::club_id>(az::references<&Club::id>)
            .column<&Member::other_id>(az::references<&Club::id>)
            .relation<&Member::club>(orm::by<&Member::club_id>)
            .relation<&Member::other>(orm::by<&Member::other_id>);
    }
};
template <>
struct azoth::mapping<Student> {
    static az::table_map<Student> map() {
        return az::table_map<Student>("student")
            .column<&Student::id>(az::primary_key)
            .relation<&Student::courses>(orm::via<&Seat::course_id, &Seat::student_id>);
    }
};
template <>
struct azoth::mapping<Course> {
    static az::table_map<Course> map() { return az::table_map<Course>("course").column<&Course::id>(az::primary_key); }
};
template <>
struct azoth::mapping<Seat> {
    static az::table_map<Seat> map() {
        return az::table_map<Seat>("seat")
            .column<&Seat::student_id>(az::primary_key, az::references<&Student::id>)
            .column<&Seat::course_id>(az::primary_key, az::references<&Course::id>);
    }
};
template <>
struct azoth::mapping<Twig> {
    static az::table_map<Twig> map() {
        return az::table_map<Twig>("twig").column<&Twig::id>(az::primary_key).relation<&Twig::leaves>(orm::by<&Stranger::b>);
    }
};
template <>
struct azoth::mapping<Leaf> {
    static az::table_map<Leaf> map() {
        return az::table_map<Leaf>("leaf").column<&Leaf::id>(az::primary_key).column<&Leaf::twig_id>(az::references<&Twig::id>);
    }
};

namespace {

template <class T>
std::string problem_of() {
    return thrown<az::interface_error>([] { (void)az::make<T>(); }).message();
}

}  // namespace

TEST_CASE("orm mapping: a relation leads to a struct with a key") {
    const auto problem = problem_of<ToKeyless>();
    CHECK_THAT(problem, Catch::Contains("wrong::ToKeyless::keyless: wrong::Keyless has no primary key"));
}

TEST_CASE("orm mapping: of the two sides of a relation one has the key") {
    CHECK_THAT(problem_of<Left>(),
               Catch::Contains("wrong::Left::right: back_populates names wrong::Right::left, and both refer to the other"));
}

TEST_CASE("orm mapping: two relations that write the same column know of each other") {
    CHECK_THAT(problem_of<Club>(), Catch::Contains("wrong::Club::members: wrong::Member::club writes the same columns of \"member\"") &&
                                       Catch::Contains("back_populates<&wrong::Member::club>"));
    CHECK_THAT(problem_of<Member>(), Catch::Contains("wrong::Member::club: wrong::Club::members writes the same columns"));
}

TEST_CASE("orm mapping: via<> names our columns first, and theirs then") {
    CHECK_THAT(problem_of<Student>(), Catch::Contains("wrong::Student::courses: &wrong::Seat::course_id refers to \"course\"") &&
                                          Catch::Contains("where the key of wrong::Student is meant"));
}

TEST_CASE("orm mapping: by<> names a member of the struct that has the key") {
    CHECK_THAT(problem_of<Twig>(), Catch::Contains("wrong::Twig::leaves: &wrong::Stranger::b is no member of wrong::Leaf"));
}
