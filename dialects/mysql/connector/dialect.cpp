#include "connection.hpp"

#include "sql/dialect.hpp"

#include <fmt/format.h>

namespace azoth::mysql::connector {
namespace {

constexpr std::string_view protocol_option = "protocol";

driver_facts facts() {
    driver_facts out;
    out.dialect = "mysql";
    out.driver = "connector";
    out.client_library = library_name();
    out.changes_isolation = true;
    out.streaming = true;  // through a MariaDB; see connection::server_profile
    return out;
}

std::vector<url_option> own_options() {
    return {{std::string{protocol_option},
             "auto (default): values go to a MariaDB as literals, and rows stream; binary: always the library's prepared statements, whose "
             "rows are buffered",
             {"auto", "binary"}}};
}

protocols read_protocol(const url& target) {
    return target.find_option(protocol_option).value_or("auto") == "binary" ? protocols::binary : protocols::automatic;
}

class connector_dialect final : public shared_dialect {
public:
    connector_dialect() : shared_dialect{facts(), own_options()} {}

    void check_url(const url& target) const override {
        if (read_settings(target).ssl_mode == ssl_modes::verify_ca)
            throw_error(
                errc::url_option,
                "the option ssl-mode=verify-ca is not possible: Connector/C++ checks a certificate together with the host's name, so "
                "use verify-full, or the driver libmariadb");
    }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<connection>(read_settings(args.target), driver(), read_protocol(args.target), args);
    }
};

std::unique_ptr<dialect> make_dialect() { return std::make_unique<connector_dialect>(); }

}  // namespace
}  // namespace azoth::mysql::connector

AZOTH_PLUGIN(azoth::mysql::connector::make_dialect, .dialect = "mysql", .driver = "connector", .version = "0.1.0", .aliases = "mariadb",
             .client_library = "MySQL Connector/C++ 1.1", .is_default_driver = true)
