#pragma once

#include "classify.hpp"
#include "options.hpp"
#include "profile.hpp"
#include "reflector.hpp"
#include "rules.hpp"

#include <memory>
#include <string>

namespace azoth::mysql {

/// All of a dialect but `connect`: what both drivers have in common.
class shared_dialect : public dialect {
public:
    [[nodiscard]] const dialect_info& info() const override { return info_; }
    [[nodiscard]] const rule_table& rules() const override { return mysql::rules(); }
    void default_profile(profile& out) const override { fill_profile(out, newest_server(info_.dialect), driver_); }
    void check_url(const url& target) const override { (void)read_settings(target); }
    [[nodiscard]] error_class classify(const native_error& error) const override { return mysql::classify(error); }
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override {
        return std::make_unique<catalogue_reader>(through);
    }

protected:
    /// The options that the driver has beside the shared ones.
    explicit shared_dialect(driver_facts driver, std::vector<url_option> more_options = {});
    [[nodiscard]] const driver_facts& driver() const noexcept { return driver_; }

private:
    driver_facts driver_;
    dialect_info info_;
};

}  // namespace azoth::mysql
