#pragma once

#include <azoth/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace orm = azoth::orm;

struct Item;

struct Shelf {
    std::int64_t id{};
    std::string label{};
    orm::many<Item> items{};
};

/// What is removed stays, and says since when it is gone.
struct Item {
    std::int64_t id{};
    std::string name{};
    std::int64_t price_cents{};
    std::optional<azoth::date> gone_since{};
    std::int64_t shelf_id{};
    orm::one<Shelf> shelf{};
};

/// Who did what to an item.
struct Entry {
    std::int64_t id{};
    std::string who{};
    std::string what{};
    std::int64_t item_id{};  ///< no foreign key: the trail outlives the item
};

template <>
struct azoth::mapping<Shelf> {
    static azoth::table_map<Shelf> map() {
        return azoth::table_map<Shelf>("records_shelf")
            .column<&Shelf::id>(azoth::primary_key)
            .column<&Shelf::label>(azoth::string(40))
            .relation<&Shelf::items>(orm::back_populates<&Item::shelf>, orm::order_by<&Item::name>);
    }
};

template <>
struct azoth::mapping<Item> {
    static azoth::table_map<Item> map() {
        return azoth::table_map<Item>("records_item")
            .column<&Item::id>(azoth::primary_key)
            .column<&Item::name>(azoth::string(40))
            .column<&Item::price_cents>()
            .column<&Item::gone_since>()
            .column<&Item::shelf_id>(azoth::references<&Shelf::id>)
            .relation<&Item::shelf>();
    }
};

template <>
struct azoth::mapping<Entry> {
    static azoth::table_map<Entry> map() {
        return azoth::table_map<Entry>("records_entry")
            .column<&Entry::id>(azoth::primary_key)
            .column<&Entry::who>(azoth::string(40))
            .column<&Entry::what>(azoth::string(200))
            .column<&Entry::item_id>();
    }
};
