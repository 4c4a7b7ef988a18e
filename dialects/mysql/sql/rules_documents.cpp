// JSON by the functions that both servers have, and arrays, which are JSON arrays. MariaDB's JSON is a text: what is made is written
// without blanks, as values are sent, but for arrays, which have them.
#include "rules.hpp"

#include <fmt/format.h>

#include <span>

namespace azoth::mysql {
namespace {

using k = type_kind;
using path_steps = std::span<const node_ptr>;

cell step_of(const node_ptr& n) { return static_cast<const literal_node&>(*n).content.view(); }

/// As nlohmann::json writes it, and with it who sends documents: MariaDB compares keys as they are spelt.
std::string escaped(char c) {
    switch (c) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\b': return "\\b";
        case '\f': return "\\f";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: return static_cast<unsigned char>(c) < ' ' ? fmt::format("\\u{:04x}", static_cast<unsigned char>(c)) : std::string{c};
    }
}

/// A key in a path is a JSON string.
std::string quoted_key(std::string_view key) {
    std::string text = ".\"";
    for (const char c : key) text += escaped(c);
    return text + '"';
}

/// MariaDB takes the minus at a key's beginning for a place counted from the end, in quotes as well.
void check_keys(const compiler& out, path_steps way) {
    for (const node_ptr& step : way) {
        const cell c = step_of(step);
        out.require(out.can().json_keys_with_minus || c.tag != cell_tag::text || !c.chars_view().starts_with('-'),
                    "a JSON path with a key that begins with a minus", "read the document whole");
    }
}

std::string path_text(path_steps way) {
    std::string path = "$";
    for (const node_ptr& step : way) {
        const cell c = step_of(step);
        path += c.tag == cell_tag::text ? quoted_key(c.chars_view()) : fmt::format("[{}]", c.i64);
    }
    return path;
}

void write_extracted(compiler& out, const node_ptr& document, path_steps way) {
    if (way.empty()) return static_cast<void>(out << document);
    check_keys(out, way);
    out << "JSON_EXTRACT(" << document << ", ";
    write_quoted_text(out, path_text(way));
    out << ")";
}

void write_kind(compiler& out, const node_ptr& document, path_steps way) {
    out << "JSON_TYPE(";
    write_extracted(out, document, way);
    out << ")";
}

bool is_place(const node_ptr& step) { return step_of(step).tag != cell_tag::text; }
bool is_first_place(const node_ptr& step) { return is_place(step) && step_of(step).i64 == 0; }

/// What is no array counts as one of one element to the servers: where a path asks for the first, an array has to be there.
bool write_guards(compiler& out, const node_ptr& document, path_steps way) {
    std::string_view before = "CASE WHEN ";
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (!is_first_place(way[i])) continue;
        out << before;
        write_kind(out, document, way.first(i));
        out << " = 'ARRAY'";
        before = " AND ";
    }
    const bool any = before == " AND ";
    if (any) out << " THEN ";
    return any;
}

/// Without blanks, where JSON is a text. MariaDB would also compare what JSON_EXTRACT gives without its quotes.
std::string_view compact(const compiler& out) { return server_is(out, 1, 0) ? "JSON_COMPACT(" : "("; }

/// Behind a document that was made: MariaDB's are texts, and meet columns of documents only in the collation that these have.
std::string_view like_columns(const compiler& out) { return server_is(out, 1, 0) ? " COLLATE utf8mb4_bin" : ""; }

void write_json_get(compiler& out, const operation_node& n) {
    const path_steps way = path_steps{n.arguments}.subspan(1);
    const bool guarded = write_guards(out, n.arguments.front(), way);
    out << compact(out);
    write_extracted(out, n.arguments.front(), way);
    out << (guarded ? ") END" : ")");
}

std::string_view kind_test(const type& t) {
    if (t.kind == k::boolean) return " = 'BOOLEAN'";
    return t.kind == k::text ? " = 'STRING'" : " IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')";
}

void write_unquoted(compiler& out, const node_ptr& document, path_steps way) {
    out << "JSON_UNQUOTE(";
    write_extracted(out, document, way);
    out << ")";
}

/// As a text of the session's: MariaDB gives it a collation that meets no other.
void write_as_text(compiler& out, const node_ptr& document, path_steps way) {
    out << "CAST(";
    write_unquoted(out, document, way);
    out << " AS CHAR)";
}

void write_json_value(compiler& out, const operation_node& n, path_steps way) {
    const node_ptr& document = n.arguments.front();
    const bool whole = is_integer(n.type.kind);
    if (!whole && n.type.kind != k::double_) {
        write_as_text(out, document, way);
        out << (n.type.kind == k::boolean ? " = 'true'" : "");
        return;
    }
    out << (whole ? "CAST(CAST(" : "CAST(");
    write_unquoted(out, document, way);
    out << (whole ? " AS DECIMAL(65, 30)) AS SIGNED)" : " AS DOUBLE)");
}

