#include "load.hpp"

#include "model.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace az = azoth;

namespace {

/// Inserts objects that each have a key in `ids`, and notes the keys that the database gave them.
template <class T, class Key>
void insert_with_keys(az::connection& c, const std::vector<T>& objects, std::map<Key, std::int64_t>& ids, const std::vector<Key>& keys) {
    const auto made = c.execute(az::insert<T>().returning(az::col<&T::id>), objects).scalars();  // in the order of the objects
    for (std::size_t i = 0; i < made.size(); ++i) ids[keys[i]] = made[i];
}

class Loader {
public:
    Loader(az::connection& c, const std::vector<dpkg::package>& packages) : connection_{c}, packages_{packages} {}

    LoadedRows load() {
        LoadedRows rows;
        rows.maintainers = load_maintainers();
        rows.sections = load_sections();
        rows.packages = load_packages();
        rows.provisions = load_provisions();
        std::tie(rows.requirements, rows.alternatives) = load_requirements();
        return rows;
    }

private:
    using Contact = std::pair<std::string, std::string>;

    std::size_t load_maintainers() {
        std::set<Contact> known;
        for (const auto& p : packages_) known.emplace(p.maintainer_name, p.maintainer_email);
        const std::vector<Contact> contacts{known.begin(), known.end()};
        std::vector<Maintainer> maintainers;
        for (const auto& [name, email] : contacts)
            maintainers.push_back({.name = name, .email = email.empty() ? std::nullopt : std::optional{email}});
        insert_with_keys(connection_, maintainers, maintainer_ids_, contacts);
        return maintainers.size();
    }

    std::size_t load_sections() {
        std::set<std::string> known;
        for (const auto& p : packages_)
            if (!p.section.empty()) known.insert(p.section);
        const std::vector<std::string> names{known.begin(), known.end()};
        std::vector<Section> sections;
        for (const auto& name : names) sections.push_back({.name = name});
        insert_with_keys(connection_, sections, section_ids_, names);
        return sections.size();
    }

    std::size_t load_packages() {
        std::vector<Package> rows;
        for (const auto& p : packages_) {
            const auto id = static_cast<std::int64_t>(rows.size() + 1);
            const auto section = section_ids_.find(p.section);
            rows.push_back({.id = id,
                            .name = p.name,
                            .architecture = p.architecture,
                            .version = p.version,
                            .installed_kib = p.installed_kib,
                            .summary = p.summary,
                            .section_id = section == section_ids_.end() ? std::nullopt : std::optional{section->second},
                            .maintainer_id = maintainer_ids_.at({p.maintainer_name, p.maintainer_email})});
        }
        connection_.execute(az::insert<Package>(), rows);  // in bulk, by the dialect's fastest way
        return rows.size();
    }

    std::size_t load_provisions() {
        std::vector<Provision> rows;
        for (std::size_t i = 0; i < packages_.size(); ++i) {
            std::set<std::string> names{packages_[i].provides.begin(), packages_[i].provides.end()};
            names.insert(packages_[i].name);
            for (const auto& name : names) rows.push_back({static_cast<std::int64_t>(i + 1), name});
        }
        connection_.execute(az::insert<Provision>(), rows);
        return rows.size();
    }

    std::pair<std::size_t, std::size_t> load_requirements() {
        std::vector<Requirement> requirements;
        std::vector<Alternative> alternatives;
        const auto add = [&](std::int64_t package, requirement_kind kind, const std::vector<dpkg::requirement>& all) {
            for (const auto& choices : all) {
                const auto id = static_cast<std::int64_t>(requirements.size() + 1);
                requirements.push_back({id, package, kind});
                std::int32_t position = 0;
                for (const auto& choice : choices) alternatives.push_back({id, ++position, choice.name, choice.versions});
            }
        };
        for (std::size_t i = 0; i < packages_.size(); ++i) {
            const auto package = static_cast<std::int64_t>(i + 1);
            add(package, requirement_kind::depends, packages_[i].depends);
            add(package, requirement_kind::pre_depends, packages_[i].pre_depends);
        }
        connection_.execute(az::insert<Requirement>(), requirements);
        connection_.execute(az::insert<Alternative>(), alternatives);
        return {requirements.size(), alternatives.size()};
    }

    az::connection& connection_;
    const std::vector<dpkg::package>& packages_;
    std::map<Contact, std::int64_t> maintainer_ids_{};
    std::map<std::string, std::int64_t> section_ids_{};
};

/// Whether a table of that name is there; throws where it is another program's.
template <class T>
bool is_there(const az::engine& engine) {
    auto c = engine.connect();
    try {
        (void)c.execute(az::select<T>().limit(0)).all();
        return true;
    } catch (const az::programming_error& e) {
        if (e.code() == az::errc::no_such_table) return false;
        throw std::runtime_error{
            "this database has a table of the same name as one of the catalogue's, which would be dropped: choose "
            "another database (" +
            e.message() + ")"};
    }
}

/// What is dropped has to be an earlier catalogue, whole.
template <class... Ts>
void refuse_foreign_tables(const az::engine& engine) {
    const auto found = (static_cast<std::size_t>(is_there<Ts>(engine)) + ...);
    if (found != 0 && found != sizeof...(Ts))
        throw std::runtime_error{
            "this database has some of the catalogue's tables and not the others: they are another program's; choose "
            "another database"};
}

}  // namespace

LoadedRows load_catalogue(const az::engine& engine, const std::vector<dpkg::package>& packages) {
    const auto tables = az::metadata_of<Maintainer, Section, Package, Provision, Requirement, Alternative>();
    refuse_foreign_tables<Maintainer, Section, Package, Provision, Requirement, Alternative>(engine);
    tables.drop_all(engine);
    tables.create_all(engine);
    return engine.begin([&](az::connection& c) { return Loader{c, packages}.load(); });
}
