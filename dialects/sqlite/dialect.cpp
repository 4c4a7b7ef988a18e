#include "classify.hpp"
#include "connection.hpp"
#include "options.hpp"
#include "profile.hpp"
#include "reflector.hpp"
#include "rules.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <memory>

namespace azoth::sqlite {
namespace {

constexpr int oldest_library = 3'035'000;  // RETURNING

dialect_info make_info() {
    dialect_info info;
    info.dialect = "sqlite";
    info.driver = "sqlite3";
    info.options = known_options();
    info.is_embedded = true;
    info.has_hosts = false;
    return info;
}

void check_library() {
    if (sqlite3_libversion_number() < oldest_library)
        throw_error(errc::plugin_load,
                    fmt::format("the SQLite library found at run time is {}: install 3.35 or newer", sqlite3_libversion()));
    if (sqlite3_threadsafe() == 0)
        throw_error(errc::plugin_load,
                    "the SQLite library found at run time is built without threads: install one built with SQLITE_THREADSAFE=1 or 2");
}

class sqlite_dialect final : public dialect {
public:
    [[nodiscard]] const dialect_info& info() const override { return info_; }
    [[nodiscard]] const rule_table& rules() const override { return sqlite::rules(); }
    void default_profile(profile& out) const override { fill_profile(out, sqlite3_libversion_number(), false); }
    void check_url(const url& target) const override { (void)read_settings(target); }
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override {
        return std::make_unique<connection>(read_settings(args.target), args);
    }
    [[nodiscard]] error_class classify(const native_error& error) const override { return sqlite::classify(error); }
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override {
        return std::make_unique<catalogue_reader>(through);
    }
    [[nodiscard]] pool_hint suggested_pool(const url& target) const override {
        const settings s = read_settings(target);
        return s.in_memory && !s.shared_cache ? pool_hint::shared_connection : pool_hint::queue;
    }

private:
    dialect_info info_{make_info()};
};

std::unique_ptr<dialect> make_dialect() {
    check_library();
    return std::make_unique<sqlite_dialect>();
}

}  // namespace
}  // namespace azoth::sqlite

AZOTH_PLUGIN(azoth::sqlite::make_dialect, .dialect = "sqlite", .driver = "sqlite3", .version = "0.1.0", .client_library = "SQLite",
             .is_default_driver = true)
