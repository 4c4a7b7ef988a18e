// azoth ping.
#include "command_line.hpp"
#include "commands.hpp"
#include "inspect.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {
namespace {

struct claim {
    std::string_view name;
    bool capabilities::*claimed;
    bool rule_table::*is_native{};  ///< else the compiler says it in other words; null: there is one way only
};

constexpr claim claims[] = {
    {"INSERT RETURNING", &capabilities::returning_on_insert},
    {"UPDATE RETURNING", &capabilities::returning_on_update},
    {"DELETE RETURNING", &capabilities::returning_on_delete},
    {"CTEs", &capabilities::ctes},
    {"recursive CTEs", &capabilities::recursive_ctes},
    {"window functions", &capabilities::windows},
    {"LATERAL", &capabilities::lateral_joins},
    {"RIGHT JOIN", &capabilities::right_joins},
    {"FULL JOIN", &capabilities::full_joins},
    {"NULLS FIRST/LAST", &capabilities::nulls_first_last, &rule_table::sorts_nulls},
    {"FILTER", &capabilities::filtered_aggregates, &rule_table::filters},
    {"DISTINCT ON", &capabilities::distinct_on},
    {"row locks", &capabilities::row_locks},
    {"INTERSECT and EXCEPT", &capabilities::intersect_except},
    {"savepoints", &capabilities::savepoints},
    {"two-phase commit", &capabilities::two_phase},
    {"DDL in transactions", &capabilities::ddl_in_transactions},
    {"read-only transactions", &capabilities::read_only_transactions},
    {"sequences", &capabilities::sequences},
    {"schemas", &capabilities::schemas},
    {"comments", &capabilities::comments},
    {"streaming", &capabilities::streaming},
    {"cancel", &capabilities::cancel},
    {"statement deadlines", &capabilities::statement_deadlines},
    {"full reset", &capabilities::full_reset},
};

/// Names with commas between, broken at the terminal's usual width.
std::string wrapped(const std::vector<std::string_view>& names, std::size_t indent) {
    constexpr std::size_t width = 100;
    std::string text;
    std::size_t column = indent;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string word = std::string{names[i]} + (i + 1 < names.size() ? ", " : "");
        if (column + word.size() > width) {
            text.pop_back();  // the blank behind the comma
            text += '\n' + std::string(indent, ' ');
            column = indent;
        }
        text += word;
        column += word.size();
    }
    return text.empty() ? "nothing" : text;
}

void print_profile(const profile& p, const rule_table& rules) {
    std::vector<std::string_view> can;
    std::vector<std::string_view> in_other_words;
    std::vector<std::string_view> cannot;
    for (const auto& c : claims) {
        const bool is_native = !c.is_native || rules.*c.is_native;
        (!(p.can.*c.claimed) ? cannot : is_native ? can : in_other_words).push_back(c.name);
    }
    fmt::print("server          {} {}\n", p.server, p.server_version);
    if (!p.compatible_server.empty())
        fmt::print("speaks SQL of   {} {}.{}.{}\n", p.compatible_server, p.compatible_version / 10'000, p.compatible_version / 100 % 100,
                   p.compatible_version % 100);
    fmt::print("dialect         {}, driver {}\n", p.dialect, p.driver);
    fmt::print("client library  {}\n", p.client_library);
    fmt::print("parameters      at most {} a statement\n", p.can.max_parameters);
    fmt::print("can             {}\n", wrapped(can, 16));
    if (!in_other_words.empty()) fmt::print("in other words  {}\n", wrapped(in_other_words, 16));
    fmt::print("cannot          {}\n", wrapped(cannot, 16));
}

void ping(const std::string& target, std::chrono::milliseconds timeout) {
    using clock = std::chrono::steady_clock;
    const auto milliseconds_since = [](clock::time_point t) { return std::chrono::duration<double, std::milli>(clock::now() - t).count(); };
    engine_options options;
    options.connect_timeout = timeout;
    const engine db = create_engine(existing(target), options);
    const deadline until = deadline::after(timeout);
    const auto before = clock::now();
    connection c = db.connect("azoth ping", until);
    const double connecting = milliseconds_since(before);
    const auto connected = clock::now();
    c.ping(until);
    const double answering = milliseconds_since(connected);
    fmt::print("{}\n", db.url().to_string());
    c.with_executor([](executor& on) { print_profile(on.server_profile(), on.rules()); });
    fmt::print("connected in {:.1f} ms, answered in {:.2f} ms\n", connecting, answering);
}

}  // namespace

subcommand declare_ping(CLI::App& program) {
    struct options {
        std::string target{};
        double seconds{10};
    };
    const auto said = std::make_shared<options>();
    auto* line = program.add_subcommand("ping", "Open a database and tell its server, version and what it can do");
    line->add_option("URL", said->target, "The database, such as sqlite:///file.db")->required();
    line->add_option("--timeout", said->seconds, "How long to wait for an answer")
        ->type_name("SECONDS")
        ->capture_default_str()
        ->check([](const std::string& given) -> std::string {
            double seconds{};
            const bool fits = CLI::detail::lexical_cast(given, seconds) && seconds >= 0.001 && seconds <= 86400;
            return fits ? "" : "\"" + given + "\" is no time between 0.001 and 86400 seconds";
        });
    line->footer("Example:\n  azoth ping postgresql://ann@db.example/shop --timeout 2");
    return {line, [said] {
                ping(said->target, std::chrono::milliseconds{static_cast<std::int64_t>(said->seconds * 1000)});
                return 0;
            }};
}

}  // namespace azoth::command
