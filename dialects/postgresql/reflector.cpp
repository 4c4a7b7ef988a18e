#include "reflector.hpp"

#include <array>

namespace azoth::postgresql {
namespace {

class first_column final : public row_sink {
public:
    void row(std::span<const cell> cells) override {
        std::string& text = found.emplace_back();
        if (!cells.front().is_null()) detail::read_text(cells.front(), text);
    }
    std::vector<std::string> found{};
};

// Tables, partitioned and foreign ones among them. What is temporary is found by its bare name too.
constexpr std::string_view tables =
    "SELECT CAST(c.relname AS TEXT) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'f')";

}  // namespace

bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    first_column rows;
    std::string sql = std::string{tables} + " AND c.relname = $1";
    if (schema.empty()) {
        on_.run(sql + " AND pg_catalog.pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog'", std::array{cell::text(name)}, &rows);
    } else {
        on_.run(sql + " AND n.nspname = $2", std::array{cell::text(name), cell::text(schema)}, &rows);
    }
    return !rows.found.empty();
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) {
    first_column rows;
    // In the order of the characters' numbers, whatever the database's own collation is.
    const std::string sql = std::string{tables} + " AND n.nspname = ";
    const std::string_view order = " ORDER BY c.relname COLLATE \"C\"";
    if (schema.empty()) on_.run(sql + "pg_catalog.current_schema()" + std::string{order}, {}, &rows);
    else on_.run(sql + "$1" + std::string{order}, std::array{cell::text(schema)}, &rows);
    return rows.found;
}

}  // namespace azoth::postgresql
