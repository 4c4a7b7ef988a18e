// What queries load along relations.
#include "orm_reading.hpp"

using namespace reading;
using support::thrown;

TEST_CASE("orm queries: joinedload reads relations with the query itself") {
    in_each_library([](orm::session& session) {
        CHECK(statements(session, [&] {
                  const auto novels = session.scalars(
                      az::select<Novel>().order_by(az::col<&Novel::title>).options(orm::joinedload<&Novel::writer>).limit(3));
                  REQUIRE(novels.size() == 3);
                  CHECK_FALSE(novels[0]->writer);
                  CHECK(novels[1]->writer->name == "Ada");
                  CHECK(novels[1]->writer.get() == novels[2]->writer.get());
              }) == 1);
    });
    in_each_library([](orm::session& session) {
        // a collection, and what it leads to: each writer once, novels in the mapping's order
        CHECK(statements(session, [&] {
                  const auto writers = session.scalars(
                      az::select<Writer>().order_by(az::col<&Writer::name>).options(orm::joinedload<&Writer::novels, &Novel::genres>));
                  REQUIRE(writers.size() == 3);
                  REQUIRE(writers[0]->novels.size() == 2);
                  CHECK(writers[0]->novels[0]->title == "Engines");
                  CHECK(writers[0]->novels[0]->genres.size() == 2);
                  CHECK(writers[0]->novels[1]->genres.size() == 1);
                  CHECK(writers[0]->novels[0]->writer.get() == writers[0]);
                  CHECK(writers[2]->novels.empty());
              }) == 1);
        session.expunge_all();
        // a limit counts writers
        CHECK(statements(session, [&] {
                  const auto writers = session.scalars(
                      az::select<Writer>().order_by(az::col<&Writer::name>).limit(2).options(orm::joinedload<&Writer::novels>));
                  REQUIRE(writers.size() == 2);
                  CHECK(writers[1]->novels.size() == 1);
              }) == 2);
        session.expunge_all();
        // DISTINCT counts columns
        CHECK(session.scalars(az::select<Novel>().distinct().options(orm::joinedload<&Novel::writer>)).size() == 4);
        session.expunge_all();
        // what has been changed is flushed before relations are read
        auto anonymous = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Anonymous")).one();
        anonymous->writer_id = 3;
        const auto cleo =
            session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Cleo").options(orm::selectinload<&Writer::novels>)).one();
        CHECK(titles(cleo->novels) == set{"Anonymous"});
        session.rollback();
        session.expunge_all();
        // by the mapping
        CHECK(statements(session, [&] {
                  for (const auto& review : session.scalars(az::select<Review>())) CHECK_FALSE(review->novel->title.empty());
              }) == 1);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  for (const auto& review : session.scalars(az::select<Review>().options(orm::lazyload<&Review::novel>)))
                      CHECK_FALSE(review->novel.is_loaded());
              }) == 1);
        // beside values, rows stay rows
        session.expunge_all();
        const auto rows = session.execute(az::select(az::entity<Writer>, az::col<&Writer::name>).options(orm::joinedload<&Writer::novels>));
        CHECK(rows.size() == 3);
    });
}

TEST_CASE("orm queries: joined objects leave out deferred members, and go by conditions too") {
    in_each_library([](orm::session& session) {
        const auto bound = session.expect_at_most(3);
        const auto notes =
            session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Notes").options(orm::joinedload<&Novel::writer>)).one();
        CHECK_FALSE(notes->writer->biography.is_loaded());
        CHECK(*notes->writer->biography == "Of numbers");
        session.expunge_all();
        const auto writers = session.scalars(az::select<Writer>()
                                                 .order_by(az::col<&Writer::name>)
                                                 .options(orm::undefer<&Writer::biography>, orm::joinedload<&Writer::longest>));
        REQUIRE(writers.size() == 3);
        CHECK(writers[0]->biography.is_loaded());
        CHECK(writers[0]->longest->title == "Engines");
        CHECK(writers[2]->longest == nullptr);
    });
    in_each_library([](orm::session& session) {
        CHECK(names(session.scalars(az::select<Writer>().where(orm::has<&Writer::longest>(az::col<&Novel::pages> > 250)))) == set{"Ben"});
        CHECK(session.execute(az::select(az::col<&Writer::name>, az::col<&Novel::title>).join(orm::along<&Writer::longest>)).size() == 3);
    });
}

TEST_CASE("orm queries: contains_eager takes what the query has joined") {
    in_each_library([](orm::session& session) {
        CHECK(statements(session, [&] {
                  const auto writers = session.scalars(az::select<Writer>()
                                                           .join(orm::along<&Writer::novels>)
                                                           .where(az::col<&Novel::pages> > 150)
                                                           .order_by(az::col<&Writer::name>)
                                                           .options(orm::contains_eager<&Writer::novels>));
                  REQUIRE(writers.size() == 2);
                  CHECK(titles(writers[0]->novels) == set{"Engines"});
              }) == 1);
        session.expunge_all();
        const auto w = az::alias<Writer>("w");
        const auto novels = session.scalars(
            az::select<Novel>().outer_join(orm::along<&Novel::writer>.to(w)).options(orm::contains_eager<&Novel::writer>.of(w)));
        CHECK(novels.size() == 4);
        CHECK(statements(session, [&] {
                  for (const auto& n : novels) CHECK(static_cast<bool>(n->writer) == (n->title != "Anonymous"));
              }) == 0);
    });
}

