#include "../cases/areas.hpp"

#include <azoth/conformance/case.hpp>

#include <vector>

namespace azoth::conformance {
namespace {

std::vector<test_case> collect() {
    std::vector<test_case> all;
    for (const auto area : {areas::dialect, areas::connection, areas::identifiers, areas::types, areas::values, areas::unicode,
                            areas::insert, areas::bulk, areas::results, areas::rowcount, areas::transactions, areas::errors}) {
        const auto cases = area();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace

std::span<const test_case> all_cases() {
    static const std::vector<test_case> all = collect();
    return all;
}

std::string_view area_of(const test_case& of) noexcept { return of.id.substr(0, of.id.find('/')); }

}  // namespace azoth::conformance
