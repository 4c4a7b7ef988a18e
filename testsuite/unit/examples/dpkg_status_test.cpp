#include "dpkg_status.hpp"

#include <catch2/catch.hpp>

#include <sstream>

namespace {

std::vector<dpkg::package> read(const std::string& text) {
    std::istringstream in{text};
    return dpkg::read_status(in);
}

constexpr auto two_packages = R"(Package: exim4
Status: install ok installed
Section: mail
Installed-Size: 1850
Maintainer: Exim Maintainers <exim@example.org>
Architecture: all
Version: 4.96-15
Provides: mail-transport-agent, mta (= 4)
Depends: debconf (>= 0.5) | debconf-2.0, libc6:any (>= 2.34),
 exim4-base [amd64]
Pre-Depends: dpkg
Description: metapackage to ease Exim MTA
 A long text
 .
 of several lines

Package: old
Status: deinstall ok config-files
Maintainer: Nobody
Architecture: all
Version: 1
Description: gone

Package: plain
Status: install ok installed
Maintainer: Jane Doe
Architecture: amd64
Version: 1
)";

}  // namespace

TEST_CASE("installed packages are read, others left out") {
    const auto all = read(two_packages);
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "exim4");
    CHECK(all[0].section == "mail");
    CHECK(all[0].installed_kib == 1850);
    CHECK(all[0].maintainer_name == "Exim Maintainers");
    CHECK(all[0].maintainer_email == "exim@example.org");
    CHECK(all[0].summary == "metapackage to ease Exim MTA");
    CHECK(all[0].provides == std::vector<std::string>{"mail-transport-agent", "mta"});
    CHECK(all[1].name == "plain");
    CHECK(all[1].maintainer_name == "Jane Doe");
    CHECK(all[1].maintainer_email.empty());
    CHECK(!all[1].installed_kib);
    CHECK(all[1].depends.empty());
}

TEST_CASE("requirements have alternatives, versions and architectures") {
    const auto all = read(two_packages);
    const auto& depends = all.at(0).depends;
    REQUIRE(depends.size() == 3);
    REQUIRE(depends[0].size() == 2);
    CHECK(depends[0][0].name == "debconf");
    CHECK(depends[0][0].versions == ">= 0.5");
    CHECK(depends[0][1].name == "debconf-2.0");
    CHECK(!depends[0][1].versions);
    CHECK(depends[1][0].name == "libc6");
    CHECK(depends[2][0].name == "exim4-base");
    CHECK(all[0].pre_depends.at(0).at(0).name == "dpkg");
    CHECK(dpkg::parse_requirements("").empty());
    CHECK(dpkg::parse_requirements(" , a,, ").size() == 1);
}

TEST_CASE("what is no status file is refused by its line") {
    CHECK(read("").empty());
    CHECK_THROWS_WITH(read("\n continued"), Catch::Contains("line 2"));
    CHECK_THROWS_WITH(read("Package: a\nno field here\n"), Catch::Contains("line 2"));
}
