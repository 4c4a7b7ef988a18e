#include "other_names.hpp"

#include <azoth/base/near_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::detail {
namespace {

/// What people call databases elsewhere, and Azoth's names for them.
using naming = std::pair<std::string_view, std::string_view>;
constexpr std::array other_names{
    naming{"postgres", "postgresql"}, naming{"postgre", "postgresql"}, naming{"pgsql", "postgresql"}, naming{"psql", "postgresql"},
    naming{"pg", "postgresql"},       naming{"libpqxx", "postgresql"}, naming{"sqlite3", "sqlite"},   naming{"maria", "mariadb"},
};
/// Dialects that the project itself has or plans: a misspelt one is told even where it is not installed.
constexpr std::array<std::string_view, 4> own_dialects{"sqlite", "postgresql", "mysql", "mariadb"};

bool holds(const std::vector<std::string>& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

std::string best_match(std::string_view wanted, const std::vector<std::string>& installed) {
    const auto other = std::ranges::find(other_names, wanted, &naming::first);
    if (other != other_names.end()) return std::string{other->second};
    if (!near_names(wanted, installed).empty()) return {};
    const std::vector<std::string> own(own_dialects.begin(), own_dialects.end());
    const auto near = near_names(wanted, own);
    return near.empty() ? std::string{} : near.front();
}

}  // namespace

std::string suggest_dialect(std::string_view wanted, std::vector<std::string> known) {
    std::string name = best_match(wanted, known);
    if (name == wanted)  // well spelt, and not there; one package has both of MySQL's and MariaDB's
        return fmt::format(": its plugin is not installed (Debian package azoth-dialect-{})", name == "mariadb" ? "mysql" : name);
    if (name.empty()) return did_you_mean(wanted, known);
    const std::string_view remark = holds(known, name) ? "" : " (no plugin for that is installed either)";
    return fmt::format("; did you mean \"{}\"?{}", name, remark);
}

}  // namespace azoth::detail
