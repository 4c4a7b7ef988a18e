#pragma once

#include "expect.hpp"

#include <azoth/conformance/context.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <tuple>
#include <vector>

namespace azoth::conformance {

struct counting_number {
    std::int32_t n{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::counting_number> {
    using row = azoth::conformance::counting_number;
    static azoth::table_map<row> map() {
        return azoth::table_map<row>(azoth::conformance::mapped_name("counting")).column<&row::n>(azoth::primary_key, azoth::not_generated);
    }
};

namespace azoth::conformance {

/// 150 numbers, and queries that count their combinations: half a second and a minute of work, should nothing end them.
class combinations {
public:
    explicit combinations(context& on) {
        on.make_table<counting_number>();
        std::vector<counting_number> numbers;
        for (std::int32_t n = 0; n < 150; ++n) numbers.push_back({n});
        on.engine().begin([&](connection& c) { (void)c.execute(insert<counting_number>(), numbers); });
    }
    [[nodiscard]] static auto of_three() {
        const auto [a, b, c] = std::tuple{alias<counting_number>("a"), alias<counting_number>("b"), alias<counting_number>("c")};
        return select(func::count())
            .select_from(a)
            .cross_join(b)
            .cross_join(c)
            .where(a[&counting_number::n] + b[&counting_number::n] + c[&counting_number::n] == 3);
    }
    /// The fourth one of fewer.
    [[nodiscard]] static auto of_four_below(std::int32_t below) {
        const auto [a, b, c, d] =
            std::tuple{alias<counting_number>("a"), alias<counting_number>("b"), alias<counting_number>("c"), alias<counting_number>("d")};
        return select(func::count())
            .select_from(a)
            .cross_join(b)
            .cross_join(c)
            .cross_join(d)
            .where(a[&counting_number::n] + b[&counting_number::n] + c[&counting_number::n] + d[&counting_number::n] == 3)
            .where(d[&counting_number::n] < below);
    }
    [[nodiscard]] static auto of_four() { return of_four_below(150); }
    /// As many rows as nobody reads to the end.
    [[nodiscard]] static auto endless() {
        const auto [a, b, c, d] =
            std::tuple{alias<counting_number>("a"), alias<counting_number>("b"), alias<counting_number>("c"), alias<counting_number>("d")};
        return select(a[&counting_number::n], b[&counting_number::n]).select_from(a).cross_join(b).cross_join(c).cross_join(d);
    }
    /// The connection works after what happened to its last statement.
    static void check_usable(connection& c) {
        c.rollback();
        CHECK(c.scalar(of_three()) == 10);
        c.ping();
        c.commit();
    }
};

}  // namespace azoth::conformance
