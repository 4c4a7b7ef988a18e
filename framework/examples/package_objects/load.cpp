#include "load.hpp"

#include "model.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace az = azoth;

namespace {

/// The object for a key, made when it is first asked for.
template <class T, class Key, class Make>
const az::ptr<T>& once(std::map<Key, az::ptr<T>>& known, const Key& key, Make&& make) {
    auto& at = known[key];
    if (!at) at = az::make<T>(make());
    return at;
}

void add_requirements(const az::ptr<Package>& package, requirement_kind kind, const std::vector<dpkg::requirement>& all) {
    for (const auto& choices : all) {
        auto requirement = az::make<Requirement>({.kind = kind});
        std::int32_t position = 0;
        for (const auto& choice : choices)
            requirement->alternatives.push_back(
                az::make<Alternative>({.position = ++position, .name = choice.name, .versions = choice.versions}));
        package->requirements.push_back(requirement);
    }
}

}  // namespace

std::size_t load_catalogue(const az::engine& engine, const std::vector<dpkg::package>& packages) {
    const auto tables = az::metadata_of<Maintainer, Section, Package, Provision, Requirement, Alternative>();
    tables.drop_all(engine);
    tables.create_all(engine);

    orm::session session{engine};
    std::map<std::string, az::ptr<Section>> sections;
    std::map<std::pair<std::string, std::string>, az::ptr<Maintainer>> maintainers;
    for (const auto& p : packages) {
        // No key is handled here: relations say what belongs together, and the flush fills in the rest.
        auto package = session.add(Package{
            .name = p.name, .architecture = p.architecture, .version = p.version, .installed_kib = p.installed_kib, .summary = p.summary});
        if (!p.section.empty()) package->section = once(sections, p.section, [&] { return Section{.name = p.section}; });
        package->maintainer = once(maintainers, {p.maintainer_name, p.maintainer_email}, [&] {
            return Maintainer{.name = p.maintainer_name,
                              .email = p.maintainer_email.empty() ? std::nullopt : std::optional{p.maintainer_email}};
        });
        add_requirements(package, requirement_kind::depends, p.depends);
        add_requirements(package, requirement_kind::pre_depends, p.pre_depends);
        std::set<std::string> names{p.provides.begin(), p.provides.end()};
        names.insert(p.name);
        for (const auto& name : names) package->provisions.push_back(az::make<Provision>({.name = name}));
    }
    session.commit();
    return packages.size();
}
