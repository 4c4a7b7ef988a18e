#include "story.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace azoth::detail {
namespace {

std::string offer(const plugin_metadata& m) {
    std::vector<std::string> remarks;
    if (!m.version.empty()) remarks.push_back("version " + m.version);
    if (m.is_default_driver) remarks.emplace_back("default driver");
    if (!m.aliases.empty()) remarks.push_back(fmt::format("also called {}", fmt::join(m.aliases, ", ")));
    if (!m.client_library.empty()) remarks.push_back("loads " + m.client_library);
    return fmt::format("offers {}+{}{}{}", m.dialect, m.driver, remarks.empty() ? "" : ": ", fmt::join(remarks, "; "));
}

std::string line_for(const found_plugin& plugin) {
    const std::string place = plugin.facts.path.empty() ? std::string{} : plugin.facts.path.string() + ": ";
    const auto& reason = plugin.facts.reason;
    switch (plugin.state) {
        case standing::hidden: return fmt::format("{}not used: {}", place, reason);
        case standing::usable:
            // A plugin that failed to load keeps its reason, and is tried again.
            if (reason.empty()) return fmt::format("{}{}{}", place, offer(plugin.facts.metadata), plugin.facts.is_loaded ? "; loaded" : "");
            [[fallthrough]];
        default: return fmt::format("{}refused ({}): {}", place, code_name(plugin.facts.problem), reason);
    }
}

}  // namespace

std::string tell(const survey& found) {
    std::string out = "searched, in this order:";
    for (std::size_t i = 0; i < found.steps.size(); ++i) {
        const auto& step = found.steps[i];
        fmt::format_to(std::back_inserter(out), "\n  {}", step.name);
        if (!step.place.empty()) fmt::format_to(std::back_inserter(out), ": {}", step.place.string());
        if (!step.remark.empty()) fmt::format_to(std::back_inserter(out), " ({})", step.remark);
        for (const auto& plugin : found.plugins)
            if (plugin.step == i) fmt::format_to(std::back_inserter(out), "\n    {}", line_for(plugin));
    }
    return out;
}

std::string tell(const survey& found, std::string_view scheme, const choice& outcome) {
    std::string result = outcome.reason;
    if (outcome.plugin) {
        const auto& plugin = *outcome.plugin;
        result = fmt::format("{} is {}, from {}", scheme, plugin.pair(), plugin.where());
        if (!plugin.facts.reason.empty())
            result += fmt::format(", which cannot be used ({}): {}", code_name(plugin.facts.problem), plugin.facts.reason);
    }
    return fmt::format("looking for the dialect \"{}\"\n{}\nresult: {}", scheme, tell(found), result);
}

}  // namespace azoth::detail
