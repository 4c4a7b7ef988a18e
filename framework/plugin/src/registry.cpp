#include <azoth/plugin/registry.hpp>

#include "choose.hpp"
#include "loader.hpp"
#include "refusal.hpp"
#include "search.hpp"
#include "story.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace azoth {

using detail::choice;
using detail::found_plugin;
using detail::refusal;
using detail::survey;

namespace {

/// The time during which a plugin's factory runs.
class making {
public:
    making(std::set<std::string>& all, const std::string& one) : all_{all}, one_{one} {}
    ~making() { all_.erase(one_); }
    making(const making&) = delete;
    making& operator=(const making&) = delete;

private:
    std::set<std::string>& all_;
    const std::string& one_;
};

}  // namespace

struct dialect_registry::state {
    using dialect_ptr = std::shared_ptr<const dialect>;

    /// What was found once, for all later look-ups.
    std::shared_mutex answers_guard;
    std::map<std::string, dialect_ptr, std::less<>> answers;

    /// Searches and loads go one by one. Recursive: a plugin's factory may look another dialect up.
    std::recursive_mutex work_guard;
    std::vector<detail::static_plugin> linked_in;
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> folders;
    std::map<std::string, dialect_ptr> loaded;     ///< by a plugin's identity
    std::map<std::string, refusal> load_failures;  ///< of the last try; by identity
    std::set<std::string> in_making;               ///< whose factories run

    dialect_ptr answer(std::string_view scheme) {
        const std::shared_lock reading{answers_guard};
        const auto found = answers.find(scheme);
        return found == answers.end() ? nullptr : found->second;
    }

    void remember(std::string_view scheme, const dialect_ptr& what) {
        const std::unique_lock writing{answers_guard};
        answers.insert_or_assign(std::string{scheme}, what);
    }

    /// A new place to search may answer otherwise.
    void forget_answers() {
        const std::unique_lock writing{answers_guard};
        answers.clear();
    }

    survey search() {
        survey found = detail::search({linked_in, files, folders, detail::current_account(), {}});
        for (auto& plugin : found.plugins) {
            plugin.facts.is_loaded = loaded.contains(plugin.identity);
            const auto failure = load_failures.find(plugin.identity);
            if (plugin.state != detail::standing::usable || failure == load_failures.end()) continue;
            plugin.facts.problem = failure->second.problem;
            plugin.facts.reason = failure->second.reason;
        }
        return found;
    }

    dialect_ptr load(const found_plugin& plugin) {
        if (const auto known = loaded.find(plugin.identity); known != loaded.end()) return known->second;
        if (!in_making.insert(plugin.identity).second)
            throw refusal{errc::plugin_factory,
                          "it is derived from itself, or from one that is derived from it: name another dialect as its base"};
        const making ended{in_making, plugin.identity};
        try {
            const auto& metadata = plugin.facts.metadata;
            auto made =
                plugin.linked_in ? detail::make_dialect(metadata, plugin.linked_in) : detail::load_dialect(plugin.facts.path, metadata);
            load_failures.erase(plugin.identity);
            return loaded.emplace(plugin.identity, std::move(made)).first->second;
        } catch (const refusal& failure) {
            load_failures.insert_or_assign(plugin.identity, failure);
            throw;
        }
    }
};

namespace {

bool is_traced() {
    const char* set = ::secure_getenv("AZOTH_PLUGIN_TRACE");
    return set && std::string_view{set} == "1";
}

void trace(std::string_view story) {
    while (!story.empty()) {
        const std::string_view line = story.substr(0, story.find('\n'));
        log_to_stderr(log_level::debug, line);
        story.remove_prefix(std::min(story.size(), line.size() + 1));
    }
}

std::filesystem::path absolute(const std::filesystem::path& path, std::string_view what) {
    if (path.empty()) throw_error(errc::invalid_argument, fmt::format("{} needs a path, and it is empty", what));
    return std::filesystem::absolute(path).lexically_normal();
}

/// A search that finds nothing tells all it looked at; a plugin that answers and is refused, its reason.
[[noreturn]] void refuse(const survey& found, const choice& outcome) {
    const bool tell_all = outcome.problem == errc::plugin_not_found;
    throw_error(outcome.problem, tell_all ? fmt::format("{}\n{}", outcome.reason, tell(found)) : outcome.reason);
}

}  // namespace

dialect_registry& dialect_registry::instance() {
    // Never destroyed: engines with static lifetime use their dialects until the very end.
    static dialect_registry& one = *std::make_unique<dialect_registry>().release();
    return one;
}

dialect_registry::dialect_registry() : state_{std::make_unique<state>()} {}
dialect_registry::~dialect_registry() = default;

void dialect_registry::add_plugin(std::filesystem::path file) {
    auto path = absolute(file, "add_plugin");
    const std::scoped_lock working{state_->work_guard};
    state_->files.push_back(std::move(path));
    state_->forget_answers();
}

void dialect_registry::add_folder(std::filesystem::path folder) {
    auto path = absolute(folder, "add_folder");
    const std::scoped_lock working{state_->work_guard};
    state_->folders.push_back(std::move(path));
    state_->forget_answers();
}

void dialect_registry::add_static(const plugin_metadata& metadata, std::unique_ptr<dialect> (*factory)()) {
    if (!factory) throw_error(errc::invalid_argument, "add_static needs a factory, and it is null");
    if (!detail::is_plugin_name(metadata.dialect) || !detail::is_plugin_name(metadata.driver))
        throw_error(errc::invalid_argument,
                    fmt::format("add_static: \"{}+{}\" is no dialect and driver: names are lower-case letters, digits and '_', a "
                                "letter first",
                                metadata.dialect, metadata.driver));
    const std::scoped_lock working{state_->work_guard};
    for (const auto& other : state_->linked_in)
        if (other.metadata.dialect == metadata.dialect && other.metadata.driver == metadata.driver)
            throw_error(errc::plugin_conflict,
                        fmt::format("{}+{} is registered in code already: register it once", metadata.dialect, metadata.driver));
    state_->linked_in.push_back({metadata, factory});
    state_->forget_answers();
}

std::shared_ptr<const dialect> dialect_registry::find(std::string_view scheme) {
    if (auto known = state_->answer(scheme)) return known;
    const std::scoped_lock working{state_->work_guard};
    if (auto known = state_->answer(scheme)) return known;  // another thread was first
    const survey found = state_->search();
    const choice outcome = detail::choose(found, scheme);
    if (is_traced()) trace(detail::tell(found, scheme, outcome));
    if (!outcome.plugin) refuse(found, outcome);
    try {
        auto made = state_->load(*outcome.plugin);
        state_->remember(scheme, made);
        return made;
    } catch (const refusal& failure) {
        if (is_traced())
            trace(fmt::format("result: {} cannot be used ({}): {}", outcome.plugin->where(), code_name(failure.problem), failure.reason));
        throw_error(failure.problem, fmt::format("the plugin {} cannot be used: {}", outcome.plugin->where(), failure.reason));
    }
}

std::vector<plugin_candidate> dialect_registry::candidates() {
    const std::scoped_lock working{state_->work_guard};
    survey found = state_->search();
    std::vector<plugin_candidate> out;
    out.reserve(found.plugins.size());
    for (auto& plugin : found.plugins) out.push_back(std::move(plugin.facts));
    return out;
}

std::string dialect_registry::explain(std::string_view scheme) {
    const std::scoped_lock working{state_->work_guard};
    const survey found = state_->search();
    return detail::tell(found, scheme, detail::choose(found, scheme));
}

}  // namespace azoth
