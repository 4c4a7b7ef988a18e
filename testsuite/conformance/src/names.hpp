#pragma once

#include <string>
#include <string_view>

namespace azoth::conformance {

/// What begins the name of all that this process makes in a database: "azc_k3x9q2_". Other processes, on any machine, have another one.
[[nodiscard]] const std::string& name_prefix();

/// `prefix + stem`, cut to `azoth::longest_name` bytes between characters.
[[nodiscard]] std::string name_of(std::string_view prefix, std::string_view stem);

}  // namespace azoth::conformance
