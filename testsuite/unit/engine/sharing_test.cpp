#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <map>
#include <thread>

// Statements are values that threads share: run it under ThreadSanitizer.

namespace {

const auto by_age = az::select(col<&Owner::name>).where(col<&Owner::age> >= az::param<std::int32_t>("age")).order_by(col<&Owner::id>);

void in_threads(int count, const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
    for (auto& t : threads) t.join();
}

}  // namespace

TEST_CASE("one statement runs in many threads, each with its own values") {
    const database db;
    std::atomic<int> wrong{0};
    in_threads(8, [&](int which) {
        auto c = db.engine.connect();
        for (int i = 0; i < 50; ++i) {
            const bool young = (which + i) % 2 == 0;
            const auto found = c.execute(by_age, {{"age", young ? 30 : 50}}).scalars();
            if (found != (young ? std::vector<std::string>{"Ann", "Cem"} : std::vector<std::string>{"Cem"})) ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("threads build upon one statement without changing it for the others") {
    const database db;
    const auto base = az::select(col<&Owner::name>).order_by(col<&Owner::id>);
    std::atomic<int> wrong{0};
    in_threads(8, [&](int which) {
        auto c = db.engine.connect();
        for (int i = 0; i < 50; ++i) {
            auto mine = base;
            if (which % 2 == 0) mine = std::move(mine).where(col<&Owner::id> == which % 3 + 1);
            const std::size_t expected = which % 2 == 0 ? 1 : 3;
            if (c.scalars(mine).size() != expected) ++wrong;
            if (c.scalars(base).size() != 3) ++wrong;
        }
    });
    CHECK(wrong == 0);
}

TEST_CASE("statements under two translations of schemas are found by many threads") {
    const database db;
    const az::table far{"owner", {az::column("id", az::type_kind::big_integer)}, "far"};
    const auto count = az::select(az::func::count()).select_from(far);
    std::atomic<int> wrong{0};
    in_threads(4, [&](int which) {
        auto c = db.engine.with_options({.schemas = {{"far", which % 2 == 0 ? "main" : ""}}}).connect();
        for (int i = 0; i < 50; ++i)
            if (c.scalar(count) != 3) ++wrong;
    });
    CHECK(wrong == 0);
}
