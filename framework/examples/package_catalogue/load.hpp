#pragma once

#include "dpkg_status.hpp"

#include <azoth/azoth.hpp>

struct LoadedRows {
    std::size_t maintainers{};
    std::size_t sections{};
    std::size_t packages{};
    std::size_t provisions{};
    std::size_t requirements{};
    std::size_t alternatives{};
};

/// Makes the tables anew and fills them, all in one transaction.
LoadedRows load_catalogue(const azoth::engine& engine, const std::vector<dpkg::package>& packages);
