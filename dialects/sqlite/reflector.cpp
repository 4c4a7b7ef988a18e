#include "reflector.hpp"

#include "exec.hpp"

#include <array>

namespace azoth::sqlite {
namespace {

class first_column final : public row_sink {
public:
    void row(std::span<const cell> cells) override {
        std::string& text = found.emplace_back();
        if (!cells.front().is_null()) detail::read_text(cells.front(), text);
    }
    std::vector<std::string> found{};
};

std::string from_catalogue(std::string_view schema) {
    return " FROM " + quoted_name(schema.empty() ? "main" : schema) + ".sqlite_schema WHERE type = 'table' AND ";
}

}  // namespace

bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    first_column rows;
    const std::array parameters{cell::text(name)};
    // Names differ by more than the case of ASCII letters, or they are one.
    on_.run("SELECT name" + from_catalogue(schema) + "name = ? COLLATE NOCASE", parameters, &rows);
    return !rows.found.empty();
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) {
    first_column rows;
    on_.run("SELECT name" + from_catalogue(schema) + "substr(name, 1, 7) <> 'sqlite_' ORDER BY name", {}, &rows);
    return rows.found;
}

}  // namespace azoth::sqlite
