#pragma once

#include <azoth/azoth.hpp>

#include <cstdint>
#include <string_view>

namespace azoth::conformance {

/// What happens to a program that relies on something a dialect does not claim.
enum class refusal : std::uint8_t {
    not_supported,  ///< the framework throws not_supported_error before anything reaches the server
    value,          ///< the framework or the driver throws data_error, and nothing is stored
    none,           ///< nothing: it just does not happen (a constraint's name stays empty)
};

/// A capability that a case rests on.
struct claim {
    std::string_view name{};  ///< as in azoth::capabilities; empty: what every dialect must do
    bool (*holds)(const profile&){};
    refusal refused_by{refusal::not_supported};
    bool (*is_refused)(const profile&){};  ///< whether it is refused at all, where that depends on the server; null: it is

    [[nodiscard]] refusal refusal_on(const profile& server) const { return is_refused && !is_refused(server) ? refusal::none : refused_by; }
};

}  // namespace azoth::conformance
