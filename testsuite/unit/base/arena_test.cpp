#include <azoth/base/arena.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <new>
#include <random>
#include <string>
#include <vector>

using azoth::arena;

TEST_CASE("arena: what it hands out is aligned, apart and lasting") {
    arena a;
    std::mt19937 random{7};
    std::vector<std::string> wanted;
    std::vector<std::string_view> kept;
    for (int i = 0; i < 5000; ++i) {
        std::string text(random() % (i % 100 == 0 ? 5000 : 40), static_cast<char>('a' + i % 26));
        kept.push_back(a.copy(text));
        wanted.push_back(std::move(text));
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) REQUIRE(kept[i] == wanted[i]);
    for (const std::size_t size : {1u, 7u, 8u, 9u, 16u, 1023u, 1024u, 1025u, 100'000u}) {
        const auto address = reinterpret_cast<std::uintptr_t>(a.allocate(size));
        CHECK(address % 8 == 0);
    }
}

TEST_CASE("arena: counts what it handed out, in steps of eight") {
    arena a;
    CHECK(a.used() == 0);
    a.allocate(1);
    CHECK(a.used() == 8);
    a.allocate(16);
    CHECK(a.used() == 24);
    a.allocate(3000);
    CHECK(a.used() == 3024);
    a.clear();
    CHECK(a.used() == 0);
}

TEST_CASE("arena: after clear the largest block is used again") {
    arena a;
    for (int i = 0; i < 50; ++i) a.allocate(1000);
    a.clear();
    const char* const first = a.allocate(1000);
    a.clear();
    CHECK(a.allocate(1000) == first);
    char* const second = a.allocate(8);
    CHECK(second == first + 1000);
}

TEST_CASE("arena: moving hands the memory over") {
    arena a;
    const auto text = a.copy("the text stays where it is");
    arena b{std::move(a)};
    CHECK(text == "the text stays where it is");
    CHECK(b.used() == 32);
    CHECK(a.used() == 0);  // NOLINT: a moved-from arena is an empty one
    const auto again = a.copy("and the old one works");
    arena c;
    c = std::move(b);
    CHECK(text == "the text stays where it is");
    CHECK(again == "and the old one works");
    CHECK(c.used() == 32);
}

TEST_CASE("arena: nothing, and more than there is") {
    arena a;
    CHECK(a.copy("").data() != nullptr);
    CHECK(a.copy("").empty());
    CHECK(a.used() == 0);
    CHECK_THROWS_AS(a.allocate(std::numeric_limits<std::size_t>::max()), std::bad_alloc);
    CHECK_THROWS_AS(a.allocate(std::numeric_limits<std::size_t>::max() - 6), std::bad_alloc);
    CHECK(a.used() == 0);
    CHECK(a.copy("still usable") == "still usable");
}
