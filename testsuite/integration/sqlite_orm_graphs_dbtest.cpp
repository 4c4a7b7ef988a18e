// What sessions owe graphs of objects: what random graphs (testsuite/properties) have found, each alone.
#include "sqlite_support.hpp"

#include <properties/graph_classes.hpp>

using namespace sqlite_tests;
using namespace properties::graph;

namespace {

az::engine new_league() {
    az::engine engine = open("sqlite://");
    az::metadata_of<Team, Player, Award, Badge, Folder, Skill, PlayerSkill>().create_all(engine);
    return engine;
}

template <class T>
std::int64_t rows_of(orm::session& in) {
    return in.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

}  // namespace

TEST_CASE("sqlite orm: what is related to an object that goes is related to nothing") {
    orm::session session{new_league()};
    auto team = session.add(Team{.number = 1});
    session.commit();
    auto player = session.add(Player{.number = 2});
    player->team = team;
    auto skill = session.add(Skill{.kind = "ball", .level = 1});
    player->skills.push_back(skill);
    auto award = az::make<Award>({.number = 3});
    award->team = team;
    session.add(award);
    session.remove(team);
    session.flush();
    CHECK(player->team == nullptr);
    CHECK_FALSE(player->team_id.has_value());
    CHECK(session.state_of(player) == orm::object_state::persistent);
    CHECK(session.state_of(award) == orm::object_state::transient);
    session.remove(skill);
    session.flush();
    CHECK(player->skills.empty());
    CHECK(rows_of<PlayerSkill>(session) == 0);
    session.rollback();
    CHECK(session.state_of(team) == orm::object_state::persistent);
    CHECK(team->players.empty());
}

TEST_CASE("sqlite orm: what has gone to another parent does not go with the first") {
    orm::session session{new_league()};
    auto first = session.add(Team{.number = 1});
    auto second = session.add(Team{.number = 2});
    auto award = az::make<Award>({.number = 3});
    award->team = first;
    session.add(award);
    session.commit();
    session.refresh(first);  // its awards are read when it goes
    award->team = second;
    session.remove(first);
    session.commit();
    CHECK(rows_of<Award>(session) == 1);
    CHECK(award->team_id == second->id);
}

TEST_CASE("sqlite orm: a new orphan is not inserted, nor what hangs on it") {
    orm::session session{new_league()};
    auto root = session.add(Folder{.number = 1});
    auto branch = az::make<Folder>({.number = 2});
    auto leaf = az::make<Folder>({.number = 3});
    root->children.push_back(branch);
    branch->children.push_back(leaf);
    root->children.erase(branch);
    session.flush();
    CHECK(rows_of<Folder>(session) == 1);
    CHECK(session.state_of(branch) == orm::object_state::transient);
    CHECK(session.state_of(leaf) == orm::object_state::transient);
    root->children.push_back(branch);
    session.flush();
    CHECK(rows_of<Folder>(session) == 3);
}

TEST_CASE("sqlite orm: a relation that is set to where it leads already changes nothing") {
    orm::session session{new_league()};
    auto team = session.add(Team{.number = 1});
    auto player = az::make<Player>({.number = 2});
    team->players.push_back(player);
    session.commit();
    session.refresh(player);
    player->team = team;
    CHECK(team->players.size() == 1);
    CHECK_FALSE(session.is_modified(player));
    session.refresh(player);
    team->players.push_back(player);
    CHECK(team->players.size() == 1);
}

TEST_CASE("sqlite orm: the other one of a one-to-one relation gives way, loaded or not") {
    orm::session session{new_league()};
    auto team = session.add(Team{.number = 1});
    auto first = session.add(Badge{.number = 2});
    first->team = team;
    session.commit();
    session.refresh(team);
    auto second = session.add(Badge{.number = 3});
    second->team = team;
    CHECK(first->team == nullptr);
    session.commit();
    CHECK_FALSE(first->team_id.has_value());
    session.refresh(team);
    team->badge = first;
    session.commit();
    CHECK(second->team == nullptr);
    CHECK_FALSE(second->team_id.has_value());
}

TEST_CASE("sqlite orm: what has left an object that goes lets go of its row") {
    orm::session session{new_league()};
    auto team = session.add(Team{.number = 1});
    auto badge = session.add(Badge{.number = 2});
    badge->team = team;
    session.commit();
    session.refresh(badge);
    team->badge = session.add(Badge{.number = 3});
    session.remove(team);
    session.commit();
    CHECK_FALSE(badge->team_id.has_value());
    CHECK(badge->team == nullptr);
    CHECK(rows_of<Team>(session) == 0);
}

TEST_CASE("sqlite orm: relations follow columns that the program sets") {
    orm::session session{new_league()};
    auto first = session.add(Team{.number = 1});
    auto second = session.add(Team{.number = 2});
    auto player = session.add(Player{.number = 3});
    player->team = first;
    session.commit();
    CHECK(second->players.empty());
    player->team_id = second->id;
    session.flush();
    CHECK(player->team.get() == second);
    CHECK(first->players.empty());
    CHECK(second->players.size() == 1);
}

TEST_CASE("sqlite orm: savepoints end with the one around them") {
    orm::session session{new_league()};
    auto team = session.add(Team{.number = 1, .name = "kept"});
    auto outer = session.begin_nested();
    team->name = "outer";
    auto inner = session.begin_nested();
    team->name = "inner";
    session.flush();
    outer.rollback();
    CHECK(team->name == "kept");
    CHECK(thrown<az::interface_error>([&] { inner.commit(); }).message() == "the nested transaction is over already");
    session.commit();
    CHECK(rows_of<Team>(session) == 1);
}

TEST_CASE("sqlite orm: what was expunged does not come back by a rollback, what was added again does") {
    orm::session session{new_league()};
    auto first = session.add(Team{.number = 1, .name = "kept"});
    session.commit();
    auto second = session.add(Team{.number = 2});
    first->name = "changed";
    session.flush();
    session.expunge(first);
    session.add(first);
    session.expunge(second);
    session.rollback();
    CHECK(first->name == "kept");
    CHECK_FALSE(session.contains(second));
    CHECK(rows_of<Team>(session) == 1);
}

TEST_CASE("sqlite orm: rows in a circle are deleted, and chains of any length written") {
    orm::session session{new_league()};
    auto a = session.add(Folder{.number = 1});
    auto b = session.add(Folder{.number = 2});
    session.flush();
    a->parent = b;
    b->parent = a;
    session.commit();
    session.remove(a);
    session.commit();
    CHECK(rows_of<Folder>(session) == 0);
    constexpr int length = 20'000;
    auto last = session.add(Folder{.number = 0});
    const auto first = last;
    for (int i = 1; i < length; ++i) {
        auto next = az::make<Folder>({.number = i});
        next->parent = last;
        session.add(next);
        last = next;
    }
    session.commit();
    CHECK(rows_of<Folder>(session) == length);
}

TEST_CASE("sqlite orm: of objects that a session has let go, another one takes those that it is given") {
    const auto engine = new_league();
    az::ptr<Team> one;
    az::ptr<Team> other;
    {
        orm::session session{engine};
        one = session.add(Team{.number = 1});
        other = session.add(Team{.number = 2});
        session.commit();
    }
    orm::session session{engine};
    session.add(one);
    CHECK(session.contains(one));
    CHECK_FALSE(session.contains(other));
    CHECK(session.state_of(other) == orm::object_state::detached);
    other->name = "changed";
    session.add(other);
    session.commit();
    CHECK(session.scalar(az::select(az::func::count()).where(az::col<&Team::name> == "changed")) == 1);
}
