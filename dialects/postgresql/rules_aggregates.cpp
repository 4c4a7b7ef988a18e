// Aggregates, locks and limits, as PostgreSQL writes them.
#include "rules.hpp"

namespace azoth::postgresql {
namespace {

using k = type_kind;

/// The sum of 64-bit integers is NUMERIC in PostgreSQL, and would make fractions where it is divided; that of floats is a float.
void write_sum(compiler& out, const function_node& n) {
    const bool widens = is_integer(n.type.kind) && n.type.kind != k::unsigned_big_integer;
    const bool is_float = type_of(*n.arguments.front()).kind == k::real;
    out << (widens ? "CAST(" : "");
    write_call(out, n, "sum", [&] {
        if (is_float) out << "CAST(" << n.arguments.front() << " AS DOUBLE PRECISION)";
        else out << n.arguments.front();
    });
    out << (widens ? " AS BIGINT)" : "");
}

}  // namespace

void set_aggregate_rules(rule_table& to) {
    to.set_function("sum", &write_sum);
    to.rename_function("json_agg", "jsonb_agg");  // JSONB is the type that JSON columns have
    to.rename_function("json_object_agg", "jsonb_object_agg");
    to.fetch_takes_expressions = true;
}

}  // namespace azoth::postgresql
