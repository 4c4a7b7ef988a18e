#pragma once

// The tables that the programs here query.
#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace az = azoth;

struct maintainer {
    std::int64_t id{};
    std::string name{};
};

enum class color { red, green };
enum class weight { light, heavy };

struct package {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> size{};
    std::int64_t maintainer_id{};
    double rating{};
    bool essential{};
    az::date released{};
    az::timestamp uploaded{};
    az::local_timestamp reviewed{};
    az::uuid key{};
    color paint{};
    weight heaviness{};
};

struct stranger {
    std::int64_t id{};
};

template <>
struct azoth::mapping<maintainer> {
    static azoth::table_map<maintainer> map() {
        return azoth::table_map<maintainer>("maintainer").column<&maintainer::id>(azoth::primary_key).column<&maintainer::name>();
    }
};

template <>
struct azoth::mapping<package> {
    static azoth::table_map<package> map() {
        return azoth::table_map<package>("package")
            .column<&package::id>(azoth::primary_key)
            .column<&package::name>()
            .column<&package::size>()
            .column<&package::maintainer_id>(azoth::references<&maintainer::id>)
            .column<&package::rating>()
            .column<&package::essential>()
            .column<&package::released>()
            .column<&package::uploaded>()
            .column<&package::reviewed>()
            .column<&package::key>()
            .column<&package::paint>()
            .column<&package::heaviness>();
    }
};
