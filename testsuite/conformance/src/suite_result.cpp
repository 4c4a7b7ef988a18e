#include "suite_result.hpp"

#include <fmt/format.h>

namespace azoth::conformance {

void tally::add(outcome o) noexcept {
    if (o == outcome::pass) ++passed;
    else if (o == outcome::declined) ++declined;
    else ++failed;
}

std::string tally::line() const { return fmt::format("{} passed, {} failed, {} skipped", passed, failed, declined); }

tally count(std::span<const case_result> cases) noexcept {
    tally sum;
    for (const auto& c : cases) sum.add(c.how);
    return sum;
}

}  // namespace azoth::conformance
