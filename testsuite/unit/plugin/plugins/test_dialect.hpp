#pragma once

#include <azoth/dialect.hpp>

#include <memory>
#include <utility>

/// A dialect that can be found and told apart, and does nothing.
class test_dialect final : public azoth::dialect {
public:
    explicit test_dialect(azoth::dialect_info info) : info_{std::move(info)} {}
    [[nodiscard]] const azoth::dialect_info& info() const override { return info_; }
    [[nodiscard]] const azoth::rule_table& rules() const override { return azoth::ansi_sql_rules(); }
    void default_profile(azoth::profile& out) const override { out.dialect = info_.dialect; }
    std::unique_ptr<azoth::driver_connection> connect(const azoth::connect_args&) const override {
        azoth::throw_error(azoth::errc::connect_failed, "there is no database behind the test dialect");
    }
    [[nodiscard]] azoth::error_class classify(const azoth::native_error&) const override { return {}; }

private:
    azoth::dialect_info info_;
};
