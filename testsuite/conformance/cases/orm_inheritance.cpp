// Structs that inherit each other: in one table, and in two that are joined by key.
#include "claims.hpp"
#include "orm_library.hpp"
#include "orm_parts.hpp"

namespace azoth::conformance {

struct paper;
struct archive {
    std::int64_t id{};
    orm::many<paper> papers{};
};
struct paper {
    std::int64_t id{};
    std::string kind{};
    std::string title{};
    std::optional<std::int64_t> archive_id{};
    orm::one<archive> in{};
};
/// In the papers' table.
struct letter : paper {
    std::string sender{};
};
/// Has a table of its own beside it.
struct map_sheet : paper {
    std::int32_t scale{};
};
/// Has all columns in a table of its own, and shares no row with the papers.
struct copied_paper : paper {
    std::int32_t copies{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::archive> {
    using archive = azoth::conformance::archive;
    static azoth::table_map<archive> map() {
        using azoth::conformance::paper;
        return azoth::table_map<archive>(azoth::conformance::mapped_name("archive"))
            .column<&archive::id>(azoth::primary_key)
            .relation<&archive::papers>(azoth::orm::back_populates<&paper::in>, azoth::orm::order_by<&paper::title>,
                                        azoth::orm::cascade_delete);
    }
};
template <>
struct azoth::mapping<azoth::conformance::paper> {
    using paper = azoth::conformance::paper;
    static azoth::table_map<paper> map() {
        using namespace azoth::conformance;
        return azoth::table_map<paper>(mapped_name("paper"))
            .column<&paper::id>(azoth::primary_key)
            .column<&paper::kind>(azoth::string(12))
            .column<&paper::title>(azoth::string(40))
            .column<&paper::archive_id>(azoth::references<&archive::id>)
            .relation<&paper::in>()
            .polymorphic<&paper::kind>("paper")
            .derived<letter, map_sheet>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::letter> {
    using letter = azoth::conformance::letter;
    static azoth::table_map<letter> map() {
        using namespace azoth::conformance;
        return azoth::table_map<letter>(mapped_name("paper")).inherits<paper>("letter").column<&letter::sender>(azoth::string(40));
    }
};
template <>
struct azoth::mapping<azoth::conformance::map_sheet> {
    using map_sheet = azoth::conformance::map_sheet;
    static azoth::table_map<map_sheet> map() {
        using namespace azoth::conformance;
        return azoth::table_map<map_sheet>(mapped_name("map_sheet")).inherits<paper>("map").column<&map_sheet::scale>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::copied_paper> {
    using copied_paper = azoth::conformance::copied_paper;
    static azoth::table_map<copied_paper> map() {
        using namespace azoth::conformance;
        return azoth::table_map<copied_paper>(mapped_name("copied_paper"))
            .inherits<paper>(azoth::concrete_table)
            .column<&copied_paper::copies>();
    }
};

namespace azoth::conformance {
namespace {

/// An archive with a paper, a letter and a map, by title in this order.
orm::session filled_archive(context& on) {
    on.make(metadata_of<archive, paper, letter, map_sheet, copied_paper>());
    orm::session session{on.engine()};
    auto all = session.add(archive{});
    auto note = make<paper>({.title = "a note"});
    auto from_ada = make<letter>();
    from_ada->title = "b letter";
    from_ada->sender = "Ada";
    auto town = make<map_sheet>();
    town->title = "c map";
    town->scale = 5'000;
    all->papers = {note, from_ada, town};
    session.commit();
    return orm::session{on.engine()};
}

template <class T>
ptr<T> paper_titled(orm::session& in, const std::string& title) {
    return in.scalars(select<T>().where(col<&T::title> == title)).one();
}

void read_as_what_they_are(context& on) {
    orm::session session = filled_archive(on);
    const auto before = session.statement_count();
    const auto all = session.scalars(select<paper>().order_by(col<&paper::title>)).all();
    CHECK(session.statement_count() == before + 2);  // the papers with what letters have in their table; the maps
    CHECK(all.size() == 3);
    CHECK(orm::as<letter>(all[0]) == nullptr);
    CHECK(orm::as<letter>(all[1])->sender == "Ada");
    CHECK(orm::as<map_sheet>(all[2])->scale == 5'000);
    CHECK(session.scalars(select<letter>()).one()->title == "b letter");
    CHECK(session.scalars(select<map_sheet>().where(col<&paper::title> == "c map", col<&map_sheet::scale> > 1)).one() ==
          orm::as<map_sheet>(all[2]));
    CHECK(session.get<letter>(all[0]->id) == nullptr);
}

void led_to_as_what_they_are(context& on) {
    orm::session session = filled_archive(on);
    const auto check = [&](const auto& how) {
        orm::session other{on.engine()};
        const auto all = other.scalars(select<archive>().options(how)).one();
        const auto before = other.statement_count();
        CHECK(all->papers.size() == 3);
        CHECK(orm::as<letter>(all->papers[1])->sender == "Ada");
        CHECK(orm::as<map_sheet>(all->papers[2])->scale == 5'000);
        CHECK(other.statement_count() == before);
    };
    check(orm::selectinload<&archive::papers>);
    check(orm::joinedload<&archive::papers>);
    check(orm::subqueryload<&archive::papers>);
    CHECK(session.scalars(select<archive>().where(orm::any<&archive::papers>(col<&paper::title> == "c map"))).size() == 1);
}

void written_table_by_table(context& on) {
    orm::session session = filled_archive(on);
    auto town = paper_titled<map_sheet>(session, "c map");
    const auto before = session.statement_count();
    town->scale = 10'000;
    session.flush();
    CHECK(session.statement_count() == before + 1);
    town->title = "d map";
    town->scale = 20'000;
    session.commit();
    CHECK(session.statement_count() == before + 3);
    orm::session other{on.engine()};
    CHECK(paper_titled<map_sheet>(other, "d map")->scale == 20'000);
    other.remove(other.scalars(select<archive>()).one());
    other.commit();
    CHECK(other.scalar(select(func::count()).select_from(entity<paper>)) == 0);
    CHECK(other.scalar(select(func::count()).select_from(entity<map_sheet>)) == 0);
}

void in_tables_of_their_own(context& on) {
    orm::session session = filled_archive(on);
    auto made = make<copied_paper>();
    made->title = "copy";
    made->copies = 3;
    session.add(made);
    session.commit();
    orm::session other{on.engine()};
    CHECK(other.scalars(select<copied_paper>()).one()->copies == 3);
    CHECK(other.scalars(select<paper>()).size() == 3);
}

}  // namespace

std::vector<test_case> areas::parts::orm_inheritance() {
    const claim keys = claims::inserted_keys;
    return {
        {"orm/inheritance-read", "a query of a base gives objects as the structs that they are, in a statement a table", keys,
         read_as_what_they_are},
        {"orm/inheritance-related", "relations to a base lead to objects as the structs that they are", keys, led_to_as_what_they_are},
        {"orm/inheritance-written", "objects are written to the tables whose columns have changed, and go from all of them", keys,
         written_table_by_table},
        {"orm/inheritance-concrete", "a struct in a table of its own shares no rows with its base", keys, in_tables_of_their_own},
    };
}

}  // namespace azoth::conformance
