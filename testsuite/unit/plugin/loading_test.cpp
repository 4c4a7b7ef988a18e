#include <catch2/catch.hpp>

#include "plugin_files.hpp"

#include <azoth/base/error.hpp>
#include <azoth/driver/dialect.hpp>
#include <azoth/driver/plugin_note.hpp>
#include <azoth/plugin/registry.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

using namespace azoth;
using namespace plugin_files;

namespace {

/// Looks a plugin up that cannot be loaded: the error has the code, the path and the words, and the list keeps the reason.
void refuses(std::string_view plugin, std::string_view pair, std::string_view scheme, errc code, const std::vector<std::string>& words) {
    const temporary_folder own;
    const auto file = put(plugin, own.path(), pair);
    dialect_registry registry;
    registry.add_folder(own.path());
    for (int tries = 0; tries < 2; ++tries) {  // a failure is not remembered as something else
        try {
            registry.find(scheme);
            FAIL("it was loaded");
        } catch (const plugin_error& e) {
            CHECK(e.code() == code);
            CHECK_THAT(e.what(), Catch::Contains(file.string()));
            for (const auto& word : words) CHECK_THAT(e.what(), Catch::Contains(word));
        }
    }
    const auto all = registry.candidates();
    const auto listed = std::ranges::find(all, file, &plugin_candidate::path);
    REQUIRE(listed != all.end());
    CHECK(listed->problem == code);
    CHECK_THAT(listed->reason, Catch::Contains(words.front()));
    CHECK_FALSE(listed->is_loaded);
    CHECK_THAT(registry.explain(scheme), Catch::Contains("refused (" + std::string{code_name(code)} + ")"));
}

/// What is written to standard error while it lives.
class captured_stderr {
public:
    captured_stderr() : kept_{::dup(STDERR_FILENO)} {
        const int to = ::open((folder_.path() / "stderr").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        ::dup2(to, STDERR_FILENO);
        ::close(to);
    }
    ~captured_stderr() { restore(); }
    captured_stderr(const captured_stderr&) = delete;
    captured_stderr& operator=(const captured_stderr&) = delete;

    std::string text() {
        restore();
        const bytes all = read(folder_.path() / "stderr");
        return {reinterpret_cast<const char*>(all.data()), all.size()};
    }

private:
    void restore() {
        if (kept_ < 0) return;
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
        kept_ = -1;
    }
    temporary_folder folder_{};
    int kept_;
};

}  // namespace

TEST_CASE("an undefined symbol is told with the loader's reason and the symbol's plain name") {
    refuses("undefined_symbol", "newer-calls", "newer", errc::plugin_load,
            {"undefined symbol: ", "azoth::function_of_a_newer_framework()", "rebuild the plugin"});
}

TEST_CASE("a newer major version is refused by its note, before the loader sees what it lacks") {
    const temporary_folder own;
    bytes file = read(built("undefined_symbol"));
    patch(file, content_at(file) + offsetof(detail::plugin_note_content, spi_major), static_cast<std::uint16_t>(spi_major + 1));
    write(own.path() / "azoth-dialect-newer-calls.so", file);
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK_THROWS_WITH(registry.find("newer"), Catch::Contains("plugin-spi") && !Catch::Contains("undefined symbol"));
}

TEST_CASE("a newer minor version is refused by its note") {
    const temporary_folder own;
    bytes file = read(built("good"));
    patch(file, content_at(file) + offsetof(detail::plugin_note_content, spi_minor), static_cast<std::uint16_t>(spi_minor + 1));
    write(own.path() / "azoth-dialect-alchemy-gold.so", file);
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK_THROWS_WITH(registry.find("alchemy"), Catch::Contains("plugin-spi") && Catch::Contains("install a newer libazoth"));
}

TEST_CASE("a missing client library is told by its name, and disables its own driver only") {
    refuses("missing_client", "lonely-client", "lonely", errc::plugin_load,
            {"libazoth_test_client.so", "cannot open shared object file", "install libazoth_test_client 4"});
    const temporary_folder own;
    put("missing_client", own.path(), "lonely-client");
    put("good", own.path(), "alchemy-gold");
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK_THROWS_AS(registry.find("lonely"), plugin_error);
    CHECK(registry.find("alchemy"));
}

TEST_CASE("a factory that throws is told with its own words") {
    refuses("factory_throws", "throwing-factory", "throwing", errc::plugin_factory, {"the philosopher's stone is missing"});
    refuses("factory_throws_number", "throwing-number", "throwing+number", errc::plugin_factory, {"no std::exception"});
}

TEST_CASE("a factory that returns null is refused") {
    refuses("factory_null", "empty-factory", "empty", errc::plugin_factory, {"returned null"});
}

TEST_CASE("a factory whose dialect is another than its note says is refused") {
    refuses("factory_differs", "differing-factory", "differing", errc::plugin_factory, {"made lead+gold", "differing+factory"});
}

TEST_CASE("a dialect that does not say who it is is refused") {
    class nameless final : public dialect {
        [[nodiscard]] const dialect_info& info() const override { throw std::runtime_error("I forgot"); }
        [[nodiscard]] const rule_table& rules() const override { return ansi_sql_rules(); }
        void default_profile(profile&) const override {}
        std::unique_ptr<driver_connection> connect(const connect_args&) const override { return nullptr; }
        [[nodiscard]] error_class classify(const native_error&) const override { return {}; }
    };
    dialect_registry registry;
    registry.add_static({.dialect = "nameless", .driver = "one"},
                        []() -> std::unique_ptr<dialect> { return std::make_unique<nameless>(); });
    CHECK_THROWS_WITH(registry.find("nameless"), Catch::Contains("plugin-factory") && Catch::Contains("info() threw I forgot"));
}

TEST_CASE("a damaged note is told by its file's name, with the path") {
    const temporary_folder own;
    bytes file = read(built("good"));
    patch_text(file, content_at(file), "WRONGDLC");
    const auto path = write(own.path() / "azoth-dialect-alchemy-gold.so", file);
    const auto other = put("no_note", own.path(), "bare-library");
    dialect_registry registry;
    registry.add_folder(own.path());
    CHECK_THROWS_WITH(registry.find("alchemy"),
                      Catch::Contains("plugin-magic") && Catch::Contains(path.string()) && Catch::Contains("WRONGDLC"));
    CHECK_THROWS_WITH(registry.find("bare"), Catch::Contains("plugin-no-note") && Catch::Contains(other.string()));
}

TEST_CASE("AZOTH_PLUGIN_TRACE tells the story of a look-up on standard error") {
    const temporary_folder own;
    const auto file = put("good", own.path(), "alchemy-gold");
    const auto find = [&] {
        dialect_registry registry;
        registry.add_folder(own.path());
        captured_stderr said;
        registry.find("alchemist");
        return said.text();
    };
    CHECK(find().empty());
    const environment on{"AZOTH_PLUGIN_TRACE", "1"};
    const std::string story = find();
    CHECK_THAT(story, Catch::Contains("azoth: looking for the dialect \"alchemist\"\n"));
    CHECK_THAT(story, Catch::Contains("azoth:   folder added in code: " + own.path().string()));
    CHECK_THAT(story, Catch::Contains("azoth: result: alchemist is alchemy+gold, from " + file.string() + "\n"));
}
