#pragma once

#include <azoth/orm.hpp>

#include <string_view>

// Each prints one table, the same as package_catalogue's of that name.

void print_largest_packages(azoth::orm::session& session);
void print_most_needed(azoth::orm::session& session);
void print_busiest_maintainers(azoth::orm::session& session);
/// Everything that a package needs, and what that needs, and so on. Says so where there is no such package.
void print_dependency_closure(azoth::orm::session& session, std::string_view package);
/// Removes a section's packages, looks at what is left, and takes it back.
void print_without_section(azoth::orm::session& session, std::string_view section);
