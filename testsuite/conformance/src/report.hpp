#pragma once

#include "suite_result.hpp"

#include <span>
#include <string>

namespace azoth::conformance {

enum class report_format : unsigned char { junit, json, markdown, badge };

struct report_order {
    report_format format{};
    std::string file{};  ///< "-": standard output
};

/// What a report cannot see in the results.
struct run_facts {
    bool is_whole{true};  ///< all cases were chosen, and have run
    bool is_clean{true};  ///< nothing was said at the end, such as of leaks
};

/// `{"dialect", "driver", "versions", "cases": [{"id", "outcome", "seconds", "message"}]}`; an array of those where several databases were
/// tested.
[[nodiscard]] std::string json_report(std::span<const suite_result> results);
/// A testsuite a database, as CI servers read it. Declined cases are skipped ones.
[[nodiscard]] std::string junit_report(std::span<const suite_result> results);
/// How each database did, with all versions; the table of areas by databases, what is declined, and each failure.
[[nodiscard]] std::string markdown_report(std::span<const suite_result> results);
/// The counts as an SVG image of 20 pixels' height, for a README: green where all has run and nothing failed.
[[nodiscard]] std::string badge_report(std::span<const suite_result> results, const run_facts& facts = {});

/// Throws operational_error where the file cannot be written.
void write_report(const report_order& order, std::span<const suite_result> results, const run_facts& facts = {});

}  // namespace azoth::conformance
