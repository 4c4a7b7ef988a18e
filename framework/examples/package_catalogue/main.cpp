// package_catalogue: what is installed on this Debian machine, in a database of your choice.
#include "dpkg_status.hpp"
#include "load.hpp"
#include "reports.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

constexpr auto usage =
    "usage: package_catalogue URL [PACKAGE [STATUS-FILE]]\n"
    "\n"
    "Reads dpkg's status file (/var/lib/dpkg/status) into the database that URL names, such as\n"
    "sqlite:///catalogue.db, and prints what it finds there. The tables maintainer, section, package,\n"
    "provision, requirement and alternative are made anew. PACKAGE (apt): whose dependencies are shown.\n";

std::vector<dpkg::package> read_packages(const std::string& file) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error(fmt::format("{} cannot be read: is this a Debian machine?", file));
    return dpkg::read_status(in);
}

void run(const std::string& url, const std::string& package, const std::string& status_file) {
    const auto packages = read_packages(status_file);
    const auto engine = azoth::create_engine(url);

    const auto start = std::chrono::steady_clock::now();
    const LoadedRows rows = load_catalogue(engine, packages);
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    auto connection = engine.connect();
    const auto& server = connection.server_profile();
    fmt::print(
        "{} packages, {} names, {} requirements with {} alternatives, {} maintainers, {} sections\nwent into {} ({} {}) in {:.2f} s\n",
        rows.packages, rows.provisions, rows.requirements, rows.alternatives, rows.maintainers, rows.sections, engine.url().to_string(),
        server.server, server.server_version, took);

    print_largest_packages(connection);
    print_largest_by_section(connection);
    print_most_needed(connection);
    print_busiest_maintainers(connection);
    print_dependency_closure(connection, package);
    print_without_section(connection, "libs");
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
        fmt::print(stderr, "package_catalogue: {}\n", e.what());
        return 1;
    }
}
