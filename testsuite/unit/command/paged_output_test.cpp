// What is longer than the terminal goes to the pager, and nothing else does.
#include <paged_output.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using azoth::command::paged_output;

namespace {

struct shown {
    std::string plain{};
    std::string paged{};
    bool started{};
    bool broken{};
};

shown show(const std::string& pager, int lines) {
    const auto file = std::filesystem::temp_directory_path() / "azoth-paged-output-test";
    std::filesystem::remove(file);
    std::ostringstream plain;
    shown result;
    {
        paged_output paged{plain, pager.empty() ? "" : pager + " > " + file.string(), 5, [&] { result.started = true; }};
        for (int i = 0; i < lines && paged.stream(); ++i) paged.stream() << "line " << i << '\n';
        result.broken = !paged.stream();
    }
    std::ostringstream all;
    if (std::filesystem::exists(file)) all << std::ifstream{file}.rdbuf();
    std::filesystem::remove(file);
    result.plain = plain.str();
    result.paged = all.str();
    return result;
}

}  // namespace

TEST_CASE("pager: short texts stay on the screen") {
    const shown s = show("cat", 4);
    CHECK(s.plain == "line 0\nline 1\nline 2\nline 3\n");
    CHECK_FALSE(s.started);
}

TEST_CASE("pager: long ones are in it from their first line") {
    const shown s = show("cat", 7);
    CHECK(s.plain.empty());
    CHECK(s.paged == "line 0\nline 1\nline 2\nline 3\nline 4\nline 5\nline 6\n");
    CHECK(s.started);
}

TEST_CASE("pager: $PAGER may set variables of its own") {
    setenv("PAGER", "LINES=3 cat -u", 1);
    CHECK(azoth::command::usual_pager() == "LINES=3 cat -u");
    setenv("PAGER", "LINES=3 azoth-no-such-program", 1);
    CHECK(azoth::command::usual_pager().empty());
    unsetenv("PAGER");
}

TEST_CASE("pager: without one everything is written") { CHECK(show("", 7).plain.ends_with("line 6\n")); }

TEST_CASE("pager: one that is left ends the text") { CHECK(show("head -n 1", 10'000'000).broken); }
