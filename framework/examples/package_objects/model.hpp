#pragma once

#include <azoth/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

// The same tables as package_catalogue's, as objects that know each other.

namespace orm = azoth::orm;

struct Package;
struct Requirement;
struct Alternative;
struct Provision;

/// Who looks after packages.
struct Maintainer {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> email{};
    orm::many<Package> packages{};
};

/// "libs", "net", "editors" ...
struct Section {
    std::int64_t id{};
    std::string name{};
    orm::many<Package> packages{};
};

struct Package {
    std::int64_t id{};
    std::string name{};
    std::string architecture{};
    std::string version{};
    std::optional<std::int64_t> installed_kib{};
    std::string summary{};
    std::optional<std::int64_t> section_id{};
    std::int64_t maintainer_id{};
    orm::one<Section> section{};
    orm::one<Maintainer> maintainer{};
    orm::many<Requirement> requirements{};
    orm::many<Provision> provisions{};
};

/// A name that a package answers to: its own, and those of the virtual packages that it provides. Many packages can share one.
struct Provision {
    std::int64_t package_id{};
    std::string name{};
};

enum class requirement_kind { depends, pre_depends };
template <>
struct azoth::enum_labels<requirement_kind> {
    static constexpr std::string_view labels[]{"depends", "pre-depends"};
};

/// One demand of a package, met by any one of its alternatives.
struct Requirement {
    std::int64_t id{};
    std::int64_t package_id{};
    requirement_kind kind{};
    orm::one<Package> package{};
    orm::many<Alternative> alternatives{};
};

/// "exim4 | mail-transport-agent" are two. The name may be a package's or a virtual one, and nobody may have it.
struct Alternative {
    std::int64_t requirement_id{};
    std::int32_t position{};
    std::string name{};
    std::optional<std::string> versions{};
};

template <>
struct azoth::mapping<Maintainer> {
    static azoth::table_map<Maintainer> map() {
        return azoth::table_map<Maintainer>("maintainer")
            .column<&Maintainer::id>(azoth::primary_key)
            .column<&Maintainer::name>(azoth::string(200))
            .column<&Maintainer::email>(azoth::string(254))
            .relation<&Maintainer::packages>(orm::back_populates<&Package::maintainer>, orm::order_by<&Package::name>);
    }
};

template <>
struct azoth::mapping<Section> {
    static azoth::table_map<Section> map() {
        return azoth::table_map<Section>("section")
            .column<&Section::id>(azoth::primary_key)
            .column<&Section::name>(azoth::string(80), azoth::unique)
            .relation<&Section::packages>(orm::back_populates<&Package::section>);
    }
};

template <>
struct azoth::mapping<Package> {
    static azoth::table_map<Package> map() {
        return azoth::table_map<Package>("package")
            .column<&Package::id>(azoth::primary_key)
            .column<&Package::name>(azoth::string(200))
            .column<&Package::architecture>(azoth::string(40))
            .column<&Package::version>()
            .column<&Package::installed_kib>()
            .column<&Package::summary>()
            .column<&Package::section_id>(azoth::references<&Section::id>, azoth::indexed)
            .column<&Package::maintainer_id>(azoth::references<&Maintainer::id>, azoth::indexed)
            .unique<&Package::name, &Package::architecture>()
            .relation<&Package::section>()
            .relation<&Package::maintainer>()
            .relation<&Package::requirements>(orm::back_populates<&Requirement::package>, orm::order_by<&Requirement::id>,
                                              orm::cascade_delete.passive())
            .relation<&Package::provisions>(orm::cascade_delete.passive());
    }
};

template <>
struct azoth::mapping<Provision> {
    static azoth::table_map<Provision> map() {
        return azoth::table_map<Provision>("provision")
            .column<&Provision::name>(azoth::primary_key, azoth::string(200))
            .column<&Provision::package_id>(azoth::primary_key, azoth::indexed,
                                            azoth::references<&Package::id>.on_delete(azoth::referential_action::cascade));
    }
};

template <>
struct azoth::mapping<Requirement> {
    static azoth::table_map<Requirement> map() {
        return azoth::table_map<Requirement>("requirement")
            .column<&Requirement::id>(azoth::primary_key)
            .column<&Requirement::package_id>(azoth::references<&Package::id>.on_delete(azoth::referential_action::cascade), azoth::indexed)
            .column<&Requirement::kind>()
            .relation<&Requirement::package>()
            .relation<&Requirement::alternatives>(orm::order_by<&Alternative::position>, orm::cascade_delete.passive());
    }
};

template <>
struct azoth::mapping<Alternative> {
    static azoth::table_map<Alternative> map() {
        return azoth::table_map<Alternative>("alternative")
            .column<&Alternative::requirement_id>(azoth::primary_key,
                                                  azoth::references<&Requirement::id>.on_delete(azoth::referential_action::cascade))
            .column<&Alternative::position>(azoth::primary_key)
            .column<&Alternative::name>(azoth::string(200), azoth::indexed)
            .column<&Alternative::versions>();
    }
};
