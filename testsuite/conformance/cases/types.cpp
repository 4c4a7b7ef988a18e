#include "areas.hpp"
#include "types_parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::types_cases() {
    std::vector<test_case> all;
    for (const auto part : {types_parts::texts, types_parts::numbers, types_parts::decimals, types_parts::times, types_parts::documents,
                            types_parts::others, types_parts::arrays, types_parts::casts}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
