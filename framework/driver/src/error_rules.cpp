#include <azoth/driver/error_rules.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace azoth {
namespace {

/// ISO/IEC 9075-2, table "SQLSTATE class and subclass codes", and what databases agree on beyond it.
constexpr std::array standard_rules{
    error_rule{.sqlstate = "08", .meaning = errc::disconnected, .disconnect = true},
    error_rule{.sqlstate = "0A", .meaning = errc::not_supported},
    error_rule{.sqlstate = "22001", .meaning = errc::truncation},
    error_rule{.sqlstate = "22003", .meaning = errc::value_range},
    error_rule{.sqlstate = "22007", .meaning = errc::value_format},
    error_rule{.sqlstate = "22008", .meaning = errc::value_range},
    error_rule{.sqlstate = "22012", .meaning = errc::division_by_zero},
    error_rule{.sqlstate = "22018", .meaning = errc::value_format},
    error_rule{.sqlstate = "22", .meaning = errc::data},
    error_rule{.sqlstate = "23502", .meaning = errc::not_null_violation},
    error_rule{.sqlstate = "23503", .meaning = errc::foreign_key_violation},
    error_rule{.sqlstate = "23505", .meaning = errc::unique_violation},
    error_rule{.sqlstate = "23513", .meaning = errc::check_violation},
    error_rule{.sqlstate = "23514", .meaning = errc::check_violation},
    error_rule{.sqlstate = "23", .meaning = errc::integrity},
    error_rule{.sqlstate = "25006", .meaning = errc::read_only},
    error_rule{.sqlstate = "28", .meaning = errc::permission_denied},
    error_rule{.sqlstate = "40001", .meaning = errc::serialization, .retryable = true},
    error_rule{.sqlstate = "40002", .meaning = errc::integrity},
    error_rule{.sqlstate = "42501", .meaning = errc::permission_denied},
    error_rule{.sqlstate = "42S02", .meaning = errc::no_such_table},
    error_rule{.sqlstate = "42S22", .meaning = errc::no_such_column},
    error_rule{.sqlstate = "42", .meaning = errc::sql_syntax},
};

bool fits(const error_rule& rule, const native_error& error) {
    return (rule.code == 0 || rule.code == error.code()) && error.sqlstate().starts_with(rule.sqlstate);
}

}  // namespace

error_class classify_by(std::span<const error_rule> rules, const native_error& error) {
    error_class verdict;
    verdict.sqlstate = error.sqlstate();
    verdict.constraint = error.constraint();
    const auto is_it = [&](const error_rule& rule) { return fits(rule, error); };
    auto found = std::find_if(rules.begin(), rules.end(), is_it);
    const error_rule* rule = found == rules.end() ? nullptr : &*found;
    if (!rule)
        if (const auto standard = std::find_if(standard_rules.begin(), standard_rules.end(), is_it); standard != standard_rules.end())
            rule = &*standard;
    if (!rule) return verdict;
    verdict.code = rule->meaning;
    verdict.disconnect = rule->disconnect;
    verdict.retryable = rule->retryable;
    verdict.remedy = rule->remedy;
    return verdict;
}

}  // namespace azoth
