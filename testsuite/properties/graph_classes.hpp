#pragma once

#include <azoth/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// Classes with one relation of each kind, for random graphs. `number` is what the model calls an object; it never changes.
namespace properties::graph {

namespace az = azoth;
namespace orm = azoth::orm;

struct Player;
struct Award;
struct Badge;
struct Skill;

struct Team {
    std::int64_t id{};
    int number{};
    std::optional<std::string> name{};
    orm::many<Player> players{};
    orm::many<Award> awards{};
    orm::one<Badge> badge{};
};
/// Can be without a team. What it is comes from its number.
struct Player {
    std::int64_t id{};
    std::string role{};
    int number{};
    std::optional<std::string> name{};
    std::optional<std::int64_t> team_id{};
    orm::one<Team> team{};
    orm::many<Skill> skills{};
};
/// In the players' table; the motto is always the name.
struct Captain : Player {
    std::optional<std::string> motto{};
};
/// In a table of its own beside it; so are the gloves.
struct Keeper : Player {
    std::optional<std::string> gloves{};
};
/// Goes with its team, and when it is taken from it.
struct Award {
    std::int64_t id{};
    int number{};
    std::optional<std::string> name{};
    std::int64_t team_id{};
    orm::one<Team> team{};
};
/// A team has one at most.
struct Badge {
    std::int64_t id{};
    int number{};
    std::optional<std::string> name{};
    std::optional<std::int64_t> team_id{};
    orm::one<Team> team{};
};
/// A tree that goes with its root.
struct Folder {
    std::int64_t id{};
    int number{};
    std::optional<std::string> name{};
    std::optional<std::int64_t> parent_id{};
    orm::one<Folder> parent{};
    orm::many<Folder> children{};
};
/// Known by two columns that the program gives.
struct Skill {
    std::string kind{};
    int level{};
    int number{};
    std::optional<std::string> name{};
    orm::many<Player> players{};
};
struct PlayerSkill {
    std::int64_t player_id{};
    std::string kind{};
    int level{};
};

/// What a player with this number is.
enum class role { player, captain, keeper };
[[nodiscard]] inline role role_of(int number) { return static_cast<role>(number % 3); }

}  // namespace properties::graph

template <>
struct azoth::mapping<properties::graph::Team> {
    using Team = properties::graph::Team;
    static azoth::table_map<Team> map() {
        return azoth::table_map<Team>("graph_team")
            .column<&Team::id>(azoth::primary_key)
            .column<&Team::number>()
            .column<&Team::name>(azoth::string(40))
            .relation<&Team::players>(azoth::orm::back_populates<&properties::graph::Player::team>)
            .relation<&Team::awards>(azoth::orm::back_populates<&properties::graph::Award::team>, azoth::orm::cascade_all_delete_orphan)
            .relation<&Team::badge>(azoth::orm::back_populates<&properties::graph::Badge::team>);
    }
};
template <>
struct azoth::mapping<properties::graph::Player> {
    using Player = properties::graph::Player;
    static azoth::table_map<Player> map() {
        using properties::graph::PlayerSkill;
        return azoth::table_map<Player>("graph_player")
            .column<&Player::id>(azoth::primary_key)
            .column<&Player::role>(azoth::string(10))
            .column<&Player::number>()
            .column<&Player::name>(azoth::string(40))
            .column<&Player::team_id>(azoth::references<&properties::graph::Team::id>)
            .relation<&Player::team>()
            .relation<&Player::skills>(azoth::orm::via<&PlayerSkill::player_id, &PlayerSkill::kind, &PlayerSkill::level>,
                                       azoth::orm::back_populates<&properties::graph::Skill::players>)
            .polymorphic<&Player::role>("player")
            .derived<properties::graph::Captain, properties::graph::Keeper>();
    }
};
template <>
struct azoth::mapping<properties::graph::Captain> {
    using Captain = properties::graph::Captain;
    static azoth::table_map<Captain> map() {
        return azoth::table_map<Captain>("graph_player")
            .inherits<properties::graph::Player>("captain")
            .column<&Captain::motto>(azoth::string(40));
    }
};
template <>
struct azoth::mapping<properties::graph::Keeper> {
    using Keeper = properties::graph::Keeper;
    static azoth::table_map<Keeper> map() {
        return azoth::table_map<Keeper>("graph_keeper")
            .inherits<properties::graph::Player>("keeper")
            .column<&Keeper::gloves>(azoth::string(40));
    }
};
template <>
struct azoth::mapping<properties::graph::Award> {
    using Award = properties::graph::Award;
    static azoth::table_map<Award> map() {
        return azoth::table_map<Award>("graph_award")
            .column<&Award::id>(azoth::primary_key)
            .column<&Award::number>()
            .column<&Award::name>(azoth::string(40))
            .column<&Award::team_id>(azoth::references<&properties::graph::Team::id>)
            .relation<&Award::team>();
    }
};
template <>
struct azoth::mapping<properties::graph::Badge> {
    using Badge = properties::graph::Badge;
    static azoth::table_map<Badge> map() {
        return azoth::table_map<Badge>("graph_badge")
            .column<&Badge::id>(azoth::primary_key)
            .column<&Badge::number>()
            .column<&Badge::name>(azoth::string(40))
            .column<&Badge::team_id>(azoth::references<&properties::graph::Team::id>)
            .relation<&Badge::team>();
    }
};
template <>
struct azoth::mapping<properties::graph::Folder> {
    using Folder = properties::graph::Folder;
    static azoth::table_map<Folder> map() {
        return azoth::table_map<Folder>("graph_folder")
            .column<&Folder::id>(azoth::primary_key)
            .column<&Folder::number>()
            .column<&Folder::name>(azoth::string(40))
            .column<&Folder::parent_id>(azoth::references<&Folder::id>)
            .relation<&Folder::parent>()
            .relation<&Folder::children>(azoth::orm::back_populates<&Folder::parent>, azoth::orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<properties::graph::Skill> {
    using Skill = properties::graph::Skill;
    static azoth::table_map<Skill> map() {
        return azoth::table_map<Skill>("graph_skill")
            .column<&Skill::kind>(azoth::string(20), azoth::primary_key)
            .column<&Skill::level>(azoth::primary_key)
            .column<&Skill::number>()
            .column<&Skill::name>(azoth::string(40))
            .relation<&Skill::players>();
    }
};
template <>
struct azoth::mapping<properties::graph::PlayerSkill> {
    using PlayerSkill = properties::graph::PlayerSkill;
    static azoth::table_map<PlayerSkill> map() {
        return azoth::table_map<PlayerSkill>("graph_player_skill")
            .column<&PlayerSkill::player_id>(azoth::primary_key, azoth::references<&properties::graph::Player::id>)
            .column<&PlayerSkill::kind>(azoth::string(20), azoth::primary_key)
            .column<&PlayerSkill::level>(azoth::primary_key)
            .foreign_key({.columns = {"kind", "level"}, .referred_table = "graph_skill", .referred_columns = {"kind", "level"}});
    }
};
