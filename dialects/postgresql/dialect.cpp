#include "classify.hpp"
#include "connection.hpp"
#include "options.hpp"
#include "profile.hpp"
#include "reflector.hpp"
#include "rules.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <memory>

namespace azoth::postgresql {
namespace {

constexpr int oldest_library = 140'000;  // pipelines

dialect_info make_info() {
    dialect_info info;
    info.dialect = "postgresql";
    info.driver = "libpqxx";
    info.options = known_options();
    info.default_port = 5432;
    return info;
}

void check_library() {
    if (PQlibVersion() < oldest_library)
        throw_error(errc::plugin_load, fmt::format("the libpq found at run time is {}: install 14 or newer", PQlibVersion() / 10'000));
    if (PQisthreadsafe() == 0) throw_error(errc::plugin_load, "the libpq found at run time is built without threads: install another");
}

class postgresql_dialect final : public dialect {
public:
    [[nodiscard]] const dialect_info& info() const override { return info_; }
    [[nodiscard]] const rule_table& rules() const override { return postgresql::rules(); }
    void default_profile(profile& out) const override {
        fill_profile(out, {.version = 150'000, .version_text = "15", .max_prepared_transactions = 1});
    }
    void check_url(const url& target) const override { (void)read_settings(target); }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<connection>(read_settings(args.target), args);
    }
    [[nodiscard]] error_class classify(const native_error& error) const override { return postgresql::classify(error); }
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override {
        return std::make_unique<catalogue_reader>(through);
    }

private:
    dialect_info info_{make_info()};
};

std::unique_ptr<dialect> make_dialect() {
    check_library();
    return std::make_unique<postgresql_dialect>();
}

}  // namespace
}  // namespace azoth::postgresql

AZOTH_PLUGIN(azoth::postgresql::make_dialect, .dialect = "postgresql", .driver = "libpqxx", .version = "0.1.0", .aliases = "postgres",
             .client_library = "libpqxx 6.4, libpq", .is_default_driver = true)
