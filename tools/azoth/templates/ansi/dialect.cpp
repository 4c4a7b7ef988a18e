// Who this dialect is, and what the framework asks it for. One object serves all threads: it has no state.
#include "connection.hpp"

namespace @name@_dialect {
namespace {

class dialect final : public azoth::dialect {
public:
    [[nodiscard]] const azoth::dialect_info& info() const override {
        static const azoth::dialect_info who{
            .dialect = "@name@",
            .driver = "@driver@",
            .options = known_options(),
            .default_port = 0,      // what a URL without a port means
            .is_embedded = false,   // true: the URL names a file, and there is no server
            .has_hosts = true};     // whether a URL may name hosts; false of a database in files, whose URLs are @name@:////absolute/path
        return who;
    }
    [[nodiscard]] const azoth::rule_table& rules() const override { return @name@_dialect::rules(); }
    void default_profile(azoth::profile& out) const override { fill_profile(out); }
    void check_url(const azoth::url& target) const override { (void)read_settings(target); }
    std::unique_ptr<azoth::driver_connection> connect(const azoth::connect_args& args) const override {
        return std::make_unique<connection>(read_settings(args.target), args);
    }
    [[nodiscard]] azoth::error_class classify(const azoth::native_error& error) const override { return @name@_dialect::classify(error); }
    [[nodiscard]] std::unique_ptr<azoth::reflector> make_reflector(azoth::executor& through) const override {
        return @name@_dialect::make_reflector(through);
    }
};

std::unique_ptr<azoth::dialect> make_dialect() { return std::make_unique<dialect>(); }

}  // namespace
}  // namespace @name@_dialect

AZOTH_PLUGIN(@name@_dialect::make_dialect, .dialect = "@name@", .driver = "@driver@", .version = "0.1.0", .is_default_driver = @is_default@)
