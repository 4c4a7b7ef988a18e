// What a walk does to objects.
#include "graph_walk.hpp"

namespace properties::graph {
namespace {

template <class T>
void put_under(const az::ptr<typename upward<T>::parent>& parent, const az::ptr<T>& child) {
    auto& down = (*parent).*upward<T>::down;
    if constexpr (std::is_same_v<T, Badge>) down = child;
    else down.push_back(child);
}

template <class T>
az::ptr<T> made_of(T plain) {
    return az::make<T>(std::move(plain));
}
az::ptr<Player> made_of(const Player& plain) {
    az::ptr<Player> object;
    switch (role_of(plain.number)) {
        case role::player: object = az::make<Player>(); break;
        case role::captain: object = az::make<Captain>(); break;
        case role::keeper: object = az::make<Keeper>(); break;
    }
    object->number = plain.number;
    set_name(object, plain.name);
    return object;
}

std::optional<std::string> named(const std::string& name) { return name.empty() ? std::nullopt : std::optional{name}; }

}  // namespace

void graph_walk::sync_where_unloaded(kind child, int parent) {
    if (parent < 0) return;
    const bool is_loaded = with_class(child, [&](auto t) {
        using T = typename decltype(t)::type;
        if constexpr (has_upward<T>) return ((*at_.of<typename upward<T>::parent>(parent)).*upward<T>::down).is_loaded();
        else return true;
    });
    if (!is_loaded) sync();
}

template <class T>
void graph_walk::relate(int child, int parent, bool from_above) {
    const auto& c = at_.of<T>(child);
    const auto& p = at_.of<typename upward<T>::parent>(parent);
    if (from_above) put_under<T>(p, c);
    else (*c).*upward<T>::up = p;
}

template <class T>
void graph_walk::unrelate(int child, bool from_above) {
    const auto& c = at_.of<T>(child);
    if (!from_above) {
        (*c).*upward<T>::up = nullptr;
        return;
    }
    auto& down = (*at_.of<typename upward<T>::parent>(now_.at(child).parent)).*upward<T>::down;
    if constexpr (std::is_same_v<T, Badge>) down = nullptr;
    else if (!down.erase(c)) throw std::runtime_error{fmt::format("{} was not in its parent's collection", child)};
}

void graph_walk::create() {
    const kind k = any_kind();
    const int wanted = has_parent(k) ? any(parent_of(k)) : -1;
    const bool from_above = from_.one_in(2);
    // An award alone is no row: a query meanwhile would flush it.
    const bool adds_first = from_.one_in(2) && k != kind::award;
    if (wanted < 0 && k == kind::award) return;
    const bool has_one = wanted >= 0 && (k == kind::award || !from_.one_in(3));
    if (has_one) sync_where_unloaded(k, wanted);
    if (has_one && !now_.has(wanted)) return;
    const int number = ++last_number_;
    record made{.of = k, .name = number % 3 == 0 ? "" : fmt::format("n{}", number)};
    say("create {} {}{}{}{}", name_of(k), number, has_one ? fmt::format(" under {}", wanted) : "", from_above ? " from above" : "",
        adds_first ? ", added first" : "");
    now_.objects[number] = made;
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        T plain{};
        plain.number = number;
        plain.name = named(made.name);
        if constexpr (std::is_same_v<T, Skill>) {
            plain.kind = number % 2 == 0 ? "even" : "odd";
            plain.level = number;
        }
        az::ptr<T> object = made_of(std::move(plain));
        at_.of<T>(number) = object;
        if (adds_first) at_.session().add(object);
        if constexpr (has_upward<T>)
            if (has_one) relate<T>(number, wanted, from_above);
        if (!at_.session().contains(object)) at_.session().add(object);
    });
    if (has_one) now_.set_parent(number, wanted);
}

void graph_walk::rename() {
    const kind k = any_kind();
    const int number = any(k);
    if (number < 0) return;
    const unsigned to = from_.pick(4);
    const std::string name = to == 0 ? "" : fmt::format("name {}", to);
    say("rename {} {} to '{}'", name_of(k), number, name);
    now_.at(number).name = name;
    with_class(k, [&](auto t) { set_name(at_.of<typename decltype(t)::type>(number), named(name)); });
}

void graph_walk::set_parent() {
    const kind k = any_child_kind();
    const int child = any(k);
    const int parent = any(parent_of(k));
    const bool from_above = from_.one_in(2);
    if (child < 0 || parent < 0) return;
    sync_where_unloaded(k, parent);
    if (!now_.has(child) || !now_.has(parent) || (k == kind::folder && now_.is_within(parent, child))) return;
    say("{} {} goes under {}{}", name_of(k), child, parent, from_above ? ", from above" : "");
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        if constexpr (has_upward<T>) relate<T>(child, parent, from_above);
    });
    now_.set_parent(child, parent);
}

