#include "graph_session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace properties::graph {
namespace {

using std::string;

template <class T>
void read_all(orm::session& in, const az::select_statement<T>& query, std::map<int, az::ptr<T>>& to) {
    for (const auto& o : in.scalars(query)) to[o->number] = o;
}

template <class T>
void read_each(orm::session& in, std::map<int, az::ptr<T>>& to, const world& expected, kind k) {
    for (const int number : expected.of(k)) to[number] = in.scalars(az::select<T>().where(az::col<&T::number> == number)).one();
}

template <class Relation>
std::set<int> numbers_of(const Relation& r) {
    std::set<int> numbers;
    std::size_t size = 0;
    for (const auto& o : r) {
        numbers.insert(o->number);
        ++size;
    }
    if (size != numbers.size()) throw std::runtime_error{fmt::format("a collection has an object twice: {}", numbers)};
    return numbers;
}

template <class T>
int number_of(const orm::one<T>& r) {
    return r ? r->number : -1;
}

std::set<int> as_set(const std::vector<int>& of) { return {of.begin(), of.end()}; }

string wrong(const char* what, const auto& is, const auto& expected) { return fmt::format("{} is {}, not {}", what, is, expected); }

string wrong_role(const az::ptr<Player>& object) {
    const auto captain = orm::as<Captain>(object);
    const auto keeper = orm::as<Keeper>(object);
    const role is = captain ? role::captain : keeper ? role::keeper : role::player;
    if (is != role_of(object->number)) return "it is of another struct";
    if (captain && captain->motto != object->name) return wrong("its motto", captain->motto.value_or(""), object->name.value_or(""));
    if (keeper && keeper->gloves != object->name) return wrong("its gloves", keeper->gloves.value_or(""), object->name.value_or(""));
    return {};
}

}  // namespace

void graph_session::start_anew() {
    forget_handles();
    session_.reset();
    session_.emplace(engine_);
}

void graph_session::reload(unsigned way, const world& expected) {
    auto& s = *session_;
    switch (way % 4) {
        case 0:
            for (const kind k : kinds)
                with_class(k, [&](auto t) { read_all(s, az::select<typename decltype(t)::type>(), all<typename decltype(t)::type>()); });
            return;
        case 1:
            read_all(s,
                     az::select<Team>().options(orm::selectinload<&Team::players, &Player::skills>, orm::selectinload<&Team::awards>,
                                                orm::selectinload<&Team::badge>),
                     all<Team>());
            read_all(s, az::select<Folder>().options(orm::selectinload<&Folder::children>), all<Folder>());
            break;
        case 2:
            read_all(s, az::select<Player>().options(orm::joinedload<&Player::team>, orm::selectinload<&Player::skills>), all<Player>());
            for (const auto& keeper : s.scalars(az::select<Keeper>())) all<Player>()[keeper->number] = keeper;
            for (const auto& captain : s.scalars(az::select<Captain>())) all<Player>()[captain->number] = captain;
            read_all(s, az::select<Award>().options(orm::joinedload<&Award::team>), all<Award>());
            read_all(s, az::select<Folder>().options(orm::selectinload<&Folder::parent>), all<Folder>());
            break;
        default: break;
    }
    for (const kind k : kinds) with_class(k, [&](auto t) { read_each(s, all<typename decltype(t)::type>(), expected, k); });
}

