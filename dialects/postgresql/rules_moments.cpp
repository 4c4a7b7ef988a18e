// Dates and times. What is computed of an instant is computed in UTC, whatever the session's time zone.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::postgresql {
namespace {

constexpr int above_any_operator = 10;
constexpr int sum_binding = 6;  // how tightly + and - bind, as precedence_of has it

bool is_instant(const node& n) { return type_of(n).kind == type_kind::timestamp_tz; }

/// The moment as a clock shows it: of an instant, one in UTC.
void write_clock(compiler& out, const node_ptr& n) {
    if (!is_instant(*n)) return static_cast<void>(out << n);
    out << "(";
    out.operand(*n, above_any_operator) << " AT TIME ZONE 'UTC')";
}

std::string_view field_of(date_part part) {
    switch (part) {
        case date_part::day_of_week: return "ISODOW";
        case date_part::day_of_year: return "DOY";
        case date_part::week_year: return "ISOYEAR";
        case date_part::microsecond: return "MICROSECONDS";
        case date_part::quarter: return "QUARTER";
        case date_part::year: return "YEAR";
        case date_part::month: return "MONTH";
        case date_part::week: return "WEEK";
        case date_part::day: return "DAY";
        case date_part::hour: return "HOUR";
        case date_part::minute: return "MINUTE";
        case date_part::second: return "SECOND";
        case date_part::epoch: return "EPOCH";
    }
    return {};
}

/// EXTRACT gives NUMERIC, of seconds with their fraction; its MICROSECONDS have the seconds in them.
void write_extract(compiler& out, const operation_node& n) {
    const auto part = static_cast<date_part>(n.option);
    const bool has_fraction = part == date_part::second || part == date_part::epoch;
    out << (part == date_part::microsecond ? "(CAST(" : "CAST(") << (has_fraction ? "FLOOR(" : "") << "EXTRACT(" << field_of(part)
        << " FROM ";
    write_clock(out, n.arguments.front());
    out << (has_fraction ? "))" : ")") << " AS BIGINT)" << (part == date_part::microsecond ? " % 1000000)" : "");
}

void write_truncated(compiler& out, const operation_node& n) {
    const node_ptr& moment = n.arguments.front();
    const auto name = part_name(static_cast<date_part>(n.option));
    if (n.type.kind == type_kind::date) {
        out << "CAST(DATE_TRUNC('" << name << "', CAST(" << moment << " AS TIMESTAMP)) AS DATE)";
        return;
    }
    out << (is_instant(*moment) ? "(" : "") << "DATE_TRUNC('" << name << "', ";
    write_clock(out, moment);
    out << (is_instant(*moment) ? ") AT TIME ZONE 'UTC')" : ")");
}

/// A day of an interval is one of the calendar's: across a change of the session's clocks it has other than 24 hours, in UTC never.
void write_shifted(compiler& out, const operation_node& n) {
    const node_ptr& moment = n.arguments.front();
    const bool counts_months = static_cast<interval_unit>(n.option) == interval_unit::month;
    const bool is_date = n.type.kind == type_kind::date;
    const bool has_exact_time = !counts_months && node_cast<bind_node>(n.arguments[1]);
    const bool in_utc = is_instant(*moment) && !has_exact_time;
    out << (counts_months && is_date ? "CAST(" : in_utc ? "((" : "(");
    if (in_utc) write_clock(out, moment);
    else out.operand(*moment, sum_binding);
    out << (n.op == operation::add_interval ? " + " : " - ");
    if (counts_months) out << "MAKE_INTERVAL(months => " << n.arguments[1] << ")";
    else out.operand(*n.arguments[1], sum_binding + 1);
    out << (counts_months && is_date ? " AS DATE)" : in_utc ? ") AT TIME ZONE 'UTC')" : ")");
}

void write_difference(compiler& out, const operation_node& n) {
    out << "(";
    out.operand(*n.arguments[0], sum_binding) << " - ";
    out.operand(*n.arguments[1], sum_binding + 1) << ")";
}

constexpr std::string_view utc_clock = "(STATEMENT_TIMESTAMP() AT TIME ZONE 'UTC')";

void write_now(compiler& out, const operation_node& n) {
    switch (n.op) {
        case operation::current_timestamp: out << "STATEMENT_TIMESTAMP()"; return;
        case operation::local_timestamp: out << utc_clock; return;
        case operation::current_date: out << "CAST(" << utc_clock << " AS DATE)"; return;
        default: out << "CAST(" << utc_clock << " AS TIME)"; return;
    }
}

}  // namespace

void set_moment_rules(rule_table& to) {
    to.set(operation::extract, &write_extract);
    to.set(operation::truncate_moment, &write_truncated);
    to.set(operation::add_interval, &write_shifted);
    to.set(operation::subtract_interval, &write_shifted);
    to.set(operation::difference, &write_difference);
    for (const auto op : {operation::current_timestamp, operation::local_timestamp, operation::current_date, operation::current_time})
        to.set(op, &write_now);
}

}  // namespace azoth::postgresql
