#include "parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

void check_scheme_word(std::string_view what, std::string_view word) {
    if (!detail::is_scheme_word(word))
        throw_error(errc::url_syntax,
                    fmt::format("\"{}\" cannot be a {}'s name: use a letter, then letters, digits, \"_\", \"-\" and \".\", "
                                "all in lower case",
                                word, what));
}

auto has_key(std::string_view key) {
    return [key](const url::option& o) { return o.first == key; };
}

// An order in which only the values of one key keep theirs.
std::vector<url::option> sorted(std::vector<url::option> options) {
    std::stable_sort(options.begin(), options.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return options;
}

}  // namespace

std::string url::scheme() const { return driver_.empty() ? dialect_ : dialect_ + '+' + driver_; }

std::optional<std::string> url::find_option(std::string_view key) const {
    const auto found = std::find_if(options_.rbegin(), options_.rend(), has_key(key));
    if (found == options_.rend()) return std::nullopt;
    return found->second;
}

url url::with_dialect(std::string_view dialect, std::string_view driver) const {
    check_scheme_word("dialect", dialect);
    if (!driver.empty()) check_scheme_word("driver", driver);
    url changed = *this;
    changed.dialect_ = dialect;
    changed.driver_ = driver;
    return changed;
}

url url::with_user(std::optional<std::string> user) const {
    if (user) detail::check_text("the user", *user);
    if (user && user->empty()) user.reset();  // a URL cannot tell an empty name from none
    url changed = *this;
    changed.user_ = std::move(user);
    return changed;
}

url url::with_password(std::optional<std::string> password) const {
    if (password) detail::check_text("the password", *password);
    url changed = *this;
    changed.password_ = std::move(password);
    return changed;
}

url url::with_hosts(std::vector<host> hosts) const {
    for (const auto& h : hosts) detail::check_host(h.name, '"' + h.name + '"');
    url changed = *this;
    changed.hosts_ = std::move(hosts);
    return changed;
}

url url::with_host(std::string_view name, std::uint16_t port) const { return with_hosts({{std::string{name}, port}}); }

url url::with_database(std::string_view database) const {
    detail::check_text("the database", database);
    url changed = *this;
    changed.database_ = database;
    return changed;
}

url url::with_option(std::string_view key, std::string_view value) const {
    if (key.empty()) throw_error(errc::url_syntax, "an option's key is empty: name the option");
    detail::check_text("an option's key", key);
    detail::check_text(fmt::format("the option {}", key), value);
    url changed = *this;
    auto& options = changed.options_;
    const auto first = std::find_if(options.begin(), options.end(), has_key(key));
    if (first == options.end()) {
        options.emplace_back(key, value);
    } else {
        first->second = value;
        options.erase(std::remove_if(first + 1, options.end(), has_key(key)), options.end());
    }
    return changed;
}

url url::without_option(std::string_view key) const {
    url changed = *this;
    std::erase_if(changed.options_, has_key(key));
    return changed;
}

bool operator==(const url& a, const url& b) {
    return a.dialect_ == b.dialect_ && a.driver_ == b.driver_ && a.user_ == b.user_ && a.password_ == b.password_ && a.hosts_ == b.hosts_ &&
           a.database_ == b.database_ && sorted(a.options_) == sorted(b.options_);
}

}  // namespace azoth
