#pragma once

#include "expect.hpp"

#include <azoth/conformance/context.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Small steps and a table that the cases of several areas share.
namespace azoth::conformance {

/// The rows of a table.
template <class S>
std::int64_t count_of(connection& on, const S& source) {
    return on.scalar(select(func::count()).select_from(source));
}

/// What a statement that needs no table gives: 7.
inline std::int64_t answer(connection& on) { return on.scalar(select(bound(std::int64_t{7}))); }
/// That the connection works, whatever was done with it before.
inline void check_usable(connection& on) { CHECK(answer(on) == 7); }

/// The names of a query's columns as the database tells them: raw SQL has no others.
template <executable S>
std::vector<std::string> names_told(context& on, connection& by, const S& query) {
    auto found = by.execute(text(on.engine().to_sql(query)));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < found.column_count(); ++i) names.push_back(found.column_name(i));
    return names;
}

/// A row of the table that most cases need no more than.
struct item {
    std::int64_t id{};  ///< generated where it is 0
    std::string name{};
    std::optional<std::int64_t> size{};
    friend bool operator==(const item&, const item&) = default;
};

/// Items 1 to `n`: "item 1", of size 10, 20 ...; every third has none.
inline std::vector<item> items(std::int64_t n) {
    std::vector<item> made;
    for (std::int64_t id = 1; id <= n; ++id)
        made.push_back({id, "item " + std::to_string(id), id % 3 == 0 ? std::nullopt : std::optional{id * 10}});
    return made;
}

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::item> {
    static azoth::table_map<azoth::conformance::item> map() {
        using azoth::conformance::item;
        return azoth::table_map<item>(azoth::conformance::mapped_name("item"))
            .column<&item::id>(azoth::primary_key)
            .column<&item::name>(azoth::string(200))
            .column<&item::size>();
    }
};

namespace azoth::conformance {

/// The table of items with `n` rows, committed, and a connection that has done nothing yet.
inline connection stocked(context& on, std::int64_t n) {
    on.make_table<item>();
    if (n > 0) on.engine().begin([&](connection& c) { c.execute(insert<item>(), items(n)); });
    return on.connect();
}

}  // namespace azoth::conformance
