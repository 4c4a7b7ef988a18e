#include "library.hpp"

#include <mysql_driver.h>

#include <fmt/format.h>

#include <csignal>

namespace azoth::mysql::connector {
namespace {

/// Of a thread: libmysqlclient keeps something for each that calls it, and wants to be told of its end.
class known_thread {
public:
    explicit known_thread(lib::Driver& driver) : driver_{driver} { driver_.threadInit(); }
    ~known_thread() { driver_.threadEnd(); }
    known_thread(const known_thread&) = delete;
    known_thread& operator=(const known_thread&) = delete;

private:
    lib::Driver& driver_;
};

/// The library that it sits on makes the program ignore SIGPIPE, whatever handler there is.
lib::Driver& make_driver() {
    struct sigaction before {};
    const bool is_known = sigaction(SIGPIPE, nullptr, &before) == 0;
    lib::Driver& driver = *lib::mysql::get_driver_instance();
    if (is_known && before.sa_handler != SIG_DFL) sigaction(SIGPIPE, &before, nullptr);
    return driver;
}

}  // namespace

lib::Driver& library() {
    // The library fills an unguarded map at the first call; a static's initialisation is guarded.
    static lib::Driver& driver = make_driver();
    thread_local const known_thread here{driver};
    return driver;
}

std::string library_name() {
    lib::Driver& driver = library();
    return fmt::format("MySQL Connector/C++ {}.{}.{}", driver.getMajorVersion(), driver.getMinorVersion(), driver.getPatchVersion());
}

void throw_native(const lib::SQLException& e) {
    if (e.getErrorCode() == 0) throw_error(errc::internal, fmt::format("Connector/C++ refuses a call: {}", e.what()));
    throw native_error(e.getErrorCode(), e.what(), e.getSQLState());
}

}  // namespace azoth::mysql::connector
