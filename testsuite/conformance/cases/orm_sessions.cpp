// What sessions owe their objects: identity, transactions, failures.
#include "claims.hpp"
#include "cuttable.hpp"
#include "orm_library.hpp"
#include "orm_parts.hpp"

namespace azoth::conformance {
namespace {

using orm::object_state;

void one_object_a_row(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    CHECK(session.get<book>(emma->id) == emma);
    CHECK(session.statement_count() == 1);
    for (const auto& [b, w] : session.execute(select<book, writer>().where(col<&book::writer_id> == col<&writer::id>))) {
        if (b->title == "Emma") CHECK(b == emma);
        CHECK(b->by.get() == w);
    }
    CHECK_FALSE(session.get<book>(emma->id + 1'000));
}

void only_changes(context& on) {
    orm::session session = stocked_library(on);
    auto books = session.scalars(select<book>()).all();
    const auto before = session.statement_count();
    session.flush();
    books[0]->title = std::string{books[0]->title};
    session.flush();
    CHECK(session.statement_count() == before);
    books[0]->title = "Another";
    CHECK(session.is_modified(books[0]));
    session.flush();
    CHECK(session.statement_count() == before + 1);
    session.commit();
    CHECK(session.statement_count() == before + 1);
}

void autoflush(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    emma->title = "Emma Woodhouse";
    session.add(book{.title = "Evelina"});
    CHECK(session.scalar(select(func::count()).where(col<&book::title>.like("E%"))) == 2);
    CHECK(titled(session, "Emma Woodhouse") == emma);
    session.rollback();
    CHECK(emma->title == "Emma");
    CHECK(rows_of<book>(session) == 3);
}

void rollback(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    auto beowulf = titled(session, "Beowulf");
    auto fresh = session.add(book{.title = "New"});
    emma->title = "Changed";
    emma->chapters.clear();
    session.remove(beowulf);
    session.flush();
    CHECK(session.state_of(beowulf) == object_state::deleted);
    session.rollback();
    CHECK(emma->title == "Emma");
    CHECK(emma->chapters.size() == 2);
    CHECK(session.state_of(beowulf) == object_state::persistent);
    CHECK(session.state_of(fresh) == object_state::transient);
    CHECK(fresh->id == 0);
    CHECK(rows_of<book>(session) == 3);
    session.add(fresh);
    session.commit();
    CHECK(session.get<book>(fresh->id) == fresh);
}

void nested_work(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    emma->title = "outer";
    auto outer = session.begin_nested();
    emma->title = "inner";
    auto kept = session.add(book{.title = "kept"});
    {
        auto inner = session.begin_nested();
        emma->title = "innermost";
        session.remove(kept);
        session.flush();
    }  // rolled back
    CHECK(emma->title == "inner");
    CHECK(session.state_of(kept) == object_state::persistent);
    outer.commit();
    {
        auto lost = session.begin_nested();
        session.add(book{.title = "lost"});
        emma->title = "lost";
        lost.rollback();
    }
    session.commit();
    orm::session other{on.engine()};
    CHECK(other.get<book>(emma->id)->title == "inner");
    CHECK(rows_of<book>(other) == 4);
}

/// A unique title in the middle of a flush.
void failed_flush(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    emma->title = "Before";
    session.flush();
    auto first = session.add(writer{.name = "First"});
    auto twin = session.add(book{.title = "Beowulf"});
    twin->by = first;
    emma->title = "Behind";
    (void)thrown<unique_violation>([&] { session.flush(); });
    CHECK(first->id == 0);
    CHECK_FALSE(twin->writer_id.has_value());
    CHECK(session.state_of(twin) == object_state::pending);
    CHECK(emma->title == "Behind");
    CHECK(session.is_modified(emma));
    twin->title = "Beowulf again";
    session.commit();
    orm::session other{on.engine()};
    CHECK(other.get<book>(emma->id)->title == "Behind");
    CHECK(titled(other, "Beowulf again")->by->name == "First");
}

void failed_flush_inside(context& on) {
    orm::session session = stocked_library(on);
    auto outer = session.begin_nested();
    session.add(book{.title = "Kept"});
    {
        auto inner = session.begin_nested();
        session.add(book{.title = "Emma"});
        (void)thrown<unique_violation>([&] { inner.commit(); });
    }
    outer.commit();
    session.commit();
    CHECK(rows_of<book>(session) == 4);
}

void lost_connection(context& on) {
    cuttable line{on};
    (void)stocked_library(on);
    orm::session session{line.db()};
    auto emma = titled(session, "Emma");
    emma->title = "Written";
    session.flush();
    auto fresh = session.add(book{.title = "New"});
    emma->title = "Unwritten";
    line.hang_up();
    check_lost([&] { session.flush(); });
    CHECK(emma->title == "Unwritten");
    CHECK(session.state_of(fresh) == object_state::pending);
    CHECK(fresh->id == 0);
    session.rollback();
    CHECK(emma->title == "Emma");
    CHECK(session.state_of(fresh) == object_state::transient);
    emma->title = "Again";
    session.add(fresh);
    session.commit();
    orm::session other{on.engine()};
    CHECK(titled(other, "Again")->id == emma->id);
    CHECK(rows_of<book>(other) == 4);
}

void stale_data(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    auto beowulf = titled(session, "Beowulf");
    session.commit();
    on.engine().begin([](connection& c) { c.execute(delete_<book>().where(col<&book::title> == "Beowulf")); });
    emma->title = "Kept";
    beowulf->title = "Gone";
    const auto e = thrown<error>([&] { session.flush(); });
    CHECK(e.code() == errc::stale_data);
    CHECK(contains(e.message(), "book"));
    session.rollback();
    CHECK(emma->title == "Emma");
    session.expunge(beowulf);
    emma->title = "Kept";
    session.commit();
    CHECK(titled(session, "Kept") == emma);
}

void changes_of_others(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    session.commit();
    on.engine().begin(
        [](connection& c) { c.execute(update<book>().set(col<&book::title>, "Emma II").where(col<&book::title> == "Emma")); });
    CHECK(session.get<book>(emma->id) == emma);
    CHECK(emma->title == "Emma II");
    session.commit();
    on.engine().begin([](connection& c) { c.execute(delete_<book_label>()); });
    session.refresh(emma);
    CHECK(emma->labels.empty());
}

void another_session(context& on) {
    orm::session session = stocked_library(on);
    auto emma = titled(session, "Emma");
    session.expunge_all();
    session.commit();
    CHECK(session.state_of(emma) == object_state::detached);
    emma->title = "Changed meanwhile";
    orm::session other{on.engine()};
    other.add(emma);
    other.commit();
    orm::session third{on.engine()};
    CHECK(third.get<book>(emma->id)->title == "Changed meanwhile");
}

}  // namespace

std::vector<test_case> areas::parts::orm_sessions() {
    const claim keys = claims::inserted_keys;
    return {
        {"orm/identity", "a row is one object, however it is read", keys, one_object_a_row},
        {"orm/only-changes", "what has not changed is not written", keys, only_changes},
        {"orm/autoflush", "queries see what has not been written yet", keys, autoflush},
        {"orm/rollback", "a rollback puts objects back, new and deleted ones, too", keys, rollback},
        {"orm/savepoints", "savepoints keep and take back objects", claims::savepoints, nested_work},
        {"orm/failed-flush", "a flush that fails leaves objects and database as they were", claims::savepoints, failed_flush},
        {"orm/failed-flush-inside", "the same inside savepoints", claims::savepoints, failed_flush_inside},
        {"orm/lost-connection", "a connection that breaks in a flush leaves objects as they were, and the session goes on", keys,
         lost_connection},
        {"orm/stale-data", "a row that is gone is not written", keys, stale_data},
        {"orm/changes-of-others", "the next transaction reads what others have written", keys, changes_of_others},
        {"orm/another-session", "what one session has let go another one takes", keys, another_session},
    };
}

}  // namespace azoth::conformance
