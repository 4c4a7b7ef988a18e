// Random statements: two share their SQL only if both would compile to it, with the same binds at the same places.
#include "sharing_property.hpp"
#include "settings.hpp"
#include "shrink.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace properties;

namespace {

constexpr std::uint64_t changes = 6;  // of each statement

choices change(std::uint64_t seed, std::uint64_t statement, std::uint64_t number) {
    return random_choices(~seed, statement * changes + number, change_size);
}

std::string problem_of(sharing_property& property, std::uint64_t seed, std::uint64_t number) {
    constexpr std::size_t bytes = 200;
    const choices statement = used_by_statement(random_choices(seed, number, bytes));
    std::vector<choices> others;
    for (std::uint64_t c = 0; c < changes; ++c) others.push_back(changed(statement, change(seed, number, c)));
    if (property.check(statement, others).empty()) return {};
    const auto fails = [&](const choices& c) { return !check_changed(property, c).empty(); };
    for (std::uint64_t c = 0; c < changes; ++c) {
        choices input = change(seed, number, c);
        input.insert(input.end(), statement.begin(), statement.end());
        if (!fails(input)) continue;
        const choices smallest = shrink(input, fails, 2000);
        return fmt::format("{}\n  bytes: {:02x}", check_changed(property, smallest), fmt::join(smallest, " "));
    }
    return "a statement fails only beside several others";
}

}  // namespace

TEST_CASE("properties: random statements share SQL only where they would compile to it") {
    constexpr std::uint64_t usual = 10'000;
    constexpr std::uint64_t longer = 1'000'000;
    const std::uint64_t seed = chosen_seed();
    sharing_property property;
    const std::uint64_t count = trees_to_try(usual, longer);
    for (std::uint64_t i = 0; i < count; ++i)
        if (const auto problem = problem_of(property, seed, i); !problem.empty()) FAIL("AZOTH_SEED=" << seed << ": " << problem);
    fmt::print("properties: {} pairs of statements, {} of them built otherwise and shared; {} of {} compiled\n", property.pairs(),
               property.shared(), property.compiled(), count * 4);
    CHECK(property.shared() > count / 10);  // else it says little
}
