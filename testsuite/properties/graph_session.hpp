#pragma once

#include "graph_classes.hpp"
#include "graph_model.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace properties::graph {

template <class T>
struct tag {
    using type = T;
};

/// Calls `f` with the struct of a kind.
template <class F>
decltype(auto) with_class(kind k, F&& f) {
    switch (k) {
        case kind::team: return f(tag<Team>{});
        case kind::player: return f(tag<Player>{});
        case kind::award: return f(tag<Award>{});
        case kind::badge: return f(tag<Badge>{});
        case kind::folder: return f(tag<Folder>{});
        case kind::skill: return f(tag<Skill>{});
    }
    throw std::logic_error{"no such kind"};
}

/// How a struct and its parent's are related.
template <class T>
struct upward;
template <>
struct upward<Player> {
    using parent = Team;
    static constexpr auto up = &Player::team;
    static constexpr auto down = &Team::players;
};
template <>
struct upward<Award> {
    using parent = Team;
    static constexpr auto up = &Award::team;
    static constexpr auto down = &Team::awards;
};
template <>
struct upward<Badge> {
    using parent = Team;
    static constexpr auto up = &Badge::team;
    static constexpr auto down = &Team::badge;
};
template <>
struct upward<Folder> {
    using parent = Folder;
    static constexpr auto up = &Folder::parent;
    static constexpr auto down = &Folder::children;
};
template <class T>
inline constexpr bool has_upward = requires {
    typename upward<T>::parent;
};

/// Names an object, with what goes by its name.
template <class T>
void set_name(const az::ptr<T>& object, const std::optional<std::string>& name) {
    object->name = name;
    if constexpr (std::is_same_v<T, Player>) {
        if (const auto captain = orm::as<Captain>(object)) captain->motto = name;
        if (const auto keeper = orm::as<Keeper>(object)) keeper->gloves = name;
    }
}

/// A session, and handles to what it holds, by the model's numbers.
class graph_session {
public:
    explicit graph_session(az::engine on) : engine_{std::move(on)} { session_.emplace(engine_); }

    [[nodiscard]] orm::session& session() { return *session_; }
    /// Forgets everything, and knows nothing until `reload`.
    void start_anew();
    void forget_handles() { handles_ = {}; }

    template <class T>
    [[nodiscard]] az::ptr<T>& of(int number) {
        return std::get<std::map<int, az::ptr<T>>>(handles_)[number];
    }
    template <class T>
    [[nodiscard]] auto& all() {
        return std::get<std::map<int, az::ptr<T>>>(handles_);
    }
    /// Fetches all objects: how is up to `way`.
    void reload(unsigned way, const world& expected);
    /// What the database has, as the session's transaction sees it.
    [[nodiscard]] world stored();
    /// What is wrong with what the session holds; empty: nothing. Of relations, those that are loaded, or with `touch` all.
    [[nodiscard]] std::string difference(const world& expected, bool touch);

private:
    template <class T>
    std::string difference_of(int number, const record& expected, const world& in, bool touch);

    az::engine engine_;
    std::optional<orm::session> session_{};
    std::tuple<std::map<int, az::ptr<Team>>, std::map<int, az::ptr<Player>>, std::map<int, az::ptr<Award>>, std::map<int, az::ptr<Badge>>,
               std::map<int, az::ptr<Folder>>, std::map<int, az::ptr<Skill>>>
        handles_{};
};

}  // namespace properties::graph
