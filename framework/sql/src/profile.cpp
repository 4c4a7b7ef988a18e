#include <azoth/sql/profile.hpp>

namespace azoth {

std::string_view isolation_name(isolation_level level) noexcept {
    switch (level) {
        case isolation_level::database_default: return "DEFAULT";
        case isolation_level::autocommit: return "AUTOCOMMIT";
        case isolation_level::read_uncommitted: return "READ UNCOMMITTED";
        case isolation_level::read_committed: return "READ COMMITTED";
        case isolation_level::repeatable_read: return "REPEATABLE READ";
        case isolation_level::snapshot: return "SNAPSHOT";
        case isolation_level::serializable: return "SERIALIZABLE";
    }
    return "UNKNOWN";
}

capabilities no_claims() noexcept {
    capabilities can;
    can.window_frames = can.named_windows = can.wide_decimals = can.microseconds = can.many_returned_rows = false;
    can.regular_expressions = can.row_values = can.distribution_functions = can.bit_aggregates = can.ordered_aggregates = false;
    can.collecting_aggregates = can.array_elements = can.plans = can.recursive_unions = can.deep_recursion = false;
    can.long_value_tables = can.exact_texts = can.large_literals = can.code_points = can.trim_sets = false;
    can.quantified_nulls = can.short_double_texts = can.rereads_locked_rows = false;
    can.schema.mixed_indexes = can.schema.expression_defaults = false;
    return can;
}

}  // namespace azoth
