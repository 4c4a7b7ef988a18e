#pragma once

#include "steps.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// A table whose key the program gives, and its first rows: for what changes rows.
namespace azoth::conformance {

struct ware {
    std::string code{};
    std::int64_t amount{};
    decimal price{};
    std::optional<std::string> note{};
    friend bool operator==(const ware&, const ware&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::ware> {
    static azoth::table_map<azoth::conformance::ware> map() {
        using azoth::conformance::ware;
        return azoth::table_map<ware>(azoth::conformance::mapped_name("ware"))
            .column<&ware::code>(azoth::string(40), azoth::primary_key)
            .column<&ware::amount>()
            .column<&ware::price>(azoth::numeric(12, 2))
            .column<&ware::note>(azoth::string(40));
    }
};

namespace azoth::conformance {

/// Apples (5, red), pears (2) and plums (3, blue), and a connection that has done nothing yet.
inline connection with_wares(context& on) {
    on.make_table<ware>();
    on.engine().begin([](connection& c) {
        c.execute(insert<ware>(), std::vector<ware>{{"apple", 5, decimal::parse("1.50"), "red"},
                                                    {"pear", 2, decimal::parse("2.25"), {}},
                                                    {"plum", 3, decimal::parse("0.75"), "blue"}});
    });
    return on.connect();
}

}  // namespace azoth::conformance
