// Who may share C++ objects with whom: versions of the interface, and compilers.
#include <catch2/catch.hpp>

#include "loader.hpp"
#include "note_reader.hpp"
#include "plugin_files.hpp"
#include "refusal.hpp"
#include "search.hpp"

#include <azoth/base/error.hpp>
#include <azoth/driver/plugin_note.hpp>
#include <azoth/driver/waiter.hpp>
#include <azoth/plugin/registry.hpp>

#include <vector>

using namespace azoth;
using namespace plugin_files;

namespace {

std::string refusal_of(detail::spi_number plugin, detail::spi_number framework) {
    plugin_metadata metadata;
    metadata.spi_major = plugin.major;
    metadata.spi_minor = plugin.minor;
    metadata.toolchain = detail::toolchain_fingerprint().view();
    try {
        detail::require_compatible(metadata, framework);
    } catch (const detail::refusal& r) {
        CHECK(r.problem == errc::plugin_spi);
        return r.reason;
    }
    return {};
}

/// A connection through a plugin does what connections do: a query, the database's error and a typed one of the driver's.
void works(const dialect& plugin) {
    const url nowhere = url::parse("other://");
    const auto connection = plugin.connect({.target = nowhere, .wait = blocking_waiter()});
    const auto rows = connection->execute("SELECT 42", {}, {});
    REQUIRE(rows->columns().size() == 1);
    CHECK(rows->columns()[0].name == "answer");
    cell row;
    REQUIRE(rows->fetch({&row, 1}, 1) == 1);
    CHECK(row.chars_view() == "SELECT 42");
    CHECK(rows->fetch({&row, 1}, 1) == 0);

    try {
        connection->execute("FAIL", {}, {});
        FAIL("nothing was thrown");
    } catch (const native_error& e) {
        CHECK(e.message() == "the database's own words");
        CHECK(plugin.classify(e).constraint == "one_only");
    }
    try {
        connection->execute("REFUSE", {}, {});
        FAIL("nothing was thrown");
    } catch (const unique_violation& e) {
        CHECK(e.constraint() == "one_only");
    }
}

}  // namespace

TEST_CASE("an older minor version loads; a newer one and every other major version are refused with both versions and the remedy") {
    CHECK(refusal_of({5, 3}, {5, 3}).empty());
    CHECK(refusal_of({5, 0}, {5, 3}).empty());
    const std::string newer_minor = refusal_of({5, 4}, {5, 3});
    CHECK_THAT(newer_minor, Catch::Contains("version 5.4") && Catch::Contains("has 5.3") && Catch::Contains("install a newer libazoth"));
    const std::string newer_major = refusal_of({6, 0}, {5, 3});
    CHECK_THAT(newer_major, Catch::Contains("version 6.0") && Catch::Contains("has 5.3") && Catch::Contains("install a newer libazoth"));
    const std::string older_major = refusal_of({4, 9}, {5, 3});
    CHECK_THAT(older_major, Catch::Contains("version 4.9") && Catch::Contains("has 5.3") && Catch::Contains("or rebuild it"));
}

TEST_CASE("a plugin of an older minor version works, and claims nothing that it does not know of") {
    const temporary_folder own;
    const auto file = put("older_minor", own.path(), "older-minor");
    // This framework as its next minor version would be.
    const detail::spi_number next{spi_major, spi_minor + 1};
    const std::vector<detail::static_plugin> linked_in;
    const std::vector<fs::path> files{file};
    const std::vector<fs::path> folders;
    const auto found = detail::search({linked_in, files, folders, detail::current_account(), next});
    REQUIRE(found.plugins.front().facts.path == file);
    INFO(found.plugins.front().facts.reason);
    REQUIRE(found.plugins.front().state == detail::standing::usable);
    const auto plugin = detail::load_dialect(file, found.plugins.front().facts.metadata);
    works(*plugin);

    const url nowhere = url::parse("other://");
    const auto connection = plugin->connect({.target = nowhere, .wait = blocking_waiter()});
    profile server;
    connection->server_profile(server);
    CHECK(server.server_version == "1.0");
    CHECK(server.can.savepoints);
    CHECK(server.can.window_frames);
    CHECK(server.can.schema.added_columns);
    CHECK(server.folds_table_names);
    CHECK_FALSE(server.can.schema.restarted_identities);
    CHECK_FALSE(server.folds_column_names);
}

TEST_CASE("what both sides hold is as large as it was when the major version began") {
    // A change here is a new major version: plugins that were built before have the sizes of then.
#if defined(__x86_64__) && defined(_GLIBCXX_USE_CXX11_ABI) && !defined(_GLIBCXX_DEBUG)
    CHECK(spi_major == 5);
    CHECK(sizeof(profile) == 464);
    CHECK(sizeof(capabilities) == 240);
    CHECK(sizeof(schema_capabilities) == 55);
    CHECK(sizeof(cell) == 24);
    CHECK(sizeof(column_info) == 72);
    CHECK(sizeof(dialect_info) == 96);
    CHECK(sizeof(url_option) == 88);
    CHECK(sizeof(error_class) == 112);
    CHECK(sizeof(native_error) == 112);
    CHECK(sizeof(execute_options) == 24);
    CHECK(sizeof(transaction_options) == 80);
    CHECK(sizeof(batch_item) == 32);
#endif
}

TEST_CASE("a plugin of the other compiler is refused by its fingerprint") {
    if (!fs::exists(built("other_compiler"))) {
        WARN("skipped: there is no other compiler");
        return;
    }
    const temporary_folder own;
    put("other_compiler", own.path(), "other-compiler");
    dialect_registry registry;
    registry.add_folder(own.path());
#ifdef __clang__
    const char* difference = "compiler gcc (libazoth: clang)";
#else
    const char* difference = "compiler clang (libazoth: gcc)";
#endif
    CHECK_THROWS_WITH(registry.find("other"), Catch::Contains("plugin-toolchain") && Catch::Contains(difference));
}

TEST_CASE("a plugin of the other compiler would work: it queries, and its errors are caught as what they are") {
    const std::string sanitizer{detail::sanitizer};
    if (!fs::exists(built("other_compiler")) || sanitizer != "none") {
        WARN("skipped: there is no other compiler, or a sanitizer of one of them");
        return;
    }
    const temporary_folder own;
    bytes file = read(built("other_compiler"));
    patch(file, content_at(file) + offsetof(detail::plugin_note_content, toolchain), detail::toolchain_fingerprint());
    write(own.path() / "azoth-dialect-other-compiler.so", file);
    dialect_registry registry;
    registry.add_folder(own.path());
    works(*registry.find("other"));
}
