#include <catch2/catch.hpp>

#include "other_names.hpp"
#include "plugin_files.hpp"
#include "plugins/test_dialect.hpp"

#include <azoth/base/error.hpp>
#include <azoth/plugin/registry.hpp>

#include <dlfcn.h>

#include <algorithm>
#include <thread>

using namespace azoth;
using namespace plugin_files;

namespace {

/// The error that a look-up gives.
plugin_error failure(dialect_registry& registry, std::string_view scheme) {
    try {
        registry.find(scheme);
    } catch (const plugin_error& e) {
        return e;
    }
    throw std::runtime_error(std::string{scheme} + " was found");
}

const plugin_candidate& candidate_for(const std::vector<plugin_candidate>& all, const fs::path& path) {
    const auto found = std::ranges::find(all, path, &plugin_candidate::path);
    if (found == all.end()) throw std::runtime_error("no candidate " + path.string());
    return *found;
}

std::unique_ptr<dialect> make_static() {
    return std::make_unique<test_dialect>(dialect_info{.dialect = "alchemy", .driver = "gold", .default_port = 7});
}

#ifdef AZOTH_TEST_HOLDS_REGISTRY
const fs::path registry_folder = fs::path{AZOTH_BUILD_DIR} / "bin";
#else
const fs::path registry_folder = fs::path{AZOTH_BUILD_DIR} / "lib";
#endif

const plugin_metadata static_gold{.dialect = "alchemy", .driver = "gold", .version = "9", .is_default_driver = true};

/// Two drivers of one dialect in a folder.
struct scene {
    temporary_folder own{};
    fs::path folder{own.folder("plugins")};
    fs::path gold{put("good", folder, "alchemy-gold")};
    fs::path silver{put("second_driver", folder, "alchemy-silver")};
    dialect_registry registry{};
    scene() { registry.add_folder(folder); }
};

}  // namespace

TEST_CASE("a dialect is found by its name, with its driver, and by its aliases, and is always the same") {
    scene s;
    const auto found = s.registry.find("alchemy");
    CHECK(found->info().dialect == "alchemy");
    CHECK(found->info().driver == "gold");  // the default driver
    CHECK(s.registry.find("alchemy+gold") == found);
    CHECK(s.registry.find("alchemist") == found);
    CHECK(s.registry.find("chymistry+gold") == found);
    CHECK(s.registry.find("alchemy+silver")->info().driver == "silver");
    CHECK(s.registry.find("alchemist+silver") == s.registry.find("alchemy+silver"));
}

TEST_CASE("a dialect that is derived from itself is refused") {
    static dialect_registry registry;
    registry.add_static({.dialect = "serpent", .driver = "tail", .version = "1"}, [] {
        (void)registry.find("serpent+tail");
        return std::unique_ptr<dialect>{};
    });
    for (int i = 0; i < 2; ++i) CHECK_THAT(failure(registry, "serpent").what(), Catch::Contains("derived from itself"));
}

