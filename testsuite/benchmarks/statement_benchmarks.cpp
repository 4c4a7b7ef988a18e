#include "harness.hpp"

#include "engine_core.hpp"

#include <azoth/azoth.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace az = azoth;

namespace bench {

struct Customer {
    std::int64_t id{};
    std::string name{};
    std::string city{};
};
struct Order {
    std::int64_t id{};
    std::int64_t customer_id{};
    std::int64_t total{};
};
struct Line {
    std::int64_t id{};
    std::int64_t order_id{};
    std::string product{};
    std::int32_t quantity{};
};

}  // namespace bench

template <>
struct azoth::mapping<bench::Customer> {
    static azoth::table_map<bench::Customer> map() {
        using bench::Customer;
        return azoth::table_map<Customer>("customer")
            .column<&Customer::id>(azoth::primary_key)
            .column<&Customer::name>()
            .column<&Customer::city>();
    }
};
template <>
struct azoth::mapping<bench::Order> {
    static azoth::table_map<bench::Order> map() {
        using bench::Order;
        return azoth::table_map<Order>("order")
            .column<&Order::id>(azoth::primary_key)
            .column<&Order::customer_id>(azoth::references<&bench::Customer::id>)
            .column<&Order::total>();
    }
};
template <>
struct azoth::mapping<bench::Line> {
    static azoth::table_map<bench::Line> map() {
        using bench::Line;
        return azoth::table_map<Line>("line")
            .column<&Line::id>(azoth::primary_key)
            .column<&Line::order_id>(azoth::references<&bench::Order::id>)
            .column<&Line::product>()
            .column<&Line::quantity>();
    }
};

namespace bench {
namespace {

using az::col;

auto three_tables(std::int64_t total, std::int32_t quantity) {
    return az::select(col<&Customer::name>, col<&Order::total>, col<&Line::product>)
        .join<Order>(col<&Order::customer_id> == col<&Customer::id>)
        .join<Line>(col<&Line::order_id> == col<&Order::id>)
        .where(col<&Customer::city> == "Bern", col<&Order::total> > total, col<&Line::quantity> >= quantity,
               col<&Line::product>.like("a%"));
}

/// The part of an engine that compiles, with the profile of the newest SQLite.
struct compiling {
    compiling() : engine{az::url::parse("sqlite://"), az::dialect_registry::instance().find("sqlite"), {}} {
        az::profile newest;
        engine.sql->default_profile(newest);
        server = &engine.intern(newest);
    }
    az::detail::engine_core engine;
    const az::detail::known_profile* server{};
    az::detail::compilation found{};
};

constexpr std::size_t statements = 20'000;

double build_only() {
    return time_of(statements, [&] {
        for (std::size_t i = 0; i < statements; ++i) keep(three_tables(static_cast<std::int64_t>(i), 3));
    });
}

double build_and_find(compiling& c) {
    return time_of(statements, [&] {
        for (std::size_t i = 0; i < statements; ++i) {
            const auto query = three_tables(static_cast<std::int64_t>(i), 3);
            c.engine.compile(query.node(), *c.server, c.found);
            keep(c.found);
        }
    });
}

double reuse(compiling& c) {
    const auto query = three_tables(5, 3);
    return time_of(statements, [&] {
        for (std::size_t i = 0; i < statements; ++i) {
            c.engine.compile(query.node(), *c.server, c.found);
            keep(c.found);
        }
    });
}

double compile_anew(compiling& c) {
    const auto query = three_tables(5, 3);
    return time_of(statements / 10, [&] {
        for (std::size_t i = 0; i < statements / 10; ++i) keep(az::compiler{c.engine.sql->rules(), c.server->server}.run(*query.node()));
    });
}

}  // namespace

std::vector<benchmark> statement_benchmarks() {
    const auto c = std::make_shared<compiling>();
    return {
        {"statement: 3-table join, 4 filters, built", build_only, {}},
        {"statement: the same, built and found in the cache", [=] { return build_and_find(*c); }, {}, 1000},
        {"statement: the same, reused", [=] { return reuse(*c); }, {}, 100},
        {"statement: the same, compiled without the cache", [=] { return compile_anew(*c); }, {}},
    };
}

}  // namespace bench
