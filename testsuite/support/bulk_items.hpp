#pragma once

// Rows for the tests of bulk inserts.
#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// The database gives the keys.
struct item {
    std::int64_t id{};
    std::string name{};
    std::optional<double> weight{};
};
/// They come with their keys.
struct coded {
    std::string code{};
    std::int64_t number{};
};

}  // namespace support

template <>
struct azoth::mapping<support::item> {
    using item = support::item;
    static azoth::table_map<item> map() {
        return azoth::table_map<item>("item")
            .column<&item::id>(azoth::primary_key)
            .column<&item::name>(azoth::unique)
            .column<&item::weight>();
    }
};
template <>
struct azoth::mapping<support::coded> {
    using coded = support::coded;
    static azoth::table_map<coded> map() {
        return azoth::table_map<coded>("coded").column<&coded::code>(azoth::primary_key).column<&coded::number>();
    }
};

namespace support {

/// "item 0", "item 1" ..., a third of them without a weight.
inline std::vector<item> items(int count) {
    std::vector<item> made;
    made.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        made.push_back({.id = 0, .name = "item " + std::to_string(i), .weight = i % 3 == 0 ? std::nullopt : std::optional{i * 0.5}});
    return made;
}

}  // namespace support
