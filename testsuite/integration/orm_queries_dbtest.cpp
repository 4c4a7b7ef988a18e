// Queries of objects along relations, in batches; and rows that are written without their objects.
#include "orm_reading.hpp"

using namespace reading;
using support::thrown;

TEST_CASE("orm queries: joins along relations") {
    in_each_library([](orm::session& session) {
        const auto long_ones = session.scalars(
            az::select<Writer>().join(orm::along<&Writer::novels>).where(az::col<&Novel::pages> > 150).order_by(az::col<&Writer::name>));
        REQUIRE(long_ones.size() == 2);
        CHECK(long_ones[0]->name == "Ada");
        // many to many, by two joins
        CHECK(titles(session.scalars(az::select<Novel>().join(orm::along<&Novel::genres>).where(az::col<&Genre::name> == "sea"))) ==
              set{"Engines", "Waves"});
        // to an alias, and from one
        const auto parent = az::alias<Shelf>("parent");
        const auto labels = session.execute(az::select(az::col<&Shelf::label>, parent[&Shelf::label])
                                                .join(orm::along<&Shelf::parent>.to(parent))
                                                .order_by(az::col<&Shelf::label>));
        REQUIRE(labels.size() == 2);
        CHECK(labels[0] == std::tuple{std::string{"left"}, std::string{"root"}});
        const auto child = az::alias<Shelf>("child");
        CHECK(
            session
                .scalars(az::select(parent).join(orm::along<&Shelf::children>.from(parent).to(child)).where(child[&Shelf::label] == "left"))
                .one()
                ->label == "root");
        // outer joins keep those that lead nowhere
        const auto all =
            session.execute(az::select(az::entity<Novel>, az::maybe(az::entity<Writer>)).outer_join(orm::along<&Novel::writer>));
        REQUIRE(all.size() == 4);
        for (const auto& [novel, writer] : all) CHECK((writer == nullptr) == (novel->title == "Anonymous"));
        const auto genre = az::alias<Genre>("g");
        const auto pairs = session.execute(
            az::select(az::col<&Novel::title>, az::maybe(genre[&Genre::name])).outer_join(orm::along<&Novel::genres>.to(genre)));
        CHECK(pairs.size() == 5);
    });
}

TEST_CASE("orm queries: conditions on related objects") {
    in_each_library([](orm::session& session) {
        CHECK(names(session.scalars(az::select<Writer>().where(orm::any<&Writer::novels>()))) == set{"Ada", "Ben"});
        CHECK(names(session.scalars(az::select<Writer>().where(orm::none<&Writer::novels>()))) == set{"Cleo"});
        CHECK(names(session.scalars(az::select<Writer>().where(
                  orm::any<&Writer::novels>(az::col<&Novel::pages> > 150, az::col<&Novel::title> == "Waves")))) == set{"Ben"});
        CHECK(titles(session.scalars(az::select<Novel>().where(orm::has<&Novel::writer>(az::col<&Writer::name> == "Ada")))) ==
              set{"Engines", "Notes"});
        CHECK(titles(session.scalars(az::select<Novel>().where(!orm::has<&Novel::writer>()))) == set{"Anonymous"});
        CHECK(titles(session.scalars(az::select<Novel>().where(orm::any<&Novel::genres>(az::col<&Genre::name> == "sea")))) ==
              set{"Engines", "Waves"});
        // one condition inside another, and beside a join of the same struct
        CHECK(names(session.scalars(az::select<Writer>().where(
                  orm::any<&Writer::novels>(orm::any<&Novel::genres>(az::col<&Genre::name> == "maths"))))) == set{"Ada"});
        CHECK(session
                  .scalars(az::select<Writer>()
                               .join(orm::along<&Writer::novels>)
                               .where(orm::any<&Writer::novels>(az::col<&Novel::title> == "Notes")))
                  .size() == 2);
        // a struct that is related to itself
        const auto has_left = orm::any<&Shelf::children>([](const auto& child) { return child[&Shelf::label] == "left"; });
        CHECK(session.scalars(az::select<Shelf>().where(has_left)).one()->label == "root");
        const auto shelf = az::alias<Shelf>("s");
        CHECK(session.scalars(az::select(shelf).where(orm::none<&Shelf::children>.from(shelf))).size() == 2);
        CHECK_THAT(thrown<az::interface_error>([] { (void)orm::any<&Shelf::children>(az::col<&Shelf::label> == "left"); }).message(),
                   Catch::Contains("as a function of the related one"));
    });
}

