#include "areas.hpp"
#include "parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::connection_cases() {
    using namespace parts;
    return joined({lifetimes(), pools(), resets(), connecting(), hung_up(), events()});
}

}  // namespace azoth::conformance
