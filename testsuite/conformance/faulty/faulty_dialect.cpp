// A dialect that does one thing wrong: SQLite's, with the defect that the URL option `defect` names.
#include "faulty_connection.hpp"

#include <azoth/dialect.hpp>

#include <classify.hpp>
#include <connection.hpp>
#include <options.hpp>
#include <profile.hpp>
#include <reflector.hpp>
#include <rules.hpp>

#include <fmt/format.h>

namespace azoth::faulty {
namespace {

constexpr const char* option = "defect";

dialect_info make_info() {
    dialect_info info;
    info.dialect = dialect_name;
    info.driver = driver_name;
    info.options = sqlite::known_options();
    info.options.push_back({option, "what is wrong (default none)", defect_names()});
    info.is_embedded = true;
    info.has_hosts = false;
    return info;
}

sqlite::settings settings_of(const url& target) { return sqlite::read_settings(target.without_option(option)); }

class faulty_dialect final : public dialect {
public:
    [[nodiscard]] const dialect_info& info() const override { return info_; }
    [[nodiscard]] const rule_table& rules() const override { return sqlite::rules(); }
    void default_profile(profile& out) const override {
        sqlite::fill_profile(out, sqlite3_libversion_number(), false);
        out.dialect = dialect_name;
        out.driver = driver_name;
    }
    void check_url(const url& target) const override { (void)settings_of(target); }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<faulty_connection>(std::make_unique<sqlite::connection>(settings_of(args.target), args),
                                                   make_defect(args.target.find_option(option).value_or("none")));
    }
    [[nodiscard]] error_class classify(const native_error& error) const override { return sqlite::classify(error); }
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override {
        return std::make_unique<sqlite::catalogue_reader>(through);
    }
    [[nodiscard]] pool_hint suggested_pool(const url& target) const override {
        const auto s = settings_of(target);
        return s.in_memory && !s.shared_cache ? pool_hint::shared_connection : pool_hint::queue;
    }

private:
    dialect_info info_{make_info()};
};

std::unique_ptr<dialect> make_dialect() { return std::make_unique<faulty_dialect>(); }

}  // namespace
}  // namespace azoth::faulty

AZOTH_PLUGIN(azoth::faulty::make_dialect, .dialect = "faulty", .driver = "planted", .version = "0.1.0", .client_library = "SQLite",
             .is_default_driver = true)
