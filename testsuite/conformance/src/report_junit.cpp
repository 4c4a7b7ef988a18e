#include "report.hpp"

#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

namespace azoth::conformance {
namespace {

/// XML 1.0 has no way to write most control characters, and wants valid UTF-8.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\n' || c == '\t') out += c;
        else if (code < 0x20 || code == 0x7F) out += fmt::format("\\x{:02x}", code);
        else out += c;
    }
    return out;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string element(const case_result& c, const std::string& suite) {
    const auto slash = c.id.find('/');
    std::string head = fmt::format(R"(    <testcase classname="{}.{}" name="{}" time="{:.6f}")", escaped(suite), c.id.substr(0, slash),
                                   c.id.substr(slash + 1), c.seconds);
    if (c.how == outcome::pass) return head + "/>\n";
    if (c.how == outcome::declined) return fmt::format("{}><skipped message=\"{}\"/></testcase>\n", head, escaped(c.message));
    return fmt::format("{}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n", head, word_of(c.how),
                       escaped(first_line(c.message)), escaped(c.message));
}

std::string element(const suite_result& r) {
    const tally sum = count(r.cases);
    double seconds{};
    for (const auto& c : r.cases) seconds += c.seconds;
    std::string text = fmt::format(R"(  <testsuite name="{}" tests="{}" failures="{}" errors="0" skipped="{}" time="{:.6f}">)"
                                   "\n    <properties>\n",
                                   escaped(r.server.name()), r.cases.size(), sum.failed, sum.declined, seconds);
    for (const auto& [what, version] : r.server.versions)
        text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", escaped(what), escaped(version));
    text += "    </properties>\n";
    for (const auto& c : r.cases) text += element(c, r.server.name());
    return text + "  </testsuite>\n";
}

}  // namespace

std::string junit_report(std::span<const suite_result> results) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"azoth-conformance\">\n";
    for (const auto& r : results) text += element(r);
    return text + "</testsuites>\n";
}

}  // namespace azoth::conformance