TEST_CASE("orm queries: rows of objects and values, from subqueries, unions and text") {
    in_each_library([](orm::session& session) {
        const auto counted = session.execute(az::select(az::entity<Writer>, az::func::count(az::col<&Novel::id>))
                                                 .outer_join(orm::along<&Writer::novels>)
                                                 .group_by(az::col<&Writer::id>, az::col<&Writer::name>)
                                                 .order_by(az::col<&Writer::name>));
        REQUIRE(counted.size() == 3);
        CHECK(std::get<0>(counted[0])->name == "Ada");
        CHECK(std::get<1>(counted[0]) == 2);
        CHECK(std::get<1>(counted[2]) == 0);
        // a subquery and a CTE as objects: the same ones
        const auto ada = session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Ada")).one();
        const auto some = az::alias<Writer>(az::select<Writer>().where(az::col<&Writer::name> < "B").subquery("some"));
        CHECK(session.scalars(az::select(some)).one() == ada);
        const auto with = az::alias<Writer>(az::cte("some", az::select<Writer>().where(az::col<&Writer::name> < "B")));
        CHECK(session.scalars(az::select(with).options(orm::joinedload<&Writer::novels>)).one() == ada);
        CHECK(ada->novels.is_loaded());
        const auto both =
            az::select<Writer>().where(az::col<&Writer::name> == "Ada").union_(az::select<Writer>().where(az::col<&Writer::name> == "Ben"));
        CHECK(names(session.scalars(both)) == set{"Ada", "Ben"});
        const auto by_text = session.scalars(
            orm::from_statement<Writer>(az::text("SELECT name, 1 AS extra, id FROM q_writer WHERE name = :who").bind("who", "Ada"))
                .options(orm::selectinload<&Writer::novels>));
        CHECK(by_text.one() == ada);
        CHECK(thrown<az::programming_error>([&] {
                  (void)session.scalars(orm::from_statement<Writer>(az::text("SELECT id FROM q_writer")));
              }).code() == az::errc::no_such_column);
    });
}

TEST_CASE("orm queries: a session that ends while it is streamed gives its connection back") {
    orm_tests::on_each_database<Writer, Novel, Genre, NovelGenre, Review, Shelf>([](const az::engine& engine) {
        {
            orm::session session{engine};
            fill(session);
        }
        std::optional<orm::session> session{engine};
        auto stream = session->stream(az::select<Novel>(), 1);
        (*stream.begin())[0]->title = "changed";
        session->flush();
        session.emplace(engine);
        session->add(Writer{.name = "Dora"});  // the lock of the other's transaction is gone
        session->commit();
        CHECK(titles(session->scalars(az::select<Novel>())).count("changed") == 0);
    });
}

TEST_CASE("orm queries: streams and savepoints that outlive their session say so") {
    orm_tests::on_each_database<Writer, Novel, Genre, NovelGenre, Review, Shelf>([](const az::engine& engine) {
        std::optional<orm::session> session{engine};
        fill(*session);
        auto savepoint = std::optional{session->begin_nested()};
        auto stream = std::optional{session->stream(az::select<Novel>(), 1)};
        auto batch = stream->begin();
        const auto kept = (*batch)[0];
        orm::session moved = std::move(*session);  // and the stream goes with it
        session.reset();
        ++batch;
        CHECK((*batch)[0]->id != kept->id);
        auto late = std::optional{moved.stream(az::select<Writer>(), 1)};
        {
            orm::session ended = std::move(moved);
            (void)late->begin();
        }
        CHECK(support::thrown<az::interface_error>([&] { ++batch; }).code() == az::errc::closed);
        CHECK(support::thrown<az::interface_error>([&] { (void)late->begin(); }).code() == az::errc::closed);
        stream.reset();
        late.reset();
        CHECK(support::thrown<az::interface_error>([&] { savepoint->commit(); }).code() == az::errc::misuse);
        savepoint.reset();
        CHECK_FALSE(kept->title.empty());
    });
}

TEST_CASE("orm queries: a stream goes batch by batch") {
    in_each_library([](orm::session& session) {
        auto ada = session.scalars(az::select<Writer>().where(az::col<&Writer::name> == "Ada")).one();
        std::vector<std::size_t> sizes;
        az::ptr<Novel> kept;
        for (const auto& batch : session.stream(az::select<Novel>().options(orm::selectinload<&Novel::writer>), 3)) {
            sizes.push_back(batch.size());
            for (const auto& novel : batch) {
                if (novel->title == "Notes") kept = novel;
                novel->pages += 1;
            }
        }
        CHECK(sizes == std::vector<std::size_t>{3, 1});
        CHECK(session.state_of(kept) == orm::object_state::detached);
        CHECK(kept->writer->name == "Ada");
        CHECK(session.state_of(ada) == orm::object_state::persistent);
        CHECK(ada->novels.size() == 2);
        CHECK(session.scalar(az::select(az::func::sum(az::col<&Novel::pages>))) == 614);
        // left early: what was changed is not lost
        for (const auto& batch : session.stream(az::select<Novel>().where(az::col<&Novel::title> != "Notes"), 1)) {
            batch[0]->pages += 10;
            break;
        }
        CHECK(session.scalar(az::select(az::func::sum(az::col<&Novel::pages>))) == 624);
        session.rollback();
        CHECK(session.scalar(az::select(az::func::sum(az::col<&Novel::pages>))) == 610);
        CHECK_THROWS_AS(session.stream(az::select<Novel>().limit(1)), az::interface_error);
        // keys of several columns; statements count with the session's
        std::size_t pairs = 0;
        CHECK(statements(session, [&] {
                  for (const auto& batch : session.stream(az::select<NovelGenre>(), 1)) pairs += batch.size();
              }) == 5);
        CHECK(pairs == 4);
        // a failing batch leaves the session as it was before
        CHECK_THROWS_AS(
            [&] {
                for (const auto& batch : session.stream(az::select<Novel>(), 2)) batch[0]->writer_id = 77;
            }(),
            az::integrity_error);
        CHECK(session.state_of(ada) == orm::object_state::persistent);
    });
}

