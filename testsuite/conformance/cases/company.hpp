#pragma once

#include "steps.hpp"

/// Two tables that refer to each other's rows: offices, and who works there.
namespace azoth::conformance {

struct office {
    std::int64_t id{};
    std::string city{};
    friend bool operator==(const office&, const office&) = default;
};

struct worker {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> office_id{};
    std::optional<std::int64_t> boss_id{};
    std::int32_t level{};
    std::optional<decimal> pay{};
    friend bool operator==(const worker&, const worker&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::office> {
    static azoth::table_map<azoth::conformance::office> map() {
        using azoth::conformance::office;
        return azoth::table_map<office>(azoth::conformance::mapped_name("office"))
            .column<&office::id>(azoth::primary_key, azoth::not_generated)
            .column<&office::city>(azoth::string(40));
    }
};

template <>
struct azoth::mapping<azoth::conformance::worker> {
    static azoth::table_map<azoth::conformance::worker> map() {
        using azoth::conformance::worker;
        return azoth::table_map<worker>(azoth::conformance::mapped_name("worker"))
            .column<&worker::id>(azoth::primary_key, azoth::not_generated)
            .column<&worker::name>(azoth::string(40))
            .column<&worker::office_id>(azoth::references<&azoth::conformance::office::id>)
            .column<&worker::boss_id>()
            .column<&worker::level>()
            .column<&worker::pay>(azoth::numeric(10, 2));
    }
};

namespace azoth::conformance {

/// Ann leads the north, with Bob under her; Cid, under Ann, is the south; Dee, under Bob, has no office; nobody works in the west.
inline connection staffed(context& on) {
    on.make(metadata_of<office, worker>());
    on.engine().begin([&](connection& c) {
        c.execute(insert<office>(), std::vector<office>{{1, "north"}, {2, "south"}, {3, "west"}});
        c.execute(insert<worker>(), std::vector<worker>{{1, "Ann", 1, std::nullopt, 5, decimal(10000, 2)},
                                                        {2, "Bob", 1, 1, 3, decimal(8050, 2)},
                                                        {3, "Cid", 2, 1, 3, decimal(8050, 2)},
                                                        {4, "Dee", std::nullopt, 2, 1, std::nullopt}});
    });
    return on.connect();
}

inline constexpr auto& office_id = col<&office::id>;
inline constexpr auto& city = col<&office::city>;
inline constexpr auto& worker_id = col<&worker::id>;
inline constexpr auto& name = col<&worker::name>;
inline constexpr auto& office_of = col<&worker::office_id>;
inline constexpr auto& boss_of = col<&worker::boss_id>;
inline constexpr auto& level = col<&worker::level>;
inline constexpr auto& pay = col<&worker::pay>;

using texts = std::vector<std::string>;
using numbers = std::vector<std::int64_t>;

}  // namespace azoth::conformance
