#pragma once

#include <azoth/base/error.hpp>

#include <string>

namespace azoth::detail {

/// Why a plugin cannot be used. Thrown inside this part only, where nobody knows yet whether it ends a look-up or is one line of a list.
struct refusal {
    errc problem;
    std::string reason;
};

}  // namespace azoth::detail
