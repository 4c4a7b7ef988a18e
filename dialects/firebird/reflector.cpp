#include "connection.hpp"

namespace azoth::firebird {
namespace {

using k = type_kind;

/// The tables RDB$...; names there are CHAR(31), which the driver cuts at the blanks. Firebird has no schemas.
catalogue_queries queries() {
    return {
        .relations = "SELECT rdb$relation_name, rdb$view_source, rdb$description FROM rdb$relations WHERE rdb$system_flag = 0",
        .columns =
            "SELECT r.rdb$relation_name, r.rdb$field_name, IIF(COALESCE(r.rdb$null_flag, f.rdb$null_flag, 0) = 1, 0, 1), "
            "r.rdb$default_source,"
            " f.rdb$computed_source, IIF(r.rdb$identity_type IS NULL, 0, 1), r.rdb$description, NULL, f.rdb$field_type, "
            "f.rdb$field_sub_type,"
            " f.rdb$field_length, f.rdb$character_length, f.rdb$field_precision, f.rdb$field_scale, f.rdb$character_set_id"
            " FROM rdb$relation_fields r JOIN rdb$fields f ON f.rdb$field_name = r.rdb$field_source WHERE r.rdb$system_flag = 0"
            " ORDER BY 1, r.rdb$field_position",
        .keys =
            "SELECT c.rdb$relation_name, c.rdb$constraint_name, c.rdb$constraint_type, s.rdb$field_name, NULL, u.rdb$relation_name,"
            " t.rdb$field_name, r.rdb$update_rule, r.rdb$delete_rule FROM rdb$relation_constraints c"
            " JOIN rdb$index_segments s ON s.rdb$index_name = c.rdb$index_name"
            " LEFT JOIN rdb$ref_constraints r ON r.rdb$constraint_name = c.rdb$constraint_name"
            " LEFT JOIN rdb$relation_constraints u ON u.rdb$constraint_name = r.rdb$const_name_uq"
            " LEFT JOIN rdb$index_segments t ON t.rdb$index_name = u.rdb$index_name AND t.rdb$field_position = s.rdb$field_position"
            " ORDER BY 1, 2, s.rdb$field_position",
        .checks =
            "SELECT c.rdb$relation_name, c.rdb$constraint_name, t.rdb$trigger_source FROM rdb$relation_constraints c"
            " JOIN rdb$check_constraints k ON k.rdb$constraint_name = c.rdb$constraint_name JOIN rdb$triggers t"
            " ON t.rdb$trigger_name = k.rdb$trigger_name AND t.rdb$trigger_type = 1 WHERE c.rdb$constraint_type STARTING WITH 'CHECK'"
            " ORDER BY 1, 2",
        .indexes =
            "SELECT i.rdb$relation_name, i.rdb$index_name, i.rdb$unique_flag, s.rdb$field_name, i.rdb$expression_source, i.rdb$index_type"
            " FROM rdb$indices i LEFT JOIN rdb$index_segments s ON s.rdb$index_name = i.rdb$index_name WHERE i.rdb$system_flag = 0"
            " AND NOT EXISTS (SELECT 1 FROM rdb$relation_constraints c WHERE c.rdb$index_name = i.rdb$index_name)"
            " ORDER BY 1, 2, s.rdb$field_position",
        .sequences =
            "SELECT rdb$generator_name, rdb$initial_value + rdb$generator_increment, rdb$generator_increment, NULL, NULL, rdb$description"
            " FROM rdb$generators WHERE rdb$system_flag = 0 ORDER BY 1",
    };
}

/// What stands behind a word that the catalogue keeps: "DEFAULT 0", "CHECK (a > 0)".
std::string_view behind(std::string_view text, std::string_view word) {
    const auto skip = [](std::string_view t) { return t.substr(std::min(t.find_first_not_of(" \t\n"), t.size())); };
    text = skip(text);
    return text.size() > word.size() && (text[word.size()] == ' ' || text[word.size()] == '(') ? skip(text.substr(word.size())) : text;
}

std::string_view without_parentheses(std::string_view text) {
    return text.starts_with('(') && text.ends_with(')') ? text.substr(1, text.size() - 2) : text;
}

/// What `queries().columns` has behind what every dialect gives.
enum field : std::size_t { type_number = 8, sub_type, length, characters, precision, scale, character_set };

type whole_or_exact(const catalogue_row& row, k whole) {
    if (row.number(sub_type) == 0 && row.number(scale) == 0) return whole;
    return numeric(static_cast<std::uint16_t>(row.number(precision)), static_cast<std::uint16_t>(-row.number(scale)));
}

class catalogue_reader final : public queried_catalogue {
public:
    explicit catalogue_reader(executor& on) : queried_catalogue{on, queries()} {}

protected:
    /// RDB$FIELDS.RDB$FIELD_TYPE, as the language reference lists it.
    [[nodiscard]] type type_of(const catalogue_row& row) const override {
        const bool is_octets = row.number(character_set) == 1;
        switch (row.number(type_number)) {
            case 7: return whole_or_exact(row, k::small_integer);
            case 8: return whole_or_exact(row, k::integer);
            case 16: return whole_or_exact(row, k::big_integer);
            case 10: return k::real;
            case 27: return k::double_;
            case 12: return k::date;
            case 13: return k::time;
            case 35: return k::timestamp;
            case 23: return k::boolean;
            case 14:
                if (is_octets && row.number(length) == 16) return k::uuid;
                return string(static_cast<std::uint32_t>(row.number(characters)));
            case 37:
                if (is_octets) return binary(static_cast<std::uint32_t>(row.number(length)));
                return string(static_cast<std::uint32_t>(row.number(characters)));
            case 261: return row.number(sub_type) == 1 ? k::text : k::binary;
            default: return k::unknown;
        }
    }
    [[nodiscard]] bool is_made_name(std::string_view constraint) const override { return constraint.starts_with("INTEG_"); }
    [[nodiscard]] std::string sql_of(kept_sql what, std::string_view text) const override {
        if (what == kept_sql::default_value) return std::string{behind(text, "DEFAULT")};
        if (what == kept_sql::check) text = behind(text, "CHECK");
        return std::string{what == kept_sql::view ? text : without_parentheses(text)};
    }
};

}  // namespace

std::unique_ptr<reflector> make_reflector(executor& through) { return std::make_unique<catalogue_reader>(through); }

}  // namespace azoth::firebird
