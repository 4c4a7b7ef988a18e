#include "report.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace azoth::conformance {
namespace {

std::string written(report_format format, std::span<const suite_result> results, const run_facts& facts) {
    switch (format) {
        case report_format::junit: return junit_report(results);
        case report_format::json: return json_report(results);
        case report_format::badge: return badge_report(results, facts);
        case report_format::markdown: break;
    }
    return markdown_report(results);
}

}  // namespace

void write_report(const report_order& order, std::span<const suite_result> results, const run_facts& facts) {
    const std::string text = written(order.format, results, facts);
    if (order.file == "-") {
        fmt::print("{}", text);
        return;
    }
    std::ofstream file{order.file, std::ios::binary | std::ios::trunc};
    file << text << std::flush;
    if (!file)
        throw_error(errc::operational,
                    fmt::format("the report cannot be written to {}: {}", order.file, std::generic_category().message(errno)));
}

}  // namespace azoth::conformance
