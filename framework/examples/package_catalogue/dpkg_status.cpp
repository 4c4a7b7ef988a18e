#include "dpkg_status.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

namespace dpkg {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// The non-empty pieces between separators, without blanks around them.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        if (const auto piece = trimmed(text.substr(begin, end - begin)); !piece.empty()) pieces.push_back(piece);
        begin = end + 1;
    }
    return pieces;
}

alternative parse_alternative(std::string_view text) {
    alternative a;
    if (const auto open = text.find('('); open != std::string_view::npos) {
        const auto close = std::min(text.find(')', open), text.size());
        a.versions = std::string{trimmed(text.substr(open + 1, close - open - 1))};
    }
    const std::string_view name = text.substr(0, text.find_first_of(" (:["));  // ":any" and "[amd64]" are about architectures
    a.name = std::string{name};
    return a;
}

/// One paragraph: field names and their text, continuation lines kept.
using paragraph = std::map<std::string, std::string, std::less<>>;

std::string field(const paragraph& p, std::string_view name) {
    const auto found = p.find(name);
    return found == p.end() ? std::string{} : std::string{trimmed(found->second)};
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t n = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return n;
}

/// "Jane Doe <jane@example.org>"
void set_maintainer(package& p, const std::string& text) {
    const auto open = text.rfind('<');
    const auto close = text.rfind('>');
    if (open == std::string::npos || close == std::string::npos || close < open) {
        p.maintainer_name = text;
        return;
    }
    p.maintainer_name = std::string{trimmed(std::string_view{text}.substr(0, open))};
    p.maintainer_email = text.substr(open + 1, close - open - 1);
}

package make_package(const paragraph& from) {
    package p;
    p.name = field(from, "Package");
    p.architecture = field(from, "Architecture");
    p.version = field(from, "Version");
    p.section = field(from, "Section");
    p.installed_kib = number(field(from, "Installed-Size"));
    const std::string description = field(from, "Description");
    p.summary = description.substr(0, description.find('\n'));
    set_maintainer(p, field(from, "Maintainer"));
    p.depends = parse_requirements(field(from, "Depends"));
    p.pre_depends = parse_requirements(field(from, "Pre-Depends"));
    for (const auto& provided : parse_requirements(field(from, "Provides")))
        for (const auto& a : provided) p.provides.push_back(a.name);
    return p;
}

bool is_installed(const paragraph& p) {
    const std::string status = field(p, "Status");
    const auto words = split(status, ' ');
    return words.size() == 3 && words[2] == "installed";
}

}  // namespace

std::vector<requirement> parse_requirements(std::string_view text) {
    std::vector<requirement> all;
    for (const auto clause : split(text, ',')) {
        requirement& r = all.emplace_back();
        for (const auto choice : split(clause, '|')) r.push_back(parse_alternative(choice));
    }
    return all;
}

std::vector<package> read_status(std::istream& in) {
    std::vector<package> packages;
    paragraph current;
    std::string* last = nullptr;
    const auto finish = [&] {
        if (is_installed(current)) packages.push_back(make_package(current));
        current.clear();
        last = nullptr;
    };
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (trimmed(line).empty()) {
            finish();
        } else if (line.front() == ' ' || line.front() == '\t') {
            if (!last) throw std::runtime_error("line " + std::to_string(number) + " continues nothing: this is no dpkg status file");
            last->append("\n").append(line);
        } else {
            const auto colon = line.find(':');
            if (colon == std::string::npos)
                throw std::runtime_error("line " + std::to_string(number) + " has no field: this is no dpkg status file");
            last = &(current[line.substr(0, colon)] = line.substr(colon + 1));
        }
    }
    finish();
    return packages;
}

}  // namespace dpkg
