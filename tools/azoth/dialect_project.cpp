#include "dialect_project.hpp"

#include <azoth/azoth.hpp>
#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <utility>

namespace azoth::command {
namespace {

namespace fs = std::filesystem;

/// A dialect that others can be derived from.
struct known_base {
    std::string_view like;
    std::string_view scheme;
    std::string_view driver;
    std::string_view test_url;     ///< behind the scheme; empty: whoever runs the tests has to say
    std::string_view example_url;  ///< ... for people
};
constexpr known_base bases[]{
    {"sqlite", "sqlite+sqlite3", "sqlite3", ":///${CMAKE_CURRENT_BINARY_DIR}/conformance.db", ":////tmp/test.db"},
    {"postgresql", "postgresql+libpqxx", "libpqxx", "", "://user@host/database"},
    {"mysql", "mariadb+libmariadb", "libmariadb", "", "://user@host/database"},
};

using word = std::pair<std::string_view, std::string>;

std::string capitals(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

void require_name(std::string_view what, std::string_view name) {
    constexpr std::size_t longest = 31;  // what a plugin's note holds
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const bool fits = !name.empty() && name.size() <= longest && is_letter(name.front()) &&
                      std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
    if (!fits)
        throw_error(
            errc::invalid_argument,
            fmt::format("a {} cannot be called \"{}\": lower-case letters, digits and _, a letter first, at most {}", what, name, longest));
}

std::string replaced(std::string_view text, std::span<const word> words) {
    std::string made;
    while (!text.empty()) {
        const auto at = text.find('@');
        made += text.substr(0, at);
        if (at == std::string_view::npos) break;
        text.remove_prefix(at);
        const auto found = std::ranges::find_if(
            words, [&](const word& w) { return text.substr(1).starts_with(w.first) && text.substr(1 + w.first.size()).starts_with('@'); });
        if (found == words.end()) {
            made += '@';
            text.remove_prefix(1);
            continue;
        }
        made += found->second;
        text.remove_prefix(found->first.size() + 2);
    }
    return made;
}

/// What cannot lie about in a source tree under its own name.
fs::path path_in_project(std::string_view name) {
    if (name == "gitignore") return ".gitignore";
    if (name == "ci_run") return fs::path{".ci"} / "run";
    return name;
}

}  // namespace

std::vector<project_file> files_of(const dialect_project& wanted) {
    require_name("dialect", wanted.name);
    if (!wanted.driver.empty()) require_name("driver", wanted.driver);
    const auto* base = std::ranges::find(bases, std::string_view{wanted.like}, &known_base::like);
    const bool is_derived = base != std::end(bases);
    std::string title = wanted.name;
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    std::vector<word> words{{"name", wanted.name},
                            {"NAME", capitals(wanted.name)},
                            {"Name", title},
                            {"like", wanted.like},
                            {"is_default", wanted.is_default_driver ? "true" : "false"},
                            {"driver", !wanted.driver.empty() ? wanted.driver
                                       : is_derived           ? std::string{base->driver}
                                                              : "native"}};
    if (is_derived) {
        words.emplace_back("base", base->scheme);
        words.emplace_back("test_url", base->test_url.empty() ? "" : wanted.name + std::string{base->test_url});
        words.emplace_back("example_url", wanted.name + std::string{base->example_url});
    }
    std::vector<project_file> files;
    for (const auto& [path, text] : template_files()) {
        const auto slash = path.find('/');
        const auto folder = path.substr(0, slash);
        if (folder != "both" && folder != (is_derived ? "derived" : "ansi")) continue;
        const fs::path there = path_in_project(path.substr(slash + 1));
        files.push_back({there, replaced(text, words), there.filename() == "run"});
    }
    return files;
}

void write_project(const fs::path& folder, std::span<const project_file> files) {
    std::error_code failed;
    if (fs::exists(folder, failed) && !(fs::is_directory(folder, failed) && fs::is_empty(folder, failed)))
        throw_error(errc::operational, fmt::format("{} is there already: say another folder with --into", folder.string()));
    for (const auto& file : files) {
        const fs::path path = folder / file.path;
        fs::create_directories(path.parent_path(), failed);
        if (failed)
            throw_error(errc::operational, fmt::format("the folder {} cannot be made: {}", path.parent_path().string(), failed.message()));
        std::ofstream out{path, std::ios::binary};
        out << file.text;
        out.close();
        if (!out)
            throw_error(errc::operational, fmt::format("{} cannot be written: {}", path.string(), std::generic_category().message(errno)));
        if (file.is_program)
            fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add, failed);
    }
}

}  // namespace azoth::command