TEST_CASE("orm queries: subqueries, raising, and reading again") {
    in_each_library([](orm::session& session) {
        CHECK(statements(session, [&] {
                  const auto writers = session.scalars(az::select<Writer>()
                                                           .where(az::col<&Writer::name> < "C")
                                                           .order_by(az::col<&Writer::name>)
                                                           .limit(2)
                                                           .options(orm::subqueryload<&Writer::novels>));
                  REQUIRE(writers.size() == 2);
                  CHECK(writers[0]->novels.size() == 2);
                  CHECK(writers[1]->novels.size() == 1);
              }) == 2);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  for (const auto& n :
                       session.scalars(az::select<Novel>().options(orm::subqueryload<&Novel::writer>, orm::subqueryload<&Novel::genres>)))
                      CHECK(n->genres.is_loaded());
              }) == 3);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  for (const auto& n : session.scalars(az::select<Novel>().options(orm::immediateload<&Novel::writer>)))
                      CHECK(n->writer.is_loaded());
              }) == 2);
        session.expunge_all();
        const auto closed = session
                                .scalars(az::select<Novel>()
                                             .where(az::col<&Novel::title> == "Notes")
                                             .options(orm::raiseload_all, orm::selectinload<&Novel::writer>))
                                .one();
        CHECK(closed->writer->name == "Ada");
        CHECK_THROWS_AS(closed->genres.size(), az::interface_error);
        CHECK_THROWS_AS(closed->writer->novels.size(), az::interface_error);
        session.expunge_all();
        // populate_existing, and locks
        auto notes = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Notes")).one();
        (void)session.connection().execute(az::update<Novel>().set(az::col<&Novel::pages>, 111).where(az::col<&Novel::title> == "Notes"));
        (void)session.scalars(az::select<Novel>());
        CHECK(notes->pages == 100);
        (void)session.scalars(az::select<Novel>().options(orm::populate_existing));
        CHECK(notes->pages == 111);
        CHECK_FALSE(session.is_modified(notes));
        CHECK(session.get<Novel>(orm::get_options{.populate_existing = true}.options(orm::selectinload<&Novel::genres>), notes->id) ==
              notes);
        CHECK(statements(session, [&] { CHECK(notes->genres.size() == 1); }) == 0);
        if (session.connection().server_profile().can.row_locks) {
            (void)session.connection().execute(
                az::update<Novel>().set(az::col<&Novel::pages>, 112).where(az::col<&Novel::title> == "Notes"));
            (void)session.scalars(az::select<Novel>().with_for_update());
            CHECK(notes->pages == 112);
            (void)session.connection().execute(
                az::update<Novel>().set(az::col<&Novel::pages>, 113).where(az::col<&Novel::title> == "Notes"));
            CHECK(session.get<Novel>(orm::get_options{.lock = az::lock_options{}}, notes->id) == notes);
            CHECK(notes->pages == 113);
        }
    });
}

TEST_CASE("orm queries: an object that a row has twice gets its relations once") {
    in_each_library([](orm::session& session) {
        const auto w = az::alias<Writer>("w");
        const auto twice = az::select(az::entity<Writer>, w).join(w, w[&Writer::id] == az::col<&Writer::id>);
        for (const auto& query : {twice.options(orm::selectinload<&Writer::novels>), twice.options(orm::joinedload<&Writer::novels>)}) {
            session.expunge_all();
            for (const auto& [one, same] : session.execute(query)) {
                CHECK(one == same);
                CHECK(one->novels.size() == (one->name == "Ada" ? 2 : one->name == "Ben" ? 1 : 0));
            }
        }
    });
}

TEST_CASE("orm queries: criteria hold for queries and for relations") {
    in_each_library([](orm::session& session) {
        const auto long_only = orm::with_loader_criteria<Novel>(az::col<&Novel::pages> > 150);
        const auto long_aliases_too = orm::with_loader_criteria<Novel>([](const auto& n) { return n[&Novel::pages] > 150; });
        CHECK(titles(session.scalars(az::select<Novel>().options(long_only))) == set{"Engines", "Waves"});
        const auto n = az::alias<Novel>("n");
        CHECK(session.scalars(az::select(n).options(long_only)).size() == 4);
        CHECK(session.scalars(az::select(n).options(long_aliases_too)).size() == 2);
        for (const auto& criteria : {long_only, long_aliases_too}) {
            session.expunge_all();
            const auto ada = session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Ada").options(criteria)).one();
            CHECK(titles(ada->novels) == set{"Engines"});  // when it is touched
            session.expunge_all();
            const auto writers =
                session.scalars(az::select<Writer>().order_by(az::col<&Writer::name>).options(criteria, orm::joinedload<&Writer::novels>));
            REQUIRE(writers.size() == 3);
            CHECK(titles(writers[0]->novels) == set{"Engines"});
            // an outer join keeps its rows
            CHECK(session
                      .execute(az::select(az::entity<Writer>, az::maybe(az::col<&Novel::title>))
                                   .outer_join(orm::along<&Writer::novels>)
                                   .options(criteria))
                      .size() == 3);
        }
    });
}

TEST_CASE("orm queries: a query's word on a relation counts more than the mapping's, and a load that fails can be done again") {
    in_each_library([](orm::session& session) {
        const auto left = az::col<&Shelf::label> == "left";
        CHECK_THROWS_AS(session.scalars(az::select<Shelf>().where(left)).one()->parent.get(), az::interface_error);
        session.expunge_all();
        CHECK(session.scalars(az::select<Shelf>().where(left).options(orm::lazyload<&Shelf::parent>)).one()->parent->label == "root");
        const auto ada = session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Ada")).one();
        {
            const auto bound = session.expect_at_most(0);
            CHECK_THROWS_AS(ada->novels.size(), az::interface_error);
        }
        CHECK(ada->novels.size() == 2);
    });
}
