// @Name@: @base@, but for what is overridden here.
#include <azoth/dialect.hpp>

#include <memory>

namespace @name@_dialect {
namespace {

class dialect final : public azoth::derived_dialect {
public:
    /// The other dialect's plugin does the work: @base@ has to be installed where this one is used.
    dialect() : derived_dialect{"@base@", "@name@", "@driver@"} {
        // What is written in other words: own_rules().set(azoth::operation::power, "POWER");
        // What is another port, or a further option of URLs: own_info().default_port = 26257;
    }

protected:
    /// Which server is it? `found` holds what @base@ has read. `server` is null where there is no connection: then tell the newest.
    void identify(azoth::profile& found, azoth::driver_connection* server) const override {
        found.server = "@Name@";
        (void)server;  // if (server) found.server_version = ask(*server, "SELECT version()");
        // found.version = 1'02'03;  the server's own version 1.2.3, whatever it says to clients of @base@
    }
    /// What can it do? Here `found.version` is the server's own.
    void claim(azoth::profile& found) const override {
        (void)found;  // found.can.two_phase = false;
    }
    // How its catalogue is read, where it is not @base@'s:
    //   std::unique_ptr<azoth::reflector> make_reflector(azoth::executor& through) const override;
};

std::unique_ptr<azoth::dialect> make_dialect() { return std::make_unique<dialect>(); }

}  // namespace
}  // namespace @name@_dialect

AZOTH_PLUGIN(@name@_dialect::make_dialect, .dialect = "@name@", .driver = "@driver@", .version = "0.1.0", .is_default_driver = @is_default@)
