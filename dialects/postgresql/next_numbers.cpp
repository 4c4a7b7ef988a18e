#include "next_numbers.hpp"

#include "catalogue.hpp"
#include "catalogue_queries.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

/// A row of VALUES: which counter it is, its last number, and the next one or NULL. A flat list of subqueries, since the server's stack
/// ends a UNION of thousands.
std::string state_of(std::size_t place, const std::string& sequence, catalogue_row& row) {
    const std::int64_t increment = row.number();
    const std::int64_t minimum = row.number();
    const std::int64_t maximum = row.number();
    const std::string begun_anew = row.flag() ? fmt::format(" ELSE {}", increment > 0 ? minimum : maximum) : "";
    return fmt::format(
        "(CAST({0} AS BIGINT), (SELECT last_value FROM {1}), (SELECT CAST(CASE WHEN NOT is_called THEN last_value "
        "WHEN CAST(last_value AS NUMERIC) + ({2}) BETWEEN {3} AND {4} THEN last_value + ({2}){5} END AS BIGINT) FROM {1}))",
        place, sequence, increment, minimum, maximum, begun_anew);
}

}  // namespace

std::vector<next_number> next_numbers(executor& on, const reflection_request& request) {
    std::vector<next_number> found;
    if (request.temporary) return found;
    std::string place;
    each_row(on, catalogue_queries::place(), std::array{request.schema.empty() ? cell{} : cell::text(request.schema)},
             [&](catalogue_row& row) {
                 row.skip(1);
                 place = fmt::format("{}", row.number());
             });
    if (place.empty()) return found;
    std::string states;
    const array_parameter names{request.names};
    each_row(on, catalogue_queries::counters(), std::array{cell::text(place), request.names.empty() ? cell{} : names.get()},
             [&](catalogue_row& row) {
                 const std::string sequence = row.text();
                 next_number n{.of = {request.schema, row.text()}, .column = row.text()};
                 if (n.column.empty() && !request.sequences) return;
                 states += (states.empty() ? "" : ", ") + state_of(found.size(), sequence, row);
                 found.push_back(std::move(n));
             });
    if (found.empty()) return found;
    each_row(on, "SELECT place, last, next, next IS NULL FROM (VALUES " + states + ") s (place, last, next)", {}, [&](catalogue_row& row) {
        next_number& n = found.at(static_cast<std::size_t>(row.number()));
        const std::int64_t last = row.number();
        const std::int64_t next = row.number();
        n.is_used_up = row.flag();
        n.number = n.is_used_up ? last : next;
    });
    return found;
}

}  // namespace azoth::postgresql
