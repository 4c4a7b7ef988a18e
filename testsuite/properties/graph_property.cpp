#include "graph_property.hpp"

#include "graph_walk.hpp"
#include "shrink.hpp"

#include <fmt/format.h>

#include <exception>

namespace properties {
namespace {

using namespace graph;

az::metadata tables() { return az::metadata_of<Team, Player, Keeper, Award, Badge, Folder, Skill, PlayerSkill>(); }

void empty_tables(const az::engine& on) {
    on.begin([](az::connection& c) {
        c.execute(az::delete_<PlayerSkill>());
        c.execute(az::delete_<Keeper>());
        c.execute(az::delete_<Player>());
        c.execute(az::delete_<Award>());
        c.execute(az::delete_<Badge>());
        c.execute(az::delete_<Skill>());
        c.execute(az::delete_<Team>());
        c.execute(az::update<Folder>().set(az::col<&Folder::parent_id>, std::nullopt));
        c.execute(az::delete_<Folder>());
    });
}

}  // namespace

graph_property::graph_property(az::engine on) : engine_{std::move(on)} {
    tables().drop_all(engine_);
    tables().create_all(engine_);
}

graph_property::~graph_property() {
    try {
        tables().drop_all(engine_);
    } catch (const std::exception& e) {
        fmt::print(stderr, "properties: the tables of random graphs stay: {}\n", e.what());
    }
}

std::string graph_property::problem_of(const choices& from, std::string* log) {
    empty_tables(engine_);
    byte_source source{from};
    graph_walk walk{engine_, source};
    std::string problem;
    try {
        walk.run();
    } catch (const std::exception& e) {
        problem = e.what();
        if (problem.empty()) problem = "an error without words";
    }
    steps_ += walk.steps();
    if (log) *log = walk.log();
    return problem;
}

std::string graph_property::check(const choices& from) {
    if (problem_of(from, nullptr).empty()) return {};
    const choices small = shrink(
        from, [&](const choices& c) { return !problem_of(c, nullptr).empty(); }, 1'500);
    std::string log;
    const std::string problem = problem_of(small, &log);
    return fmt::format("{}\nafter:\n{}", problem.empty() ? "(comes and goes)" : problem, log);
}

}  // namespace properties
