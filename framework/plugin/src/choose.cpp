#include "choose.hpp"

#include "elsewhere.hpp"
#include "other_names.hpp"

#include <azoth/base/near_names.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace azoth::detail {
namespace {

using plugins = std::vector<const found_plugin*>;

template <class Test>
plugins those(const plugins& of, Test test) {
    plugins out;
    std::ranges::copy_if(of, std::back_inserter(out), [&](const found_plugin* p) { return test(*p); });
    return out;
}

bool is_usable(const found_plugin& p) { return p.state == standing::usable; }
bool is_default(const found_plugin& p) { return p.facts.metadata.is_default_driver; }

std::vector<std::string> schemes(const plugins& of) {
    std::vector<std::string> out;
    for (const auto* p : of) out.push_back(p->pair());
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

choice fail(errc problem, std::string reason) { return {nullptr, problem, std::move(reason)}; }

std::string remedy(const plugins& usable) {
    return usable.empty() ? "" : fmt::format("; usable drivers: {}", fmt::join(schemes(usable), ", "));
}

/// The one that answers is refused: its own reason. Several: all their reasons.
choice refuse(const plugins& refused, const plugins& usable) {
    const errc problem = refused.front()->facts.problem;
    const bool all_alike = std::ranges::all_of(refused, [&](const found_plugin* p) { return p->facts.problem == problem; });
    std::vector<std::string> reasons;
    for (const auto* p : refused) {
        // A conflict's reason names its files already, and is the same for all of them.
        std::string reason = p->state == standing::conflicting
                                 ? p->facts.reason
                                 : fmt::format("the plugin {} cannot be used: {}", p->where(), p->facts.reason);
        if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
    }
    return fail(all_alike ? problem : errc::plugin_not_found, fmt::format("{}{}", fmt::join(reasons, "; "), remedy(usable)));
}

choice choose_default(const plugins& usable, const plugins& refused, std::string_view name) {
    const plugins defaults = those(usable, is_default);
    if (!defaults.empty()) {
        if (defaults.size() > 1 && defaults[0]->step == defaults[1]->step)
            return fail(errc::plugin_conflict,
                        fmt::format("{} and {} both call themselves the default driver: write {}+{} or {}+{}, or remove one of them",
                                    defaults[0]->where(), defaults[1]->where(), name, defaults[0]->driver, name, defaults[1]->driver));
        return {defaults.front()};
    }
    // A default that is there and cannot be used is not replaced in silence.
    if (const plugins broken = those(refused, is_default); !broken.empty()) return refuse(broken, usable);
    if (usable.size() == 1) return {usable.front()};
    if (usable.empty()) return refuse(refused, usable);
    return fail(errc::plugin_not_found,
                fmt::format("no driver of \"{}\" calls itself the default: write one of {}", name, fmt::join(schemes(usable), ", ")));
}

choice choose_driver(const plugins& usable, const plugins& refused, std::string_view name, std::string_view driver) {
    const auto has_driver = [&](const found_plugin& p) { return p.driver == driver; };
    if (const plugins fitting = those(usable, has_driver); !fitting.empty()) return {fitting.front()};
    if (const plugins broken = those(refused, has_driver); !broken.empty()) return refuse(broken, {});
    std::vector<std::string> drivers;
    for (const auto* p : usable) drivers.push_back(p->driver);
    return fail(errc::plugin_not_found, fmt::format("no plugin offers the driver \"{}\" for \"{}\"{}{}", driver, name,
                                                    did_you_mean(driver, drivers), remedy(usable)));
}

choice two_meanings(std::string_view alias, const found_plugin& one, const found_plugin& other) {
    return fail(errc::plugin_conflict, fmt::format("\"{}\" is an alias of {} ({}) and of {} ({}): write the one that is meant", alias,
                                                   one.dialect, one.where(), other.dialect, other.where()));
}

choice nobody(const survey& found, const plugins& all, std::string_view name) {
    std::vector<std::string> known;
    for (const auto* p : all) {
        if (!p->dialect.empty()) known.push_back(p->dialect);
        known.insert(known.end(), p->facts.metadata.aliases.begin(), p->facts.metadata.aliases.end());
    }
    return fail(errc::plugin_not_found,
                fmt::format("no plugin offers the dialect \"{}\"{}{}", name, suggest_dialect(name, known), plugins_elsewhere(name, found)));
}

}  // namespace

choice choose(const survey& found, std::string_view scheme) {
    const std::size_t plus = std::min(scheme.find('+'), scheme.size());
    const std::string_view name = scheme.substr(0, plus);
    const std::string_view driver = scheme.substr(std::min(plus + 1, scheme.size()));
    plugins all;
    for (const auto& p : found.plugins)
        if (p.state != standing::hidden) all.push_back(&p);

    // A dialect's own name goes before another's alias, but for a driver that only the other has.
    const auto named = [&](std::string_view dialect) { return those(all, [=](const found_plugin& p) { return p.dialect == dialect; }); };
    const auto is_alias = [&](const found_plugin& p) {
        return std::ranges::find(p.facts.metadata.aliases, name) != p.facts.metadata.aliases.end();
    };
    plugins fitting = named(name);
    const auto has_driver = [&](const found_plugin* p) { return p->driver == driver; };
    const bool is_foreign = !fitting.empty() && !driver.empty() && std::ranges::none_of(fitting, has_driver);
    if (fitting.empty() || (is_foreign && std::ranges::any_of(all, [&](auto* p) { return is_alias(*p) && has_driver(p); }))) {
        const plugins aliased = those(all, [&](const found_plugin& p) { return is_alias(p) && (!is_foreign || has_driver(&p)); });
        const auto other = std::ranges::find_if(aliased, [&](const found_plugin* p) { return p->dialect != aliased.front()->dialect; });
        if (other != aliased.end()) return two_meanings(name, *aliased.front(), **other);
        if (!aliased.empty()) fitting = named(aliased.front()->dialect);
    }
    if (fitting.empty()) return nobody(found, all, name);
    const plugins usable = those(fitting, is_usable);
    const plugins refused = those(fitting, [](const found_plugin& p) { return !is_usable(p); });
    return driver.empty() ? choose_default(usable, refused, name) : choose_driver(usable, refused, name, driver);
}

}  // namespace azoth::detail
