// What sessions send: how many statements, and which.
#include "sqlite_support.hpp"

#include <properties/graph_classes.hpp>

#include <fmt/format.h>

using namespace sqlite_tests;
using namespace properties::graph;
using lines = std::vector<std::string>;

namespace {

/// Statements by their first word and their table: "INSERT team".
class league {
public:
    league() : engine_{open("sqlite://")} {
        az::metadata_of<Team, Player, Award, Badge, Folder, Skill, PlayerSkill>().create_all(engine_);
        az::event_handlers handlers;
        handlers.before_execute = [this](const az::execution_event& e) { note(std::string{e.sql}); };
        listening_ = engine_.subscribe(std::move(handlers));
    }
    [[nodiscard]] const az::engine& engine() const noexcept { return engine_; }
    /// Three teams, of three players each; two awards and a badge of each.
    void stock() {
        orm::session session{engine_};
        for (int t = 0; t < 3; ++t) {
            auto team = session.add(Team{.number = t});
            for (int p = 0; p < 3; ++p) team->players.push_back(az::make<Player>({.number = 10 * t + p}));
            for (int a = 0; a < 2; ++a) team->awards.push_back(az::make<Award>({.number = 100 * t + a}));
            team->badge = az::make<Badge>({.number = 1'000 * t});
        }
        session.commit();
        sent_.clear();
    }
    /// What has been sent since it was asked last; savepoints and the like left out.
    [[nodiscard]] lines sent() { return std::exchange(sent_, {}); }
    [[nodiscard]] const std::string& last() const noexcept { return last_; }

private:
    void note(const std::string& sql) {
        const std::string verb = sql.substr(0, sql.find(' '));
        if (verb != "SELECT" && verb != "INSERT" && verb != "UPDATE" && verb != "DELETE") return;
        const auto from = verb == "SELECT" ? sql.find("FROM \"graph_") : sql.find("\"graph_");
        if (from == std::string::npos) return;
        const auto name = sql.find("graph_", from) + 6;
        sent_.push_back(verb + ' ' + sql.substr(name, sql.find('"', name) - name));
        last_ = sql;
    }
    az::engine engine_;
    az::subscription listening_{};
    lines sent_{};
    std::string last_{};
};

}  // namespace

TEST_CASE("sqlite orm statements: a graph takes an insert a table") {
    league l;
    orm::session session{l.engine()};
    for (int t = 0; t < 5; ++t) {
        auto team = session.add(Team{.number = t});
        for (int p = 0; p < 5; ++p) team->players.push_back(az::make<Player>({.number = p}));
        team->players[0]->skills = {az::make<Skill>({.kind = "a", .level = t}), az::make<Skill>({.kind = "b", .level = t})};
    }
    session.flush();
    CHECK(l.sent() == lines{"INSERT team", "INSERT skill", "INSERT player", "INSERT player_skill"});
    session.flush();
    session.commit();
    CHECK(l.sent().empty());
}

TEST_CASE("sqlite orm statements: a tree takes an insert a level") {
    league l;
    orm::session session{l.engine()};
    auto root = session.add(Folder{.number = 0});
    for (int i = 1; i <= 3; ++i) {
        auto branch = az::make<Folder>({.number = i});
        root->children.push_back(branch);
        for (int k = 1; k <= 3; ++k) branch->children.push_back(az::make<Folder>({.number = 10 * i + k}));
    }
    session.commit();
    CHECK(l.sent() == lines{"INSERT folder", "INSERT folder", "INSERT folder"});
    session.remove(root);
    session.commit();
    CHECK(l.sent() == lines{"DELETE folder", "DELETE folder", "DELETE folder"});
}

TEST_CASE("sqlite orm statements: an update names what has changed") {
    league l;
    orm::session session{l.engine()};
    auto player = session.add(Player{.number = 1, .name = "one"});
    auto other = session.add(Player{.number = 2});
    session.commit();
    (void)l.sent();
    player->name = "another";
    session.flush();
    CHECK(l.sent() == lines{"UPDATE player"});
    CHECK(l.last() == "UPDATE \"graph_player\" SET \"name\" = ? WHERE \"graph_player\".\"id\" = ?");
    player->name = std::string{"another"};
    session.flush();
    CHECK(l.sent().empty());
}

TEST_CASE("sqlite orm statements: relations that change back and forth are not written") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    const auto teams = session.scalars(az::select<Team>().options(orm::selectinload<&Team::players>)).all();
    (void)l.sent();
    auto player = teams[0]->players[0];
    player->team = teams[1];
    player->team = teams[0];
    session.flush();
    CHECK(l.sent().empty());
    player->team = teams[1];
    session.flush();
    CHECK(l.sent() == lines{"UPDATE player"});
    CHECK(l.last() == "UPDATE \"graph_player\" SET \"team_id\" = ? WHERE \"graph_player\".\"id\" = ?");
}

TEST_CASE("sqlite orm statements: a removed parent takes a select a relation, and a statement a table") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    auto team = session.get<Team>(1);
    (void)l.sent();
    session.remove(team);
    session.flush();
    const auto sent = l.sent();
    const auto count = [&](const std::string& what) { return std::ranges::count(sent, what); };
    CHECK(count("SELECT player") == 1);
    CHECK(count("SELECT award") == 1);
    CHECK(count("SELECT badge") == 1);
    CHECK(count("UPDATE player") == 3);
    CHECK(count("UPDATE badge") == 1);
    CHECK(count("DELETE award") == 1);
    CHECK(count("DELETE team") == 1);
    CHECK(sent.size() == 9);
    CHECK(sent.back() == "DELETE team");
}

