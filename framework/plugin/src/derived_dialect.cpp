#include <azoth/plugin/derived_dialect.hpp>

#include "derived_connection.hpp"

#include <azoth/plugin/registry.hpp>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace azoth {

derived_dialect::derived_dialect(std::string_view base, std::string dialect, std::string driver)
    : base_{dialect_registry::instance().find(base)}, info_{base_->info()}, rules_{base_->rules()} {
    info_.dialect = std::move(dialect);
    info_.driver = std::move(driver);
}

derived_dialect::~derived_dialect() = default;

const dialect_info& derived_dialect::info() const { return info_; }
const rule_table& derived_dialect::rules() const { return rules_; }
url derived_dialect::base_url(const url& target) const { return target; }
void derived_dialect::check_url(const url& target) const { base_->check_url(base_url(target)); }
error_class derived_dialect::classify(const native_error& error) const { return base_->classify(error); }
std::unique_ptr<reflector> derived_dialect::make_reflector(executor& through) const { return base_->make_reflector(through); }
dialect::pool_hint derived_dialect::suggested_pool(const url& target) const { return base_->suggested_pool(base_url(target)); }
void derived_dialect::identify(profile&, driver_connection*) const {}
void derived_dialect::claim(profile&) const {}

void derived_dialect::default_profile(profile& out) const {
    base_->default_profile(out);
    describe(out, nullptr);
}

std::unique_ptr<driver_connection> derived_dialect::connect(const connect_args& args) const {
    const url target = base_url(args.target);
    auto connected = base_->connect({.target = target,
                                     .wait = args.wait,
                                     .until = args.until,
                                     .log = args.log,
                                     .messages = args.messages,
                                     .control_timeout = args.control_timeout,
                                     .any_version = true});
    profile found;
    connected->server_profile(found);
    describe(found, connected.get());
    return std::make_unique<detail::derived_connection>(std::move(connected), std::move(found));
}

void derived_dialect::describe(profile& found, driver_connection* server) const {
    const std::string compatible_server{found.sql_server()};
    found.compatible_version = found.sql_version();
    found.compatible_server = compatible_server;
    found.dialect = info_.dialect;
    found.driver = info_.driver;
    identify(found, server);
    claim(found);
}

std::string derived_dialect::ask(driver_connection& server, std::string_view sql) {
    const auto rows = server.execute(sql, {}, {});
    std::vector<cell> row(rows->columns().size());
    if (row.empty() || rows->fetch(row, 1) == 0 || row[0].tag != cell_tag::text)
        throw_error(errc::connect_failed, fmt::format("the server answers \"{}\" with no text", sql));
    std::string answer{row[0].chars_view()};
    rows->close();
    return answer;
}

}  // namespace azoth
