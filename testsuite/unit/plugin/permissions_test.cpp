#include <catch2/catch.hpp>

#include "permissions.hpp"
#include "plugin_files.hpp"
#include "refusal.hpp"

#include <azoth/base/error.hpp>
#include <azoth/plugin/registry.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <string>

using namespace azoth;
using namespace plugin_files;
using detail::account;
using detail::refusal;

namespace {

/// Empty where the file is private; else the reason.
std::string why_not(const fs::path& file, const account& who) {
    try {
        detail::require_private(file, who);
    } catch (const refusal& r) {
        CHECK(r.problem == errc::plugin_permissions);
        return r.reason;
    }
    return {};
}

void set_mode(const fs::path& path, mode_t mode) { REQUIRE(::chmod(path.c_str(), mode) == 0); }

account me() { return {::geteuid(), true, ::getegid()}; }

/// A folder within a folder, with a plugin in it.
struct scene {
    temporary_folder own{};
    fs::path folder{own.folder("plugins")};
    fs::path file{put("good", folder, "alchemy-gold")};
};

}  // namespace

TEST_CASE("a file and folders that only their owner writes pass") {
    const scene s;
    CHECK(why_not(s.file, me()).empty());
    set_mode(s.file, 0755);
    set_mode(s.folder, 0755);
    CHECK(why_not(s.file, me()).empty());
}

TEST_CASE("a file that everybody can write is refused") {
    const scene s;
    set_mode(s.file, 0646);
    CHECK_THAT(why_not(s.file, me()), Catch::Contains(s.file.string()) && Catch::Contains("0646") && Catch::Contains("everybody"));
}

TEST_CASE("a folder above it that everybody can write is refused, a sticky one passes") {
    const scene s;
    for (const fs::path& folder : {s.folder, s.own.path()}) {
        set_mode(folder, 0777);
        CHECK_THAT(why_not(s.file, me()), Catch::Contains(folder.string() + " (mode 0777)"));
        set_mode(folder, 01777);
        CHECK(why_not(s.file, me()).empty());
        set_mode(folder, 0700);
    }
}

TEST_CASE("what another user put into a sticky folder is refused") {
    const scene s;
    set_mode(s.folder, 01777);
    account who = me();
    if (who.user == 0) REQUIRE(::chown(s.file.c_str(), 54321, static_cast<gid_t>(-1)) == 0);  // root's own pass
    else who.user += 1;
    const std::string reason = why_not(s.file, who);
    CHECK_THAT(reason, Catch::Contains("belongs to the user"));
    CHECK_THAT(reason, Catch::Contains("mode 1777"));
}

TEST_CASE("the group may write where it is the user's own private group") {
    const scene s;
    set_mode(s.file, 0664);
    set_mode(s.folder, 0775);
    const gid_t group = [&] {
        struct stat facts {};
        REQUIRE(::stat(s.file.c_str(), &facts) == 0);
        return facts.st_gid;
    }();
    CHECK(why_not(s.file, {::geteuid(), true, group}).empty());
    CHECK_THAT(why_not(s.file, {::geteuid(), true, group + 1}), Catch::Contains("its group can write the folder"));
    CHECK_THAT(why_not(s.file, {::geteuid(), false, group}), Catch::Contains("mode 0775"));
    set_mode(s.folder, 0755);
    CHECK_THAT(why_not(s.file, {::geteuid(), false, group}), Catch::Contains("its group can write the file") && Catch::Contains("0664"));
}

TEST_CASE("symbolic links are followed: both the link's folders and its target's count") {
    const scene s;
    const fs::path open_folder = s.own.folder("open");
    const fs::path link = open_folder / "azoth-dialect-alchemy-gold.so";
    fs::create_symlink(s.file, link);
    CHECK(why_not(link, me()).empty());
    set_mode(open_folder, 0777);
    CHECK_THAT(why_not(link, me()), Catch::Contains(open_folder.string() + " (mode 0777)"));
    set_mode(open_folder, 0700);
    set_mode(s.folder, 0777);
    CHECK_THAT(why_not(link, me()), Catch::Contains(s.folder.string() + " (mode 0777)"));
    set_mode(s.folder, 0700);

    fs::create_symlink("../plugins", open_folder / "relative");
    CHECK(why_not(open_folder / "relative" / s.file.filename(), me()).empty());
    set_mode(s.file, 0666);
    CHECK_THAT(why_not(open_folder / "relative" / s.file.filename(), me()), Catch::Contains(s.file.string()));
}

TEST_CASE("a link that leads nowhere, or round in circles, is refused") {
    const temporary_folder own;
    const auto refused_as_file = [](const fs::path& path, const std::string& part) {
        try {
            detail::require_private(path, me());
            FAIL("it passed");
        } catch (const refusal& r) {
            CHECK(r.problem == errc::plugin_file);
            CHECK_THAT(r.reason, Catch::Contains(part));
        }
    };
    fs::create_symlink("circle.so", own.path() / "circle.so");
    fs::create_symlink("absent.so", own.path() / "lost.so");
    refused_as_file(own.path() / "circle.so", "too many symbolic links");
    refused_as_file(own.path() / "lost.so", "absent.so");
    refused_as_file(own.path(), "not a regular file");
}

TEST_CASE("the account tells whose group is private") {
    const account who = detail::current_account();
    CHECK(who.user == ::geteuid());
    if (who.user == 0) {  // root's group is root's in every Debian
        CHECK(who.has_private_group);
        CHECK(who.group == 0);
    }
}

TEST_CASE("a look-up refuses what others can write, with path and mode") {
    const scene s;
    const auto refused = [&](const fs::path& culprit, const std::string& mode) {
        dialect_registry registry;
        registry.add_folder(s.folder);
        try {
            registry.find("alchemy");
            FAIL("it was found");
        } catch (const plugin_error& e) {
            CHECK(e.code() == errc::plugin_permissions);
            CHECK_THAT(e.what(), Catch::Contains(culprit.string()) && Catch::Contains(mode));
        }
    };
    set_mode(s.file, 0666);
    refused(s.file, "0666");
    set_mode(s.file, 0644);
    set_mode(s.folder, 0777);
    refused(s.folder, "0777");
    set_mode(s.folder, 01777);
    dialect_registry registry;
    registry.add_folder(s.folder);
    CHECK(registry.find("alchemy")->info().driver == "gold");
}
