#pragma once

#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// What all databases are measured with.
struct Item {
    std::int64_t id{};
    std::string name{};
    double price{};
    std::optional<std::int64_t> stock{};
    std::string note{};
};

/// `count` items; without `keys` the database generates them.
std::vector<Item> make_items(std::size_t count, bool keys = true);

constexpr std::size_t small_table = 10'000;
/// The key of the i-th look-up in the small table: all of them, in no order.
constexpr std::int64_t next_key(std::size_t i) { return static_cast<std::int64_t>(i * 7919 % small_table + 1); }

// Azoth's side of each comparison: nanoseconds for a row. Each is one transaction on the connection.
double select_ours(azoth::connection& c, std::size_t lookups);
double select_built_anew(azoth::connection& c, std::size_t lookups);
double select_in_batches(azoth::connection& c, std::size_t lookups, std::size_t batch);
double scan_ours(azoth::connection& c, std::size_t rows);
double scan_rows(azoth::connection& c, std::size_t rows);
// These empty the table first, which is not timed.
double insert_ours(azoth::connection& c, const std::vector<Item>& items);
double insert_returning(azoth::connection& c, const std::vector<Item>& items);
double insert_one_by_one(azoth::connection& c, const std::vector<Item>& items);

}  // namespace bench

template <>
struct azoth::mapping<bench::Item> {
    static azoth::table_map<bench::Item> map() {
        using bench::Item;
        return azoth::table_map<Item>("item")
            .column<&Item::id>(azoth::primary_key)
            .column<&Item::name>()
            .column<&Item::price>()
            .column<&Item::stock>()
            .column<&Item::note>();
    }
};
