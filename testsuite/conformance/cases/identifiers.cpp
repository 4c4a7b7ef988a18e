#include "areas.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::identifiers() { return {}; }

}  // namespace azoth::conformance
