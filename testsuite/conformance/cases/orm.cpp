#include "areas.hpp"
#include "orm_parts.hpp"
#include "parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::orm_cases() {
    return parts::joined({parts::orm_collections(), parts::orm_inheritance(), parts::orm_keys(), parts::orm_relations(),
                          parts::orm_sessions(), parts::orm_values()});
}

}  // namespace azoth::conformance
