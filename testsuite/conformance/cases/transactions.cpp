#include "areas.hpp"
#include "parts.hpp"

namespace azoth::conformance {

std::vector<test_case> areas::transactions_cases() {
    using namespace parts;
    return joined({plain_transactions(), savepoints(), two_phase(), isolation(), conflicts(), ddl_in_transactions()});
}

}  // namespace azoth::conformance
