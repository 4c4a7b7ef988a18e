#pragma once

#include <azoth/azoth.hpp>

#include <string_view>

// Each prints one table.

void print_largest_packages(azoth::connection& c);
void print_largest_by_section(azoth::connection& c);
void print_most_needed(azoth::connection& c);
void print_busiest_maintainers(azoth::connection& c);
/// Everything that a package needs, and what that needs, and so on. Says so where there is no such package.
void print_dependency_closure(azoth::connection& c, std::string_view package);
/// Deletes a section's packages, looks at what is left, and takes it back.
void print_without_section(azoth::connection& c, std::string_view section);