TEST_CASE("aliases and default drivers are known without loading") {
    scene s;
    const auto all = s.registry.candidates();
    CHECK(candidate_for(all, s.gold).metadata.aliases.front() == "alchemist");
    CHECK_FALSE(candidate_for(all, s.gold).is_loaded);
    CHECK_THAT(s.registry.explain("alchemist"), Catch::Contains("alchemist is alchemy+gold, from " + s.gold.string()));
    CHECK(::dlopen(s.gold.c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr);

    s.registry.find("alchemy");
    CHECK(candidate_for(s.registry.candidates(), s.gold).is_loaded);
    CHECK_FALSE(candidate_for(s.registry.candidates(), s.silver).is_loaded);
}

TEST_CASE("a loaded library stays when its registry and its dialects are gone") {
    const temporary_folder own;
    const auto file = put("good", own.path(), "alchemy-gold");
    {
        dialect_registry registry;
        registry.add_folder(own.path());
        registry.find("alchemy");
    }
    void* still = ::dlopen(file.c_str(), RTLD_NOW | RTLD_NOLOAD);
    CHECK(still != nullptr);
    if (still) ::dlclose(still);
}

TEST_CASE("an unknown dialect is refused with near names and with every candidate and its reason") {
    scene s;
    const auto bad = write(s.folder / "azoth-dialect-rust-iron.so", std::vector<std::byte>(10));
    const plugin_error e = failure(s.registry, "alchmey");
    CHECK(e.code() == errc::plugin_not_found);
    CHECK_THAT(e.what(), Catch::Contains("\"alchmey\"; did you mean \"alchemy\""));
    CHECK_THAT(e.what(), Catch::Contains(s.gold.string() + ": offers alchemy+gold: version 1.2.3; default driver; also called alchemist, "
                                                           "chymistry; loads libgold 4"));
    CHECK_THAT(e.what(), Catch::Contains(bad.string() + ": refused (plugin-file): it is not an ELF shared library"));
}

TEST_CASE("names that other products use are understood") {
    dialect_registry registry;
    CHECK_THAT(failure(registry, "pgsql").what(), Catch::Contains("did you mean \"postgresql\"?"));
    CHECK_THAT(failure(registry, "pg+libpqxx").what(), Catch::Contains("did you mean \"postgresql\"?"));
    CHECK_THAT(failure(registry, "mysq").what(), Catch::Contains("did you mean \"mysql\"?"));
    CHECK_THAT(failure(registry, "zzzzzz").what(), !Catch::Contains("did you mean"));
}

TEST_CASE("a dialect of Azoth's own that is not installed is told by its package") {
    CHECK(azoth::detail::suggest_dialect("sqlite", {"gold"}) == ": its plugin is not installed (Debian package azoth-dialect-sqlite)");
    CHECK_THAT(azoth::detail::suggest_dialect("mariadb", {}), Catch::Contains("(Debian package azoth-dialect-mysql)"));
    CHECK(azoth::detail::suggest_dialect("zzzzzz", {"gold"}).empty());
}

TEST_CASE("an unknown driver is refused with the drivers that there are") {
    scene s;
    const plugin_error e = failure(s.registry, "alchemy+glod");
    CHECK(e.code() == errc::plugin_not_found);
    CHECK_THAT(e.what(),
               Catch::Contains("\"glod\"") && Catch::Contains("did you mean \"gold\"") && Catch::Contains("alchemy+gold, alchemy+silver"));
}

TEST_CASE("without a default, a lone driver is taken and several are listed") {
    const temporary_folder own;
    put("second_driver", own.path(), "alchemy-silver");
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK(registry.find("alchemy")->info().driver == "silver");

    bytes other = read(built("second_driver"));
    patch_text(other, content_at(other) + offsetof(detail::plugin_note_content, driver), "copper");
    write(own.path() / "azoth-dialect-alchemy-copper.so", other);
    dialect_registry second;
    second.add_folder(own.path());
    CHECK_THAT(failure(second, "alchemy").what(), Catch::Contains("write one of alchemy+copper, alchemy+silver"));
}

TEST_CASE("a default driver that cannot be used is not replaced in silence") {
    scene s;
    bytes foreign = read(s.gold);
    patch(foreign, content_at(foreign) + offsetof(detail::plugin_note_content, spi_major), std::uint16_t{999});
    write(s.gold, foreign);
    const plugin_error e = failure(s.registry, "alchemy");
    CHECK(e.code() == errc::plugin_spi);
    CHECK_THAT(e.what(), Catch::Contains(s.gold.string()) && Catch::Contains("999.0") && Catch::Contains("usable drivers: alchemy+silver"));
    CHECK(s.registry.find("alchemy+silver")->info().driver == "silver");
}

TEST_CASE("two files in one folder that claim one pair are a conflict that names both") {
    scene s;
    const auto copy = put("good", s.folder, "alchemy-copy");
    const plugin_error e = failure(s.registry, "alchemy");
    CHECK(e.code() == errc::plugin_conflict);
    CHECK_THAT(e.what(), Catch::Contains(s.gold.string()) && Catch::Contains(copy.string()) && Catch::Contains("alchemy+gold"));
    CHECK(failure(s.registry, "alchemist+gold").code() == errc::plugin_conflict);
    CHECK(s.registry.find("alchemy+silver")->info().driver == "silver");
    for (const auto& path : {s.gold, copy}) CHECK(candidate_for(s.registry.candidates(), path).problem == errc::plugin_conflict);
}

TEST_CASE("two drivers that both call themselves the default are a conflict that says what to write") {
    scene s;
    bytes other = read(s.silver);
    patch(other, content_at(other) + offsetof(detail::plugin_note_content, is_default_driver), std::uint32_t{1});
    write(s.silver, other);
    const plugin_error e = failure(s.registry, "alchemy");
    CHECK(e.code() == errc::plugin_conflict);
    CHECK_THAT(e.what(), Catch::Contains("alchemy+gold") && Catch::Contains("alchemy+silver") && Catch::Contains("default driver"));
    CHECK(s.registry.find("alchemy+silver"));
}

TEST_CASE("an alias of two dialects is a conflict, a dialect's own name goes first") {
    scene s;
    bytes other = read(s.silver);
    const std::size_t at = content_at(other);
    patch_text(other, at + offsetof(detail::plugin_note_content, dialect), "astrology");
    patch_text(other, at + offsetof(detail::plugin_note_content, aliases), "chymistry alchemy");
    write(s.folder / "azoth-dialect-astrology-silver.so", other);
    CHECK(failure(s.registry, "chymistry").code() == errc::plugin_conflict);
    CHECK(s.registry.find("alchemy")->info().driver == "gold");
}

TEST_CASE("a dialect's name may be another's alias: its URLs can then name the other's driver") {
    scene s;
    bytes other = read(s.silver);
    const std::size_t at = content_at(other);
    patch_text(other, at + offsetof(detail::plugin_note_content, dialect), "astrology");
    patch_text(other, at + offsetof(detail::plugin_note_content, driver), "copper");
    patch_text(other, at + offsetof(detail::plugin_note_content, aliases), "alchemy");
    const fs::path copper = s.folder / "azoth-dialect-astrology-copper.so";
    write(copper, other);
    CHECK(s.registry.find("alchemy")->info().driver == "gold");
    CHECK(s.registry.find("alchemy+silver"));
    CHECK_THAT(failure(s.registry, "alchemy+copper").what(), Catch::Contains(copper.string()));  // found, and not what it says it is
    CHECK_THAT(failure(s.registry, "alchemy+lead").what(), Catch::Contains("no plugin offers the driver \"lead\" for \"alchemy\""));
}

TEST_CASE("what an earlier step finds hides what a later one does, and the list says so") {
    scene s;
    const fs::path later = s.own.folder("later");
    const auto hidden = put("good", later, "alchemy-gold");
    s.registry.add_folder(later);
    s.registry.find("alchemy");
    const auto all = s.registry.candidates();
    CHECK(candidate_for(all, s.gold).is_loaded);
    CHECK_FALSE(candidate_for(all, hidden).is_loaded);
    CHECK_THAT(candidate_for(all, hidden).reason, Catch::Contains(s.gold.string() + " offers alchemy+gold too, and is found earlier"));
    CHECK_THAT(s.registry.explain("alchemy"), Catch::Contains(hidden.string() + ": not used"));
}

TEST_CASE("a refused file does not hide a good one that is found later") {
    scene s;
    write(s.gold, std::vector<std::byte>(100));
    const fs::path later = s.own.folder("later");
    put("good", later, "alchemy-gold");
    s.registry.add_folder(later);
    CHECK(s.registry.find("alchemy+gold")->info().driver == "gold");
}

TEST_CASE("the search goes: files given, folders added, AZOTH_PLUGIN_PATH, beside libazoth, the install folder") {
    scene s;
    const fs::path one = s.own.folder("one");
    const fs::path two = s.own.folder("two");
    const auto first = put("good", one, "alchemy-gold");
    const auto second = put("good", two, "alchemy-gold");
    const fs::path given = write(s.own.path() / "any-name.so", read(built("good")));
    const environment path{"AZOTH_PLUGIN_PATH", one.string() + "::" + two.string() + ":relative/folder:"};
    s.registry.add_plugin(given);
    const auto all = s.registry.candidates();
    std::vector<std::string> steps;
    for (const auto& c : all)
        if (c.metadata.dialect == "alchemy" || c.path == "relative/folder") steps.push_back(c.found_in + " " + c.path.string());
    CHECK(steps == std::vector<std::string>{"given as a file " + given.string(), "folder added in code " + s.gold.string(),
                                            "folder added in code " + s.silver.string(), "AZOTH_PLUGIN_PATH " + first.string(),
                                            "AZOTH_PLUGIN_PATH " + second.string(), "AZOTH_PLUGIN_PATH relative/folder"});
    CHECK(candidate_for(all, "relative/folder").problem == errc::plugin_permissions);
    CHECK_THAT(candidate_for(all, "relative/folder").reason, Catch::Contains("relative"));

    const std::string story = s.registry.explain("alchemy");
    const std::string own = fs::canonical(registry_folder).string();
    const auto beside = story.find("beside libazoth: " + own);
    const auto installed = story.find("installed dialects: " + own + "/azoth/dialects");
    CHECK(story.find("AZOTH_PLUGIN_PATH: relative/folder") < beside);
    CHECK(beside < installed);
    CHECK(installed != std::string::npos);
    CHECK_THAT(story, Catch::Contains("alchemy is alchemy+gold, from " + given.string()));
}

TEST_CASE("the current folder is never searched") {
    const temporary_folder own;
    put("good", own.path(), "alchemy-gold");
    const auto before = fs::current_path();
    fs::current_path(own.path());
    dialect_registry registry;
    const environment path{"AZOTH_PLUGIN_PATH", ":.:"};
    CHECK(failure(registry, "alchemy").code() == errc::plugin_not_found);
    fs::current_path(before);
}

TEST_CASE("a plugin that is installed later is found without a new registry") {
    const temporary_folder own;
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK(failure(registry, "alchemy").code() == errc::plugin_not_found);
    put("good", own.path(), "alchemy-gold");
    CHECK(registry.find("alchemy"));
}

TEST_CASE("dialects registered in code go through the same registry, and win") {
    scene s;
    const auto from_file = s.registry.find("alchemy");
    s.registry.add_static(static_gold, make_static);
    const auto linked_in = s.registry.find("alchemy+gold");
    CHECK(linked_in != from_file);
    CHECK(linked_in->info().default_port == 7);
    CHECK(s.registry.find("alchemy") == linked_in);
    CHECK(s.registry.find("alchemy+silver")->info().driver == "silver");
    CHECK_THAT(candidate_for(s.registry.candidates(), s.gold).reason, Catch::Contains("the program itself offers alchemy+gold too"));
    CHECK(s.registry.candidates().front().found_in == "registered in code");

    CHECK_THROWS_AS(s.registry.add_static(static_gold, make_static), plugin_error);
    CHECK_THROWS_AS(s.registry.add_static(static_gold, nullptr), interface_error);
    CHECK_THROWS_AS(s.registry.add_static({.dialect = "Bad Name", .driver = "x"}, make_static), interface_error);
    CHECK_THROWS_AS(s.registry.add_plugin(""), interface_error);
}

TEST_CASE("many threads that look up at once get one and the same") {
    scene s;
    std::vector<std::shared_ptr<const dialect>> found(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < found.size(); ++i)
            threads.emplace_back([&, i] {
                for (int n = 0; n < 200; ++n) found[i] = s.registry.find(n % 2 == 0 ? "alchemy" : "alchemist");
            });
    }
    for (const auto& f : found) CHECK((f && f == found.front()));
}
