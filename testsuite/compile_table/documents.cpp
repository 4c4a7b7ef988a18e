// JSON and arrays.
#include "table.hpp"

#include <nlohmann/json.hpp>

namespace compile_table {
namespace {

using nlohmann::json;
using texts = std::vector<std::string>;
using numbers = std::vector<std::int64_t>;

/// Rows about `document`.
class document_rows {
public:
    explicit document_rows(rows_of& to) : to_{to} {}
    template <class E>
    void expression(std::string_view name, const E& e, outcomes expected, std::string_view parameters = {}) {
        to_.expression_over(document(), name, e, expected, parameters);
    }

private:
    rows_of& to_;
};

az::expr<std::optional<json>> body() { return document().column<std::optional<json>>("body"); }
/// As if it could not be NULL.
az::expr<texts> tags() { return az::expr<texts>{document()["tags"].node()}; }
az::expr<std::optional<numbers>> scores() { return document().column<std::optional<numbers>>("scores"); }
az::expr<std::int64_t> id() { return document().column<std::int64_t>("id"); }

void paths(document_rows to) {
    to.expression("member", body()["a"],
                  {R"(("document"."body" -> '$."a"'))", R"(("document"."body" -> 'a'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"')))"});
    to.expression("members and places", body()["a"][2]["x"],
                  {R"(("document"."body" -> '$."a"[2]."x"'))", R"(("document"."body" -> 'a' -> 2 -> 'x'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"[2]."x"')))"});
    to.expression(
        "first place", body()["a"][0],
        {R"(("document"."body" -> '$."a"[0]'))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body" -> 'a') = 'array' THEN ("document"."body" -> 'a' -> 0) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'ARRAY' THEN JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"[0]')) END)"});
    to.expression(
        "place of the whole", body()[0][0],
        {R"(("document"."body" -> '$[0][0]'))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body") = 'array' AND JSONB_TYPEOF("document"."body" -> 0) = 'array' THEN ("document"."body" -> 0 -> 0) END)",
         "CASE WHEN JSON_TYPE(`document`.`body`) = 'ARRAY' AND JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$[0]')) = 'ARRAY' THEN "
         "JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$[0][0]')) END"});
    to.expression("key with blanks and dots", body()["a b.c"],
                  {R"(("document"."body" -> '$."a b.c"'))", R"(("document"."body" -> 'a b.c'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a b.c"')))"});
    to.expression("key with quotes", body()["it's \"a\""],
                  {R"((azoth_json_get("document"."body", '["it''s \"a\""]')))", R"(("document"."body" -> 'it''s "a"'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."it''s \"a\""')))"});
    to.expression("key with a backslash", body()["a\\b"],
                  {R"((azoth_json_get("document"."body", '["a\\b"]')))", R"(("document"."body" -> 'a\b'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a\\b"')))"});
    to.expression("key beyond ASCII", body()["größe"],
                  {R"((azoth_json_get("document"."body", '["größe"]')))", R"(("document"."body" -> 'größe'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."größe"')))"});
    to.expression("key of digits", body()["0"],
                  {R"(("document"."body" -> '$."0"'))", R"(("document"."body" -> '0'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."0"')))"});
    to.expression("key of SQL", body()["'); DROP TABLE x; --"],
                  {R"(("document"."body" -> '$."''); DROP TABLE x; --"'))", R"(("document"."body" -> '''); DROP TABLE x; --'))",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."''); DROP TABLE x; --"')))"});
    to.expression(
        "empty key", body()[""],
        {R"(("document"."body" -> '$.""'))", R"(("document"."body" -> ''))", R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$.""')))"});
    to.expression("path with a quote compared", body()["\""][1] == json(5),
                  {R"((azoth_json_get("document"."body", '["\"",1]')) = ?)", R"(("document"."body" -> '"' -> 1) = $1::JSONB)",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."\""[1]')) = ?)"},
                  "'5'");
}

void values(document_rows to) {
    to.expression(
        "text of the whole", body().json_text(),
        {R"(CASE json_type("document"."body", '$') WHEN 'null' THEN NULL WHEN 'text' THEN "document"."body" ->> '$' ELSE "document"."body" -> '$' END)",
         R"(("document"."body" #>> '{}'))",
         "CASE WHEN JSON_TYPE(`document`.`body`) <> 'NULL' THEN CAST(JSON_UNQUOTE(`document`.`body`) AS CHAR) END"});
    to.expression(
        "text of a member", body()["a"]["b"].json_text(),
        {R"(CASE json_type("document"."body", '$."a"."b"') WHEN 'null' THEN NULL WHEN 'text' THEN "document"."body" ->> '$."a"."b"' ELSE "document"."body" -> '$."a"."b"' END)",
         R"(("document"."body" -> 'a' ->> 'b'))",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"."b"')) <> 'NULL' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"."b"')) AS CHAR) END)"});
    to.expression(
        "text behind a first place", body()["a"][0].json_text(),
        {R"(CASE json_type("document"."body", '$."a"[0]') WHEN 'null' THEN NULL WHEN 'text' THEN "document"."body" ->> '$."a"[0]' ELSE "document"."body" -> '$."a"[0]' END)",
         R"(CASE WHEN JSONB_TYPEOF("document"."body" -> 'a') = 'array' THEN ("document"."body" -> 'a' ->> 0) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'ARRAY' THEN CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"[0]')) <> 'NULL' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"[0]')) AS CHAR) END END)"});
    to.expression(
        "integer", body()["a"].json_as<std::int64_t>(),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'integer' THEN "document"."body" ->> '$."a"' WHEN 'real' THEN CAST(round("document"."body" ->> '$."a"') AS INTEGER) END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'number' THEN CAST(CAST(("document"."body" -> 'a') #>> '{}' AS NUMERIC) AS BIGINT) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS DECIMAL(65, 30)) AS SIGNED) END)"});
    to.expression(
        "small integer", body()["a"].json_as<std::int32_t>(),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'integer' THEN "document"."body" ->> '$."a"' WHEN 'real' THEN CAST(round("document"."body" ->> '$."a"') AS INTEGER) END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'number' THEN CAST(CAST(("document"."body" -> 'a') #>> '{}' AS NUMERIC) AS INTEGER) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS DECIMAL(65, 30)) AS SIGNED) END)"});
    to.expression(
        "double", body()["a"].json_as<double>(),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'integer' THEN CAST("document"."body" ->> '$."a"' AS REAL) WHEN 'real' THEN "document"."body" ->> '$."a"' END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'number' THEN CAST(CAST(("document"."body" -> 'a') #>> '{}' AS NUMERIC) AS DOUBLE PRECISION) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS DOUBLE) END)"});
    to.expression(
        "truth", body()["a"].json_as<bool>(),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'boolean' THEN CAST(("document"."body" -> 'a') #>> '{}' AS BOOLEAN) END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'BOOLEAN' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS CHAR) = 'true' END)"});
    to.expression(
        "text of a text", body()["a"].json_as<std::string>(),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'text' THEN "document"."body" ->> '$."a"' END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'string' THEN ("document"."body" -> 'a') #>> '{}' END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'STRING' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS CHAR) END)"});
    to.expression(
        "text with a key beyond ASCII", body()["größe"].json_as<std::string>(),
        {R"(CASE json_type(azoth_json_get("document"."body", '["größe"]'), '$') WHEN 'text' THEN azoth_json_get("document"."body", '["größe"]') ->> '$' END)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'größe') WHEN 'string' THEN ("document"."body" -> 'größe') #>> '{}' END)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."größe"')) = 'STRING' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."größe"')) AS CHAR) END)"});
    to.expression(
        "integer compared", body()["a"]["b"].json_as<std::int64_t>() > 5,
        {R"(CASE json_type("document"."body", '$."a"."b"') WHEN 'integer' THEN "document"."body" ->> '$."a"."b"' WHEN 'real' THEN CAST(round("document"."body" ->> '$."a"."b"') AS INTEGER) END > ?)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a' -> 'b') WHEN 'number' THEN CAST(CAST(("document"."body" -> 'a' -> 'b') #>> '{}' AS NUMERIC) AS BIGINT) END > $1::BIGINT)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"."b"')) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"."b"')) AS DECIMAL(65, 30)) AS SIGNED) END > ?)"},
        "5");
    to.expression(
        "text compared", body()["a"].json_as<std::string>() == "x",
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'text' THEN "document"."body" ->> '$."a"' END = ?)",
         R"(CASE JSONB_TYPEOF("document"."body" -> 'a') WHEN 'string' THEN ("document"."body" -> 'a') #>> '{}' END = $1::TEXT)",
         R"(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'STRING' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."a"')) AS CHAR) END = ?)"},
        "'x'");
    to.expression(
        "integer of a first place", body()[0].json_as<std::int64_t>(),
        {R"(CASE json_type("document"."body", '$[0]') WHEN 'integer' THEN "document"."body" ->> '$[0]' WHEN 'real' THEN CAST(round("document"."body" ->> '$[0]') AS INTEGER) END)",
         R"(CASE WHEN JSONB_TYPEOF("document"."body") = 'array' THEN CASE JSONB_TYPEOF("document"."body" -> 0) WHEN 'number' THEN CAST(CAST(("document"."body" -> 0) #>> '{}' AS NUMERIC) AS BIGINT) END END)",
         "CASE WHEN JSON_TYPE(`document`.`body`) = 'ARRAY' THEN CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$[0]')) IN "
         "('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$[0]')) AS "
         "DECIMAL(65, 30)) AS SIGNED) END END"});
    to.expression("member compared", body()["a"] == json{{"x", 1}},
                  {R"(("document"."body" -> '$."a"') = ?)", R"(("document"."body" -> 'a') = $1::JSONB)",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"')) = ?)"},
                  R"('{"x":1}')");
    to.expression("has_key", body().has_key("a"),
                  {R"(("document"."body" -> '$."a"') IS NOT NULL)", R"(("document"."body" -> 'a') IS NOT NULL)",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"')) IS NOT NULL)"});
    to.expression("has_key inside", body()["a"].has_key("b c"),
                  {R"(("document"."body" -> '$."a"."b c"') IS NOT NULL)", R"(("document"."body" -> 'a' -> 'b c') IS NOT NULL)",
                   R"(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"."b c"')) IS NOT NULL)"});
    to.expression(
        "json_contains", body().json_contains(json{{"a", 1}}),
        {R"(azoth_json_contains("document"."body", ?))", R"(("document"."body" @> $1::JSONB))", refused("cannot do json_contains")},
        R"('{"a":1}')");
    to.expression("json_contains of a member", body()["a"].json_contains(body()["b"]),
                  {R"(azoth_json_contains(("document"."body" -> '$."a"'), ("document"."body" -> '$."b"')))",
                   R"((("document"."body" -> 'a') @> ("document"."body" -> 'b')))", refused("cannot do json_contains")});
    to.expression("json_array_length", func::json_array_length(body()),
                  {R"(CASE json_type("document"."body", '$') WHEN 'array' THEN json_array_length("document"."body", '$') END)",
                   R"(CASE JSONB_TYPEOF("document"."body") WHEN 'array' THEN JSONB_ARRAY_LENGTH("document"."body") END)",
                   "CASE WHEN JSON_TYPE(`document`.`body`) = 'ARRAY' THEN JSON_LENGTH(`document`.`body`) END"});
    to.expression(
        "json_array_length of a member", func::json_array_length(body()["a"]),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'array' THEN json_array_length("document"."body", '$."a"') END)",
         R"(CASE JSONB_TYPEOF(("document"."body" -> 'a')) WHEN 'array' THEN JSONB_ARRAY_LENGTH(("document"."body" -> 'a')) END)",
         R"(CASE WHEN JSON_TYPE(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"'))) = 'ARRAY' THEN JSON_LENGTH(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"'))) END)"});
    to.expression(
        "json_kind", func::json_kind(body()["a"]),
        {R"(CASE json_type("document"."body", '$."a"') WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'text' THEN 'string' ELSE json_type("document"."body", '$."a"') END)",
         R"(JSONB_TYPEOF(("document"."body" -> 'a')))",
         R"(CASE JSON_TYPE(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"'))) WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'STRING' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'NULL' THEN 'null' WHEN 'INTEGER' THEN 'number' WHEN 'UNSIGNED INTEGER' THEN 'number' WHEN 'DOUBLE' THEN 'number' WHEN 'DECIMAL' THEN 'number' END)"});
}

void makers(document_rows to) {
    to.expression("json_object", func::json_object("id", id(), "name", "x"),
                  {R"(json_object('id', "document"."id", 'name', ?))", R"(JSONB_BUILD_OBJECT('id', "document"."id", 'name', $1::TEXT))",
                   "CONVERT(JSON_COMPACT(JSON_OBJECT('id', `document`.`id`, 'name', ?)) USING utf8mb4) COLLATE utf8mb4_bin"},
                  "'x'");
    to.expression(
        "json_object in order", func::json_object("b", 1, "a", 2.5, "c", true),
        {"json_object('a', json(azoth_json_real(?)), 'b', ?, 'c', json(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END))",
         "JSONB_BUILD_OBJECT('a', $1::DOUBLE PRECISION, 'b', $2::INTEGER, 'c', $3::BOOLEAN)",
         "CONVERT(JSON_COMPACT(JSON_OBJECT('a', ?, 'b', ?, 'c', JSON_EXTRACT(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$'))) "
         "USING utf8mb4) COLLATE utf8mb4_bin"},
        "2.5, 1, 1");
    to.expression(
        "json_object of documents", func::json_object("body", body()["a"], "text", body()["b"].json_text()),
        {R"(json_object('body', json(("document"."body" -> '$."a"')), 'text', (CASE json_type("document"."body", '$."b"') WHEN 'null' THEN NULL WHEN 'text' THEN "document"."body" ->> '$."b"' ELSE "document"."body" -> '$."b"' END || '')))",
         R"(JSONB_BUILD_OBJECT('body', ("document"."body" -> 'a'), 'text', ("document"."body" ->> 'b')))",
         R"(CONVERT(JSON_COMPACT(JSON_OBJECT('body', JSON_EXTRACT(CAST(JSON_COMPACT(JSON_EXTRACT(`document`.`body`, '$."a"')) AS CHAR), '$'), 'text', CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."b"')) <> 'NULL' THEN CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`body`, '$."b"')) AS CHAR) END)) USING utf8mb4) COLLATE utf8mb4_bin)"});
    to.expression("json_object of nothing", func::json_object("none", std::nullopt, "is it's", std::optional<int>{}),
                  {"json_object('is it''s', ?, 'none', ?)", "JSONB_BUILD_OBJECT('is it''s', $1::INTEGER, 'none', $2::TEXT)",
                   "CONVERT(JSON_COMPACT(JSON_OBJECT('is it''s', ?, 'none', ?)) USING utf8mb4) COLLATE utf8mb4_bin"},
                  "NULL, NULL");
    to.expression("empty json_object", func::json_object(),
                  {"json_object()", "JSONB_BUILD_OBJECT()", "CONVERT(JSON_COMPACT(JSON_OBJECT()) USING utf8mb4) COLLATE utf8mb4_bin"});
    to.expression(
        "json_array", func::json_array(id(), "x", true, std::nullopt),
        {R"(json_array("document"."id", ?, json(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END), ?))",
         R"(JSONB_BUILD_ARRAY("document"."id", $1::TEXT, $2::BOOLEAN, $3::TEXT))",
         "CONVERT(JSON_COMPACT(JSON_ARRAY(`document`.`id`, ?, JSON_EXTRACT(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$'), ?)) "
         "USING utf8mb4) COLLATE utf8mb4_bin"},
        "'x', 1, NULL");
    to.expression(
        "json_array of objects", func::json_array(func::json_object("a", id() > 3)),
        {R"(json_array(json(json_object('a', json(CASE "document"."id" > ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)))))",
         R"(JSONB_BUILD_ARRAY(JSONB_BUILD_OBJECT('a', "document"."id" > $1::BIGINT)))",
         "CONVERT(JSON_COMPACT(JSON_ARRAY(JSON_EXTRACT(CAST(CONVERT(JSON_COMPACT(JSON_OBJECT('a', JSON_EXTRACT(CASE `document`.`id` > ? "
         "WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$'))) USING utf8mb4) COLLATE utf8mb4_bin AS CHAR), '$'))) USING utf8mb4) "
         "COLLATE utf8mb4_bin"},
        "3");
    to.expression(
        "json_set", func::json_set(body()["a"], 5),
        {R"(azoth_json_set("document"."body", '["a"]', json_quote(?)))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body") = 'object' THEN JSONB_SET("document"."body", ARRAY['a'], COALESCE(TO_JSONB($1::INTEGER), 'null'::JSONB)) ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(`document`.`body`) = 'OBJECT' THEN JSON_SET(CAST(`document`.`body` AS CHAR), '$."a"', ?) ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"},
        "5");
    to.expression(
        "json_set inside", func::json_set(body()["a"][0]["b c"], "x"),
        {R"(azoth_json_set("document"."body", '["a",0,"b c"]', json_quote(?)))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body" -> 'a') = 'array' AND JSONB_TYPEOF("document"."body" -> 'a' -> 0) = 'object' THEN JSONB_SET("document"."body", ARRAY['a', '0', 'b c'], COALESCE(TO_JSONB($1::TEXT), 'null'::JSONB)) ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'ARRAY' AND JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"[0]')) = 'OBJECT' THEN JSON_SET(CAST(`document`.`body` AS CHAR), '$."a"[0]."b c"', ?) ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"},
        "'x'");
    to.expression(
        "json_set of a document", func::json_set(body()["a"], json::array({1, 2})),
        {R"(azoth_json_set("document"."body", '["a"]', json_quote(json(?))))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body") = 'object' THEN JSONB_SET("document"."body", ARRAY['a'], COALESCE($1::JSONB, 'null'::JSONB)) ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(`document`.`body`) = 'OBJECT' THEN JSON_SET(CAST(`document`.`body` AS CHAR), '$."a"', JSON_EXTRACT(CAST(? AS CHAR), '$')) ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"},
        "'[1,2]'");
    to.expression(
        "json_set of a truth", func::json_set(body()["a"][1], false),
        {R"(azoth_json_set("document"."body", '["a",1]', json_quote(json(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END))))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body" -> 'a') = 'array' THEN JSONB_SET("document"."body", ARRAY['a', '1'], COALESCE(TO_JSONB($1::BOOLEAN), 'null'::JSONB)) ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"')) = 'ARRAY' THEN JSON_SET(CAST(`document`.`body` AS CHAR), '$."a"[1]', JSON_EXTRACT(CASE ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$')) ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"},
        "0");
    to.expression(
        "json_remove", func::json_remove(body()["a"]),
        {R"(azoth_json_remove("document"."body", '["a"]'))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body") = 'object' THEN "document"."body" #- ARRAY['a'] ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(`document`.`body`) = 'OBJECT' THEN JSON_REMOVE(CAST(`document`.`body` AS CHAR), '$."a"') ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"});
    to.expression(
        "json_remove inside", func::json_remove(body()["a"]["0"][1]),
        {R"(azoth_json_remove("document"."body", '["a","0",1]'))",
         R"(CASE WHEN JSONB_TYPEOF("document"."body" -> 'a' -> '0') = 'array' THEN "document"."body" #- ARRAY['a', '0', '1'] ELSE "document"."body" END)",
         R"(JSON_COMPACT(CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`body`, '$."a"."0"')) = 'ARRAY' THEN JSON_REMOVE(CAST(`document`.`body` AS CHAR), '$."a"."0"[1]') ELSE CAST(`document`.`body` AS CHAR) END) COLLATE utf8mb4_bin)"});
}

void arrays(document_rows to) {
    to.expression("element", tags()[0],
                  {R"(json_extract("document"."tags", '$[0]'))", R"(("document"."tags")[1])",
                   "CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`tags`, '$[0]')) <> 'NULL' THEN "
                   "CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`tags`, '$[0]')) AS CHAR) END"});
    to.expression("element of integers", scores()[2],
                  {R"(json_extract("document"."scores", '$[2]'))", R"(("document"."scores")[3])",
                   "CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`scores`, '$[2]')) <> 'NULL' THEN "
                   "CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`scores`, '$[2]')) AS CHAR) AS SIGNED) END"});
    to.expression("element compared", scores()[0] > 5,
                  {R"(json_extract("document"."scores", '$[0]') > ?)", R"(("document"."scores")[1] > $1::BIGINT)",
                   "CASE WHEN JSON_TYPE(JSON_EXTRACT(`document`.`scores`, '$[0]')) <> 'NULL' THEN "
                   "CAST(CAST(JSON_UNQUOTE(JSON_EXTRACT(`document`.`scores`, '$[0]')) AS CHAR) AS SIGNED) END > ?"},
                  "5");
    to.expression("slice", tags().slice(1, 3),
                  {R"(azoth_array_slice("document"."tags", 1, 3))", R"(("document"."tags")[2:3])",
                   "CASE WHEN `document`.`tags` IS NOT NULL THEN COALESCE(JSON_EXTRACT(`document`.`tags`, '$[1 to 2]'), '[]') END"});
    to.expression("empty slice", tags().slice(1, 1),
                  {R"(azoth_array_slice("document"."tags", 1, 1))", R"(("document"."tags")[2:1])",
                   "CASE WHEN `document`.`tags` IS NOT NULL THEN '[]' END"});
    to.expression("array_length", func::array_length(tags()),
                  {R"(json_array_length("document"."tags"))", R"(CARDINALITY("document"."tags"))", "JSON_LENGTH(`document`.`tags`)"});
    to.expression("array_contains", tags().array_contains("x"),
                  {R"(azoth_array_contains_all("document"."tags", ?, 0))", R"(("document"."tags" @> $1::TEXT[]))",
                   "(NOT EXISTS (SELECT 1 FROM JSON_TABLE(?, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 "
                   "FROM JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = "
                   "CAST(azoth_b.v AS BINARY))))"},
                  R"('["x"]')");
    to.expression("array_contains of what may be NULL", scores().array_contains(5),
                  {R"(azoth_array_contains_all("document"."scores", ?, 0))", R"(("document"."scores" @> $1::BIGINT[]))",
                   "CASE WHEN `document`.`scores` IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM JSON_TABLE(?, '$[*]' COLUMNS (v LONGTEXT PATH "
                   "'$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 FROM JSON_TABLE(`document`.`scores`, '$[*]' COLUMNS (v LONGTEXT PATH '$')) "
                   "AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = CAST(azoth_b.v AS BINARY))) END"},
                  "'[5]'");
    to.expression("array_contains of a column", scores().array_contains(id()),
                  {R"(azoth_array_contains_all("document"."scores", json_array("document"."id"), 0))",
                   R"(("document"."scores" @> CAST(ARRAY["document"."id"] AS BIGINT[])))",
                   "CASE WHEN `document`.`scores` IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM JSON_TABLE(JSON_ARRAY(`document`.`id`), "
                   "'$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 FROM JSON_TABLE(`document`.`scores`, "
                   "'$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = CAST(azoth_b.v AS BINARY))) END"});
    to.expression("value == any_", "x" == az::any_(tags()),
                  {R"(azoth_array_contains_all("document"."tags", ?, 0))", R"(("document"."tags" @> $1::TEXT[]))",
                   "(NOT EXISTS (SELECT 1 FROM JSON_TABLE(?, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 "
                   "FROM JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = "
                   "CAST(azoth_b.v AS BINARY))))"},
                  R"('["x"]')");
    to.expression("column == any_", id() == az::any_(scores()),
                  {R"(azoth_array_contains_all("document"."scores", json_array("document"."id"), 0))",
                   R"(("document"."scores" @> CAST(ARRAY["document"."id"] AS BIGINT[])))",
                   "CASE WHEN `document`.`scores` IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM JSON_TABLE(JSON_ARRAY(`document`.`id`), "
                   "'$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 FROM JSON_TABLE(`document`.`scores`, "
                   "'$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = CAST(azoth_b.v AS BINARY))) END"});
    to.expression("array_contains_all", tags().array_contains_all(texts{"x", "y"}),
                  {R"(azoth_array_contains_all("document"."tags", ?, 0))", R"(("document"."tags" @> $1::TEXT[]))",
                   "(NOT EXISTS (SELECT 1 FROM JSON_TABLE(?, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b WHERE NOT EXISTS (SELECT 1 "
                   "FROM JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a WHERE CAST(azoth_a.v AS BINARY) = "
                   "CAST(azoth_b.v AS BINARY))))"},
                  R"('["x", "y"]')");
    to.expression(
        "array_overlaps", tags().array_overlaps(texts{"x", "y"}),
        {R"(azoth_array_overlaps("document"."tags", ?, 0))", R"(("document"."tags" && $1::TEXT[]))",
         "(EXISTS (SELECT 1 FROM JSON_TABLE(`document`.`tags`, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_a JOIN JSON_TABLE(?, '$[*]' "
         "COLUMNS (v LONGTEXT PATH '$')) AS azoth_b ON CAST(azoth_a.v AS BINARY) = CAST(azoth_b.v AS BINARY)))"},
        R"('["x", "y"]')");
    to.expression("array_append", func::array_append(tags(), "x"),
                  {R"(azoth_array_concat("document"."tags", ?))", R"(("document"."tags" || $1::TEXT[]))",
                   "JSON_MERGE_PRESERVE(`document`.`tags`, ?)"},
                  R"('["x"]')");
    to.expression("array_append to what may be NULL", func::array_append(scores(), 5),
                  {R"(azoth_array_concat("document"."scores", ?))",
                   R"(CASE WHEN "document"."scores" IS NOT NULL THEN ("document"."scores" || $1::BIGINT[]) END)",
                   "JSON_MERGE_PRESERVE(`document`.`scores`, ?)"},
                  "'[5]'");
    to.expression("array_concat", func::array_concat(tags(), tags()),
                  {R"(azoth_array_concat("document"."tags", "document"."tags"))", R"(("document"."tags" || "document"."tags"))",
                   "JSON_MERGE_PRESERVE(`document`.`tags`, `document`.`tags`)"});
    to.expression("array_position", func::array_position(scores(), 5),
                  {R"(azoth_array_position("document"."scores", ?, 0))",
                   R"(CAST(ARRAY_POSITION("document"."scores", ($1::BIGINT[])[1]) - 1 AS BIGINT))",
                   "(SELECT MIN(azoth_a.n) - 1 FROM JSON_TABLE(`document`.`scores`, '$[*]' COLUMNS (n FOR ORDINALITY, v LONGTEXT PATH "
                   "'$')) AS azoth_a JOIN JSON_TABLE(?, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS azoth_b ON CAST(azoth_a.v AS BINARY) = "
                   "CAST(azoth_b.v AS BINARY))"},
                  "'[5]'");
    to.expression("array_remove", func::array_remove(tags(), "x"),
                  {R"(azoth_array_remove("document"."tags", ?, 0))", R"(ARRAY_REMOVE("document"."tags", ($1::TEXT[])[1]))",
                   refused("cannot do array_remove")},
                  R"('["x"]')");
    to.expression(
        "length of a slice", func::array_length(tags().slice(0, 2)),
        {R"(json_array_length(azoth_array_slice("document"."tags", 0, 2)))", R"(CARDINALITY(("document"."tags")[1:2]))",
         "JSON_LENGTH(CASE WHEN `document`.`tags` IS NOT NULL THEN COALESCE(JSON_EXTRACT(`document`.`tags`, '$[0 to 1]'), '[]') END)"});
}

const theme documents{"documents", [](rows_of& to) {
                          const document_rows of{to};
                          paths(of);
                          values(of);
                          makers(of);
                          arrays(of);
                      }};

}  // namespace
}  // namespace compile_table
