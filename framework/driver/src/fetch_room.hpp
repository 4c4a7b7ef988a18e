#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <span>

namespace azoth::detail {

/// Refuses a fetch into less room than one row takes.
inline void check_room(std::span<const cell> out, std::size_t width) {
    if (out.size() < width)
        throw_error(errc::invalid_argument, fmt::format("fetch got room for {} cells, but a row has {}", out.size(), width));
}

}  // namespace azoth::detail
