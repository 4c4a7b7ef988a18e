#pragma once

#include "steps.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <string>
#include <tuple>

/// A small table with what aggregates, windows and orders tell apart: NULLs, ties, wide decimals, bits, days with gaps between.
namespace azoth::conformance {

struct sale {
    std::int64_t id{};
    std::string region{};
    std::optional<std::string> product{};
    std::int32_t amount{};
    decimal price{};
    std::optional<double> rating{};
    bool paid{};
    std::int64_t flags{};
    date sold_on{};
    local_timestamp sold_at{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::sale> {
    static azoth::table_map<azoth::conformance::sale> map() {
        using azoth::conformance::sale;
        return azoth::table_map<sale>(azoth::conformance::mapped_name("sale"))
            .column<&sale::id>(azoth::primary_key, azoth::not_generated)
            .column<&sale::region>(azoth::string(20))
            .column<&sale::product>(azoth::string(20))
            .column<&sale::amount>()
            .column<&sale::price>(azoth::numeric(18, 4))
            .column<&sale::rating>()
            .column<&sale::paid>()
            .column<&sale::flags>()
            .column<&sale::sold_on>()
            .column<&sale::sold_at>();
    }
};

namespace azoth::conformance::sales {

inline constexpr auto id = col<&sale::id>;
inline constexpr auto region = col<&sale::region>;
inline constexpr auto product = col<&sale::product>;
inline constexpr auto amount = col<&sale::amount>;
inline constexpr auto price = col<&sale::price>;
inline constexpr auto rating = col<&sale::rating>;
inline constexpr auto paid = col<&sale::paid>;
inline constexpr auto flags = col<&sale::flags>;
inline constexpr auto sold_on = col<&sale::sold_on>;
inline constexpr auto sold_at = col<&sale::sold_at>;

inline date day(unsigned month, unsigned d) { return date{std::chrono::year{2026} / std::chrono::month{month} / std::chrono::day{d}}; }

inline std::vector<sale> all() {
    const auto at = [](date d, int minutes) {
        return local_timestamp{std::chrono::local_days{d}.time_since_epoch() + std::chrono::minutes{minutes}};
    };
    std::vector<sale> made{
        {1, "north", "apple", 5, decimal{15'000, 4}, 4.0, true, 7, day(1, 1), {}},
        {2, "north", "pear", 3, decimal{22'500, 4}, {}, false, 6, day(1, 2), {}},
        {3, "south", "apple", 5, decimal{17'500, 4}, 2.5, true, 12, day(1, 2), {}},
        {4, "south", {}, 2, decimal{100'000, 4}, 3.5, true, 4, day(1, 5), {}},
        {5, "north", "apple", 1, decimal{5'000, 4}, 5.0, false, 5, day(1, 9), {}},
        {6, "west", "fig", 7, decimal{999'999, 4}, {}, true, -1, day(1, 10), {}},
        {7, "south", "pear", 5, decimal{22'500, 4}, 1.0, false, 3, day(1, 10), {}},
        {8, "west", {}, 7, decimal{30'000, 4}, 4.0, true, 8, day(2, 1), {}},
    };
    for (sale& s : made) s.sold_at = at(s.sold_on, static_cast<int>(s.id) * 20);
    return made;
}

/// The table with its rows, and a connection.
inline connection stocked(context& on) {
    on.make_table<sale>();
    on.engine().begin([](connection& c) { c.execute(insert<sale>(), all()); });
    return on.connect();
}

inline std::string shown(const std::string& v) { return v; }
inline std::string shown(bool v) { return v ? "yes" : "no"; }
inline std::string shown(double v) { return fmt::format("{:.10g}", v); }
inline std::string shown(const decimal& v) { return to_string(v.normalized()); }
inline std::string shown(const date& v) { return fmt::format("{}-{}", static_cast<unsigned>(v.month()), static_cast<unsigned>(v.day())); }
inline std::string shown(const nlohmann::json& v) { return v.dump(); }
template <std::integral T>
std::string shown(T v) {
    return fmt::format("{}", v);
}
template <class T>
std::string shown(const std::vector<T>& v);
template <class T>
std::string shown(const std::optional<T>& v) {
    return v ? shown(*v) : "-";
}
template <class T>
std::string shown(const std::vector<T>& v) {
    std::string all;
    for (const auto& e : v) all += (all.empty() ? "" : ",") + shown(T{e});
    return "[" + all + "]";
}

/// The rows as text: "north 9, south 12".
template <class S>
std::string told(connection& by, const S& query) {
    std::string rows;
    for (const auto& row : by.execute(query)) {
        if (!rows.empty()) rows += ", ";
        bool first = true;
        std::apply([&](const auto&... field) { (((rows += (first ? "" : " ") + shown(field)), first = false), ...); }, row);
    }
    return rows;
}

}  // namespace azoth::conformance::sales