void write_json_get_text(compiler& out, const operation_node& n) {
    const path_steps way = path_steps{n.arguments}.subspan(1);
    const node_ptr& document = n.arguments.front();
    const bool guarded = write_guards(out, document, way);
    out << "CASE WHEN ";
    write_kind(out, document, way);
    out << (n.option == 0 ? std::string_view{" <> 'NULL'"} : kind_test(n.type)) << " THEN ";
    if (n.option == 0) write_as_text(out, document, way);
    else write_json_value(out, n, way);
    out << (guarded ? " END END" : " END");
}

void write_json_length(compiler& out, const operation_node& n) {
    const node_ptr& document = n.arguments.front();
    out << "CASE WHEN JSON_TYPE(" << document << ") = 'ARRAY' THEN JSON_LENGTH(" << document << ") END";
}

void write_json_kind(compiler& out, const operation_node& n) {
    out << "CASE JSON_TYPE(" << n.arguments.front()
        << ") WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'STRING' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'NULL' "
           "THEN 'null' WHEN 'INTEGER' THEN 'number' WHEN 'UNSIGNED INTEGER' THEN 'number' WHEN 'DOUBLE' THEN 'number' WHEN 'DECIMAL' THEN "
           "'number' END";
}

/// A value as a piece of JSON: documents are texts to MariaDB, and truths are numbers to both.
void write_json_item(compiler& out, const node_ptr& n) {
    const type_kind kind = type_of(*n).kind;
    if (kind == k::json) out << "JSON_EXTRACT(CAST(" << n << " AS CHAR), '$')";  // of the texts' collation
    else if (kind == k::boolean) out << "JSON_EXTRACT(CASE " << n << " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$')";
    else out << n;
}

void write_json_items(compiler& out, const operation_node& n) {
    const bool is_object = n.op == operation::json_object;
    const bool converts = server_is(out, 1, 0);  // what is made of columns of another character set has that one
    out << (converts ? "CONVERT(" : "") << compact(out) << (is_object ? "JSON_OBJECT(" : "JSON_ARRAY(");
    for (std::size_t i = 0; i < n.arguments.size(); ++i) {
        if (i != 0) out << ", ";
        if (is_object && i % 2 == 0) out << n.arguments[i];
        else write_json_item(out, n.arguments[i]);
    }
    out << (converts ? ")) USING utf8mb4)" : "))") << like_columns(out);
}

/// What holds the member has to be of the right kind: the servers would make an array of what is none.
void write_json_change(compiler& out, const operation_node& n) {
    const bool sets = n.op == operation::json_set;
    const node_ptr& document = n.arguments.front();
    const path_steps way = path_steps{n.arguments}.subspan(1, n.arguments.size() - (sets ? 2 : 1));
    out << compact(out) << "CASE WHEN ";
    for (std::size_t i = 0; i + 1 < way.size(); ++i)
        if (is_first_place(way[i])) {
            write_kind(out, document, way.first(i));
            out << " = 'ARRAY' AND ";
        }
    check_keys(out, way);
    write_kind(out, document, way.first(way.size() - 1));
    out << (is_place(way.back()) ? " = 'ARRAY' THEN " : " = 'OBJECT' THEN ") << (sets ? "JSON_SET(CAST(" : "JSON_REMOVE(CAST(") << document
        << " AS CHAR), ";
    write_quoted_text(out, path_text(way));
    if (sets) {
        out << ", ";
        write_json_item(out, n.arguments.back());
    }
    out << ") ELSE CAST(" << document << " AS CHAR) END)" << like_columns(out);
}

void write_element_text(compiler& out, const node_ptr& array, std::string_view path, const type& t) {
    const bool is_instant = t.kind == k::timestamp_tz;  // "... Z"
    const bool is_interval = t.kind == k::interval;     // "5 microseconds"
    out << (is_instant ? "TRIM(TRAILING 'Z' FROM " : is_interval ? "SUBSTRING_INDEX(" : "");
    out << "CAST(JSON_UNQUOTE(JSON_EXTRACT(" << array << ", '" << path << "')) AS CHAR)";
    out << (is_instant ? ")" : is_interval ? ", ' ', 1)" : "");
}

void write_element(compiler& out, const operation_node& n) {
    const std::string path = fmt::format("$[{}]", step_of(n.arguments[1]).i64);
    const bool is_text = family_of(n.type.kind) == type_family::text;
    const bool is_truth = n.type.kind == k::boolean;
    out << "CASE WHEN JSON_TYPE(JSON_EXTRACT(" << n.arguments[0] << ", '" << path << "')) <> 'NULL' THEN "
        << (is_text || is_truth ? "" : "CAST(");
    write_element_text(out, n.arguments[0], path, n.type);
    if (is_truth) out << " = 'true'";
    else if (!is_text) out << " AS " << cast_name(out, n.type) << ")";
    out << " END";
}

