#include "connection.hpp"

#include "sql/dialect.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <csignal>
#include <memory>

namespace azoth::mysql {
namespace {

/// The library sets the program's reaction to a broken pipe, once: a reaction of the program's own is put back.
void start_library() {
    struct sigaction before {};
    const bool known = sigaction(SIGPIPE, nullptr, &before) == 0;
    if (mysql_library_init(0, nullptr, nullptr) != 0) throw_error(errc::plugin_load, "MariaDB Connector/C could not be started");
    if (known && before.sa_handler != SIG_DFL) sigaction(SIGPIPE, &before, nullptr);
}

class libmariadb_dialect final : public shared_dialect {
public:
    libmariadb_dialect() : shared_dialect{libmariadb_facts()} {}

    void check_url(const url& target) const override { (void)settings_of(target); }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<connection>(settings_of(args.target), args);
    }

private:
    static settings settings_of(const url& target) {
        settings s = read_settings(target);
        if (s.ssl_mode == ssl_modes::verify_ca)
            throw_error(errc::url_option,
                        "the option ssl-mode=verify-ca is not possible: libmariadb checks a certificate's authority and its "
                        "host name together: use verify-full");
        return s;
    }
};

std::unique_ptr<dialect> make_dialect() {
    start_library();
    return std::make_unique<libmariadb_dialect>();
}

}  // namespace
}  // namespace azoth::mysql

AZOTH_PLUGIN(azoth::mysql::make_dialect, .dialect = "mariadb", .driver = "libmariadb", .version = "0.1.0", .aliases = "mysql",
             .client_library = "MariaDB Connector/C 3.3", .is_default_driver = true)
