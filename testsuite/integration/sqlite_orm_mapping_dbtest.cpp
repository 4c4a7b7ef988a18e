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

struct Forgetful {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    orm::one<Forgetful> parent{};
    orm::many<Forgetful> children{};
};

struct Paper {
    std::int64_t id{};
    std::optional<std::int64_t> previous_id{};
    orm::one<Paper> previous{};
};
struct Draft : Paper {
    int version{};
};
struct Print : Paper {
    int copies{};
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

struct Untold {
    std::int64_t id{};
};
struct OfUntold : Untold {
    int more{};
};

struct Silent {
    std::int64_t id{};
    std::string kind{};
};
struct OfSilent : Silent {
    int more{};
};

struct Nest {
    std::int64_t id{};
};
struct Egg {
    std::int64_t id{};
    std::optional<std::int64_t> nest_id{};
    orm::one<Nest> nest{};
};

struct Plant {
    std::int64_t id{};
    std::string kind{};
};
struct Tree : Plant {
    int height{};
};
struct Moss : Plant {
    std::int64_t own_id{};
};

struct Animal {
    std::int64_t id{};
    std::string kind{};
};
struct Cat : Animal {
    int lives{};
};
struct Dog : Animal {
    int bones{};
};

struct Mixin {
    int first{};
};
struct Behind : Mixin, Animal {
    int more{};
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
struct azoth::mapping<Forgetful> {
    static az::table_map<Forgetful> map() {
        return az::table_map<Forgetful>("forgetful")
            .column<&Forgetful::id>(az::primary_key)
            .column<&Forgetful::name>()
            .column<&Forgetful::parent_id>(az::references<&Forgetful::id>)
            .relation<&Forgetful::parent>();
    }
};
template <>
struct azoth::mapping<Paper> {
    static az::table_map<Paper> map() {
        return az::table_map<Paper>("paper")
            .column<&Paper::id>(az::primary_key)
            .column<&Paper::previous_id>(az::references<&Paper::id>)
            .relation<&Paper::previous>();
    }
};
template <>
struct azoth::mapping<Draft> {
    static az::table_map<Draft> map() {
        return az::table_map<Draft>("draft").inherits<Paper>(az::concrete_table).column<&Draft::version>();
    }
};
template <>
struct azoth::mapping<Print> {
    static az::table_map<Print> map() {
        return az::table_map<Print>("print").inherits<Paper>(az::concrete_table).column<&Print::copies>().relation<&Paper::previous>();
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

template <>
struct azoth::mapping<Untold> {
    static az::table_map<Untold> map() { return az::table_map<Untold>("untold").column<&Untold::id>(az::primary_key).derived<OfUntold>(); }
};
template <>
struct azoth::mapping<OfUntold> {
    static az::table_map<OfUntold> map() { return az::table_map<OfUntold>("of_untold").inherits<Untold>("more").column<&OfUntold::more>(); }
};
template <>
struct azoth::mapping<Silent> {
    static az::table_map<Silent> map() {
        return az::table_map<Silent>("silent").column<&Silent::id>(az::primary_key).column<&Silent::kind>().polymorphic<&Silent::kind>("x");
    }
};
template <>
struct azoth::mapping<OfSilent> {
    static az::table_map<OfSilent> map() { return az::table_map<OfSilent>("of_silent").inherits<Silent>("more").column<&OfSilent::more>(); }
};
template <>
struct azoth::mapping<Nest> {
    static az::table_map<Nest> map() { return az::table_map<Nest>("nest").column<&Nest::id>(az::primary_key); }
};
template <>
struct azoth::mapping<Egg> {
    static az::table_map<Egg> map() {
        return az::table_map<Egg>("egg")
            .column<&Egg::id>(az::primary_key)
            .column<&Egg::nest_id>(az::references<&Nest::id>)
            .relation<&Egg::nest>(orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<Plant> {
    static az::table_map<Plant> map() {
        return az::table_map<Plant>("plant")
            .column<&Plant::id>(az::primary_key)
            .column<&Plant::kind>(az::string(8))
            .polymorphic<&Plant::kind>("plant")
            .derived<Moss>();
    }
};
template <>
struct azoth::mapping<Tree> {
    static az::table_map<Tree> map() { return az::table_map<Tree>("plant").inherits<Plant>("tree").column<&Tree::height>(); }
};
template <>
struct azoth::mapping<Moss> {
    static az::table_map<Moss> map() { return az::table_map<Moss>("moss").column<&Moss::own_id>(az::primary_key); }
};
template <>
struct azoth::mapping<Animal> {
    static az::table_map<Animal> map() {
        return az::table_map<Animal>("animal")
            .column<&Animal::id>(az::primary_key)
            .column<&Animal::kind>(az::string(8))
            .polymorphic<&Animal::kind>()
            .derived<Cat, Dog>();
    }
};
template <>
struct azoth::mapping<Cat> {
    static az::table_map<Cat> map() { return az::table_map<Cat>("animal").inherits<Animal>("pet").column<&Cat::lives>(); }
};
template <>
struct azoth::mapping<Dog> {
    static az::table_map<Dog> map() { return az::table_map<Dog>("animal").inherits<Animal>("pet").column<&Dog::bones>(); }
};
template <>
struct azoth::mapping<Behind> {
    static az::table_map<Behind> map() { return az::table_map<Behind>("behind").inherits<Animal>("behind").column<&Behind::more>(); }
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

TEST_CASE("orm mapping: all relations of a struct are in its mapping") {
    CHECK(problem_of<Forgetful>() ==
          "wrong::Forgetful has 2 relations among its members, and its mapping does not name number 2 of them: add "
          ".relation<&wrong::Forgetful::member>() to it, or take it out of the struct");
}

TEST_CASE("orm mapping: a concrete struct has those of its base's relations that its mapping says") {
    const auto engine = sqlite_tests::open("sqlite://");
    az::metadata_of<Paper, Draft, Print>().create_all(engine);
    orm::session session{engine};
    session.add(az::make<Draft>())->version = 2;
    auto print = az::make<Print>();
    print->previous = session.add(Paper{});
    session.add(print);
    session.commit();
    session.expunge_all();
    CHECK(session.scalars(az::select<Draft>()).one()->version == 2);
    CHECK(session.scalars(az::select<Print>()).one()->previous == session.scalars(az::select<Paper>()).one());
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

TEST_CASE("orm mapping: what inherits is told by a column, and said by both structs") {
    CHECK_THAT(problem_of<OfUntold>(), Catch::Contains("wrong::Untold is inherited, and nothing tells of which struct a row is") &&
                                           Catch::Contains("polymorphic<&wrong::Untold::member>"));
    CHECK_THAT(problem_of<OfSilent>(), Catch::Contains("add .derived<wrong::OfSilent>() to it"));
    CHECK_THAT(problem_of<Animal>(), Catch::Contains("wrong::Animal has no rows of its own"));
    CHECK_THAT(problem_of<Tree>(),
               Catch::Contains("wrong::Tree is in the table of a struct that it inherits") && Catch::Contains(".derived<wrong::Tree>()"));
    CHECK_THAT(problem_of<Behind>(), Catch::Contains("wrong::Animal is not at the start of wrong::Behind"));
}

TEST_CASE("orm mapping: each struct is told by an identity of its own") {
    const tables_in<Animal> tables{"sqlite://"};
    orm::session session{tables.engine};
    const auto problem = thrown<az::interface_error>([&] { (void)session.scalars(az::select<Animal>()); }).message();
    CHECK_THAT(problem, Catch::Contains("wrong::Cat and wrong::Dog are both told by \"pet\""));
    const auto silent = thrown<az::interface_error>([&] { (void)session.scalars(az::select<Plant>()); }).message();
    CHECK_THAT(silent, Catch::Contains("wrong::Plant says derived<wrong::Moss>()") && Catch::Contains(".inherits<wrong::Plant>(...)"));
}

TEST_CASE("orm mapping: orphans are said where the collection is") {
    CHECK_THAT(problem_of<Egg>(), Catch::Contains("wrong::Egg::nest: cascade_all_delete_orphan is said where the key is"));
}
