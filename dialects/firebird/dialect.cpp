#include "connection.hpp"

namespace azoth::firebird {
namespace {

class firebird_dialect final : public dialect {
public:
    [[nodiscard]] const dialect_info& info() const override {
        static const dialect_info firebird{
            .dialect = "firebird", .driver = "fbclient", .options = known_options(), .is_embedded = true, .has_hosts = false};
        return firebird;
    }
    [[nodiscard]] const rule_table& rules() const override { return firebird::rules(); }
    void default_profile(profile& out) const override { fill_profile(out); }
    void check_url(const url& target) const override { (void)read_settings(target); }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<connection>(read_settings(args.target), args);
    }
    [[nodiscard]] error_class classify(const native_error& error) const override { return firebird::classify(error); }
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override { return firebird::make_reflector(through); }
};

std::unique_ptr<dialect> make_dialect() { return std::make_unique<firebird_dialect>(); }

}  // namespace
}  // namespace azoth::firebird

AZOTH_PLUGIN(azoth::firebird::make_dialect, .dialect = "firebird", .driver = "fbclient", .version = "0.1.0",
             .client_library = "libfbclient 3", .is_default_driver = true)
