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

/// `{"dialect", "driver", "versions", "cases": [{"id", "outcome", "seconds", "message"}]}`; an array of those where several databases were
/// tested.
[[nodiscard]] std::string json_report(std::span<const suite_result> results);
/// A testsuite a database, as CI servers read it. Declined cases are skipped ones.
[[nodiscard]] std::string junit_report(std::span<const suite_result> results);
/// How each database did, with all versions; the table of areas by databases, what is declined, and each failure.
[[nodiscard]] std::string markdown_report(std::span<const suite_result> results);
/// The counts as an SVG image of 20 pixels' height, for a README.
[[nodiscard]] std::string badge_report(std::span<const suite_result> results);

/// Throws operational_error where the file cannot be written.
void write_report(const report_order& order, std::span<const suite_result> results);

}  // namespace azoth::conformance
