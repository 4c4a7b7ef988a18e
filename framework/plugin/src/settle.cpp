#include "settle.hpp"

#include <fmt/format.h>

#include <map>

namespace azoth::detail {
namespace {

void mark(found_plugin& plugin, standing state, std::string reason) {
    plugin.state = state;
    plugin.facts.problem = errc::plugin_conflict;
    plugin.facts.reason = std::move(reason);
}

void mark_conflict(found_plugin& one, found_plugin& other) {
    const auto says = [&](const found_plugin& rival) {
        return fmt::format("{} and {} both claim {}: remove one of them", one.where(), other.where(), rival.pair());
    };
    if (one.state == standing::usable) mark(one, standing::conflicting, says(one));
    mark(other, standing::conflicting, says(one));
}

}  // namespace

void settle(survey& found) {
    std::map<std::string, found_plugin*> first;
    for (auto& plugin : found.plugins) {
        if (plugin.state != standing::usable) continue;
        const auto [at, is_first] = first.try_emplace(plugin.pair(), &plugin);
        if (is_first) continue;
        found_plugin& winner = *at->second;
        if (winner.step == plugin.step) mark_conflict(winner, plugin);
        else
            mark(plugin, standing::hidden,
                 fmt::format("{} offers {} too, and is found earlier ({})", winner.where(), plugin.pair(), winner.facts.found_in));
    }
}

}  // namespace azoth::detail
