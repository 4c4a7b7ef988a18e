#include <catch2/catch.hpp>

#include <azoth/driver/plugin_note.hpp>

#include <string>

using namespace azoth;

namespace {

constexpr auto note = detail::make_plugin_note({.dialect = "alchemy",
                                                .driver = "gold",
                                                .version = "1.0.0",
                                                .aliases = "a b2",
                                                .client_library = "libgold",
                                                .is_default_driver = true});

}  // namespace

TEST_CASE("a plugin's note is an ELF note with all that its identity says") {
    CHECK(note.name_size == sizeof("AZOTH"));
    CHECK(note.content_size == sizeof note.content);
    CHECK(note.name.view() == "AZOTH");
    CHECK(note.content.magic.view() == detail::plugin_note_magic);
    CHECK(note.content.dialect.view() == "alchemy");
    CHECK(note.content.aliases.view() == "a b2");
    CHECK(note.content.spi_major == spi_major);
    CHECK(note.content.is_default_driver == 1);
}

TEST_CASE("the toolchain's fingerprint names what has to be alike") {
    const std::string toolchain{note.content.toolchain.view()};
    for (const char* name : {"compiler=", " library=", " c++=", " debug-containers=", " sanitizer=", " fmt=", " json="})
        CHECK_THAT(toolchain, Catch::Contains(name));
    CHECK_THAT(toolchain, Catch::Contains("c++=" + std::to_string(__cplusplus)));
    CHECK_THAT(toolchain, !Catch::Contains("= "));
}

TEST_CASE("names of plugins are lower-case words") {
    for (const char* good : {"sqlite", "sqlite3", "my_sql"}) CHECK(detail::is_plugin_name(good));
    for (const char* bad : {"", "3sql", "SQL", "my-sql", "a b", "a+b", "../a", "_a"}) CHECK_FALSE(detail::is_plugin_name(bad));
}
