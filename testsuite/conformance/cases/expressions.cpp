// What is computed from numbers and text, and what is asked of them: the same on every database.
#include "areas.hpp"
#include "expressions_parts.hpp"
#include "parts.hpp"

namespace azoth::conformance::areas {

std::vector<test_case> expressions_cases() {
    using namespace expressions_parts;
    return parts::joined({numbers(), texts(), patterns(), lists(), conditions(), own_constructs()});
}

}  // namespace azoth::conformance::areas
