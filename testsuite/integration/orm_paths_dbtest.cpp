// Paths whose steps are loaded in different ways.
#include "orm_reading.hpp"

using namespace reading;
using support::thrown;

TEST_CASE("orm paths: what is joined behind another query comes with that") {
    in_each_library([](orm::session& session) {
        const auto sea = az::select<Genre>().where(az::col<&Genre::name> == "sea");
        CHECK(statements(session, [&] {
                  const auto genre =
                      session.scalars(sea.options(orm::selectinload<&Genre::novels>.then(orm::joinedload<&Novel::writer>))).one();
                  REQUIRE(titles(genre->novels) == set{"Engines", "Waves"});
                  for (const auto& n : genre->novels) {
                      CHECK(n->writer->name == (n->title == "Waves" ? "Ben" : "Ada"));
                      CHECK_FALSE(n->writer->biography.is_loaded());
                  }
              }) == 2);
        session.expunge_all();
        // by the query as a subquery, and further on in a third way
        CHECK(statements(session, [&] {
                  const auto path =
                      orm::subqueryload<&Genre::novels>.then(orm::joinedload<&Novel::writer>).then(orm::selectinload<&Writer::novels>);
                  const auto genre = session.scalars(sea.options(path)).one();
                  CHECK(titles(genre->novels) == set{"Engines", "Waves"});
                  for (const auto& n : genre->novels) CHECK(n->writer->novels.size() == (n->title == "Waves" ? 1 : 2));
              }) == 3);
        session.expunge_all();
        // two paths through one relation
        CHECK(statements(session, [&] {
                  const auto genre = session
                                         .scalars(sea.options(orm::selectinload<&Genre::novels, &Novel::reviews>,
                                                              orm::selectinload<&Genre::novels>.then(orm::joinedload<&Novel::writer>)))
                                         .one();
                  for (const auto& n : genre->novels) {
                      CHECK(n->writer->name.size() == 3);
                      CHECK(n->reviews.size() == (n->title == "Waves" ? 1 : 0));
                  }
              }) == 3);
        session.expunge_all();
        // a parent of parents, and one that leads nowhere
        CHECK(statements(session, [&] {
                  for (const auto& review : session.scalars(
                           az::select<Review>().options(orm::selectinload<&Review::novel>.then(orm::joinedload<&Novel::writer>))))
                      CHECK(review->novel->writer->name.size() == 3);
              }) == 2);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  const auto all = session.scalars(az::select<Novel>().options(
                      orm::selectinload<&Novel::reviews>.then(orm::joinedload<&Review::novel>.then(orm::joinedload<&Novel::writer>))));
                  for (const auto& n : all) {
                      for (const auto& r : n->reviews) CHECK(r->novel.get() == n);
                      if (!n->reviews.empty()) CHECK(n->writer.is_loaded());
                  }
              }) == 2);
    });
}

TEST_CASE("orm paths: what is joined two deep behind another query is what the session says by then") {
    in_each_library([](orm::session& session) {
        const auto notes = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Notes")).one();
        notes->writer_id =
            session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Cleo")).one()->id;  // nothing has been flushed
        const auto path = orm::selectinload<&Genre::novels, &Novel::reviews>.then(orm::joinedload<&Review::novel, &Novel::writer>);
        for (const auto& genre : session.scalars(az::select<Genre>().options(path)))
            for (const auto& novel : genre->novels)
                for (const auto& review : novel->reviews) CHECK(review->novel->writer->id == *review->novel->writer_id);
        session.rollback();
    });
}

TEST_CASE("orm paths: owners that are met again among what they lead to are loaded all the same") {
    in_each_library([](orm::session& session) {
        const auto shelves = az::select<Shelf>().where(az::col<&Shelf::label> == "root");
        const auto root = session.scalars(shelves).one();
        const auto left = session.scalars(az::select<Shelf>().where(az::col<&Shelf::label> == "left")).one();
        root->parent_id = left->id;  // a circle
        session.commit();            // what has been read is of an earlier transaction from here on
        const auto path = orm::selectinload<&Shelf::children, &Shelf::children>.then(orm::joinedload<&Shelf::parent>);
        for (const auto& found : session.scalars(az::select<Shelf>().where(az::col<&Shelf::label> == "left").options(path))) {
            CHECK(found->children.is_loaded());
            for (const auto& child : found->children) CHECK(child->children.is_loaded());
        }
    });
}

TEST_CASE("orm paths: collections behind another query take one of their own") {
    in_each_library([](orm::session& session) {
        CHECK(statements(session, [&] {
                  const auto ada = session
                                       .scalars(az::select<Writer>()
                                                    .where(az::col<&Writer::name> == "Ada")
                                                    .options(orm::selectinload<&Writer::novels>.then(orm::joinedload<&Novel::genres>)))
                                       .one();
                  REQUIRE(ada->novels.size() == 2);
                  CHECK(ada->novels[0]->genres.size() + ada->novels[1]->genres.size() == 3);
              }) == 3);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  for (const auto& review : session.scalars(
                           az::select<Review>().options(orm::joinedload<&Review::novel>.then(orm::selectinload<&Novel::genres>))))
                      CHECK(review->novel->genres.size() == 1);
              }) == 2);
        session.expunge_all();
        CHECK(statements(session, [&] {
                  const auto writers =
                      session.scalars(az::select<Writer>()
                                          .join(orm::along<&Writer::novels>)
                                          .where(az::col<&Novel::pages> > 150)
                                          .options(orm::contains_eager<&Writer::novels>.then(orm::selectinload<&Novel::genres>)));
                  std::size_t found = 0;
                  for (const auto& w : writers)
                      for (const auto& n : w->novels) found += n->genres.size();
                  CHECK(found == 3);
              }) == 2);
    });
}

TEST_CASE("orm paths: criteria, policies and changes hold along them") {
    in_each_library([](orm::session& session) {
        const auto path = orm::selectinload<&Genre::novels>.then(orm::joinedload<&Novel::writer>);
        const auto not_ada = orm::with_loader_criteria<Writer>([](const auto& w) { return w[&Writer::name] != "Ada"; });
        for (const auto& genre : session.scalars(az::select<Genre>().options(path, not_ada)))
            for (const auto& n : genre->novels) CHECK(static_cast<bool>(n->writer) == (n->title == "Waves"));
        session.expunge_all();
        // what waits is written before the query that joins it
        auto dora = session.add(Writer{.name = "Dora"});
        const auto waves = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Waves")).one();
        waves->writer = dora;
        const auto sea = session.scalars(az::select<Genre>().where(az::col<&Genre::name> == "sea").options(path)).one();
        for (const auto& n : sea->novels) CHECK(n->writer->name == (n->title == "Waves" ? "Dora" : "Ada"));
        session.rollback();
        session.expunge_all();
        const auto closed = orm::selectinload<&Genre::novels>.then(orm::raiseload<&Novel::writer>);
        for (const auto& genre : session.scalars(az::select<Genre>().options(closed)))
            for (const auto& n : genre->novels) CHECK_THROWS_AS(n->writer.get(), az::interface_error);
    });
    const auto refused =
        thrown<az::interface_error>([] { (void)orm::selectinload<&Genre::novels>.then(orm::contains_eager<&Novel::writer>); });
    CHECK(refused.code() == az::errc::misuse);
    INFO(refused.message());
    CHECK(refused.message().find("Novel::writer> stands behind &") != std::string::npos);
}
