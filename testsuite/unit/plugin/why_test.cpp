// The commonest failures, each on real files: what one is told names the cause and the remedy.
#include <catch2/catch.hpp>

#include "loader.hpp"
#include "plugin_files.hpp"

#include <azoth/base/error.hpp>
#include <azoth/driver/plugin_note.hpp>
#include <azoth/plugin/registry.hpp>

#include <elf.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <optional>
#include <string>

using namespace azoth;
using namespace plugin_files;
using content = detail::plugin_note_content;

namespace {

const std::string gold = "azoth-dialect-alchemy-gold.so";

/// What `azoth dialects --why NAME` tells: the story, and why the plugin that answers does not load. Nothing where it does.
std::string why(dialect_registry& registry, std::string_view name) {
    const std::string story = registry.explain(name);
    try {
        registry.find(name);
        return {};
    } catch (const plugin_error& e) {
        return story + "\n" + e.what();
    }
}
std::string why_of_folder(const fs::path& folder, std::string_view name) {
    dialect_registry registry;
    registry.add_folder(folder);
    return why(registry, name);
}

/// A folder with a plugin that `spoil` has changed.
std::string why_spoilt(const std::function<void(bytes&)>& spoil) {
    const temporary_folder own;
    bytes file = read(built("good"));
    spoil(file);
    write(own.path() / gold, file);
    return why_of_folder(own.path(), "alchemy");
}

void tells(const std::string& told, const std::vector<std::string>& words) {
    REQUIRE_FALSE(told.empty());
    for (const auto& word : words) CHECK_THAT(told, Catch::Contains(word));
}

/// For its time, the program is nobody's where it was root's.
class as_nobody {
public:
    as_nobody() : was_root_{::geteuid() == 0 && ::seteuid(65534) == 0} {}
    ~as_nobody() {
        if (was_root_) CHECK(::seteuid(0) == 0);
    }
    as_nobody(const as_nobody&) = delete;
    as_nobody& operator=(const as_nobody&) = delete;

private:
    bool was_root_;
};

/// Temporary folders are made where everybody may go: those of a test run may be the owner's alone.
class open_temporary_folders {
public:
    open_temporary_folders() {
        if (const char* said = ::getenv("TMPDIR")) before_ = said;
        ::setenv("TMPDIR", "/tmp", 1);
    }
    ~open_temporary_folders() {
        if (before_) ::setenv("TMPDIR", before_->c_str(), 1);
        else ::unsetenv("TMPDIR");
    }
    open_temporary_folders(const open_temporary_folders&) = delete;
    open_temporary_folders& operator=(const open_temporary_folders&) = delete;

private:
    std::optional<std::string> before_{};
};

class current_folder {
public:
    explicit current_folder(const fs::path& next) : before_{fs::current_path()} { fs::current_path(next); }
    ~current_folder() { fs::current_path(before_); }
    current_folder(const current_folder&) = delete;
    current_folder& operator=(const current_folder&) = delete;

private:
    fs::path before_;
};

}  // namespace

TEST_CASE("why: not found, with near names and all that was looked at") {
    const temporary_folder own;
    put("good", own.path(), "alchemy-gold");
    tells(why_of_folder(own.path(), "alchmey"), {"no plugin offers the dialect \"alchmey\"; did you mean \"alchemy\"?", own.path().string(),
                                                 "beside libazoth", "installed dialects"});
    tells(why_of_folder(own.path() / "absent", "alchemy"), {"(no such folder)"});
    tells(why_of_folder(own.path() / gold, "alchemy"), {"(it is a file: name its folder)"});
}

TEST_CASE("why: it lies in a folder that is not searched") {
    const temporary_folder own;
    const auto file = put("good", own.path(), "alchemy-gold");
    const current_folder here{own.path()};
    dialect_registry registry;
    tells(why(registry, "alchemy"),
          {"there is " + file.string() + ", in a folder that is not searched", "name the folder in AZOTH_PLUGIN_PATH"});
    CHECK_THAT(why(registry, "lead"), !Catch::Contains("there is "));
}

TEST_CASE("why: built for another machine") {
    tells(why_spoilt([](bytes& file) { patch(file, offsetof(Elf64_Ehdr, e_machine), std::uint16_t{EM_S390}); }),
          {"plugin-file", "it was built for another machine: s390x (64 bits", "and this program is for", "install the plugin for"});
    tells(why_spoilt([](bytes& file) {
              patch(file, EI_CLASS, std::uint8_t{ELFCLASS32});
              patch(file, offsetof(Elf64_Ehdr, e_machine), std::uint16_t{EM_386});
          }),
          {"plugin-file", "another machine: i386 (32 bits"});
}

TEST_CASE("why: empty, cut short, or something else under a plugin's name") {
    tells(why_spoilt([](bytes& file) { file.clear(); }), {"plugin-file", "it is empty: install it again"});
    tells(why_spoilt([](bytes& file) { file.resize(2); }), {"plugin-file", "it has 2 bytes: install it again"});
    tells(why_spoilt([](bytes& file) { file.resize(file.size() / 2); }), {"plugin-file", "it is truncated", "install it again"});
    tells(why_spoilt([](bytes& file) { patch_text(file, 0, "#!/bin/sh"); }),
          {"plugin-file", "it is not an ELF shared library", "install it again, or remove it"});
    tells(why_spoilt([](bytes& file) { patch(file, offsetof(Elf64_Ehdr, e_type), std::uint16_t{ET_EXEC}); }),
          {"plugin-file", "but not a shared library"});
}