void write_slice(compiler& out, const operation_node& n) {
    out.require(out.can().array_slices, "an array's slice", "read the array whole");
    const std::int64_t from = step_of(n.arguments[1]).i64;
    const std::int64_t to = step_of(n.arguments[2]).i64;
    out << "CASE WHEN " << n.arguments[0] << " IS NOT NULL THEN ";
    if (from < to) out << "COALESCE(JSON_EXTRACT(" << n.arguments[0] << fmt::format(", '$[{} to {}]'), '[]') END", from, to - 1);
    else out << "'[]' END";
}

/// The elements as rows of texts, which compare byte by byte; decimals as numbers.
void write_elements(compiler& out, const node_ptr& array, const type& element, std::string_view name, bool numbered = false) {
    out << "JSON_TABLE(" << array << ", '$[*]' COLUMNS (" << (numbered ? "n FOR ORDINALITY, " : "") << "v "
        << (element.kind == k::numeric ? "DECIMAL(65, 30)" : "LONGTEXT") << " PATH '$')) AS " << name;
}

std::string_view elements_are_equal(const type& element) {
    return element.kind == k::numeric ? "azoth_a.v = azoth_b.v" : "CAST(azoth_a.v AS BINARY) = CAST(azoth_b.v AS BINARY)";
}

void require_search(const compiler& out) { out.require(out.can().array_search, "a search in an array", "use a table of the elements"); }

/// Arrays of nothing would be empty ones.
void open_where_not_null(compiler& out, const operation_node& n) {
    const auto nullable = nullable_arrays(n);
    for (std::size_t i = 0; i < nullable.size(); ++i) out << (i == 0 ? "CASE WHEN " : " AND ") << nullable[i] << " IS NOT NULL";
    out << (nullable.empty() ? "(" : " THEN ");
}
void close_where_not_null(compiler& out, const operation_node& n) { out << (nullable_arrays(n).empty() ? ")" : " END"); }

void write_contains_all(compiler& out, const operation_node& n) {
    require_search(out);
    const type element = element_type(*n.arguments[0]);
    open_where_not_null(out, n);
    out << "NOT EXISTS (SELECT 1 FROM ";
    write_elements(out, n.arguments[1], element, "azoth_b");
    out << " WHERE NOT EXISTS (SELECT 1 FROM ";
    write_elements(out, n.arguments[0], element, "azoth_a");
    out << " WHERE " << elements_are_equal(element) << "))";
    close_where_not_null(out, n);
}

void write_overlaps(compiler& out, const operation_node& n) {
    require_search(out);
    const type element = element_type(*n.arguments[0]);
    open_where_not_null(out, n);
    out << "EXISTS (SELECT 1 FROM ";
    write_elements(out, n.arguments[0], element, "azoth_a");
    out << " JOIN ";
    write_elements(out, n.arguments[1], element, "azoth_b");
    out << " ON " << elements_are_equal(element) << ")";
    close_where_not_null(out, n);
}

void write_position(compiler& out, const operation_node& n) {
    require_search(out);
    const type element = element_type(*n.arguments[0]);
    out << "(SELECT MIN(azoth_a.n) - 1 FROM ";
    write_elements(out, n.arguments[0], element, "azoth_a", true);
    out << " JOIN ";
    write_elements(out, n.arguments[1], element, "azoth_b");
    out << " ON " << elements_are_equal(element) << ")";
}

void write_json_contains(compiler& out, const operation_node& n) {
    out.require(out.can().json_containment, "json_contains", "JSON_CONTAINS takes others for contained: compare paths, or call it by name");
    out << "JSON_CONTAINS(" << n.arguments[0] << ", " << n.arguments[1] << ")";
}

void write_array_remove(compiler& out, const operation_node& n) {
    out.require(out.can().array_removal, "array_remove", "read the array, and write it without the element");
    out << "ARRAY_REMOVE(" << n.arguments[0] << ", " << n.arguments[1] << ")";
}

}  // namespace

void set_document_rules(rule_table& to) {
    to.set(operation::json_get, &write_json_get);
    to.set(operation::json_get_text, &write_json_get_text);
    to.set(operation::json_contains, &write_json_contains);
    to.set(operation::json_length, &write_json_length);
    to.set(operation::json_kind, &write_json_kind);
    to.set(operation::json_object, &write_json_items);
    to.set(operation::json_array, &write_json_items);
    to.set(operation::json_set, &write_json_change);
    to.set(operation::json_remove, &write_json_change);
    to.set(operation::array_element, &write_element);
    to.set(operation::array_slice, &write_slice);
    to.set(operation::array_length, "JSON_LENGTH");
    to.set(operation::array_concat, "JSON_MERGE_PRESERVE");
    to.set(operation::array_of_one, "JSON_ARRAY");
    to.set(operation::array_contains_all, &write_contains_all);
    to.set(operation::array_overlaps, &write_overlaps);
    to.set(operation::array_position, &write_position);
    to.set(operation::array_remove, &write_array_remove);
}

}  // namespace azoth::mysql
