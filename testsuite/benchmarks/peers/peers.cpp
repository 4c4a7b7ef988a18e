#include "peers.hpp"

#include <fmt/format.h>

#include <exception>
#include <stdexcept>

namespace bench {
namespace {

[[maybe_unused]] void left_out(const char* name, const char* package) { fmt::print("built without {}: {} is left out\n", package, name); }

}  // namespace

#ifndef AZOTH_WITH_PEERS

std::vector<peer_library> peer_libraries() {
    throw std::runtime_error("built without peers: set AZOTH_BENCHMARK_PEERS, as tools/bench --peers does");
}

#else

std::vector<peer_library> peer_libraries() {
    std::vector<peer_library> all;
#ifdef AZOTH_WITH_SOCI
    all.push_back(soci_peer());
#else
    left_out("SOCI", "libsoci-dev");
#endif
#ifdef AZOTH_WITH_QT
    all.push_back(qt_peer());
#else
    left_out("Qt SQL", "qtbase5-dev");
#endif
#ifdef AZOTH_WITH_PQXX
    all.push_back(pqxx_peer());
#else
    left_out("libpqxx", "libpqxx-dev");
#endif
#ifdef AZOTH_WITH_CONNECTOR
    all.push_back(connector_peer());
#else
    left_out("Connector/C++", "libmysqlcppconn-dev");
#endif
    try {
        all.push_back(sqlalchemy_peer());
    } catch (const std::exception& e) {
        fmt::print("SQLAlchemy is left out: {}\n", e.what());
    }
    return all;
}

#endif

std::vector<open_peer> open_peers(const std::vector<peer_library>& libraries, const azoth::url& address) {
    std::vector<open_peer> made;
    for (const auto& library : libraries) {
        try {
            if (std::shared_ptr<peer_connection> opened = library.open(address)) made.push_back({library.name, std::move(opened)});
        } catch (const std::exception& e) {
            fmt::print("{} is left out on {}: {}\n", library.name, address.dialect(), e.what());
        }
    }
    return made;
}

}  // namespace bench
