#pragma once

#include "search.hpp"

#include <string>
#include <string_view>

namespace azoth::detail {

/// The outcome of a look-up in a survey: a plugin, or why there is none.
struct choice {
    const found_plugin* plugin{};  ///< points into the survey; null: none
    errc problem{errc::plugin_not_found};
    std::string reason{};  ///< one sentence, with near names
};

/// Who answers to "name", "name+driver" or an alias in place of the name.
choice choose(const survey& found, std::string_view scheme);

}  // namespace azoth::detail
