#include "../cases/areas.hpp"

#include <azoth/conformance/case.hpp>

#include <vector>

namespace azoth::conformance {
namespace {

std::vector<test_case> collect() {
    std::vector<test_case> all;
    for (const auto area :
         {areas::dialect_cases,   areas::connection_cases,  areas::identifiers_cases, areas::types_cases,      areas::values_cases,
          areas::unicode_cases,   areas::expressions_cases, areas::moments_cases,     areas::documents_cases,  areas::from_cases,
          areas::compounds_cases, areas::cte_cases,         areas::aggregates_cases,  areas::windows_cases,    areas::ordering_cases,
          areas::locks_cases,     areas::insert_cases,      areas::upsert_cases,      areas::updates_cases,    areas::keys_cases,
          areas::defaults_cases,  areas::bulk_cases,        areas::results_cases,     areas::rowcount_cases,   areas::transactions_cases,
          areas::errors_cases,    areas::options_cases,     areas::ddl_cases,         areas::reflection_cases, areas::views_cases,
          areas::orm_cases}) {
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
