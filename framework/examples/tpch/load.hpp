#pragma once

#include <azoth/azoth.hpp>

#include <optional>

struct Loaded {
    double scale{};
    bool was_there{};
};

/// Makes and fills the tables tpch_... where they are not there at this scale; without one, whatever is there will do, else 0.002 is made.
/// Throws std::runtime_error where a table of these names is another program's.
Loaded load(const azoth::engine& engine, std::optional<double> scale);
/// Drops the tables, which `load` has looked at.
void drop(const azoth::engine& engine);
