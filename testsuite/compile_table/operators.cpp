// Operators and functions of numbers and text, casts, tuples, ANY and ALL.
#include "table.hpp"

namespace compile_table {
namespace {

const auto& name() { return col<&employee::name>; }
const auto& email() { return col<&employee::email>; }
const auto& level() { return col<&employee::level>; }
const auto& flags() { return col<&employee::flags>; }
const auto& salary() { return col<&employee::salary>; }
const auto& bonus() { return col<&employee::bonus>; }

void numbers(rows_of& to) {
    to.expression("floor division of integers", az::floor_div(flags(), 3),
                  {R"(azoth_integer_floor_div("employee"."flags", ?))",
                   R"(CAST(FLOOR(CAST("employee"."flags" AS NUMERIC(40, 20)) / $1::BIGINT) AS BIGINT))",
                   R"(CAST(FLOOR(`employee`.`flags` / ?) AS SIGNED))"},
                  "3");
    to.expression("floor division of decimals", az::floor_div(salary(), az::decimal::parse("2.5")),
                  {R"(azoth_floor_div("employee"."salary", ?) COLLATE azoth_decimal)",
                   R"(FLOOR("employee"."salary" * 1.00000000000000000000 / $1::NUMERIC))",
                   R"(CAST(FLOOR(`employee`.`salary` / ?) AS DECIMAL(65, 0)))"},
                  "'2.5'");
    to.expression("floor division of doubles", az::floor_div(bonus(), 2.5),
                  {R"(azoth_floor_real(CAST("employee"."bonus" AS REAL) / ?))", R"(FLOOR("employee"."bonus" / $1::DOUBLE PRECISION))",
                   R"(FLOOR(`employee`.`bonus` / ?))"},
                  "2.5");
    to.expression("floor division of an unsigned by a computed one", az::floor_div(col<&employee::badge>, level() + 1),
                  {R"(azoth_integer_floor_div("employee"."badge", "employee"."level" + ?))",
                   R"(CAST(FLOOR(CAST("employee"."badge" AS NUMERIC(40, 20)) / ("employee"."level" + $1::INTEGER)) AS BIGINT))",
                   R"(CAST(FLOOR(`employee`.`badge` / (`employee`.`level` + ?)) AS SIGNED))"},
                  "1");
    to.expression("round of a decimal", func::round(salary(), 1),
                  {R"(azoth_round("employee"."salary", 1) COLLATE azoth_decimal)", R"(ROUND("employee"."salary", 1))",
                   R"(ROUND(`employee`.`salary`, 1))"});
    to.expression(
        "round of a double", func::round(bonus(), 1),
        {R"(azoth_round_real("employee"."bonus", 1))",
         R"(CAST(ROUND(CAST(CAST(CAST("employee"."bonus" AS DOUBLE PRECISION) AS TEXT) AS NUMERIC), 1) AS DOUBLE PRECISION))",
         R"(IF(ABS(`employee`.`bonus`) < 1e15, CAST(ROUND(CAST(`employee`.`bonus` AS DECIMAL(65, 30)), 1) AS DOUBLE), `employee`.`bonus`))"});
    to.expression("truncate of a decimal", func::truncate(salary()),
                  {R"(azoth_truncate("employee"."salary", 0) COLLATE azoth_decimal)", R"(TRUNC("employee"."salary", 0))",
                   R"(TRUNCATE(`employee`.`salary`, 0))"});
    to.expression(
        "truncate of a double", func::truncate(bonus(), 2),
        {R"(azoth_truncate_real("employee"."bonus", 2))",
         R"(CAST(TRUNC(CAST(CAST(CAST("employee"."bonus" AS DOUBLE PRECISION) AS TEXT) AS NUMERIC), 2) AS DOUBLE PRECISION))",
         R"(IF(ABS(`employee`.`bonus`) < 1e15, CAST(TRUNCATE(CAST(`employee`.`bonus` AS DECIMAL(65, 30)), 2) AS DOUBLE), `employee`.`bonus`))"});
    to.expression("ceil of a decimal", func::ceil(salary()),
                  {R"(azoth_ceil("employee"."salary") COLLATE azoth_decimal)", R"(CEIL("employee"."salary"))",
                   R"(CAST(CEIL(`employee`.`salary`) AS DECIMAL(65, 0)))"});
    to.expression("floor of a double", func::floor(bonus()),
                  {R"(azoth_floor_real("employee"."bonus"))", R"(FLOOR("employee"."bonus"))", R"(FLOOR(`employee`.`bonus`))"});
    to.expression("sign", func::sign(flags()),
                  {R"(azoth_sign("employee"."flags"))", R"(CAST(SIGN("employee"."flags") AS INTEGER))", R"(SIGN(`employee`.`flags`))"});
    to.expression("power", func::power(level(), 2),
                  {R"(azoth_power("employee"."level", ?))",
                   R"(POWER(CAST("employee"."level" AS DOUBLE PRECISION), CAST($1::INTEGER AS DOUBLE PRECISION)))",
                   R"(POWER(`employee`.`level`, ?))"},
                  "2");
    to.expression("square root", func::sqrt(bonus()),
                  {R"(azoth_sqrt("employee"."bonus"))", R"(CASE WHEN "employee"."bonus" >= 0 THEN SQRT("employee"."bonus") END)",
                   R"(SQRT(`employee`.`bonus`))"});
    to.expression("natural logarithm", func::ln(salary()),
                  {R"(azoth_ln("employee"."salary"))",
                   R"(CASE WHEN "employee"."salary" > 0 THEN LN(CAST("employee"."salary" AS DOUBLE PRECISION)) END)",
                   R"(CASE WHEN `employee`.`salary` > 0 THEN LN(`employee`.`salary`) END)"});
    to.expression("logarithm to the base 10", func::log10(bonus()),
                  {R"(azoth_log10("employee"."bonus"))", R"(CASE WHEN "employee"."bonus" > 0 THEN LOG("employee"."bonus") END)",
                   R"(CASE WHEN `employee`.`bonus` > 0 THEN LOG10(`employee`.`bonus`) END)"});
    to.expression("exponential", func::exp(bonus()),
                  {R"(azoth_exp("employee"."bonus"))", R"(EXP("employee"."bonus"))", R"(EXP(`employee`.`bonus`))"});
    to.expression(
        "greatest", func::greatest(level(), flags(), 3),
        {R"(max("employee"."level", "employee"."flags", ?))",
         {R"(CASE WHEN NUM_NULLS("employee"."level", "employee"."flags", $1::INTEGER) = 0 THEN GREATEST("employee"."level", "employee"."flags", $2::INTEGER) END)",
          "3, 3"},
         R"(GREATEST(`employee`.`level`, `employee`.`flags`, ?))"},
        "3");
    to.expression(
        "least of decimals", func::least(salary(), az::decimal{5}),
        {R"(min("employee"."salary", ?))",
         {R"(CASE WHEN NUM_NULLS("employee"."salary", $1::NUMERIC) = 0 THEN LEAST("employee"."salary", $2::NUMERIC) END)", "'5', '5'"},
         R"(LEAST(`employee`.`salary`, ?))"},
        "'5'");
    to.expression("random", func::random(), {R"((abs(random() % 9007199254740992) / 9007199254740992.0))", R"(RANDOM())", R"(RAND())"});
    to.expression("nullif", func::nullif(level(), 0),
                  {R"(nullif("employee"."level", ?))", R"(nullif("employee"."level", $1::INTEGER))", R"(nullif(`employee`.`level`, ?))"},
                  "0");
    to.expression("bitwise and", flags().bitwise_and(6),
                  {R"(("employee"."flags" & ?))", R"(("employee"."flags" & $1::BIGINT))", R"(CAST(`employee`.`flags` & ? AS SIGNED))"},
                  "6");
    to.expression("bitwise and of 32 bits", level().bitwise_and(6),
                  {R"(("employee"."level" & ?))", R"((CAST("employee"."level" AS BIGINT) & $1::INTEGER))",
                   R"(CAST(`employee`.`level` & ? AS SIGNED))"},
                  "6");
    to.expression("bitwise or", flags().bitwise_or(level()),
                  {R"(("employee"."flags" | "employee"."level"))", R"(("employee"."flags" | "employee"."level"))",
                   R"(CAST(`employee`.`flags` | `employee`.`level` AS SIGNED))"});
    to.expression(
        "bitwise xor", flags().bitwise_xor(6),
        {R"(azoth_xor("employee"."flags", ?))", R"(("employee"."flags" # $1::BIGINT))", R"(CAST(`employee`.`flags` ^ ? AS SIGNED))"}, "6");
    to.expression("bitwise not", flags().bitwise_not(),
                  {R"((~"employee"."flags"))", R"((~"employee"."flags"))", R"(CAST(~`employee`.`flags` AS SIGNED))"});
    to.expression("left shift", level().bitwise_lshift(40),
                  {R"(("employee"."level" << ?))", R"((CAST("employee"."level" AS BIGINT) << $1::INTEGER))",
                   R"(CAST(`employee`.`level` << ? AS SIGNED))"},
                  "40");
    to.expression("right shift", flags().bitwise_rshift(2),
                  {R"(("employee"."flags" >> ?))", R"((CAST("employee"."flags" AS BIGINT) >> $1::INTEGER))",
                   R"(CAST(FLOOR(`employee`.`flags` / (1 << ?)) AS SIGNED))"},
                  "2");
    to.expression("bits in arithmetic", flags().bitwise_and(6) * 2 + 1,
                  {R"(("employee"."flags" & ?) * ? + ?)", R"(("employee"."flags" & $1::BIGINT) * $2::BIGINT + $3::BIGINT)",
                   R"(CAST(`employee`.`flags` & ? AS SIGNED) * ? + ?)"},
                  "6, 2, 1");
}

void texts(rows_of& to) {
    to.expression("trim", func::trim(name()),
                  {R"(trim("employee"."name", ' '))", R"(BTRIM("employee"."name", ' '))", R"(TRIM(BOTH ' ' FROM `employee`.`name`))"});
    to.expression("trim of characters", func::trim(name(), "-]x"),
                  {R"(trim("employee"."name", '-]x'))", R"(BTRIM("employee"."name", '-]x'))",
                   R"(REGEXP_REPLACE(`employee`.`name`, '\A[\-\]x]+|[\-\]x]+\z', ''))"});
    to.expression(
        "ltrim of a quote", func::ltrim(name(), "'"),
        {R"(ltrim("employee"."name", ''''))", R"(LTRIM("employee"."name", ''''))", R"(TRIM(LEADING '''' FROM `employee`.`name`))"});
    to.expression(
        "rtrim of characters", func::rtrim(name(), "ab"),
        {R"(rtrim("employee"."name", 'ab'))", R"(RTRIM("employee"."name", 'ab'))", R"(REGEXP_REPLACE(`employee`.`name`, '[ab]+\z', ''))"});
    to.expression("substring", func::substring(name(), 2, 3),
                  {R"(substr("employee"."name", ?, ?))", R"(SUBSTRING("employee"."name", $1::INTEGER, $2::INTEGER))",
                   R"(SUBSTRING(`employee`.`name`, ?, ?))"},
                  "2, 3");
    to.expression(
        "substring from a computed place", func::substring(email(), func::position("@", email()) + 1, level()),
        {{R"(substr("employee"."email", max(instr("employee"."email", ?) + ?, 1), max("employee"."level" + min(instr("employee"."email", ?) + ?, 1) - 1, 0)))",
          "'@', 1, '@', 1"},
         R"(SUBSTRING("employee"."email", CAST(POSITION($1::VARCHAR IN "employee"."email") + $2::BIGINT AS INTEGER), CASE WHEN "employee"."level" < 0 THEN 0 ELSE CAST("employee"."level" AS INTEGER) END))",
         {R"(SUBSTRING(`employee`.`email`, GREATEST(POSITION(? IN `employee`.`email`) + ?, 1), `employee`.`level` + LEAST(POSITION(? IN `employee`.`email`) + ?, 1) - 1))",
          "'@', 1, '@', 1"}},
        "'@', 1");
    to.expression(
        "position", func::position("@", email()),
        {R"(instr("employee"."email", ?))", R"(POSITION($1::VARCHAR IN "employee"."email"))", R"(POSITION(? IN `employee`.`email`))"},
        "'@'");
    to.expression(
        "replace", func::replace(name(), "a", "b"),
        {R"(replace("employee"."name", ?, ?))", R"(replace("employee"."name", $1::TEXT, $2::TEXT))", R"(replace(`employee`.`name`, ?, ?))"},
        "'a', 'b'");
    to.expression("left", func::left(name(), 3),
                  {R"(substr("employee"."name", 1, ?))", R"(LEFT("employee"."name", $1::INTEGER))", R"(LEFT(`employee`.`name`, ?))"}, "3");
    to.expression("right", func::right(name(), 3),
                  {R"(azoth_right("employee"."name", ?))", R"(RIGHT("employee"."name", $1::INTEGER))", R"(RIGHT(`employee`.`name`, ?))"},
                  "3");
    to.expression("lpad", func::lpad(name(), 10, "*"),
                  {R"(azoth_lpad("employee"."name", ?, ?))", R"(LPAD("employee"."name", $1::INTEGER, $2::VARCHAR))",
                   R"(LPAD(`employee`.`name`, ?, ?))"},
                  "10, '*'");
    to.expression("rpad", func::rpad(name(), 10),
                  {R"(azoth_rpad("employee"."name", ?, ?))", R"(RPAD("employee"."name", $1::INTEGER, $2::VARCHAR))",
                   R"(RPAD(`employee`.`name`, ?, ?))"},
                  "10, ' '");
    to.expression("repeat", func::repeat(name(), 2),
                  {R"(azoth_repeat("employee"."name", ?))", R"(REPEAT("employee"."name", $1::INTEGER))", R"(REPEAT(`employee`.`name`, ?))"},
                  "2");
    to.expression("reverse", func::reverse(name()),
                  {R"(azoth_reverse("employee"."name"))", R"(REVERSE("employee"."name"))", R"(REVERSE(`employee`.`name`))"});
    to.expression("concat", func::concat(name(), "-", email()),
                  {R"("employee"."name" || ? || "employee"."email")", R"("employee"."name" || $1::VARCHAR || "employee"."email")",
                   R"(CONCAT(`employee`.`name`, ?, `employee`.`email`))"},
                  "'-'");
    to.expression(
        "concat_ws", func::concat_ws(", ", name(), email()),
        {R"(azoth_concat_ws(?, "employee"."name", "employee"."email"))", R"(CONCAT_WS($1::TEXT, "employee"."name", "employee"."email"))",
         R"(CONCAT_WS(?, `employee`.`name`, `employee`.`email`))"},
        "', '");
    to.expression(
        "octet_length", func::octet_length(name()),
        {R"(length(CAST("employee"."name" AS BLOB)))", R"(OCTET_LENGTH("employee"."name"))", R"(OCTET_LENGTH(`employee`.`name`))"});
    to.expression("code_point", func::code_point(name()),
                  {R"(azoth_code_point("employee"."name"))", R"(ASCII("employee"."name"))",
                   R"(ORD(CONVERT(LEFT(`employee`.`name`, 1) USING utf32)))"});
    to.expression("character", func::character(level()),
                  {R"(char("employee"."level"))", R"(CHR(CAST("employee"."level" AS INTEGER)))",
                   R"(CONVERT(CHAR(`employee`.`level` USING utf32) USING utf8mb4))"});
}

void patterns(rows_of& to) {
    to.expression("like with an escape", name().like("50!%", '!'),
                  {R"("employee"."name" LIKE ? ESCAPE '!')", R"("employee"."name" LIKE $1::VARCHAR ESCAPE '!')",
                   R"(`employee`.`name` LIKE ? ESCAPE '!')"},
                  "'50!%'");
    to.expression("not like with an escape", name().not_like("50'%", '\''),
                  {R"("employee"."name" NOT LIKE ? ESCAPE '''')", R"("employee"."name" NOT LIKE $1::VARCHAR ESCAPE '''')",
                   R"(`employee`.`name` NOT LIKE ? ESCAPE '''')"},
                  "'50'%'");
    to.expression("ilike", name().ilike("A%"),
                  {R"(LOWER("employee"."name") LIKE LOWER(?))", R"("employee"."name" ILIKE $1::VARCHAR ESCAPE '')",
                   R"(LOWER(`employee`.`name`) LIKE LOWER(?) ESCAPE X'01')"},
                  "'A%'");
    to.expression("not ilike with an escape", name().not_ilike("50\\%", '\\'),
                  {R"(LOWER("employee"."name") NOT LIKE LOWER(?) ESCAPE '\')", R"("employee"."name" NOT ILIKE $1::VARCHAR ESCAPE '\')",
                   R"(LOWER(`employee`.`name`) NOT LIKE LOWER(?) ESCAPE '\')"},
                  "'50\\%'");
    to.expression("starts_with", name().starts_with("50%_/"),
                  {{R"(azoth_starts_with("employee"."name", ?))", "'50%_/'"},
                   R"("employee"."name" LIKE $1::VARCHAR ESCAPE '/')",
                   R"(`employee`.`name` LIKE ? ESCAPE '/')"},
                  "'50/%/_//%'");
    to.expression("ends_with", name().ends_with("b"),
                  {{R"(azoth_ends_with("employee"."name", ?))", "'b'"},
                   R"("employee"."name" LIKE $1::VARCHAR ESCAPE '/')",
                   R"(`employee`.`name` LIKE ? ESCAPE '/')"},
                  "'%b'");
    to.expression("contains", email().contains("b"),
                  {{R"(instr("employee"."email", ?) > 0)", "'b'"},
                   R"("employee"."email" LIKE $1::VARCHAR ESCAPE '/')",
                   R"(`employee`.`email` LIKE ? ESCAPE '/')"},
                  "'%b%'");
    to.expression("icontains", email().icontains("B"),
                  {{R"(instr(lower("employee"."email"), lower(?)) > 0)", "'B'"},
                   R"("employee"."email" ILIKE $1::VARCHAR ESCAPE '/')",
                   R"(LOWER(`employee`.`email`) LIKE LOWER(?) ESCAPE '/')"},
                  "'%B%'");
    to.expression(
        "contains of an expression", email().contains(name()),
        {R"(instr("employee"."email", "employee"."name") > 0)",
         R"("employee"."email" LIKE '%' || replace(replace(replace("employee"."name", '/', '//'), '%', '/%'), '_', '/_') || '%' ESCAPE '/')",
         R"(`employee`.`email` LIKE CONCAT('%', replace(replace(replace(`employee`.`name`, '/', '//'), '%', '/%'), '_', '/_'), '%') ESCAPE '/')"});
    to.expression("neither starts nor ends", !(name().starts_with("a") || name().iends_with("b")),
                  {{R"(NOT (azoth_starts_with("employee"."name", ?) OR azoth_ends_with(lower("employee"."name"), lower(?))))", "'a', 'b'"},
                   R"(NOT ("employee"."name" LIKE $1::VARCHAR ESCAPE '/' OR "employee"."name" ILIKE $2::VARCHAR ESCAPE '/'))",
                   R"(NOT (`employee`.`name` LIKE ? ESCAPE '/' OR LOWER(`employee`.`name`) LIKE LOWER(?) ESCAPE '/'))"},
                  "'a%', '%b'");
    to.expression(
        "regexp_match", name().regexp_match("^a+$"),
        {R"(azoth_regexp("employee"."name", ?, 0))", R"("employee"."name" ~ $1::VARCHAR)", R"(`employee`.`name` REGEXP CONCAT('(?s)', ?))"},
        "'^a+$'");
    to.expression("not_regexp_match without case", name().not_regexp_match("^a", "i"),
                  {R"((NOT azoth_regexp("employee"."name", ?, 1)))", R"("employee"."name" !~* $1::VARCHAR)",
                   R"(`employee`.`name` NOT REGEXP CONCAT('(?si)', ?))"},
                  "'^a'");
    to.expression("regexp_match at a word's end", name().regexp_match("a\\b"),
                  {R"(azoth_regexp("employee"."name", ?, 0))",
                   {R"("employee"."name" ~ $1::VARCHAR)", std::string_view{R"('a\y')"}},
                   R"(`employee`.`name` REGEXP CONCAT('(?s)', ?))"},
                  R"('a\b')");
    to.expression(
        "regexp_replace", name().regexp_replace("(a)(b)", "\\2$\\1"),
        {R"(azoth_regexp_replace("employee"."name", ?, ?, 0))", R"(REGEXP_REPLACE("employee"."name", $1::VARCHAR, $2::VARCHAR, 'g'))",
         R"(REGEXP_REPLACE(`employee`.`name`, CONCAT('(?s)', ?), ?))"},
        "'(a)(b)', '\\2$\\1'");
    to.expression(
        "collate", name().collate("C") == "a",
        {R"("employee"."name" COLLATE "C" = ?)", R"("employee"."name" COLLATE "C" = $1::VARCHAR)", R"(`employee`.`name` COLLATE C = ?)"},
        "'a'", "each database has other collations");
    to.statement("order by a collation", az::select(name()).order_by(name().collate("utf8mb4_bin").desc()),
                 {R"(SELECT "employee"."name" FROM "employee" ORDER BY "employee"."name" COLLATE "utf8mb4_bin" DESC)",
                  R"(SELECT "employee"."name" FROM "employee" ORDER BY "employee"."name" COLLATE "utf8mb4_bin" DESC)",
                  R"(SELECT `employee`.`name` FROM `employee` ORDER BY `employee`.`name` COLLATE utf8mb4_bin DESC)"},
                 "", "each database has other collations");
}

void casts(rows_of& to) {
    to.expression("cast to a numeric", az::cast<az::decimal>(bonus(), az::numeric(10, 2)),
                  {R"(azoth_fit("employee"."bonus", 10, 2, 0))", R"(CAST("employee"."bonus" AS NUMERIC(10, 2)))",
                   R"(CAST(`employee`.`bonus` AS DECIMAL(10, 2)))"});
    to.expression("cast to a short text", az::cast<std::string>(level(), az::string(5)),
                  {R"(substr(CAST("employee"."level" AS TEXT), 1, 5))", R"(CAST("employee"."level" AS VARCHAR(5)))",
                   R"(CAST(`employee`.`level` AS CHAR(5)))"});
    to.expression(
        "try_as of a text", name().try_as<std::int32_t>(),
        {R"(CASE WHEN azoth_regexp("employee"."name", '^[+-]?[0-9]{1,65}$', 0) AND (NOT azoth_regexp("employee"."name", '\n', 0)) THEN CASE WHEN azoth_fit("employee"."name", 65, 0, 1) COLLATE azoth_decimal COLLATE azoth_decimal BETWEEN '-2147483648' AND '2147483647' THEN CAST("employee"."name" AS INTEGER) END END)",
         R"(CASE WHEN "employee"."name" ~ '^[+-]?[0-9]{1,65}$' AND "employee"."name" !~ '\n' THEN CASE WHEN CAST("employee"."name" AS NUMERIC(65, 0)) BETWEEN (-2147483648)::NUMERIC AND 2147483647::NUMERIC THEN CAST("employee"."name" AS INTEGER) END END)",
         R"(CASE WHEN `employee`.`name` REGEXP CONCAT('(?s)', '^[+-]?[0-9]{1,65}$') AND `employee`.`name` NOT REGEXP CONCAT('(?s)', '\n') THEN CASE WHEN CAST(`employee`.`name` AS DECIMAL(65, 0)) BETWEEN -2147483648 AND 2147483647 THEN CAST(`employee`.`name` AS SIGNED) END END)"});
    to.expression(
        "try_as of an integer", flags().try_as<std::int16_t>(),
        {R"(CASE WHEN azoth_fit("employee"."flags", 20, 0, 1) COLLATE azoth_decimal COLLATE azoth_decimal BETWEEN '-32768' AND '32767' THEN CAST("employee"."flags" AS INTEGER) END)",
         R"(CASE WHEN CAST("employee"."flags" AS NUMERIC(20, 0)) BETWEEN (-32768)::NUMERIC AND 32767::NUMERIC THEN CAST("employee"."flags" AS SMALLINT) END)",
         R"(CASE WHEN CAST(`employee`.`flags` AS DECIMAL(20, 0)) BETWEEN -32768 AND 32767 THEN CAST(`employee`.`flags` AS SIGNED) END)"});
    to.expression(
        "try_as to a double", name().try_as<double>(),
        {R"(CASE WHEN azoth_regexp("employee"."name", '^[+-]?([0-9]{1,200}([.][0-9]{0,200})?|[.][0-9]{1,200})([eE][+-]?[0-9]{1,2})?$', 0) AND (NOT azoth_regexp("employee"."name", '\n', 0)) THEN CAST("employee"."name" AS REAL) END)",
         R"(CASE WHEN "employee"."name" ~ '^[+-]?([0-9]{1,200}([.][0-9]{0,200})?|[.][0-9]{1,200})([eE][+-]?[0-9]{1,2})?$' AND "employee"."name" !~ '\n' THEN CAST("employee"."name" AS DOUBLE PRECISION) END)",
         R"(CASE WHEN `employee`.`name` REGEXP CONCAT('(?s)', '^[+-]?([0-9]{1,200}([.][0-9]{0,200})?|[.][0-9]{1,200})([eE][+-]?[0-9]{1,2})?$') AND `employee`.`name` NOT REGEXP CONCAT('(?s)', '\n') THEN CAST(`employee`.`name` AS DOUBLE) END)"});
    to.expression("a double as text", bonus().as<std::string>(),
                  {R"(azoth_real_text("employee"."bonus"))", R"(CAST("employee"."bonus" AS TEXT))", R"(CAST(`employee`.`bonus` AS CHAR))"});
    to.expression("a truth as text", (level() > 3).as<std::string>(),
                  {R"(CAST("employee"."level" > ? AS TEXT))", R"(CAST(CAST("employee"."level" > $1::INTEGER AS INTEGER) AS TEXT))",
                   R"(CAST(`employee`.`level` > ? AS CHAR))"},
                  "3");
    to.expression("type coercion", az::type_coerce<std::string>(col<&employee::token>) == "x",
                  {R"("employee"."token" = ?)", R"("employee"."token" = $1::TEXT)", R"(`employee`.`token` = ?)"}, "'x'",
                  "PostgreSQL compares no uuid with a text");
    to.expression(
        "is true", (level() > 1).is_true(),
        {R"(("employee"."level" > ?) IS TRUE)", R"(("employee"."level" > $1::INTEGER) IS TRUE)", R"((`employee`.`level` > ?) IS TRUE)"},
        "1");
    to.expression("is false", col<&employee::active>.is_false() && level() > 1,
                  {R"("employee"."active" IS FALSE AND "employee"."level" > ?)",
                   R"("employee"."active" IS FALSE AND "employee"."level" > $1::INTEGER)",
                   R"(`employee`.`active` IS FALSE AND `employee`.`level` > ?)"},
                  "1");
    to.expression("between in either order", level().between_symmetric(5, 1),
                  {R"("employee"."level" BETWEEN ? AND ? OR "employee"."level" BETWEEN ? AND ?)",
                   R"("employee"."level" BETWEEN $1::INTEGER AND $2::INTEGER OR "employee"."level" BETWEEN $3::INTEGER AND $4::INTEGER)",
                   R"(`employee`.`level` BETWEEN ? AND ? OR `employee`.`level` BETWEEN ? AND ?)"},
                  "5, 1, 1, 5");
    to.expression("a custom operator", (level().op<std::int64_t>("/", 2) + 1) > 3,
                  {R"(("employee"."level" / ?) + ? > ?)", R"(("employee"."level" / $1::INTEGER) + $2::BIGINT > $3::BIGINT)",
                   R"((`employee`.`level` / ?) + ? > ?)"},
                  "2, 1, 3");
    to.expression("custom operators in words", name().op<bool>("SIMILAR TO", "a"),
                  {R"("employee"."name" SIMILAR TO ?)", R"("employee"."name" SIMILAR TO $1::VARCHAR)", R"(`employee`.`name` SIMILAR TO ?)"},
                  "'a'", "one database has it");
    to.expression("all of none", az::all_of(std::vector<az::expr<bool>>{}), {R"(1 = 1)", R"(1 = 1)", R"(1 = 1)"});
    to.expression("any of two", az::any_of(std::vector<az::expr<bool>>{level() > 1, flags() > 2}) && level() < 9,
                  {R"(("employee"."level" > ? OR "employee"."flags" > ?) AND "employee"."level" < ?)",
                   R"(("employee"."level" > $1::INTEGER OR "employee"."flags" > $2::BIGINT) AND "employee"."level" < $3::INTEGER)",
                   R"((`employee`.`level` > ? OR `employee`.`flags` > ?) AND `employee`.`level` < ?)"},
                  "1, 2, 9");
}

void tuples(rows_of& to) {
    const auto pair = az::tuple_(level(), name());
    to.expression(
        "tuples compared", az::tuple_(level(), flags()) < az::tuple_(1, 2),
        {R"(("employee"."level", "employee"."flags") < (?, ?))", R"(("employee"."level", "employee"."flags") < ($1::INTEGER, $2::BIGINT))",
         R"(((`employee`.`level`, `employee`.`flags`) < (?, ?) AND TRUE))"},
        "1, 2");
    to.expression(
        "tuples of exact numbers", az::tuple_(salary() * 2, level()) == az::tuple_(az::decimal{5}, 2),
        {R"(((azoth_multiply("employee"."salary", ?) COLLATE azoth_decimal) COLLATE azoth_decimal, "employee"."level") = (azoth_decimal(?) COLLATE azoth_decimal, ?))",
         R"(("employee"."salary" * $1::NUMERIC, "employee"."level") = ($2::NUMERIC, $3::INTEGER))",
         R"(((`employee`.`salary` * ?, `employee`.`level`) = (?, ?) AND TRUE))"},
        "2, '5', 2");
    to.expression("a tuple in a list", pair.in({{1, "a"}, {2, "b"}}),
                  {R"((("employee"."level", "employee"."name") IN (VALUES (?, ?), (?, ?))))",
                   R"((("employee"."level", "employee"."name") IN (VALUES ($1::INTEGER, $2::VARCHAR), ($3, $4))))",
                   R"((((`employee`.`level`, `employee`.`name`) IN ((?, ?), (?, ?))) AND TRUE))"},
                  "[1, 2], ['a', 'b']");
    to.expression("a tuple not in an empty list", pair.not_in(std::vector<std::tuple<int, std::string>>{}),
                  {R"((("employee"."level", "employee"."name") NOT IN (VALUES (NULL, NULL)) OR (1 = 1)))",
                   R"((("employee"."level", "employee"."name") NOT IN (VALUES (NULL::INTEGER, NULL::VARCHAR)) OR (1 = 1)))",
                   R"((((`employee`.`level`, `employee`.`name`) NOT IN ((NULL, NULL)) OR (1 = 1)) AND TRUE))"},
                  "[], []");
    const auto query = az::select(col<&project::priority>, col<&project::title>);
    to.expression("a tuple in a query", pair.in(query),
                  {R"(("employee"."level", "employee"."name") IN (SELECT "project"."priority", "project"."title" FROM "project"))",
                   R"(("employee"."level", "employee"."name") IN (SELECT "project"."priority", "project"."title" FROM "project"))",
                   R"((`employee`.`level`, `employee`.`name`) IN (SELECT `project`.`priority`, `project`.`title` FROM `project`))"});
    const auto priorities = az::select(col<&project::priority>);
    to.expression(
        "greater than any", level() > az::any_(priorities),
        {R"((WITH azoth_set (member) AS (SELECT "project"."priority" FROM "project"), azoth_truth (answer) AS (SELECT "employee"."level" > member FROM azoth_set) SELECT CASE WHEN max(answer) = 1 THEN 1 WHEN count(*) > count(answer) THEN NULL ELSE 0 END FROM azoth_truth))",
         R"("employee"."level" > ANY (SELECT "project"."priority" FROM "project"))",
         R"(`employee`.`level` > ANY (SELECT `project`.`priority` FROM `project`))"});
    to.expression(
        "at least all", level() >= az::all_(priorities),
        {R"((WITH azoth_set (member) AS (SELECT "project"."priority" FROM "project"), azoth_truth (answer) AS (SELECT "employee"."level" >= member FROM azoth_set) SELECT CASE WHEN min(answer) = 0 THEN 0 WHEN count(*) > count(answer) THEN NULL ELSE 1 END FROM azoth_truth))",
         R"("employee"."level" >= ALL (SELECT "project"."priority" FROM "project"))",
         R"(`employee`.`level` >= ALL (SELECT `project`.`priority` FROM `project`))"});
    const auto both = priorities.union_(az::select(col<&project::id>.as<std::int32_t>()));
    to.expression(
        "less than all of a union", level() < az::all_(both),
        {R"((WITH azoth_set (member) AS (SELECT "project"."priority" FROM "project" UNION SELECT CAST("project"."id" AS INTEGER) FROM "project"), azoth_truth (answer) AS (SELECT "employee"."level" < member FROM azoth_set) SELECT CASE WHEN min(answer) = 0 THEN 0 WHEN count(*) > count(answer) THEN NULL ELSE 1 END FROM azoth_truth))",
         R"("employee"."level" < ALL (SELECT "project"."priority" FROM "project" UNION SELECT CAST("project"."id" AS INTEGER) FROM "project"))",
         R"(`employee`.`level` < ALL (SELECT `project`.`priority` FROM `project` UNION SELECT CAST(`project`.`id` AS SIGNED) FROM `project`))"});
    to.expression("equal to any", level() == az::any_(priorities),
                  {R"("employee"."level" IN (SELECT "project"."priority" FROM "project"))",
                   R"("employee"."level" = ANY (SELECT "project"."priority" FROM "project"))",
                   R"(`employee`.`level` = ANY (SELECT `project`.`priority` FROM `project`))"});
    to.expression("unequal to all", level() != az::all_(priorities),
                  {R"("employee"."level" NOT IN (SELECT "project"."priority" FROM "project"))",
                   R"("employee"."level" <> ALL (SELECT "project"."priority" FROM "project"))",
                   R"(`employee`.`level` <> ALL (SELECT `project`.`priority` FROM `project`))"});
}

const theme operators{"operators", [](rows_of& to) {
                          numbers(to);
                          texts(to);
                          patterns(to);
                          casts(to);
                          tuples(to);
                      }};

}  // namespace
}  // namespace compile_table
