// Relations of each kind, read and written.
#include "claims.hpp"
#include "orm_library.hpp"
#include "orm_parts.hpp"

namespace azoth::conformance {

struct town;
/// Each needs the other's key: a country its capital, a town its country.
struct country {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> capital_id{};
    orm::one<town> capital{};
    orm::many<town> towns{};
};
struct town {
    std::int64_t id{};
    std::string name{};
    std::int64_t country_id{};
    orm::one<country> in{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::country> {
    using country = azoth::conformance::country;
    static azoth::table_map<country> map() {
        using azoth::conformance::town;
        return azoth::table_map<country>(azoth::conformance::mapped_name("country"))
            .column<&country::id>(azoth::primary_key)
            .column<&country::name>(azoth::string(40))
            .column<&country::capital_id>(azoth::references<&town::id>)
            .relation<&country::capital>(azoth::orm::by<&country::capital_id>)
            .relation<&country::towns>(azoth::orm::back_populates<&town::in>, azoth::orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<azoth::conformance::town> {
    using town = azoth::conformance::town;
    static azoth::table_map<town> map() {
        using azoth::conformance::country;
        return azoth::table_map<town>(azoth::conformance::mapped_name("town"))
            .column<&town::id>(azoth::primary_key)
            .column<&town::name>(azoth::string(40))
            .column<&town::country_id>(azoth::references<&country::id>)
            .relation<&town::in>(azoth::orm::by<&town::country_id>);
    }
};

namespace azoth::conformance {
namespace {

void graph_read_back(context& on) {
    orm::session session = stocked_library(on);
    auto austen = session.scalars(select<writer>()).one();
    REQUIRE(austen->books.size() == 2);
    CHECK(austen->books[0]->title == "Emma");  // as the mapping orders them
    const auto emma = austen->books[0];
    CHECK(emma->by.get() == austen);
    REQUIRE(emma->chapters.size() == 2);
    CHECK(emma->chapters[1]->title == "two");
    REQUIRE(emma->labels.size() == 2);
    CHECK(emma->labels[0]->word == "classic");
    CHECK(emma->labels[0]->books.front() == emma);
    CHECK(titled(session, "Beowulf")->by == nullptr);
}

void lazy_for_batches(context& on) {
    orm::session session = stocked_library(on);
    std::size_t chapters = 0;
    std::size_t labels = 0;
    std::size_t writers = 0;
    for (const auto& b : session.scalars(select<book>())) {
        chapters += b->chapters.size();
        labels += b->labels.size();
        writers += b->by ? 1 : 0;
    }
    CHECK(chapters == 2);
    CHECK(labels == 2);
    CHECK(writers == 2);
    CHECK(session.statement_count() == 4);
}

void selectin(context& on) {
    orm::session session = stocked_library(on);
    const auto found = session.scalars(
        select<writer>().options(orm::selectinload<&writer::books, &book::labels>, orm::selectinload<&writer::books, &book::chapters>));
    CHECK(session.statement_count() == 4);
    const auto emma = found.one()->books.front();
    CHECK(emma->labels.is_loaded());
    CHECK(emma->chapters.is_loaded());
    CHECK(emma->labels.size() + emma->chapters.size() == 4);
    CHECK(session.statement_count() == 4);
}

void joined_with_parents(context& on) {
    orm::session session = stocked_library(on);
    const auto books = session.scalars(select<book>().order_by(col<&book::title>).options(orm::joinedload<&book::by>)).all();
    REQUIRE(books.size() == 3);
    const auto count = session.statement_count();
    CHECK(books[0]->by == nullptr);
    CHECK(books[1]->by->name == "Austen");
    CHECK(books[1]->by.get() == books[2]->by.get());
    CHECK(session.statement_count() == count);
}

void raise(context& on) {
    orm::session session = stocked_library(on);
    const auto books = session.scalars(select<book>().options(orm::raiseload<&book::chapters>)).all();
    CHECK(thrown<interface_error>([&] { return books[0]->chapters.size(); }).code() == errc::misuse);
    CHECK(session.statement_count() == 1);
}

void moved_children(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    auto persuasion = titled(session, "Persuasion");
    const auto chapter_two = emma->chapters[1];
    chapter_two->of = persuasion;
    CHECK(emma->chapters.size() == 1);
    emma->by = nullptr;
    session.commit();
    orm::session other{on.engine()};
    CHECK(titled(other, "Persuasion")->chapters.front()->title == "two");
    CHECK_FALSE(titled(other, "Emma")->writer_id.has_value());
}

void orphans(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    emma->chapters.erase_at(0);
    session.commit();
    CHECK(rows_of<chapter>(session) == 1);
    session.remove(emma);
    session.commit();
    CHECK(rows_of<chapter>(session) == 0);
    CHECK(rows_of<book_label>(session) == 0);
    CHECK(rows_of<label>(session) == 2);
}

void removed_parent(context& on) {
    orm::session session = stocked_library(on);
    session.remove(session.scalars(select<writer>()).one());
    session.commit();
    CHECK(session.scalar(select(func::count()).where(col<&book::writer_id>.is_null())) == 3);
}

void pairs_written(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    auto beowulf = titled(session, "Beowulf");
    auto classic = session.get<label>(std::string{"classic"});
    classic->books.push_back(beowulf);
    emma->labels.erase(classic);
    session.add(label{.word = "new"})->books = {emma, beowulf};
    session.commit();
    orm::session other{on.engine()};
    const auto words = [&](const char* title) {
        std::string all;
        for (const auto& l : titled(other, title)->labels) all += l->word + ' ';
        return all;
    };
    CHECK(words("Emma") == "new novel ");
    CHECK(words("Beowulf") == "classic new ");
}

void each_others_key(context& on) {
    on.make(metadata_of<country, town>());
    orm::session session{on.engine()};
    auto france = session.add(country{.name = "France"});
    auto paris = make<town>({.name = "Paris"});
    france->towns.push_back(paris);
    france->capital = paris;
    session.commit();
    CHECK(france->capital_id == paris->id);
    CHECK(paris->country_id == france->id);
    orm::session other{on.engine()};
    auto found = other.get<country>(france->id);
    CHECK(found->capital->name == "Paris");
    CHECK(found->capital->in.get() == found);
    other.remove(found);  // and back, with what refers to it
    other.commit();
    CHECK(rows_of<town>(other) == 0);
}

}  // namespace

std::vector<test_case> areas::parts::orm_relations() {
    const claim keys = claims::inserted_keys;
    return {
        {"orm/graph", "a graph with relations of each kind is written, and read back", keys, graph_read_back},
        {"orm/lazy-for-batches", "touching one relation reads it for all that were loaded together", keys, lazy_for_batches},
        {"orm/selectinload", "relations of relations, one more query each", keys, selectin},
        {"orm/joinedload", "parents come with their children", keys, joined_with_parents},
        {"orm/raiseload", "what must not be read is not", keys, raise},
        {"orm/moved-children", "children go to another parent, or to none", keys, moved_children},
        {"orm/orphans", "what is taken from its parent goes, and with it", keys, orphans},
        {"orm/removed-parent", "children of a removed parent have none", keys, removed_parent},
        {"orm/many-to-many", "pairs are written from both sides", keys, pairs_written},
        {"orm/each-others-key", "new objects that need each other's key, written and deleted", keys, each_others_key},
    };
}

}  // namespace azoth::conformance
