// package_objects: package_catalogue once more, by the ORM.
#include "../package_catalogue/dpkg_status.hpp"
#include "load.hpp"
#include "reports.hpp"

#include <azoth/orm.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

constexpr auto usage =
    "usage: package_objects URL [PACKAGE [STATUS-FILE]]\n"
    "\n"
    "As package_catalogue, by sessions and objects: reads dpkg's status file (/var/lib/dpkg/status) into\n"
    "the database that URL names, such as sqlite:///objects.db, and prints what it finds there. The tables\n"
    "maintainer, section, package, provision, requirement and alternative are dropped and made anew.\n"
    "PACKAGE (apt): whose dependencies are shown.\n";

void run(const std::string& url, const std::string& package, const std::string& status_file) {
    std::ifstream in{status_file};
    if (!in) throw std::runtime_error(fmt::format("{} cannot be read: is this a Debian machine?", status_file));
    const auto packages = dpkg::read_status(in);
    const auto engine = azoth::create_engine(url);
    fmt::print("{} packages\nwent into {}\n", load_catalogue(engine, packages), engine.url().to_string());

    azoth::orm::session session{engine};
    print_largest_packages(session);
    print_most_needed(session);
    print_busiest_maintainers(session);
    print_dependency_closure(session, package);
    print_without_section(session, "libs");
}

}  // namespace

int main(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    if (argc < 2 || argc > 4 || first.starts_with('-')) {
        fmt::print(first == "--help" || first == "-h" ? stdout : stderr, usage);
        return first == "--help" || first == "-h" ? 0 : 2;
    }
    try {
        run(first, argc > 2 ? argv[2] : "apt", argc > 3 ? argv[3] : "/var/lib/dpkg/status");
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "package_objects: {}\n", e.what());
        return 1;
    }
}