world graph_session::stored() {
    world found;
    auto& c = session_->connection();
    std::map<std::int64_t, int> teams;
    std::map<std::int64_t, int> players;
    std::map<std::int64_t, int> folders;
    std::map<std::pair<string, int>, int> skills;
    for (const auto& [id, number, name] : c.execute(az::select(az::col<&Team::id>, az::col<&Team::number>, az::col<&Team::name>))) {
        found.objects[number] = {.of = kind::team, .name = name.value_or("")};
        teams[id] = number;
    }
    const auto parent_in = [](const auto& all, const std::optional<std::int64_t>& id) { return id ? all.at(*id) : -1; };
    for (const auto& [id, number, name, team] :
         c.execute(az::select(az::col<&Player::id>, az::col<&Player::number>, az::col<&Player::name>, az::col<&Player::team_id>))) {
        found.objects[number] = {.of = kind::player, .name = name.value_or(""), .parent = parent_in(teams, team)};
        players[id] = number;
    }
    std::size_t keepers = 0;
    const auto keeper = az::alias<Keeper>("keeper");  // the table alone
    for (const auto& [id, gloves] : c.execute(az::select(keeper[&Keeper::id], keeper[&Keeper::gloves]))) {
        const int number = players.at(id);
        if (role_of(number) != role::keeper || found.at(number).name != gloves.value_or(""))
            throw std::runtime_error{fmt::format("the keepers' row of {} has gloves {}", number, gloves.value_or(""))};
        ++keepers;
    }
    if (keepers != static_cast<std::size_t>(std::ranges::count(players, role::keeper, [](const auto& p) { return role_of(p.second); })))
        throw std::runtime_error{fmt::format("there are {} rows of keepers", keepers)};
    for (const auto& [number, name, team] : c.execute(az::select(az::col<&Award::number>, az::col<&Award::name>, az::col<&Award::team_id>)))
        found.objects[number] = {.of = kind::award, .name = name.value_or(""), .parent = teams.at(team)};
    for (const auto& [number, name, team] : c.execute(az::select(az::col<&Badge::number>, az::col<&Badge::name>, az::col<&Badge::team_id>)))
        found.objects[number] = {.of = kind::badge, .name = name.value_or(""), .parent = parent_in(teams, team)};
    const auto tree =
        c.execute(az::select(az::col<&Folder::id>, az::col<&Folder::number>, az::col<&Folder::name>, az::col<&Folder::parent_id>)).all();
    for (const auto& [id, number, name, parent] : tree) folders[id] = number;
    for (const auto& [id, number, name, parent] : tree)
        found.objects[number] = {.of = kind::folder, .name = name.value_or(""), .parent = parent_in(folders, parent)};
    for (const auto& [kind_, level, number, name] :
         c.execute(az::select(az::col<&Skill::kind>, az::col<&Skill::level>, az::col<&Skill::number>, az::col<&Skill::name>))) {
        found.objects[number] = {.of = kind::skill, .name = name.value_or("")};
        skills[{kind_, level}] = number;
    }
    for (const auto& [player, kind_, level] :
         c.execute(az::select(az::col<&PlayerSkill::player_id>, az::col<&PlayerSkill::kind>, az::col<&PlayerSkill::level>)))
        found.at(players.at(player)).skills.insert(skills.at({kind_, level}));
    return found;
}

template <class T>
string graph_session::difference_of(int number, const record& expected, const world& in, bool touch) {
    const auto& object = of<T>(number);
    if (!object) return "there is no handle";
    if (session_->state_of(object) != orm::object_state::persistent)
        return wrong("its state", to_string(session_->state_of(object)), "persistent");
    if (object->number != number) return wrong("its number", object->number, number);
    if (object->name.value_or("") != expected.name) return wrong("its name", object->name.value_or(""), expected.name);
    if constexpr (std::is_same_v<T, Player>)
        if (string problem = wrong_role(object); !problem.empty()) return problem;
    if constexpr (has_upward<T>) {
        const auto& up = (*object).*upward<T>::up;
        if (touch || up.is_loaded())
            if (const int parent = number_of(up); parent != expected.parent) return wrong("its parent", parent, expected.parent);
    }
    const auto check = [&](const char* what, const auto& relation, const std::set<int>& wanted) -> string {
        if (!touch && !relation.is_loaded()) return {};
        const auto is = numbers_of(relation);
        return is == wanted ? string{} : wrong(what, is, wanted);
    };
    string problem;
    if constexpr (std::is_same_v<T, Team>) {
        problem = check("players", object->players, as_set(in.children_of(number, kind::player)));
        if (problem.empty()) problem = check("awards", object->awards, as_set(in.children_of(number, kind::award)));
        if (problem.empty() && (touch || object->badge.is_loaded())) {
            const auto badges = in.children_of(number, kind::badge);
            const int badge = badges.empty() ? -1 : badges.front();
            if (number_of(object->badge) != badge) problem = wrong("badge", number_of(object->badge), badge);
        }
    } else if constexpr (std::is_same_v<T, Player>) {
        problem = check("skills", object->skills, expected.skills);
    } else if constexpr (std::is_same_v<T, Folder>) {
        problem = check("children", object->children, as_set(in.children_of(number, kind::folder)));
    } else if constexpr (std::is_same_v<T, Skill>) {
        problem = check("players", object->players, in.players_with(number));
    }
    if (problem.empty() && session_->is_modified(object)) return "it counts as modified behind a flush";
    return problem;
}

string graph_session::difference(const world& expected, bool touch) {
    for (const auto& object : expected.objects) {
        const auto& [number, r] = object;
        const string problem = with_class(
            r.of, [&](auto t) { return difference_of<typename decltype(t)::type>(object.first, object.second, expected, touch); });
        if (!problem.empty()) return fmt::format("{} {}: {}", name_of(r.of), number, problem);
    }
    return {};
}

}  // namespace properties::graph
