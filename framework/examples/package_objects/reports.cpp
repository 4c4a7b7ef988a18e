#include "reports.hpp"

#include "../package_catalogue/text_table.hpp"
#include "model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace az = azoth;
using az::col;

void print_largest_packages(orm::session& session) {
    TextTable table{"The largest packages", {"package", "version", "section", "MiB"}};
    const auto query = az::select<Package>()
                           .where(col<&Package::installed_kib>.is_not_null())
                           .order_by(col<&Package::installed_kib>.desc(), col<&Package::name>)
                           .limit(10)
                           .options(orm::joinedload<&Package::section>);
    for (const auto& p : session.scalars(query))
        table.add(p->name, p->version, p->section ? p->section->name : "-", mebibytes(p->installed_kib.value_or(0)));
    table.print();
}

void print_most_needed(orm::session& session) {
    // Objects and numbers in one row; conditions, grouping and subqueries are the toolkit's.
    const auto needing = az::func::count_distinct(col<&Requirement::package_id>);
    const auto wanted = az::select(col<&Provision::package_id>, needing)
                            .join<Alternative>(col<&Alternative::name> == col<&Provision::name>)
                            .join<Requirement>(col<&Requirement::id> == col<&Alternative::requirement_id>)
                            .group_by(col<&Provision::package_id>)
                            .having(needing > 1)
                            .subquery("wanted", {"package_id", "needed_by"});
    const auto [package_id, needed_by] = wanted.columns();
    const auto query = az::select(az::entity<Package>, needed_by)
                           .join(wanted, col<&Package::id> == package_id)
                           .order_by(needed_by.desc(), col<&Package::name>)
                           .limit(10);
    TextTable table{"The packages that most others need", {"package", "needed by", "summary"}};
    for (const auto& [package, count] : session.execute(query)) table.add(package->name, count, package->summary);
    table.print();
}

void print_busiest_maintainers(orm::session& session) {
    struct Work {
        std::string name;
        std::size_t packages;
        std::int64_t kib;
    };
    std::vector<Work> all;
    for (const auto& m : session.scalars(az::select<Maintainer>().options(orm::selectinload<&Maintainer::packages>))) {
        std::int64_t kib = 0;
        for (const auto& p : m->packages) kib += p->installed_kib.value_or(0);
        if (m->packages.size() >= 2) all.push_back({m->name, m->packages.size(), kib});
    }
    std::ranges::sort(all,
                      [](const Work& a, const Work& b) { return a.packages != b.packages ? a.packages > b.packages : a.name < b.name; });
    TextTable table{"Who maintains most of them", {"maintainer", "packages", "MiB"}};
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 8); ++i) table.add(all[i].name, all[i].packages, mebibytes(all[i].kib));
    table.print();
}

void print_dependency_closure(orm::session& session, std::string_view name) {
    const auto start = session.scalars(az::select<Package>().where(col<&Package::name> == name).order_by(col<&Package::id>)).first();
    if (!start) {
        fmt::print("\nThere is no installed package \"{}\".\n", name);
        return;
    }
    // From step to step: what the packages of the last one need, loaded for all of them at once, and who answers to those names.
    std::map<std::string, az::ptr<Package>> needed;
    std::vector<az::ptr<Package>> step{*start};
    while (!step.empty()) {
        std::set<std::string> names;
        for (const auto& package : step)
            for (const auto& requirement : package->requirements)
                for (const auto& choice : requirement->alternatives) names.insert(choice->name);
        const auto query = az::select<Package>().where(col<&Package::id>.in(
            az::select(col<&Provision::package_id>).where(col<&Provision::name>.in(std::vector<std::string>{names.begin(), names.end()}))));
        step.clear();
        for (const auto& package : session.scalars(query))
            if (needed.emplace(package->name + ' ' + package->architecture, package).second) step.push_back(package);
    }
    TextTable table{fmt::format("Everything that {} needs", name), {"package", "version", "MiB", "summary"}};
    std::int64_t total = 0;
    for (const auto& [key, p] : needed) {
        table.add(p->name, p->version, mebibytes(p->installed_kib.value_or(0)), p->summary);
        total += p->installed_kib.value_or(0);
    }
    table.print();
    fmt::print("\n{} packages, {:.1f} MiB\n", table.size(), mebibytes(total));
}

void print_without_section(orm::session& session, std::string_view name) {
    const auto count = az::select(az::func::count(), az::func::count(col<&Package::section_id>)).select_from(az::entity<Package>);
    TextTable table{fmt::format("If the section \"{}\" went away (and it is rolled back)", name), {"", "packages"}};
    table.add("before", session.scalar(count));
    const auto section = session.scalars(az::select<Section>().where(col<&Section::name> == name)).one_or_none();
    auto savepoint = session.begin_nested();
    const std::size_t doomed = section ? (*section)->packages.size() : 0;
    if (section)
        for (const auto& package : (*section)->packages) session.remove(package);
    session.flush();
    table.add("deleted", doomed);
    table.add("left", session.scalar(count));
    savepoint.rollback();  // on purpose: nothing of this stays
    table.add("after the rollback", session.scalar(count));
    table.print();
}
