#include "areas.hpp"
#include "values_parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::values_cases() {
    std::vector<test_case> all;
    for (const auto part : {values_parts::numbers, values_parts::texts, values_parts::large, values_parts::times, values_parts::refused}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
