// Dates, times and intervals.
#include "table.hpp"

namespace compile_table {
namespace {

using namespace std::chrono_literals;

constexpr auto& hired = col<&employee::hired>;
constexpr auto& left_on = col<&employee::left_on>;
constexpr auto& starts = col<&employee::starts>;
constexpr auto& created = col<&employee::created>;
constexpr auto& seen_at = col<&employee::seen_at>;
constexpr auto& shift = col<&employee::shift>;
using part = az::date_part;

void clocks(rows_of& to) {
    to.expression("now", func::now(), {"strftime('%Y-%m-%d %H:%M:%f000Z', 'now')", "STATEMENT_TIMESTAMP()", "UTC_TIMESTAMP(6)"});
    to.expression("local_timestamp", func::local_timestamp(),
                  {"strftime('%Y-%m-%d %H:%M:%f000', 'now')", "(STATEMENT_TIMESTAMP() AT TIME ZONE 'UTC')", "UTC_TIMESTAMP(6)"});
    to.expression("current_date", func::current_date(),
                  {"date('now')", "CAST((STATEMENT_TIMESTAMP() AT TIME ZONE 'UTC') AS DATE)", "UTC_DATE()"});
    to.expression("current_time", func::current_time(),
                  {"strftime('%H:%M:%f000', 'now')", "CAST((STATEMENT_TIMESTAMP() AT TIME ZONE 'UTC') AS TIME)", "UTC_TIME(6)"});
    to.expression("before now", seen_at < func::now(),
                  {R"("employee"."seen_at" < strftime('%Y-%m-%d %H:%M:%f000Z', 'now'))", R"("employee"."seen_at" < STATEMENT_TIMESTAMP())",
                   "`employee`.`seen_at` < UTC_TIMESTAMP(6)"});
}

void parts(rows_of& to) {
    to.expression("year of a date", func::extract(part::year, hired),
                  {R"(azoth_extract('year', "employee"."hired"))", R"(CAST(EXTRACT(YEAR FROM "employee"."hired") AS BIGINT))",
                   "YEAR(`employee`.`hired`)"});
    to.expression("year of an instant by an operator of the database's own",
                  func::extract(part::year, seen_at.op<az::timestamp>("+", std::chrono::microseconds{5})),
                  {R"(azoth_extract('year', "employee"."seen_at" + ?))",
                   R"(CAST(EXTRACT(YEAR FROM (("employee"."seen_at" + $1::INTERVAL) AT TIME ZONE 'UTC')) AS BIGINT))",
                   R"(YEAR(`employee`.`seen_at` + ?))"},
                  "5 microseconds");
    to.expression("quarter of a date", func::extract(part::quarter, hired),
                  {R"(azoth_extract('quarter', "employee"."hired"))", R"(CAST(EXTRACT(QUARTER FROM "employee"."hired") AS BIGINT))",
                   "QUARTER(`employee`.`hired`)"});
    to.expression("month of an optional date", func::extract(part::month, left_on),
                  {R"(azoth_extract('month', "employee"."left_on"))", R"(CAST(EXTRACT(MONTH FROM "employee"."left_on") AS BIGINT))",
                   "MONTH(`employee`.`left_on`)"});
    to.expression("week of a date", func::extract(part::week, hired),
                  {R"(azoth_extract('week', "employee"."hired"))", R"(CAST(EXTRACT(WEEK FROM "employee"."hired") AS BIGINT))",
                   "WEEK(`employee`.`hired`, 3)"});
    to.expression("week_year of a date", func::extract(part::week_year, hired),
                  {R"(azoth_extract('week_year', "employee"."hired"))", R"(CAST(EXTRACT(ISOYEAR FROM "employee"."hired") AS BIGINT))",
                   "(YEARWEEK(`employee`.`hired`, 3) DIV 100)"});
    to.expression("day of a timestamp", func::extract(part::day, created),
                  {R"(azoth_extract('day', "employee"."created"))", R"(CAST(EXTRACT(DAY FROM "employee"."created") AS BIGINT))",
                   "DAYOFMONTH(`employee`.`created`)"});
    to.expression(
        "day_of_week of an instant", func::extract(part::day_of_week, seen_at),
        {R"(azoth_extract('day_of_week', "employee"."seen_at"))",
         R"(CAST(EXTRACT(ISODOW FROM ("employee"."seen_at" AT TIME ZONE 'UTC')) AS BIGINT))", "(WEEKDAY(`employee`.`seen_at`) + 1)"});
    to.expression("day_of_year of a date", func::extract(part::day_of_year, hired),
                  {R"(azoth_extract('day_of_year', "employee"."hired"))", R"(CAST(EXTRACT(DOY FROM "employee"."hired") AS BIGINT))",
                   "DAYOFYEAR(`employee`.`hired`)"});
    to.expression("hour of an instant", func::extract(part::hour, seen_at),
                  {R"(azoth_extract('hour', "employee"."seen_at"))",
                   R"(CAST(EXTRACT(HOUR FROM ("employee"."seen_at" AT TIME ZONE 'UTC')) AS BIGINT))", "HOUR(`employee`.`seen_at`)"});
    to.expression("minute of a time", func::extract(part::minute, starts),
                  {R"(azoth_extract('minute', "employee"."starts"))", R"(CAST(EXTRACT(MINUTE FROM "employee"."starts") AS BIGINT))",
                   "MINUTE(`employee`.`starts`)"});
    to.expression("second of a time", func::extract(part::second, starts),
                  {R"(azoth_extract('second', "employee"."starts"))", R"(CAST(FLOOR(EXTRACT(SECOND FROM "employee"."starts")) AS BIGINT))",
                   "SECOND(`employee`.`starts`)"});
    to.expression("microsecond of a timestamp", func::extract(part::microsecond, created),
                  {R"(azoth_extract('microsecond', "employee"."created"))",
                   R"((CAST(EXTRACT(MICROSECONDS FROM "employee"."created") AS BIGINT) % 1000000))", "MICROSECOND(`employee`.`created`)"});
    to.expression("epoch of an instant", func::extract(part::epoch, seen_at),
                  {R"(azoth_extract('epoch', "employee"."seen_at"))",
                   R"(CAST(FLOOR(EXTRACT(EPOCH FROM ("employee"."seen_at" AT TIME ZONE 'UTC'))) AS BIGINT))",
                   "FLOOR(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', `employee`.`seen_at`) / 1000000)"});
    to.expression("epoch of a date", func::extract(part::epoch, hired),
                  {R"(azoth_extract('epoch', "employee"."hired"))", R"(CAST(FLOOR(EXTRACT(EPOCH FROM "employee"."hired")) AS BIGINT))",
                   "FLOOR(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', `employee`.`hired`) / 1000000)"});
    to.expression("part of a bound date", func::extract(part::year, az::bound(az::date{2024y / 2 / 29})),
                  {"azoth_extract('year', ?)", "CAST(EXTRACT(YEAR FROM $1::DATE) AS BIGINT)", "YEAR(CAST(? AS DATE))"}, "2024-02-29");
}

void beginnings(rows_of& to) {
    to.expression(
        "year's first day", func::date_trunc(part::year, hired),
        {R"(azoth_date_trunc('year', "employee"."hired"))", R"(CAST(DATE_TRUNC('year', CAST("employee"."hired" AS TIMESTAMP)) AS DATE))",
         "CAST(DATE_FORMAT(`employee`.`hired`, '%Y-01-01') AS DATE)"});
    to.expression("quarter's first day", func::date_trunc(part::quarter, hired),
                  {R"(azoth_date_trunc('quarter', "employee"."hired"))",
                   R"(CAST(DATE_TRUNC('quarter', CAST("employee"."hired" AS TIMESTAMP)) AS DATE))",
                   "CAST(DATE_FORMAT(`employee`.`hired` - INTERVAL (MONTH(`employee`.`hired`) - 1) % 3 MONTH, '%Y-%m-01') AS DATE)"});
    to.expression("month of a timestamp", func::date_trunc(part::month, created),
                  {R"(azoth_date_trunc('month', "employee"."created"))", R"(DATE_TRUNC('month', "employee"."created"))",
                   "CAST(DATE_FORMAT(`employee`.`created`, '%Y-%m-01') AS DATETIME(6))"});
    to.expression("month of an instant", func::date_trunc(part::month, seen_at),
                  {R"(azoth_date_trunc('month', "employee"."seen_at"))",
                   R"((DATE_TRUNC('month', ("employee"."seen_at" AT TIME ZONE 'UTC')) AT TIME ZONE 'UTC'))",
                   "CAST(DATE_FORMAT(`employee`.`seen_at`, '%Y-%m-01') AS DATETIME(6))"});
    to.expression(
        "Monday of a date", func::date_trunc(part::week, hired),
        {R"(azoth_date_trunc('week', "employee"."hired"))", R"(CAST(DATE_TRUNC('week', CAST("employee"."hired" AS TIMESTAMP)) AS DATE))",
         "CAST(CAST(`employee`.`hired` AS DATE) - INTERVAL WEEKDAY(`employee`.`hired`) DAY AS DATE)"});
    to.expression("Monday of an instant", func::date_trunc(part::week, seen_at),
                  {R"(azoth_date_trunc('week', "employee"."seen_at"))",
                   R"((DATE_TRUNC('week', ("employee"."seen_at" AT TIME ZONE 'UTC')) AT TIME ZONE 'UTC'))",
                   "CAST(CAST(`employee`.`seen_at` AS DATE) - INTERVAL WEEKDAY(`employee`.`seen_at`) DAY AS DATETIME(6))"});
    to.expression("day of a timestamp begins", func::date_trunc(part::day, created),
                  {R"(azoth_date_trunc('day', "employee"."created"))", R"(DATE_TRUNC('day', "employee"."created"))",
                   "CAST(DATE_FORMAT(`employee`.`created`, '%Y-%m-%d') AS DATETIME(6))"});
    to.expression("hour of a timestamp begins", func::date_trunc(part::hour, created),
                  {R"(azoth_date_trunc('hour', "employee"."created"))", R"(DATE_TRUNC('hour', "employee"."created"))",
                   "CAST(DATE_FORMAT(`employee`.`created`, '%Y-%m-%d %H:00:00') AS DATETIME(6))"});
    to.expression("minute begins", func::date_trunc(part::minute, created),
                  {R"(azoth_date_trunc('minute', "employee"."created"))", R"(DATE_TRUNC('minute', "employee"."created"))",
                   "CAST(DATE_FORMAT(`employee`.`created`, '%Y-%m-%d %H:%i:00') AS DATETIME(6))"});
    to.expression("second begins", func::date_trunc(part::second, created),
                  {R"(azoth_date_trunc('second', "employee"."created"))", R"(DATE_TRUNC('second', "employee"."created"))",
                   "CAST(DATE_FORMAT(`employee`.`created`, '%Y-%m-%d %H:%i:%s') AS DATETIME(6))"});
}

void shifts(rows_of& to) {
    to.expression("date and days", hired + std::chrono::days{3},
                  {R"(azoth_add_interval("employee"."hired", ?, 'day'))", R"(("employee"."hired" + $1::INTEGER))",
                   "(`employee`.`hired` + INTERVAL ? DAY)"},
                  "3");
    to.expression("days before a date", hired - std::chrono::weeks{1},
                  {R"(azoth_add_interval("employee"."hired", -(?), 'day'))", R"(("employee"."hired" - $1::INTEGER))",
                   "(`employee`.`hired` - INTERVAL ? DAY)"},
                  "7");
    to.expression("days and a date", std::chrono::days{3} + hired,
                  {R"(azoth_add_interval("employee"."hired", ?, 'day'))", R"(("employee"."hired" + $1::INTEGER))",
                   "(`employee`.`hired` + INTERVAL ? DAY)"},
                  "3");
    to.expression("date and months", hired + std::chrono::months{1},
                  {R"(azoth_add_interval("employee"."hired", ?, 'month'))",
                   R"(CAST("employee"."hired" + MAKE_INTERVAL(months => $1::INTEGER) AS DATE))", "(`employee`.`hired` + INTERVAL ? MONTH)"},
                  "1");
    to.expression("date and years", hired - std::chrono::years{2},
                  {R"(azoth_add_interval("employee"."hired", -(?), 'month'))",
                   R"(CAST("employee"."hired" - MAKE_INTERVAL(months => $1::INTEGER) AS DATE))", "(`employee`.`hired` - INTERVAL ? MONTH)"},
                  "24");
    to.expression("time and hours", starts + 2h,
                  {R"(azoth_add_interval("employee"."starts", ?, 'microsecond'))", R"(("employee"."starts" + $1::INTERVAL))",
                   "TIME(TIMESTAMP('2000-01-01', `employee`.`starts`) + INTERVAL ? MICROSECOND)"},
                  "7200000000 microseconds");
    to.expression("timestamp and days", created + std::chrono::days{1},
                  {R"(azoth_add_interval("employee"."created", ?, 'microsecond'))", R"(("employee"."created" + $1::INTERVAL))",
                   "(`employee`.`created` + INTERVAL ? MICROSECOND)"},
                  "86400000000 microseconds");
    to.expression("timestamp less microseconds", created - 5us,
                  {R"(azoth_add_interval("employee"."created", -(?), 'microsecond'))", R"(("employee"."created" - $1::INTERVAL))",
                   "(`employee`.`created` - INTERVAL ? MICROSECOND)"},
                  "5 microseconds");
    to.expression("timestamp and months", created + std::chrono::months{1},
                  {R"(azoth_add_interval("employee"."created", ?, 'month'))",
                   R"(("employee"."created" + MAKE_INTERVAL(months => $1::INTEGER)))", "(`employee`.`created` + INTERVAL ? MONTH)"},
                  "1");
    to.expression("instant and hours", seen_at + 36h,
                  {R"(azoth_add_interval("employee"."seen_at", ?, 'microsecond'))", R"(("employee"."seen_at" + $1::INTERVAL))",
                   "(`employee`.`seen_at` + INTERVAL ? MICROSECOND)"},
                  "129600000000 microseconds");
    to.expression("instant less months", seen_at - std::chrono::months{1},
                  {R"(azoth_add_interval("employee"."seen_at", -(?), 'month'))",
                   R"(((("employee"."seen_at" AT TIME ZONE 'UTC') - MAKE_INTERVAL(months => $1::INTEGER)) AT TIME ZONE 'UTC'))",
                   "(`employee`.`seen_at` - INTERVAL ? MONTH)"},
                  "1");
    to.expression("timestamp and a column", created + shift,
                  {R"(azoth_add_interval("employee"."created", "employee"."shift", 'microsecond'))",
                   R"(("employee"."created" + "employee"."shift"))", "(`employee`.`created` + INTERVAL `employee`.`shift` MICROSECOND)"});
    to.expression("instant less a column", seen_at - shift,
                  {R"(azoth_add_interval("employee"."seen_at", -"employee"."shift", 'microsecond'))",
                   R"(((("employee"."seen_at" AT TIME ZONE 'UTC') - "employee"."shift") AT TIME ZONE 'UTC'))",
                   "(`employee`.`seen_at` - INTERVAL `employee`.`shift` MICROSECOND)"});
    to.expression(
        "time and a column", starts + shift,
        {R"(azoth_add_interval("employee"."starts", "employee"."shift", 'microsecond'))", R"(("employee"."starts" + "employee"."shift"))",
         "TIME(TIMESTAMP('2000-01-01', `employee`.`starts`) + INTERVAL `employee`.`shift` MICROSECOND)"});
    to.expression("bound timestamp and a column", az::bound(az::local_timestamp{}) + shift,
                  {R"(azoth_add_interval(?, "employee"."shift", 'microsecond'))", R"(($1::TIMESTAMP + "employee"."shift"))",
                   "(CAST(? AS DATETIME(6)) + INTERVAL `employee`.`shift` MICROSECOND)"},
                  "1970-01-01 00:00:00.000000");
    to.expression("column of days", func::add_days(hired, col<&employee::level>),
                  {R"(azoth_add_interval("employee"."hired", "employee"."level", 'day'))", R"(("employee"."hired" + "employee"."level"))",
                   "(`employee`.`hired` + INTERVAL `employee`.`level` DAY)"});
    to.expression("column of months", func::add_months(created, col<&employee::flags>),
                  {R"(azoth_add_interval("employee"."created", CAST("employee"."flags" AS INTEGER), 'month'))",
                   R"(("employee"."created" + MAKE_INTERVAL(months => CAST("employee"."flags" AS INTEGER))))",
                   "(`employee`.`created` + INTERVAL CAST(`employee`.`flags` AS SIGNED) MONTH)"});
    to.expression(
        "parts of a sum", func::extract(part::year, hired + std::chrono::days{3}),
        {R"(azoth_extract('year', azoth_add_interval("employee"."hired", ?, 'day')))",
         R"(CAST(EXTRACT(YEAR FROM ("employee"."hired" + $1::INTEGER)) AS BIGINT))", "YEAR((`employee`.`hired` + INTERVAL ? DAY))"},
        "3");
    to.expression("sum of sums", hired + std::chrono::months{1} + std::chrono::days{2},
                  {R"(azoth_add_interval(azoth_add_interval("employee"."hired", ?, 'month'), ?, 'day'))",
                   R"((CAST("employee"."hired" + MAKE_INTERVAL(months => $1::INTEGER) AS DATE) + $2::INTEGER))",
                   "((`employee`.`hired` + INTERVAL ? MONTH) + INTERVAL ? DAY)"},
                  "1, 2");
}

void differences(rows_of& to) {
    to.expression("days between dates", left_on - hired,
                  {R"(azoth_difference("employee"."left_on", "employee"."hired"))", R"(("employee"."left_on" - "employee"."hired"))",
                   "DATEDIFF(`employee`.`left_on`, `employee`.`hired`)"});
    to.expression("days since a date", hired - az::date{2024y / 1 / 1},
                  {R"(azoth_difference("employee"."hired", ?))", R"(("employee"."hired" - $1::DATE))",
                   "DATEDIFF(`employee`.`hired`, CAST(? AS DATE))"},
                  "2024-01-01");
    to.expression(
        "between times", starts - starts,
        {R"(azoth_difference("employee"."starts", "employee"."starts"))", R"(("employee"."starts" - "employee"."starts"))",
         "TIMESTAMPDIFF(MICROSECOND, TIMESTAMP('2000-01-01', `employee`.`starts`), TIMESTAMP('2000-01-01', `employee`.`starts`))"});
    to.expression("between timestamps", created - az::local_timestamp{},
                  {R"(azoth_difference("employee"."created", ?))", R"(("employee"."created" - $1::TIMESTAMP))",
                   "TIMESTAMPDIFF(MICROSECOND, CAST(? AS DATETIME(6)), `employee`.`created`)"},
                  "1970-01-01 00:00:00.000000");
    to.expression(
        "between instants", func::now() - seen_at,
        {R"(azoth_difference(strftime('%Y-%m-%d %H:%M:%f000Z', 'now'), "employee"."seen_at"))",
         R"((STATEMENT_TIMESTAMP() - "employee"."seen_at"))", "TIMESTAMPDIFF(MICROSECOND, `employee`.`seen_at`, UTC_TIMESTAMP(6))"});
    to.expression("long ago", (func::now() - seen_at) > 24h,
                  {R"(azoth_difference(strftime('%Y-%m-%d %H:%M:%f000Z', 'now'), "employee"."seen_at") > ?)",
                   R"((STATEMENT_TIMESTAMP() - "employee"."seen_at") > $1::INTERVAL)",
                   "TIMESTAMPDIFF(MICROSECOND, `employee`.`seen_at`, UTC_TIMESTAMP(6)) > ?"},
                  "86400000000 microseconds");
}

void intervals(rows_of& to) {
    to.expression("sum of intervals", shift + shift,
                  {R"("employee"."shift" + "employee"."shift")", R"("employee"."shift" + "employee"."shift")",
                   "`employee`.`shift` + `employee`.`shift`"});
    to.expression("interval and a duration", shift + 90min,
                  {R"("employee"."shift" + ?)", R"("employee"."shift" + $1::INTERVAL)", "`employee`.`shift` + ?"},
                  "5400000000 microseconds");
    to.expression("duration less an interval", 8h - shift,
                  {R"(? - "employee"."shift")", R"($1::INTERVAL - "employee"."shift")", "? - `employee`.`shift`"},
                  "28800000000 microseconds");
    to.expression("interval so many times", shift * 2,
                  {R"("employee"."shift" * ?)", R"("employee"."shift" * $1::INTEGER)", "`employee`.`shift` * ?"}, "2");
    to.expression("duration a column's times", 8h * col<&employee::level>,
                  {R"(? * "employee"."level")", R"($1::INTERVAL * "employee"."level")", "? * `employee`.`level`"},
                  "28800000000 microseconds");
    to.expression("interval compared", shift > 8h,
                  {R"("employee"."shift" > ?)", R"("employee"."shift" > $1::INTERVAL)", "`employee`.`shift` > ?"},
                  "28800000000 microseconds");
    to.expression("interval in a list", shift.in({8h, 4h}),
                  {R"(("employee"."shift" IN (?, ?)))", R"(("employee"."shift" IN ($1, $2)))", "(`employee`.`shift` IN (?, ?))"},
                  "[28800000000 microseconds, 14400000000 microseconds]");
    to.expression("interval as a number", shift.as<std::int64_t>(),
                  {R"(CAST("employee"."shift" AS INTEGER))", R"(CAST(EXTRACT(EPOCH FROM "employee"."shift") * 1000000 AS BIGINT))",
                   "CAST(`employee`.`shift` AS SIGNED)"});
    to.expression("literal interval", az::literal(std::chrono::microseconds{90s}),
                  {"90000000", "'0 mons 0 days 00:01:30.000000'::INTERVAL", "90000000"});
}

const theme moments{"moments", [](rows_of& to) {
                        clocks(to);
                        parts(to);
                        beginnings(to);
                        shifts(to);
                        differences(to);
                        intervals(to);
                    }};

}  // namespace
}  // namespace compile_table
