#include "options.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace azoth::conformance {
namespace {

constexpr const char* description =
    "Checks that a database, through its Azoth dialect, gives the answers that every dialect has to give.\n"
    "Each case makes tables of its own (azc_...) and drops them: the database need not be empty.";

constexpr const char* examples =
    "Examples:\n"
    "  azoth-conformance --url sqlite:////tmp/check.db\n"
    "  azoth-conformance --url postgresql://me@localhost/test --filter transactions --filter types/decimal-65-digits\n"
    "  azoth-conformance --url mydb://host/test --plugin ./azoth-dialect-mydb-native.so --report junit=report.xml\n"
    "  azoth-conformance --matrix sqlite:////tmp/check.db postgresql://me@localhost/test --report markdown=matrix.md\n"
    "  AZOTH_CONFORMANCE_URL=postgresql://me:secret@localhost/test azoth-conformance --jobs 4\n"
    "\n"
    "Ends with 0 where nothing failed and nothing works that is not claimed, 1 where something did, 2 for wrong use and where the\n"
    "database cannot be opened.";

constexpr int usage_error = 2;

void check(const options& o) {
    if (o.is_worker || o.is_list) return;
    if (o.urls.empty())
        throw_error(errc::invalid_argument,
                    "say which database: --url URL, or AZOTH_CONFORMANCE_URL in the environment (--help shows examples)");
    for (const auto& u : o.urls) (void)url::parse(u);
}

}  // namespace

report_order parse_report(const std::string& text) {
    constexpr std::pair<std::string_view, report_format> formats[]{{"junit", report_format::junit},
                                                                   {"json", report_format::json},
                                                                   {"markdown", report_format::markdown},
                                                                   {"badge", report_format::badge}};
    const auto sign = text.find('=');
    const std::string format = text.substr(0, sign);
    const std::string file = sign == std::string::npos ? "" : text.substr(sign + 1);
    const auto* known = std::ranges::find(formats, format, [](const auto& f) { return f.first; });
    if (known == std::end(formats))
        throw_error(errc::invalid_argument,
                    fmt::format("--report {}: there is no format \"{}\": write junit=FILE, json=FILE, markdown=FILE "
                                "or badge=FILE",
                                text, format));
    if (file.empty())
        throw_error(errc::invalid_argument, fmt::format("--report {}: say where: {}=FILE, or {}=- for the screen", text, format, format));
    return {known->second, file};
}

std::optional<options> read_options(int argc, const char* const* argv, int& exit_code) {
    options o;
    o.program = argc > 0 ? argv[0] : "azoth-conformance";
    CLI::App app{description, "azoth-conformance"};
    app.footer(examples);
    app.set_version_flag("--version", "azoth-conformance " AZOTH_VERSION);
    std::string target;
    std::vector<std::string> targets;
    std::vector<std::string> reports;
    auto* one = app.add_option("--url", target, "The database under test")->type_name("URL")->envname("AZOTH_CONFORMANCE_URL");
    auto* many = app.add_option("--matrix", targets, "Several databases, and one table of them all")->type_name("URL URL...");
    app.add_option("--plugin", o.plugins, "A dialect's file, tried before all others")->type_name("FILE")->allow_extra_args(false);
    app.add_option("--filter", o.filters, "Only this area, or this case; may come several times")
        ->type_name("AREA[/CASE]")
        ->allow_extra_args(false);
    app.add_flag("--list", o.is_list, "List the cases and what each expects");
    app.add_option("--report", reports, "Write a report too: junit, json, markdown, or badge (an SVG image); FILE may be -")
        ->type_name("FORMAT=FILE")
        ->allow_extra_args(false);
    app.add_option("--jobs", o.jobs, "Processes at once [as many as cores, at most 4]; one for a database in a file")
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    app.add_option("--timeout", o.timeout, "Seconds that a case may take")
        ->type_name("SECONDS")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 86400.0));
    app.add_option("--repeat", o.repeat, "Run each case so often; it has to pass each time")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    app.add_flag("--worker", o.is_worker)->group("");  // hidden: how the program starts itself
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        exit_code = app.exit(e) == 0 ? 0 : usage_error;
        return std::nullopt;
    }
    o.is_matrix = many->count() > 0;
    if (o.is_matrix) o.urls = targets;
    else if (one->count() > 0) o.urls = {target};
    for (const auto& r : reports) o.reports.push_back(parse_report(r));
    check(o);
    return o;
}

}  // namespace azoth::conformance
