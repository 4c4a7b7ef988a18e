// What stands in FROM: joins, subqueries, rows of the statement's own, functions, texts.
#include "areas.hpp"
#include "from_parts.hpp"
#include "parts.hpp"

namespace azoth::conformance::areas {

std::vector<test_case> from_cases() {
    return parts::joined(
        {from_parts::joins(), from_parts::subqueries(), from_parts::tables(), from_parts::documents(), from_parts::raw_queries()});
}

}  // namespace azoth::conformance::areas
