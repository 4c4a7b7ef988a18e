#include <azoth/driver/check_url.hpp>

#include <azoth/base/error.hpp>
#include <azoth/base/near_names.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {
namespace {

std::string scheme_of(const dialect_info& info) { return fmt::format("{}+{}", info.dialect, info.driver); }

[[noreturn]] void refuse_option(const dialect_info& info, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& option : info.options) known.push_back(option.name);
    if (known.empty()) throw_error(errc::url_option, fmt::format("unknown option \"{}\": {} takes no options", name, scheme_of(info)));
    throw_error(errc::url_option, fmt::format("unknown option \"{}\"{}; {} knows {}", name, did_you_mean(name, known), scheme_of(info),
                                              fmt::join(known, ", ")));
}

void check_option(const dialect_info& info, const url::option& given) {
    const auto& [name, value] = given;
    const auto known = std::ranges::find(info.options, name, &url_option::name);
    if (known == info.options.end()) refuse_option(info, name);
    if (known->allowed.empty() || std::ranges::find(known->allowed, value) != known->allowed.end()) return;
    throw_error(errc::url_option, fmt::format("the option \"{}\" does not take \"{}\"{}; it takes {}", name, value,
                                              did_you_mean(value, known->allowed), fmt::join(known->allowed, ", ")));
}

void check_hosts(const dialect_info& info, const url& target) {
    const auto& hosts = target.hosts();
    if (info.is_embedded && !hosts.empty())
        throw_error(errc::url_syntax,
                    fmt::format("{0} opens a file and no host, but the URL names the host \"{1}\": write {2}:///{1}... for a "
                                "relative path, {2}:////... for an absolute one",
                                scheme_of(info), hosts.front().name, target.scheme()));
    if (!info.has_hosts && hosts.size() > 1)
        throw_error(errc::url_syntax, fmt::format("{} takes one host, but the URL names {}: leave one", scheme_of(info), hosts.size()));
}

}  // namespace

void check_url_options(const dialect_info& info, const url& target) {
    check_hosts(info, target);
    for (const auto& option : target.options()) check_option(info, option);
}

}  // namespace azoth
