#include "next_numbers.hpp"

#include "catalogue.hpp"
#include "exec.hpp"

#include <array>
#include <limits>

namespace azoth::sqlite {
std::vector<next_number> next_numbers(executor& on, std::string_view schema, const reflection_request& request) {
    const std::string place = quoted_name(schema);
    // The table is made with the first key that needs it.
    if (first_cells(on, "SELECT name FROM " + place + ".sqlite_schema WHERE name = 'sqlite_sequence'").empty()) return {};
    const std::string names = as_json_array(request.names);
    const std::array parameters{cell::text(names), cell::text(names)};
    std::vector<next_number> found;
    each_row rows{[&](std::span<const cell> row) {
        next_number& n = found.emplace_back();
        n.of = {request.schema, text_at(row, 0)};
        n.column = text_at(row, 1);
        const std::int64_t last = integer_at(row, 2);
        n.is_used_up = last == std::numeric_limits<std::int64_t>::max();
        n.number = n.is_used_up ? last : last + 1;
    }};
    on.run("SELECT m.name, c.name, CAST(s.seq AS INTEGER) FROM " + place + ".sqlite_sequence s JOIN " + place +
               ".sqlite_schema m ON m.type = 'table' AND m.name = s.name COLLATE NOCASE JOIN pragma_table_info(m.name, " +
               quoted_text(schema) +
               ") c ON c.pk = 1 WHERE json_array_length(?) = 0 OR m.name COLLATE NOCASE IN (SELECT value FROM json_each(?))",
           parameters, &rows);
    return found;
}

}  // namespace azoth::sqlite