TEST_CASE("orm queries: rows are written without their objects, which follow") {
    in_each_library([](orm::session& session) {
        auto notes = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Notes")).one();
        auto waves = session.scalars(az::select<Novel>().where(az::col<&Novel::title> == "Waves")).one();
        notes->title = "My notes";  // is flushed before
        const auto done = session.execute(
            az::update<Novel>().set(az::col<&Novel::pages>, az::col<&Novel::pages> + 1).where(az::col<&Novel::pages> < 150));
        CHECK(done.affected_rows() == 2);
        CHECK(notes->pages == 101);
        CHECK(notes->title == "My notes");
        CHECK(waves->pages == 300);
        CHECK_FALSE(session.is_modified(notes));
        session.rollback();
        CHECK(notes->pages == 100);
        CHECK(notes->title == "Notes");

        (void)session.scalars(az::select<Novel>());
        (void)session.execute(az::delete_<Review>());
        (void)session.execute(az::delete_<NovelGenre>());
        CHECK(session.execute(az::delete_<Novel>().where(az::col<&Novel::pages> < 150)).affected_rows() == 2);
        CHECK(session.state_of(notes) == orm::object_state::deleted);
        CHECK(session.get<Novel>(notes->id) == nullptr);
        session.rollback();
        CHECK(session.state_of(notes) == orm::object_state::persistent);
        CHECK(session.get<Novel>(notes->id) == notes);

        if (session.connection().server_profile().can.returning_on_update) {
            const auto returned = session.execute(az::update<Novel>()
                                                      .set(az::col<&Novel::pages>, 7)
                                                      .where(az::col<&Novel::title> == "Notes")
                                                      .returning(az::col<&Novel::pages>, az::entity<Novel>));
            CHECK(returned.affected_rows() == 1);
            CHECK(std::get<0>(returned[0]) == 7);
            CHECK(std::get<1>(returned[0]) == notes);
            CHECK(notes->pages == 7);
            session.rollback();
            CHECK(notes->pages == 100);
        }
    });
}

TEST_CASE("orm queries: plain structs are inserted in bulk, and come back as objects") {
    in_each_library([](orm::session& session) {
        std::vector<Genre> genres(100);
        for (std::size_t i = 0; i < genres.size(); ++i) genres[i].name = "genre " + std::to_string(i);
        CHECK(statements(session, [&] { (void)session.execute(az::insert<Genre>(), genres); }) == 1);
        CHECK(session.scalar(az::select(az::func::count(az::col<&Genre::name>))) == 102);
        if (!session.connection().server_profile().can.returning_on_insert) return;
        const auto made =
            session.execute(az::insert<Writer>().returning(az::entity<Writer>), std::vector<Writer>{{.name = "Dot"}, {.name = "Eve"}});
        REQUIRE(made.size() == 2);
        const auto dot = std::get<0>(made[0]);
        CHECK(dot->name == "Dot");
        CHECK(dot->id > 3);
        CHECK(session.state_of(dot) == orm::object_state::persistent);
        CHECK(session.get<Writer>(dot->id) == dot);
        // an upsert: the object that is there follows
        const auto upsert = az::insert<Writer>()
                                .on_conflict(az::col<&Writer::id>)
                                .do_update()
                                .set_proposed(az::col<&Writer::name>)
                                .returning(az::entity<Writer>);
        const auto changed = session.execute(upsert, std::vector<Writer>{{.id = dot->id, .name = "Dorothy"}});
        REQUIRE(changed.size() == 1);
        CHECK(std::get<0>(changed[0]) == dot);
        CHECK(dot->name == "Dorothy");
        session.rollback();
        CHECK(session.state_of(dot) == orm::object_state::transient);
        CHECK(session.scalar(az::select(az::func::count(az::col<&Writer::id>))) == 3);
    });
}
