// Dates and times, which are texts of a fixed width. SQLite's own functions know milliseconds, and months that run over: what is computed
// goes through functions of the driver's.
#include "rules.hpp"

namespace azoth::sqlite {
namespace {

void write_extract(compiler& out, const operation_node& n) {
    out << "azoth_extract('" << part_name(static_cast<date_part>(n.option)) << "', " << n.arguments.front() << ")";
}

void write_truncated(compiler& out, const operation_node& n) {
    out << "azoth_date_trunc('" << part_name(static_cast<date_part>(n.option)) << "', " << n.arguments.front() << ")";
}

void write_shifted(compiler& out, const operation_node& n) {
    static constexpr std::string_view units[]{", 'microsecond')", ", 'day')", ", 'month')"};
    out << "azoth_add_interval(" << n.arguments[0] << ", ";
    if (n.op == operation::add_interval) out << n.arguments[1];
    else out << node_ptr{make_node<const unary_node>(unary_operator::negate, n.arguments[1])};
    out << units[n.option];
}

void write_difference(compiler& out, const operation_node& n) {
    out << "azoth_difference(" << n.arguments[0] << ", " << n.arguments[1] << ")";
}

// To the millisecond: all that SQLite tells of its clock.
void write_now(compiler& out, const operation_node& n) {
    switch (n.op) {
        case operation::current_timestamp: out << "strftime('%Y-%m-%d %H:%M:%f000Z', 'now')"; return;
        case operation::local_timestamp: out << "strftime('%Y-%m-%d %H:%M:%f000', 'now')"; return;
        case operation::current_date: out << "date('now')"; return;
        default: out << "strftime('%H:%M:%f000', 'now')"; return;
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

}  // namespace azoth::sqlite
