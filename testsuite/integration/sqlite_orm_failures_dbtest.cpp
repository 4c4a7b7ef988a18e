// A flush that fails leaves objects and database as they were; afterwards the session goes on.
#include "sqlite_support.hpp"

#include <properties/graph_classes.hpp>

using namespace sqlite_tests;
using namespace properties::graph;
using orm::object_state;

namespace {

az::engine new_league() {
    az::engine engine = open("sqlite://");
    az::metadata_of<Team, Player, Award, Badge, Folder, Skill, PlayerSkill>().create_all(engine);
    return engine;
}

template <class T>
std::int64_t rows_of(orm::session& in) {
    return in.connection().scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

/// Two teams; the first has a player and an award.
struct small_league {
    orm::session session{new_league()};
    az::ptr<Team> first{session.add(Team{.number = 1, .name = "first"})};
    az::ptr<Team> second{session.add(Team{.number = 2})};
    az::ptr<Player> player{session.add(Player{.number = 3})};
    az::ptr<Award> award{az::make<Award>({.number = 4})};
    small_league() {
        player->team = first;
        first->awards.push_back(award);
        session.add(Skill{.kind = "ball", .level = 1});
        session.commit();
    }
    /// Changes of each kind: new, changed, moved, removed with what goes along.
    void change() {
        player->team = second;
        player->name = "moved";
        auto fresh = az::make<Player>({.number = 5});
        second->players.push_back(fresh);
        fresh->skills.push_back(az::make<Skill>({.kind = "new", .level = 1}));
        session.remove(first);
    }
    void check_unwritten() {
        CHECK(player->team.get() == second);
        CHECK(player->team_id == first->id);
        CHECK(player->name == "moved");
        CHECK(session.is_modified(player));
        CHECK(second->players.size() == 2);
        CHECK(second->players[1]->id == 0);
        CHECK(session.state_of(second->players[1]) == object_state::pending);
        CHECK(session.state_of(first) == object_state::persistent);
        CHECK(session.state_of(award) == object_state::persistent);
        CHECK_FALSE(session.is_modified(award));
        CHECK(rows_of<Team>(session) == 2);
        CHECK(rows_of<Player>(session) == 1);
        CHECK(rows_of<Award>(session) == 1);
    }
    void check_written() {
        CHECK(rows_of<Team>(session) == 1);
        CHECK(rows_of<Player>(session) == 2);
        CHECK(rows_of<Award>(session) == 0);
        CHECK(rows_of<PlayerSkill>(session) == 1);
        CHECK(player->team_id == second->id);
        CHECK(session.state_of(award) != object_state::persistent);
    }
};

}  // namespace

TEST_CASE("sqlite orm failures: a key that is taken, in the middle of a flush") {
    small_league l;
    l.change();
    auto twin = l.session.add(Skill{.kind = "ball", .level = 1});
    (void)thrown<az::unique_violation>([&] { l.session.flush(); });
    l.check_unwritten();
    CHECK(l.session.state_of(twin) == object_state::pending);
    twin->level = 2;
    l.session.commit();
    l.check_written();
}

TEST_CASE("sqlite orm failures: a row that somebody refers to, at the end of a flush") {
    small_league l;
    l.session.connection().execute(az::insert<Award>().values({0, 9, {}, l.first->id}));
    const auto unseen = az::col<&Award::number> == 9;
    l.change();
    (void)l.first->awards.is_loaded();  // and does not have the new row
    (void)thrown<az::foreign_key_violation>([&] { l.session.flush(); });
    l.session.connection().execute(az::delete_<Award>().where(unseen));
    l.check_unwritten();
    l.session.commit();
    l.check_written();
}

TEST_CASE("sqlite orm failures: what the plan refuses") {
    small_league l;
    l.change();
    auto stranger = az::make<Skill>({.kind = "stranger", .level = 1});
    stranger->players.push_back(l.player);
    l.player->skills.erase(stranger);
    l.player->skills.push_back(stranger);
    l.session.expunge(stranger);
    (void)thrown<az::interface_error>([&] { l.session.flush(); });
    l.check_unwritten();
    l.player->skills.erase(stranger);
    l.session.commit();
    l.check_written();
}

TEST_CASE("sqlite orm failures: inside savepoints, whose rollback still knows its objects") {
    small_league l;
    auto outer = l.session.begin_nested();
    l.second->name = "outer";
    {
        auto inner = l.session.begin_nested();
        l.change();
        auto twin = l.session.add(Skill{.kind = "ball", .level = 1});
        (void)thrown<az::unique_violation>([&] { inner.commit(); });
        l.check_unwritten();
        l.session.expunge(twin);
    }
    CHECK(l.player->team.get() == l.first);
    CHECK_FALSE(l.player->name.has_value());
    CHECK(l.second->name == "outer");
    outer.commit();
    l.change();
    l.session.commit();
    l.check_written();
    CHECK(l.second->name == "outer");
}
