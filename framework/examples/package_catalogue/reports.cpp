#include "reports.hpp"

#include "model.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

namespace az = azoth;
using az::col;

void print_largest_packages(az::connection& c) {
    TextTable table{"The largest packages", {"package", "version", "section", "MiB"}};
    const auto query = az::select(col<&Package::name>, col<&Package::version>, az::maybe(col<&Section::name>), col<&Package::installed_kib>)
                           .outer_join<Section>()
                           .where(col<&Package::installed_kib>.is_not_null())
                           .order_by(col<&Package::installed_kib>.desc(), col<&Package::name>)
                           .limit(10);
    for (const auto& [name, version, section, kib] : c.execute(query))
        table.add(name, version, section.value_or("-"), mebibytes(kib.value_or(0)));
    table.print();
}

void print_largest_by_section(az::connection& c) {
    const auto kib_of_section = az::func::sum(col<&Package::installed_kib>);
    const auto large = az::select(col<&Package::section_id>, kib_of_section)
                           .where(col<&Package::section_id>.is_not_null())
                           .group_by(col<&Package::section_id>)
                           .order_by(kib_of_section.desc())
                           .limit(6)
                           .subquery("large", {"section_id", "kib"});
    const auto [large_id, large_kib] = large.columns();
    const auto place = az::func::rank().over(az::partition_by(col<&Package::section_id>).order_by(col<&Package::installed_kib>.desc()));
    const auto ranked = az::select(col<&Package::section_id>, col<&Package::name>, col<&Package::installed_kib>, place)
                            .where(col<&Package::installed_kib>.is_not_null())
                            .subquery("ranked", {"section_id", "package", "kib", "place"});
    const auto [section_id, package, kib, rank] = ranked.columns();

    TextTable table{"The largest sections, and the three largest packages of each", {"section", "MiB", "rank", "package", "MiB"}};
    const auto query = az::select(col<&Section::name>, large_kib, rank, package, kib)
                           .join(large, col<&Section::id> == large_id)
                           .join(ranked, section_id == large_id)
                           .where(rank <= 3)
                           .order_by(large_kib.desc(), rank, package);
    for (const auto& [section, total, r, name, size] : c.execute(query))
        table.add(section, mebibytes(total.value_or(0)), r, name, mebibytes(size.value_or(0)));
    table.print();
}

void print_most_needed(az::connection& c) {
    const auto needing = az::func::count_distinct(col<&Requirement::package_id>);
    const auto query = az::select(col<&Package::name>, needing.label("needed_by"), col<&Package::summary>)
                           .join<Provision>(col<&Provision::package_id> == col<&Package::id>)
                           .join<Alternative>(col<&Alternative::name> == col<&Provision::name>)
                           .join<Requirement>(col<&Requirement::id> == col<&Alternative::requirement_id>)
                           .group_by(col<&Package::id>, col<&Package::name>, col<&Package::summary>)
                           .having(needing > 1)
                           .order_by(needing.desc(), col<&Package::name>)
                           .limit(10);
    TextTable table{"The packages that most others need", {"package", "needed by", "summary"}};
    for (const auto& [name, count, summary] : c.execute(query)) table.add(name, count, summary);
    table.print();
}

void print_busiest_maintainers(az::connection& c) {
    // Raw SQL, for what is said best in it; its values are bound like all others, and its rows can be typed like all others.
    const auto query = az::text(
                           "SELECT m.name, count(*) AS packages, sum(p.installed_kib) AS kib"
                           " FROM maintainer m JOIN package p ON p.maintainer_id = m.id"
                           " GROUP BY m.id, m.name HAVING count(*) >= :least ORDER BY packages DESC, m.name LIMIT 8")
                           .columns<std::string, std::int64_t, std::optional<std::int64_t>>()
                           .bind("least", 2);
    TextTable table{"Who maintains most of them", {"maintainer", "packages", "MiB"}};
    for (const auto& [name, packages, kib] : c.execute(query)) table.add(name, packages, mebibytes(kib.value_or(0)));
    table.print();
}

void print_dependency_closure(az::connection& c, std::string_view package) {
    const auto start = c.execute(az::select(col<&Package::id>).where(col<&Package::name> == package).order_by(col<&Package::id>)).first();
    if (!start) {
        fmt::print("\nThere is no installed package \"{}\".\n", package);
        return;
    }
    // Queries are values: both halves of the recursion build on this one. A requirement is met by any package that answers to the name of
    // any of its alternatives.
    const auto meeting = az::select(col<&Provision::package_id>)
                             .join<Alternative>(col<&Alternative::name> == col<&Provision::name>)
                             .join<Requirement>(col<&Requirement::id> == col<&Alternative::requirement_id>);
    const auto direct = meeting.where(col<&Requirement::package_id> == std::get<0>(*start));
    // UNION, not UNION ALL: the graph has cycles, and each package is to be found once.
    const auto closure = az::cte("closure", direct, {"package_id"}).union_([&](const az::subquery<std::int64_t>& found) {
        const auto [id] = found.columns();
        return meeting.join(found, col<&Requirement::package_id> == id);
    });
    const auto [needed] = closure.columns();
    const auto query =
        az::select(col<&Package::name>, col<&Package::version>, az::func::coalesce(col<&Package::installed_kib>, 0), col<&Package::summary>)
            .join(closure, col<&Package::id> == needed)
            .order_by(col<&Package::name>);

    TextTable table{fmt::format("Everything that {} needs", package), {"package", "version", "MiB", "summary"}};
    std::int64_t total = 0;
    for (const auto& [name, version, kib, summary] : c.execute(query)) {
        table.add(name, version, mebibytes(kib), summary);
        total += kib;
    }
    table.print();
    fmt::print("\n{} packages, {:.1f} MiB\n", table.size(), mebibytes(total));
}

void print_without_section(az::connection& c, std::string_view section) {
    const auto count = az::select(az::func::count(), az::func::count(col<&Package::section_id>)).select_from(az::entity<Package>);
    const auto packages = [&] { return c.scalar(count); };
    const auto before = packages();
    auto savepoint = c.begin_nested();
    const auto doomed = az::select(col<&Section::id>).where(col<&Section::name> == section);
    const auto deleted = c.execute(az::delete_<Package>().where(col<&Package::section_id>.in(doomed))).affected_rows();
    const auto during = packages();
    savepoint.rollback();  // on purpose: nothing of this stays
    TextTable table{fmt::format("If the section \"{}\" went away (and it is rolled back)", section), {"", "packages"}};
    table.add("before", before);
    table.add("deleted", deleted);
    table.add("left", during);
    table.add("after the rollback", packages());
    table.print();
}
