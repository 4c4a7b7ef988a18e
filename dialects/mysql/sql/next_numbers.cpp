#include "next_numbers.hpp"

#include "catalogue_rows.hpp"
#include "reflect_objects.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace azoth::mysql {
namespace {

/// Numbers of an unsigned column may be larger than ours: those are as good as used up.
next_number counted(object_name of, std::string column, const std::string& number) {
    next_number n{std::move(of), std::move(column)};
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), n.number);
    if (failure == std::errc::result_out_of_range) {
        n.number = std::numeric_limits<std::int64_t>::max();
        n.is_used_up = true;
    }
    return n;
}

void add_sequences(std::vector<next_number>& to, executor& on, const catalogue_place& place) {
    constexpr std::string_view state =
        "CASE WHEN next_not_cached_value BETWEEN minimum_value AND maximum_value THEN next_not_cached_value WHEN cycle_option THEN "
        "IF(increment < 0, maximum_value, minimum_value) END, IF(increment < 0, minimum_value, maximum_value)";
    for (auto& s : find_sequences(on, place, state)) {
        const auto& next = s.state.at(0);
        next_number n = counted({place.schema, std::move(s.name)}, {}, next ? *next : said(s.state.at(1)));
        n.is_used_up = !next;
        to.push_back(std::move(n));
    }
}

void add_columns(std::vector<next_number>& to, executor& on, const catalogue_place& place, const std::vector<std::string>& wanted) {
    const std::array parameters{cell::text(place.database), cell::text(place.database)};
    for (const auto& r : rows_of(on,
                                 "SELECT t.TABLE_NAME, c.COLUMN_NAME, t.AUTO_INCREMENT FROM information_schema.TABLES t "
                                 "JOIN information_schema.COLUMNS c ON c.TABLE_NAME = t.TABLE_NAME AND c.TABLE_SCHEMA = ? "
                                 "AND c.EXTRA LIKE '%auto_increment%' WHERE t.TABLE_SCHEMA = ? AND t.AUTO_INCREMENT IS NOT NULL",
                                 parameters))
        if (wanted.empty() || std::ranges::any_of(wanted, [&](const auto& w) { return place.is_same(w, said(r[0])); }))
            to.push_back(counted({place.schema, said(r[0])}, said(r[1]), said(r[2])));
}

}  // namespace

std::vector<next_number> next_numbers(executor& on, const catalogue_place& place, const reflection_request& request) {
    std::vector<next_number> found;
    if (place.database.empty() || request.temporary) return found;
    if (request.sequences) add_sequences(found, on, place);
    add_columns(found, on, place, request.names);
    return found;
}

}  // namespace azoth::mysql