void graph_walk::clear_parent() {
    const kind k = any_child_kind();
    const int child = any(k);
    bool from_above = from_.one_in(2);
    if (child < 0 || now_.at(child).parent < 0) return;
    if (from_above) sync_where_unloaded(k, now_.at(child).parent);
    if (!now_.has(child) || now_.at(child).parent < 0) return;
    say("{} {} leaves its parent{}", name_of(k), child, from_above ? ", from above" : "");
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        if constexpr (has_upward<T>) unrelate<T>(child, from_above);
    });
    now_.set_parent(child, -1);
}

void graph_walk::replace_children() {
    const int team = any(kind::team);
    const int one = any(kind::player);
    const int other = any(kind::player);
    if (team < 0 || one < 0) return;
    sync_where_unloaded(kind::player, team);
    if (!now_.has(team) || !now_.has(one) || !now_.has(other)) return;
    say("the players of {} become {} and {}", team, one, other);
    auto& players = at_.of<Team>(team)->players;
    if (from_.one_in(4)) players.clear();
    else players = {at_.of<Player>(one), at_.of<Player>(other)};
    const bool is_cleared = players.empty();
    for (const int was : now_.children_of(team, kind::player)) now_.set_parent(was, -1);
    if (is_cleared) return;
    now_.set_parent(one, team);
    now_.set_parent(other, team);
}

/// By hand, past the relation.
void graph_walk::set_column() {
    sync();
    const int player = any(kind::player);
    const int team = any(kind::team);
    if (player < 0 || team < 0) return;
    say("the column of player {} becomes {}", player, team);
    at_.of<Player>(player)->team_id = at_.of<Team>(team)->id;
    now_.set_parent(player, team);
    sync();
    check(from_.one_in(2));
}

void graph_walk::link() {
    const int player = any(kind::player);
    const int skill = any(kind::skill);
    const bool from_player = from_.one_in(2);
    if (player < 0 || skill < 0) return;
    const auto has_both = [&] {
        return from_player ? at_.of<Player>(player)->skills.is_loaded() : at_.of<Skill>(skill)->players.is_loaded();
    };
    if (!has_both()) sync();
    if (!now_.has(player) || !now_.has(skill)) return;
    auto& p = at_.of<Player>(player);
    auto& s = at_.of<Skill>(skill);
    const bool has = now_.at(player).skills.contains(skill);
    say("player {} {} skill {}{}", player, has ? "loses" : "gets", skill, from_player ? "" : ", from the skill");
    if (has) {
        if (!(from_player ? p->skills.erase(s) : s->players.erase(p))) throw std::runtime_error{"the link is not in the collection"};
        now_.at(player).skills.erase(skill);
        return;
    }
    if (from_player) p->skills.push_back(s);
    else s->players.push_back(p);
    now_.at(player).skills.insert(skill);
}

void graph_walk::remove() {
    const kind k = any_kind();
    const int number = any(k);
    if (number < 0) return;
    with_class(k, [&](auto t) {
        const auto& object = at_.of<typename decltype(t)::type>(number);
        if (at_.session().state_of(object) != orm::object_state::persistent) return;
        say("remove {} {}", name_of(k), number);
        at_.session().remove(object);
        now_.at(number).is_removed = true;
    });
}

void graph_walk::take_back_removal() {
    for (auto& [number, r] : now_.objects) {
        if (!r.is_removed) continue;
        say("do not remove {} {}", name_of(r.of), number);
        with_class(r.of, [&, n = number](auto t) { at_.session().add(at_.of<typename decltype(t)::type>(n)); });
        r.is_removed = false;
        return;
    }
}

/// A removed object and a new one with its key are one row.
void graph_walk::replace() {
    constexpr std::array replaceable{kind::skill, kind::team, kind::folder};
    const kind k = replaceable[from_.pick(3)];
    const int number = any(k);
    if (number < 0) return;
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        const az::ptr<T> before = at_.of<T>(number);
        if (at_.session().state_of(before) != orm::object_state::persistent) return;
        T plain{};
        plain.number = ++last_number_;
        if constexpr (std::is_same_v<T, Skill>) {
            plain.kind = before->kind;
            plain.level = before->level;
        } else {
            plain.id = before->id;
        }
        say("{} {} is replaced by {}", name_of(k), number, last_number_);
        at_.session().remove(before);
        now_.at(number).is_removed = true;
        at_.of<T>(last_number_) = at_.session().add(std::move(plain));
        now_.objects[last_number_] = {.of = k};
    });
    sync();
    check(from_.one_in(2));
}

}  // namespace properties::graph
