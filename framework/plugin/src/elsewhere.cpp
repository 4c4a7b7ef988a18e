#include "elsewhere.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace azoth::detail {
namespace {

namespace fs = std::filesystem;
using paths = std::vector<fs::path>;

/// Entries of a folder; none where it cannot be read.
paths entries_of(const fs::path& folder) {
    paths out;
    std::error_code failed;
    for (fs::directory_iterator at{folder, failed}, end; !failed && at != end; at.increment(failed)) out.push_back(at->path());
    std::ranges::sort(out);
    return out;
}

/// Where others than this libazoth look, or where people put plugins by mistake.
paths likely_folders() {
    std::error_code failed;
    paths out{fs::current_path(failed)};
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (!failed) out.insert(out.end(), {program.parent_path(), program.parent_path().parent_path() / "lib"});
    const char* libraries = ::secure_getenv("LD_LIBRARY_PATH");
    for (std::string_view left = libraries ? libraries : ""; !left.empty();) {
        const std::string_view word = left.substr(0, left.find(':'));
        left.remove_prefix(std::min(left.size(), word.size() + 1));
        out.emplace_back(word);
    }
    for (const fs::path top : {"/usr/lib", "/usr/local/lib"}) {
        out.push_back(top / "azoth/dialects");
        for (const auto& below : entries_of(top)) out.push_back(below / "azoth/dialects");  // multiarch
    }
    return out;
}

}  // namespace

std::string plugins_elsewhere(std::string_view dialect, const survey& searched) {
    const std::string start = fmt::format("azoth-dialect-{}-", dialect);
    std::error_code unknown;
    paths seen;
    for (const auto& step : searched.steps) seen.push_back(fs::weakly_canonical(step.place, unknown));
    std::vector<std::string> found;
    for (const auto& folder : likely_folders()) {
        const fs::path real = fs::canonical(folder, unknown);
        if (unknown || std::ranges::find(seen, real) != seen.end()) continue;
        seen.push_back(real);
        for (const auto& file : entries_of(real)) {
            const std::string name = file.filename().string();
            if (name.starts_with(start) && name.ends_with(".so")) found.push_back(file.string());
        }
    }
    if (found.empty()) return {};
    return fmt::format("; there is {}, in a folder that is not searched: name the folder in AZOTH_PLUGIN_PATH, or install the plugin",
                       fmt::join(found, ", "));
}

}  // namespace azoth::detail
