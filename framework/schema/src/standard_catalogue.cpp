#include <azoth/schema/queried_catalogue.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace azoth {
namespace {

/// ISO/IEC 9075-11, INFORMATION_SCHEMA. Names of constraints are one a schema there; where they are one a table (PostgreSQL) or every
/// primary key is called PRIMARY (MySQL), the table's name tells them apart as far as the views have it.
constexpr auto relations =
    "SELECT t.table_name, CASE t.table_type WHEN 'VIEW' THEN COALESCE(v.view_definition, '') END, NULL FROM information_schema.tables t"
    " LEFT JOIN information_schema.views v ON v.table_schema = t.table_schema AND v.table_name = t.table_name"
    " WHERE t.table_schema = :schema AND t.table_type IN ('BASE TABLE', 'VIEW')";
constexpr auto columns =
    "SELECT table_name, column_name, CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END, column_default, NULL, NULL, NULL, data_type,"
    " character_maximum_length, numeric_precision, numeric_scale"
    " FROM information_schema.columns WHERE table_schema = :schema ORDER BY table_name, ordinal_position";
constexpr auto keys =
    "SELECT c.table_name, c.constraint_name, c.constraint_type, k.column_name, u.table_schema, u.table_name, u.column_name, r.update_rule,"
    " r.delete_rule FROM information_schema.table_constraints c"
    " JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name"
    " AND k.table_name = c.table_name LEFT JOIN information_schema.referential_constraints r"
    " ON r.constraint_schema = c.constraint_schema AND r.constraint_name = c.constraint_name AND c.constraint_type = 'FOREIGN KEY'"
    " LEFT JOIN information_schema.key_column_usage u ON u.constraint_schema = r.unique_constraint_schema"
    " AND u.constraint_name = r.unique_constraint_name AND u.ordinal_position = k.position_in_unique_constraint"
    " WHERE c.table_schema = :schema ORDER BY c.table_name, c.constraint_name, k.ordinal_position";
constexpr auto checks =
    "SELECT t.table_name, t.constraint_name, c.check_clause FROM information_schema.table_constraints t"
    " JOIN information_schema.check_constraints c ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name"
    " WHERE t.constraint_type = 'CHECK' AND t.table_schema = :schema"
    " ORDER BY t.table_name, t.constraint_name";
constexpr auto sequences =
    "SELECT sequence_name, start_value, increment, minimum_value, maximum_value, NULL FROM information_schema.sequences"
    " WHERE sequence_schema = :schema";
constexpr auto schemas = "SELECT schema_name FROM information_schema.schemata WHERE LOWER(schema_name) <> 'information_schema'";

enum class measure : std::uint8_t { none, length, digits };
struct standard_name {
    std::string_view spelled;
    type_kind kind;
    measure has{};
};
constexpr standard_name names[]{
    {"CHARACTER VARYING", type_kind::string, measure::length},
    {"VARCHAR", type_kind::string, measure::length},
    {"CHARACTER", type_kind::string, measure::length},
    {"CHAR", type_kind::string, measure::length},
    {"CHARACTER LARGE OBJECT", type_kind::text},
    {"CLOB", type_kind::text},
    {"TEXT", type_kind::text},
    {"BINARY", type_kind::binary, measure::length},
    {"BINARY VARYING", type_kind::binary, measure::length},
    {"VARBINARY", type_kind::binary, measure::length},
    {"BINARY LARGE OBJECT", type_kind::binary},
    {"BLOB", type_kind::binary},
    {"SMALLINT", type_kind::small_integer},
    {"INTEGER", type_kind::integer},
    {"INT", type_kind::integer},
    {"BIGINT", type_kind::big_integer},
    {"NUMERIC", type_kind::numeric, measure::digits},
    {"DECIMAL", type_kind::numeric, measure::digits},
    {"REAL", type_kind::real},
    {"FLOAT", type_kind::double_},
    {"DOUBLE PRECISION", type_kind::double_},
    {"DOUBLE", type_kind::double_},
    {"BOOLEAN", type_kind::boolean},
    {"DATE", type_kind::date},
    {"TIME", type_kind::time},
    {"TIME WITHOUT TIME ZONE", type_kind::time},
    {"TIMESTAMP", type_kind::timestamp},
    {"TIMESTAMP WITHOUT TIME ZONE", type_kind::timestamp},
    {"TIMESTAMP WITH TIME ZONE", type_kind::timestamp_tz},
    {"UUID", type_kind::uuid},
    {"JSON", type_kind::json},
};

std::string in_capitals(std::string_view text) {
    std::string made{text};
    std::ranges::transform(made, made.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return made;
}

}  // namespace

catalogue_queries standard_catalogue_queries() {
    return {.relations = relations,
            .columns = columns,
            .keys = keys,
            .checks = checks,
            .sequences = sequences,
            .schemas = schemas,
            .default_schema = "SELECT CURRENT_SCHEMA"};
}

type standard_type(std::string_view spelled, std::int64_t length, std::int64_t precision, std::int64_t scale) {
    const auto* known = std::ranges::find(names, in_capitals(spelled), &standard_name::spelled);
    if (known == std::end(names)) return type_kind::unknown;
    type made = known->kind;
    if (known->has == measure::length) made.length = static_cast<std::uint32_t>(std::clamp<std::int64_t>(length, 0, UINT32_MAX));
    if (known->has == measure::digits) {
        made.precision = static_cast<decltype(made.precision)>(precision);
        made.scale = static_cast<decltype(made.scale)>(scale);
    }
    return made;
}

}  // namespace azoth
