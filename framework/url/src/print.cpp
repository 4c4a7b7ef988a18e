#include "parts.hpp"
#include "percent.hpp"

#include <fmt/format.h>

#include <iterator>

namespace azoth {
namespace {

using detail::percent_encode;

constexpr std::string_view mask = "***";

void print_secret(std::string_view text, url::secrets show, std::string_view kept, std::string& out) {
    if (show == url::secrets::shown) percent_encode(text, kept, out);
    else out += mask;
}

void print_host(const url::host& h, std::string& out) {
    const bool in_brackets = !h.is_socket() && h.name.find(':') != std::string::npos;
    if (in_brackets) out += '[';
    percent_encode(h.name, in_brackets ? ":" : "", out);
    if (in_brackets) out += ']';
    if (h.port != 0) fmt::format_to(std::back_inserter(out), ":{}", h.port);
}

}  // namespace

std::string url::to_string(secrets show) const {
    std::string out = scheme() + "://";
    if (user_) percent_encode(*user_, "", out);
    if (password_) {
        out += ':';
        print_secret(*password_, show, "", out);
    }
    if (user_ || password_) out += '@';
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        if (i > 0) out += ',';
        print_host(hosts_[i], out);
    }
    if (!database_.empty()) {
        out += '/';
        percent_encode(database_, "/:", out);
    }
    for (std::size_t i = 0; i < options_.size(); ++i) {
        const auto& [key, value] = options_[i];
        out += i == 0 ? '?' : '&';
        percent_encode(key, "", out);
        out += '=';
        print_secret(value, detail::is_secret_option(key) ? show : secrets::shown, "/:,", out);
    }
    return out;
}

}  // namespace azoth
