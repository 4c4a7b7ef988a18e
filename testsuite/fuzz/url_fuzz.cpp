#include <azoth/base/error.hpp>
#include <azoth/url/url.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

using azoth::url;

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fputs(what, stderr);
    std::abort();
}

bool has(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

/// The print, or the error's message.
std::string said_of(std::string_view text) {
    try {
        return url::parse(text).to_string();
    } catch (const azoth::url_error& e) {
        return e.what();
    }
}

void check_round_trip(const url& u) {
    const std::string text = u.to_string(url::secrets::shown);
    const url read = url::parse(text);
    require(read == u, "parse(print(url)) differs\n");
    require(read.to_string(url::secrets::shown) == text, "the print is not stable\n");
    (void)url::parse(u.to_string());
}

void check_password_hidden(const url& u) {
    constexpr std::string_view password = "hunter2@Correct/Horse";
    const std::string hidden = u.with_password({}).to_string();
    if (has(hidden, "hunter2") || has(hidden, "Horse")) return;
    const std::string masked = u.with_password(std::string{password}).with_option("token", password).to_string();
    require(!has(masked, "hunter2") && !has(masked, "Horse"), "a print shows the password\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    try {
        const url u = url::parse(text);
        check_round_trip(u);
        check_password_hidden(u);
    } catch (const azoth::url_error&) {}
    // As a part of a password, whatever is in it.
    const std::string said = said_of("mysql://ada:HuNtEr" + std::string{text} + "SeCrEt@db:1/shop?a=1");
    if (!has(text, "HuNtEr") && !has(text, "SeCrEt"))
        require(!has(said, "HuNtEr") && !has(said, "SeCrEt"), "a message or print shows a part of a password\n");
    return 0;
}
