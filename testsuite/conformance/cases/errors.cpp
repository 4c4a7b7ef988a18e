#include "areas.hpp"
#include "parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::errors_cases() {
    using namespace parts;
    return joined({constraints(), statements(), unfitting_values(), time_limits()});
}

}  // namespace azoth::conformance
