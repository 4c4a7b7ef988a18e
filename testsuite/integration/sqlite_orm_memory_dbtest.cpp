// Memory stays flat where a session's objects are let go batch by batch.
#include "sqlite_support.hpp"

#include <properties/graph_classes.hpp>

#include <dlfcn.h>

#include <cstdlib>
#include <fstream>

using namespace sqlite_tests;
using namespace properties::graph;

namespace {

constexpr std::int64_t batch = 2'000;

/// A sanitizer keeps what is freed for a while. Its library may be loaded before a program that was built without it.
bool is_sanitized() { return dlsym(RTLD_DEFAULT, "__asan_init") != nullptr; }

/// Of this process, in KiB.
std::int64_t resident() {
    std::ifstream in{"/proc/self/status"};
    for (std::string word; in >> word;)
        if (std::int64_t kib{}; word == "VmRSS:" && in >> kib) return kib;
    return 0;
}

std::int64_t objects_to_try() { return std::getenv("AZOTH_LONG") ? 1'000'000 : 60'000; }

/// How much more memory there is at the end than after a few rounds.
template <class Work>
std::int64_t growth(Work&& work) {
    std::int64_t early = 0;
    for (std::int64_t from = 0; from < objects_to_try(); from += batch) {
        work(from);
        if (from == 4 * batch) early = resident();
    }
    return is_sanitized() ? 0 : resident() - early;
}

constexpr std::int64_t allowed = 4'096;  // the database's own cache included

}  // namespace

TEST_CASE("sqlite orm memory: objects made and read batch by batch leave nothing behind") {
    const scratch_folder folder;
    const auto engine = open(folder.url());
    az::metadata_of<Team, Player, Award, Badge, Folder, Skill, PlayerSkill>().create_all(engine);
    orm::session session{engine};
    const auto made = growth([&](std::int64_t from) {
        for (std::int64_t t = from; t < from + batch; t += 10) {
            auto team = session.add(Team{.number = static_cast<int>(t), .name = "a name too long to be kept in place"});
            for (int p = 1; p < 10; ++p) team->players.push_back(az::make<Player>({.number = static_cast<int>(t) + p}));
        }
        session.commit();
        session.expunge_all();
    });
    CHECK(made < allowed);
    std::int64_t found = 0;
    const auto read = growth([&](std::int64_t from) {
        const auto number = az::col<&Team::number>;
        for (const auto& t : session.scalars(az::select<Team>()
                                                 .where(number >= static_cast<int>(from) && number < static_cast<int>(from + batch))
                                                 .options(orm::selectinload<&Team::players>)))
            found += 1 + static_cast<std::int64_t>(t->players.size());
        session.expunge_all();
    });
    CHECK(read < allowed);
    CHECK(found == objects_to_try());
}

TEST_CASE("sqlite orm memory: rolled back and let go, objects leave nothing behind") {
    const auto engine = open("sqlite://");
    az::metadata_of<Team, Player, Award, Badge, Folder, Skill, PlayerSkill>().create_all(engine);
    const auto left = growth([&](std::int64_t) {
        orm::session session{engine};
        for (int t = 0; t < batch / 2; ++t) {
            auto team = session.add(Team{.number = t});
            team->players.push_back(az::make<Player>({.number = t}));
        }
        session.flush();
        auto inner = session.begin_nested();
        (void)session.scalars(az::select<Player>()).all();
    });
    CHECK(left < allowed);
}
