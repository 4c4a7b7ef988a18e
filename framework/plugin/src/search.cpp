#include "search.hpp"

#include "libazoth_location.hpp"
#include "note_reader.hpp"
#include "refusal.hpp"
#include "settle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace azoth::detail {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view file_start = "azoth-dialect-";
constexpr std::string_view file_end = ".so";

bool is_plugin_file(std::string_view name) {
    return name.size() > file_start.size() + file_end.size() && name.starts_with(file_start) && name.ends_with(file_end);
}

std::string why_not_read(const std::error_code& folder) {
    if (folder == std::errc::no_such_file_or_directory) return "no such folder";
    if (folder == std::errc::not_a_directory) return "it is a file: name its folder";
    if (folder == std::errc::permission_denied) return "this user may not read it: chmod a+rx";
    return folder.message();
}

/// One search: collects into a survey.
class searcher {
public:
    explicit searcher(const search_request& request) : request_{request} {}

    survey run() {
        for (const auto& plugin : request_.linked_in) take_linked_in(plugin);
        if (!request_.files.empty()) {
            const std::size_t step = begin("given as a file", {});
            for (const auto& file : request_.files) take_file(file, step);
        }
        for (const auto& folder : request_.folders) take_folder("folder added in code", folder);
        take_environment();
        take_own_folders();
        settle(found_);
        return std::move(found_);
    }

private:
    std::size_t begin(std::string name, fs::path place) {
        found_.steps.push_back({std::move(name), std::move(place), {}});
        return found_.steps.size() - 1;
    }

    void take_linked_in(const static_plugin& plugin) {
        if (found_.steps.empty()) begin("registered in code", {});
        found_plugin out;
        out.facts.found_in = found_.steps.front().name;
        out.facts.metadata = plugin.metadata;
        out.dialect = plugin.metadata.dialect;
        out.driver = plugin.metadata.driver;
        out.identity = "registered in code: " + out.pair();
        out.linked_in = plugin.factory;
        found_.plugins.push_back(std::move(out));
    }

    void take_file(const fs::path& file, std::size_t step) {
        found_plugin out;
        out.facts.path = file;
        out.facts.found_in = found_.steps[step].name;
        out.step = step;
        std::error_code unknown;
        const fs::path real = fs::canonical(file, unknown);
        out.identity = (unknown ? file : real).string();
        // The same file by another way: it has its place already.
        if (std::ranges::find(found_.plugins, out.identity, &found_plugin::identity) != found_.plugins.end()) return;
        try {
            require_private(file, request_.who);
            out.facts.metadata = read_note(file_bytes{file});
            require_compatible(out.facts.metadata, request_.framework);
        } catch (const refusal& r) {
            out.state = standing::refused;
            out.facts.problem = r.problem;
            out.facts.reason = r.reason;
        }
        out.dialect = out.facts.metadata.dialect;
        out.driver = out.facts.metadata.driver;
        if (out.dialect.empty()) take_names_from_file(out);
        found_.plugins.push_back(std::move(out));
    }

    static void take_names_from_file(found_plugin& out) {
        std::string name = out.facts.path.filename().string();
        if (!is_plugin_file(name)) return;
        name = name.substr(file_start.size(), name.size() - file_start.size() - file_end.size());
        const std::size_t dash = std::min(name.find('-'), name.size());
        out.dialect = name.substr(0, dash);
        out.driver = name.substr(std::min(dash + 1, name.size()));
    }

    void take_folder(std::string name, const fs::path& folder) {
        const std::size_t step = begin(std::move(name), folder);
        std::vector<fs::path> files;
        std::error_code failed;
        for (fs::directory_iterator at{folder, failed}, end; !failed && at != end; at.increment(failed))
            if (is_plugin_file(at->path().filename().native())) files.push_back(at->path());
        if (failed) found_.steps[step].remark = why_not_read(failed);
        else if (files.empty()) found_.steps[step].remark = "no plugin in it";
        std::ranges::sort(files);
        for (const auto& file : files) take_file(file, step);
    }

    /// Folders with ':' between. A relative one would depend on where the program happens to be started.
    void take_environment() {
        const char* set = ::secure_getenv("AZOTH_PLUGIN_PATH");
        std::string_view left = set ? set : "";
        while (!left.empty()) {
            const std::string_view word = left.substr(0, left.find(':'));
            left.remove_prefix(std::min(left.size(), word.size() + 1));
            if (const fs::path folder{word}; folder.is_absolute()) take_folder("AZOTH_PLUGIN_PATH", folder.lexically_normal());
            else if (!word.empty()) refuse_relative(folder);
        }
    }

    void refuse_relative(const fs::path& folder) {
        found_plugin out;
        out.step = begin("AZOTH_PLUGIN_PATH", folder);
        found_.steps.back().remark = "refused: it is relative";
        out.state = standing::refused;
        out.identity = "relative: " + folder.string();
        out.facts.path = folder;
        out.facts.found_in = "AZOTH_PLUGIN_PATH";
        out.facts.problem = errc::plugin_permissions;
        out.facts.reason = "AZOTH_PLUGIN_PATH names a relative folder, which depends on where the program is started: write it from / on";
        found_.plugins.push_back(std::move(out));
    }

    void take_own_folders() {
        const fs::path own = libazoth_folder();
        if (own.empty()) {
            found_.steps[begin("beside libazoth", {})].remark = "the system does not tell where libazoth is";
            return;
        }
        take_folder("beside libazoth", own);
        take_folder("installed dialects", (own / AZOTH_PLUGIN_SUBFOLDER).lexically_normal());
    }

    const search_request& request_;
    survey found_{};
};

}  // namespace

survey search(const search_request& request) { return searcher{request}.run(); }

}  // namespace azoth::detail
