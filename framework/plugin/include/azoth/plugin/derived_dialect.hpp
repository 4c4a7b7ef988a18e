#pragma once

#include <azoth/driver/dialect.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth {

/// A dialect that is another one but for what it overrides: of a server that speaks PostgreSQL's protocol and most of its SQL, of a fork
/// of MariaDB. The other dialect's plugin is looked up as any is, and does the work. Nothing of it is compiled in: its fixes arrive with
/// it.
///
///     class cockroach final : public azoth::derived_dialect {
///     public:
///         cockroach() : derived_dialect{"postgresql+libpqxx", "cockroach", "libpqxx"} {}
///     protected:
///         void identify(azoth::profile& found, azoth::driver_connection* server) const override;  // which server is it?
///         void claim(azoth::profile& found) const override { found.can.two_phase = false; }        // what can it do?
///     };
///
/// Identity, claims and reflection (`make_reflector`) are replaced apart. What the base writes and reads by a server's version goes by what
/// the base takes the server for (profile::compatible_version): nobody has to tell it a version that is not true.
class AZOTH_API derived_dialect : public dialect {
public:
    ~derived_dialect() override;

    [[nodiscard]] const dialect_info& info() const override;
    [[nodiscard]] const rule_table& rules() const override;
    void default_profile(profile& out) const override;
    void check_url(const url& target) const override;
    /// Connects the base, which refuses no version here; then asks `identify` and `claim`.
    std::unique_ptr<driver_connection> connect(const connect_args& args) const override;
    [[nodiscard]] error_class classify(const native_error& error) const override;
    [[nodiscard]] std::unique_ptr<reflector> make_reflector(executor& through) const override;
    [[nodiscard]] pool_hint suggested_pool(const url& target) const override;

protected:
    /// `base` as in a URL: "postgresql+libpqxx". The rest is what AZOTH_PLUGIN says. Throws plugin_error where the base is not to be had.
    derived_dialect(std::string_view base, std::string dialect, std::string driver);

    [[nodiscard]] const dialect& base() const noexcept { return *base_; }
    /// For constructors: the base's options, and the base's rules, to be changed.
    [[nodiscard]] dialect_info& own_info() noexcept { return info_; }
    [[nodiscard]] rule_table& own_rules() noexcept { return rules_; }

    /// The URL as the base takes it. The default: as it is.
    [[nodiscard]] virtual url base_url(const url& target) const;
    /// Says which server it is: `server`, `server_version` and `version`, which hold what the base has found. Asks `server`, or, where that
    /// is null, tells the newest server that is supported. The default leaves the base's words.
    virtual void identify(profile& found, driver_connection* server) const;
    /// Takes back and adds to what the base claims, once it is known which server it is. The default leaves it.
    virtual void claim(profile& found) const;

    /// The first cell of what the server answers, as a text: "SELECT version()". Throws as `execute`, operational_error (connect-failed)
    /// where there is no text.
    [[nodiscard]] static std::string ask(driver_connection& server, std::string_view sql);

private:
    void describe(profile& found, driver_connection* server) const;

    std::shared_ptr<const dialect> base_;
    dialect_info info_;
    rule_table rules_;
};

}  // namespace azoth
