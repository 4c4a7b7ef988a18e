#include "reflector.hpp"

#include <array>

namespace azoth::mysql {
namespace {

class first_column final : public row_sink {
public:
    void row(std::span<const cell> cells) override { detail::read_text(cells.front(), found.emplace_back()); }
    std::vector<std::string> found{};
};

constexpr std::string_view tables_of =
    "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA = ";

std::string in_schema(std::string_view schema) { return std::string{tables_of} + (schema.empty() ? "DATABASE()" : "?"); }

}  // namespace

bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    first_column rows;
    const std::array parameters{cell::text(schema), cell::text(name)};
    // Whether names differ by case is the server's decision, made when it was installed, and the comparison is its own.
    on_.run(in_schema(schema) + " AND TABLE_NAME = ?", std::span{parameters}.subspan(schema.empty() ? 1 : 0), &rows);
    return !rows.found.empty();
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) {
    first_column rows;
    const std::array parameters{cell::text(schema)};
    on_.run(in_schema(schema) + " ORDER BY TABLE_NAME", std::span{parameters}.subspan(schema.empty() ? 1 : 0), &rows);
    return rows.found;
}

}  // namespace azoth::mysql
