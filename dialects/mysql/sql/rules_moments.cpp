// Dates and times. Instants are kept in UTC, and so is the session's clock.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

using k = type_kind;

/// What is sent as a text has to be said to be a moment: functions of a text give texts.
void write_moment(compiler& out, const node_ptr& n) {
    if (node_cast<bind_node>(n)) out << node_ptr{make_node<const cast_node>(n, type_of(*n))};
    else out << n;
}

/// A time of day on some day, for functions that want a date.
void write_with_date(compiler& out, const node_ptr& n) {
    const bool is_time = type_of(*n).kind == k::time;
    out << (is_time ? "TIMESTAMP('2000-01-01', " : "");
    write_moment(out, n);
    out << (is_time ? ")" : "");
}

std::string_view before_part(date_part part) {
    switch (part) {
        case date_part::year: return "YEAR(";
        case date_part::quarter: return "QUARTER(";
        case date_part::month: return "MONTH(";
        case date_part::week: return "WEEK(";
        case date_part::day: return "DAYOFMONTH(";
        case date_part::day_of_week: return "(WEEKDAY(";
        case date_part::day_of_year: return "DAYOFYEAR(";
        case date_part::hour: return "HOUR(";
        case date_part::minute: return "MINUTE(";
        case date_part::second: return "SECOND(";
        case date_part::microsecond: return "MICROSECOND(";
        case date_part::epoch: return "FLOOR(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', ";
        case date_part::week_year: return "(YEARWEEK(";
    }
    return {};
}

std::string_view after_part(date_part part) {
    switch (part) {
        case date_part::week: return ", 3)";  // ISO's weeks
        case date_part::day_of_week: return ") + 1)";
        case date_part::epoch: return ") / 1000000)";
        case date_part::week_year: return ", 3) DIV 100)";
        default: return ")";
    }
}

void write_extract(compiler& out, const operation_node& n) {
    const auto part = static_cast<date_part>(n.option);
    out << before_part(part);
    write_moment(out, n.arguments.front());
    out << after_part(part);
}

/// As DATE_FORMAT writes the beginning; the year has four digits there.
std::string_view format_of(date_part part) {
    switch (part) {
        case date_part::year: return "%Y-01-01";
        case date_part::quarter:
        case date_part::month: return "%Y-%m-01";
        case date_part::hour: return "%Y-%m-%d %H:00:00";
        case date_part::minute: return "%Y-%m-%d %H:%i:00";
        case date_part::second: return "%Y-%m-%d %H:%i:%s";
        default: return "%Y-%m-%d";
    }
}

void write_truncated(compiler& out, const operation_node& n) {
    const auto to = static_cast<date_part>(n.option);
    const node_ptr& moment = n.arguments.front();
    const std::string_view as = n.type.kind == k::date ? " AS DATE)" : " AS DATETIME(6))";
    if (to == date_part::week) {
        out << "CAST(CAST(" << moment << " AS DATE) - INTERVAL WEEKDAY(" << moment << ") DAY" << as;
        return;
    }
    out << "CAST(DATE_FORMAT(";
    write_moment(out, moment);
    if (to == date_part::quarter) out << " - INTERVAL (MONTH(" << moment << ") - 1) % 3 MONTH";
    out << ", '" << format_of(to) << "')" << as;
}

void write_shifted(compiler& out, const operation_node& n) {
    static constexpr std::string_view units[]{" MICROSECOND)", " DAY)", " MONTH)"};
    constexpr int tightest = 10;
    out << (n.type.kind == k::time ? "TIME(" : "(");
    write_with_date(out, n.arguments[0]);
    out << (n.op == operation::add_interval ? " + INTERVAL " : " - INTERVAL ");
    out.operand(*n.arguments[1], tightest) << units[n.option];
}

void write_difference(compiler& out, const operation_node& n) {
    const bool counts_days = type_of(*n.arguments[0]).kind == k::date;
    out << (counts_days ? "DATEDIFF(" : "TIMESTAMPDIFF(MICROSECOND, ");
    write_with_date(out, n.arguments[counts_days ? 0 : 1]);
    out << ", ";
    write_with_date(out, n.arguments[counts_days ? 1 : 0]);
    out << ")";
}

}  // namespace

void set_moment_rules(rule_table& to) {
    to.set(operation::extract, &write_extract);
    to.set(operation::truncate_moment, &write_truncated);
    to.set(operation::add_interval, &write_shifted);
    to.set(operation::subtract_interval, &write_shifted);
    to.set(operation::difference, &write_difference);
    to.set(operation::current_timestamp, [](compiler& out, const operation_node&) { out << "UTC_TIMESTAMP(6)"; });
    to.set(operation::local_timestamp, [](compiler& out, const operation_node&) { out << "UTC_TIMESTAMP(6)"; });
    to.set(operation::current_date, [](compiler& out, const operation_node&) { out << "UTC_DATE()"; });
    to.set(operation::current_time, [](compiler& out, const operation_node&) { out << "UTC_TIME(6)"; });
}

}  // namespace azoth::mysql
