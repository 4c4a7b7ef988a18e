#pragma once

#include "../package_catalogue/dpkg_status.hpp"

#include <azoth/azoth.hpp>

/// Makes the tables anew and fills them, all in one transaction. Returns how many packages there are.
std::size_t load_catalogue(const azoth::engine& engine, const std::vector<dpkg::package>& packages);
