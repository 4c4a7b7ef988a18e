#pragma once

#include "../harness.hpp"
#include "../our_loops.hpp"

#include <azoth/url/url.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// Another library's connection to a database with the table `item`. Each function does one round as ours do, in one transaction and with a
/// statement that is prepared once, and returns nanoseconds for a row. One thread at a time; throws the library's own exceptions.
class peer_connection {
public:
    peer_connection() = default;
    peer_connection(const peer_connection&) = delete;
    peer_connection& operator=(const peer_connection&) = delete;
    virtual ~peer_connection() = default;

    virtual double select(std::size_t lookups) = 0;
    virtual double scan(std::size_t rows) = 0;
    /// Into the table, which is empty; the commit counts.
    virtual double insert(const std::vector<Item>& items) = 0;
    /// Whether `insert` sends many rows at once: of those that do not, fewer rows tell what a row costs on a server.
    [[nodiscard]] virtual bool inserts_in_bulk() const = 0;
};

/// Another ORM on the files of orm_benchmarks.cpp. As above, for an object.
class peer_orm {
public:
    peer_orm() = default;
    peer_orm(const peer_orm&) = delete;
    peer_orm& operator=(const peer_orm&) = delete;
    virtual ~peer_orm() = default;

    virtual double flush(std::size_t objects) = 0;
    virtual double load(std::size_t parents) = 0;
    virtual double get(std::size_t lookups) = 0;
    virtual double hit(std::size_t lookups) = 0;
};

/// Paths of SQLite files.
struct orm_files {
    std::string items{};  ///< an empty table `item` for objects to be written to
    std::string family{};
    std::string lookups{};
};

struct peer_library {
    std::string name{};
    std::function<std::unique_ptr<peer_connection>(const azoth::url&)> open{};  ///< null where it does not know the database
    std::function<std::unique_ptr<peer_orm>(const orm_files&)> open_orm{};      ///< empty: it is no ORM
};

/// Those that were built in and are found; prints a line for each of the others.
std::vector<peer_library> peer_libraries();

struct open_peer {
    std::string name{};
    std::shared_ptr<peer_connection> connection{};
};
/// Those of `libraries` that know the database; prints a line for one that cannot connect.
std::vector<open_peer> open_peers(const std::vector<peer_library>& libraries, const azoth::url& address);

/// What a benchmark has beside it where each peer does `round(connection)`.
template <class F>
std::vector<peer> peers_doing(const std::vector<open_peer>& all, F round) {
    std::vector<peer> made;
    for (const auto& p : all) made.push_back({p.name, [round, c = p.connection] { return round(*c); }});
    return made;
}

// Each in a source of its own.
peer_library soci_peer();
peer_library qt_peer();
peer_library pqxx_peer();
peer_library connector_peer();
peer_library sqlalchemy_peer();  ///< throws where Python or SQLAlchemy is missing

}  // namespace bench
