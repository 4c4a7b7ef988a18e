#pragma once

#include "outcome.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace azoth::conformance {

/// What answered at a URL.
struct tested_server {
    std::string dialect{};
    std::string driver{};
    std::map<std::string, std::string> versions{};  ///< of azoth, the plugin, the client library, the server
    bool is_embedded{};

    /// "mysql+connector".
    [[nodiscard]] std::string name() const { return dialect + "+" + driver; }
};

/// How a run of the suite on one database went.
struct suite_result {
    tested_server server{};
    std::vector<case_result> cases{};  ///< in the suite's order, whoever finished first
};

struct tally {
    std::size_t passed{};
    std::size_t failed{};  ///< failed, or delivered more than claimed
    std::size_t declined{};

    void add(outcome o) noexcept;
    /// "N passed, N failed, N skipped".
    [[nodiscard]] std::string line() const;
};
[[nodiscard]] tally count(std::span<const case_result> cases) noexcept;
[[nodiscard]] constexpr bool is_failure(outcome o) noexcept { return o == outcome::fail || o == outcome::over_delivers; }

}  // namespace azoth::conformance
