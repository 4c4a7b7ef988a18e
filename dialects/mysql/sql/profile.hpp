#pragma once

#include "server.hpp"

namespace azoth::mysql {

/// What depends on the driver.
struct driver_facts {
    std::string dialect{};         ///< "mariadb" or "mysql"
    std::string driver{};          ///< "libmariadb" or "connector"
    std::string client_library{};  ///< name and version
    bool streaming{};
    bool cheap_prepare{};
    bool cancel{true};
    bool statement_deadlines{true};
    bool full_reset{true};
    bool waits_through_waiter{};
    bool changes_isolation{};  ///< the library gives each session a level of its own
};

/// What a server can do through a driver.
void fill_profile(profile& out, const server_facts& server, const driver_facts& driver);

/// The newest server that is supported, for compiling without a connection: MariaDB for the dialect "mariadb", MySQL for "mysql".
server_facts newest_server(std::string_view dialect);

}  // namespace azoth::mysql