TEST_CASE("sqlite orm statements: many to many, a delete a removed pair and an insert for all new ones") {
    league l;
    orm::session session{l.engine()};
    auto player = session.add(Player{.number = 1});
    std::vector<az::ptr<Skill>> skills;
    for (int i = 0; i < 4; ++i) skills.push_back(session.add(Skill{.kind = "k", .level = i}));
    player->skills = {skills[0], skills[1]};
    session.commit();
    (void)l.sent();
    player->skills = {skills[1], skills[2], skills[3]};
    session.flush();
    CHECK(l.sent() == lines{"DELETE player_skill", "INSERT player_skill"});
}

TEST_CASE("sqlite orm statements: touching a relation reads it for all that were loaded together") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    for (const auto& team : session.scalars(az::select<Team>())) {
        CHECK(team->players.size() == 3);
        CHECK(team->awards.size() == 2);
        CHECK(team->badge);
        for (const auto& p : team->players) CHECK(p->team.get() == team);
    }
    CHECK(l.sent() == lines{"SELECT team", "SELECT player", "SELECT award", "SELECT badge"});
}

TEST_CASE("sqlite orm statements: parents that the session has are not read again") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    const auto teams = session.scalars(az::select<Team>());
    for (const auto& p : session.scalars(az::select<Player>())) CHECK(p->team);
    CHECK(l.sent() == lines{"SELECT team", "SELECT player"});
}

TEST_CASE("sqlite orm statements: selectinload takes a query a relation") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    const auto teams =
        session.scalars(az::select<Team>().options(orm::selectinload<&Team::players, &Player::skills>, orm::selectinload<&Team::awards>));
    CHECK(l.sent() == lines{"SELECT team", "SELECT player", "SELECT player_skill", "SELECT award"});
    for (const auto& team : teams) {
        CHECK(team->awards.size() == 2);
        for (const auto& p : team->players) CHECK(p->skills.empty());
    }
    CHECK(l.sent().empty());
}

TEST_CASE("sqlite orm statements: get reads once in a transaction") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    auto team = session.get<Team>(1);
    CHECK(session.get<Team>(1) == team);
    CHECK(l.sent() == lines{"SELECT team"});
    session.commit();
    CHECK(session.get<Team>(1) == team);
    CHECK(l.sent() == lines{"SELECT team"});
}

TEST_CASE("sqlite orm statements: a query flushes what it reads, and nothing else") {
    league l;
    l.stock();
    orm::session session{l.engine()};
    auto team = session.get<Team>(1);
    (void)l.sent();
    team->name = "changed";
    (void)session.scalars(az::select<Folder>());
    CHECK(l.sent() == lines{"SELECT folder"});
    (void)session.scalars(az::select<Team>());
    CHECK(l.sent() == lines{"UPDATE team", "SELECT team"});
}