TEST_CASE("why: a client library is missing, and the Debian package that has it") {
    const temporary_folder own;
    put("missing_client", own.path(), "lonely-client");
    tells(why_of_folder(own.path(), "lonely"),
          {"plugin-load", "libazoth_test_client.so: cannot open shared object file", "install libazoth_test_client 4, which it needs",
           "(on Debian mostly the package libazoth-test-client)"});
    CHECK(detail::debian_package_of("libpq.so.5") == "libpq5");
    CHECK(detail::debian_package_of("libsqlite3.so.0") == "libsqlite3-0");
    CHECK(detail::debian_package_of("libpqxx-6.4.so") == "libpqxx-6.4");
    CHECK(detail::debian_package_of("libmariadb.so.3") == "libmariadb3");
    CHECK(detail::debian_package_of("libmysqlcppconn.so.7") == "libmysqlcppconn7v5");
    CHECK(detail::debian_package_of("libfbclient.so.2") == "libfbclient2");
    CHECK(detail::debian_package_of("ld-linux-x86-64.so.2").empty());
    CHECK(detail::debian_package_of("").empty());
}

TEST_CASE("why: an older and a newer version of the interface") {
    const std::size_t at = content_at(read(built("good")));
    const auto with = [&](int major, int minor) {
        return why_spoilt([&](bytes& file) {
            patch(file, at + offsetof(content, spi_major), static_cast<std::uint16_t>(major));
            patch(file, at + offsetof(content, spi_minor), static_cast<std::uint16_t>(minor));
        });
    };
    const std::string own = "this libazoth has " + std::to_string(spi_major) + "." + std::to_string(spi_minor);
    tells(with(spi_major - 1, 2),
          {"plugin-spi", std::to_string(spi_major - 1) + ".2", own, "install the plugin's release for this libazoth"});
    tells(with(spi_major + 1, 0), {"plugin-spi", std::to_string(spi_major + 1) + ".0", own, "install a newer libazoth"});
    tells(with(spi_major, spi_minor + 1), {"plugin-spi", own, "install a newer libazoth"});
}

TEST_CASE("why: the user may not read the file, or its folder") {
    const open_temporary_folders open;
    const temporary_folder own;
    const auto file = put("good", own.path(), "alchemy-gold");
    fs::permissions(own.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    fs::permissions(file, fs::perms::none);
    dialect_registry by_file;
    by_file.add_plugin(file);
    {
        const as_nobody less;
        tells(why(by_file, "alchemy"), {"plugin-file", "it cannot be read: Permission denied: give the user", "chmod a+r"});
    }
    fs::permissions(own.path(), fs::perms::none);
    {
        const as_nobody less;
        tells(why(by_file, "alchemy"), {"plugin-file", "Permission denied: give the user", "chmod a+x"});
        tells(why_of_folder(own.path(), "alchemy"), {"this user may not read it: chmod a+rx"});
    }
}

TEST_CASE("why: others can write the file") {
    const temporary_folder own;
    const auto file = put("good", own.path(), "alchemy-gold");
    fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
    tells(why_of_folder(own.path(), "alchemy"), {"plugin-permissions", "everybody can write the file", "chmod go-w"});
}

TEST_CASE("why: a library that is no plugin, or has no way in") {
    const temporary_folder own;
    put("no_note", own.path(), "bare-library");
    tells(why_of_folder(own.path(), "bare"), {"plugin-no-note", "it is no dialect of Azoth's", "remove it, or build it with AZOTH_PLUGIN"});
    put("no_entry", own.path(), "closed-door");
    tells(why_of_folder(own.path(), "closed"), {"plugin-load", "it has no entry, AZOTH_PLUGIN writes one"});
}

TEST_CASE("why: built by another toolchain") {
    const temporary_folder own;
    put("debug_containers", own.path(), "alchemy-lead");
    tells(why_of_folder(own.path(), "alchemy"),
          {"plugin-toolchain", "debug-containers on (libazoth: off)", "build it as libazoth was built"});
}

TEST_CASE("why: a symbolic link that leads nowhere") {
    const temporary_folder own;
    fs::create_symlink(own.path() / "gone.so", own.path() / gold);
    tells(why_of_folder(own.path(), "alchemy"), {"plugin-file", (own.path() / "gone.so").string(), "No such file or directory",
                                                 "a symbolic link leads there: install what it names, or remove the link"});
}

TEST_CASE("why: the plugin's own code fails, or wants what is not there") {
    const temporary_folder own;
    put("factory_throws", own.path(), "throwing-factory");
    tells(why_of_folder(own.path(), "throwing+factory"), {"plugin-factory", "the philosopher's stone is missing"});
    put("undefined_symbol", own.path(), "newer-calls");
    tells(why_of_folder(own.path(), "newer"),
          {"plugin-load", "undefined symbol: ", "azoth::function_of_a_newer_framework()", "rebuild the plugin against the libazoth"});
}
