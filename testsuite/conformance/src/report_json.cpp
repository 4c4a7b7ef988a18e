#include "report.hpp"

#include <nlohmann/json.hpp>

namespace azoth::conformance {
namespace {

using json = nlohmann::ordered_json;

json json_of(const case_result& c) { return {{"id", c.id}, {"outcome", word_of(c.how)}, {"seconds", c.seconds}, {"message", c.message}}; }

json json_of(const suite_result& r) {
    json one{{"dialect", r.server.dialect}, {"driver", r.server.driver}, {"versions", r.server.versions}, {"cases", json::array()}};
    for (const auto& c : r.cases) one["cases"].push_back(json_of(c));
    return one;
}

}  // namespace

std::string json_report(std::span<const suite_result> results) {
    json all = json::array();
    for (const auto& r : results) all.push_back(json_of(r));
    // What a database says may be no UTF-8.
    return (results.size() == 1 ? all.front() : all).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace azoth::conformance
