// Holds the compile table against the compiler, and its statements against the servers.
#include "table.hpp"

#include <azoth/dialect.hpp>

#include <support/test_servers.hpp>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <map>
#include <memory>

namespace compile_table {
namespace {

struct named_theme {
    std::string_view name;
    void (*fill)(rows_of&);
};

std::vector<named_theme>& themes() {
    static std::vector<named_theme> all;
    return all;
}

/// A dialect of the table's, without a connection.
struct target {
    std::string_view name;
    std::shared_ptr<const az::dialect> dialect;
    az::profile server;
    outcome outcomes::*expected;
};

const std::vector<target>& targets() {
    static const std::vector<target> all = [] {
        std::vector<target> made;
        const auto add = [&](std::string_view name, outcome outcomes::*expected) {
            target t{name, az::dialect_registry::instance().find(name), {}, expected};
            t.dialect->default_profile(t.server);
            made.push_back(std::move(t));
        };
        add("sqlite", &outcomes::sqlite);
        add("postgresql", &outcomes::postgresql);
        add("mariadb", &outcomes::mariadb);
        return made;
    }();
    return all;
}

std::string shown(const az::value& v) {
    const az::cell c = v.view();
    if (c.is_null()) return "NULL";
    return c.is_view() ? fmt::format("'{}'", az::display(c)) : az::display(c);
}

std::string shown(const az::bind_node& bind) {
    if (!bind.name.empty()) return ":" + bind.name;
    if (!bind.is_list) return shown(bind.content);
    std::string list;
    for (const auto& v : bind.list) list += (list.empty() ? "" : ", ") + shown(v);
    return "[" + list + "]";
}

/// What a dialect makes of a row.
struct compiled {
    std::string sql{};
    std::string parameters{};
    std::string refusal{};
};

std::string without_frame(const std::string& sql) {
    const auto end = sql.rfind(" FROM ");
    return sql.starts_with("SELECT ") && end != std::string::npos ? sql.substr(7, end - 7) : sql;
}

compiled compile(const row& r, const target& t) {
    compiled made;
    try {
        std::vector<const az::bind_node*> binds;
        az::collect_binds(*r.statement, binds);
        const auto statement = az::compiler{t.dialect->rules(), t.server}.run(*r.statement);
        const az::value one;  // a list that comes at execution is shown with one element
        std::vector<az::given_list> given;
        for (const auto* b : binds)
            if (b->is_list && !b->name.empty()) given.push_back({b, {&one, 1}});
        std::vector<az::expanded_parameter> expanded;
        made.sql =
            statement.sql.empty() ? az::expand(statement, binds, t.dialect->rules().placeholder, 100'000, expanded, given) : statement.sql;
        if (statement.batch) made.sql += "...";
        for (const auto& slot : statement.parameters)
            made.parameters += (made.parameters.empty() ? "" : ", ") + (slot.maker ? "made" : shown(*binds[slot.bind]));
    } catch (const az::error& e) {
        made.refusal = e.what();
    }
    return made;
}

std::string shortened(const row& r, const std::string& sql) { return r.is_expression ? without_frame(sql) : sql; }

void print(std::string_view theme, const row& r) {
    fmt::print("// {}: {}\n", theme, r.name);
    std::string parameters;
    for (const target& t : targets()) {
        const compiled made = compile(r, t);
        if (!made.refusal.empty()) fmt::print("refused(R\"({})\"),\n", made.refusal);
        else fmt::print("R\"({})\",\n", shortened(r, made.sql));
        parameters = made.parameters.empty() ? parameters : made.parameters;
    }
    fmt::print("R\"({})\"\n", parameters);
}

void check(const row& r, const target& t) {
    const outcome& expected = r.expected.*t.expected;
    const compiled made = compile(r, t);
    INFO(fmt::format("{}, {}", r.name, t.name));
    if (expected.is_refusal) {
        INFO(made.sql);
        CHECK_THAT(made.refusal, Catch::Contains(std::string{expected.text}));
        return;
    }
    if (!made.refusal.empty()) {
        FAIL_CHECK(made.refusal);
        return;
    }
    CHECK(shortened(r, made.sql) == expected.text);
    CHECK(made.parameters == (expected.parameters.empty() ? r.parameters : expected.parameters));
}

void for_each_row(const std::function<void(std::string_view, const row&)>& visit) {
    for (const auto& theme : themes()) {
        rows_of rows;
        theme.fill(rows);
        for (const row& r : rows.all()) visit(theme.name, r);
    }
}

/// The tables, for as long as the statements are prepared.
class made_tables {
public:
    explicit made_tables(az::engine on) : engine_{std::move(on)} {
        tables_.drop_all(engine_);
        tables_.create_all(engine_);
    }
    ~made_tables() {
        try {
            tables_.drop_all(engine_);
        } catch (const az::error& e) {
            WARN(e.what());
        }
    }
    made_tables(const made_tables&) = delete;
    made_tables& operator=(const made_tables&) = delete;

private:
    az::engine engine_;
    az::metadata tables_{tables()};
};

std::string_view dialect_of(std::string_view url) {
    return url.starts_with("sqlite") ? "sqlite" : url.starts_with("postgresql") ? "postgresql" : "mariadb";
}

/// One row a transaction's savepoint would be dear: what fails is told, and the transaction ended.
std::size_t prepare_all(const std::string& url) {
    az::engine_options quiet;
    quiet.log = nullptr;
    const auto engine = az::create_engine(url, std::move(quiet));
    const made_tables keep{engine};
    const auto name = dialect_of(url);
    const auto& of = *std::find_if(targets().begin(), targets().end(), [&](const target& t) { return t.name == name; });
    auto connection = engine.connect();
    const target live{name, of.dialect, connection.server_profile(), of.expected};
    std::size_t prepared = 0;
    for_each_row([&](std::string_view theme, const row& r) {
        if (!r.unprepared.empty() || (r.expected.*live.expected).is_refusal) return;
        compiled made = compile(r, live);
        INFO(fmt::format("{}, {}: {}\n{}", theme, r.name, name, made.sql));
        if (made.sql.ends_with("...")) return;  // rows are still to come
        try {
            const auto statement = connection.driver().prepare(made.sql);
            ++prepared;
        } catch (const std::exception& e) {  // native_error is one
            FAIL_CHECK(e.what());
        }
    });
    return prepared;
}

}  // namespace

theme::theme(std::string_view name, void (*fill)(rows_of&)) { themes().push_back({name, fill}); }

}  // namespace compile_table

using namespace compile_table;

TEST_CASE("compile table: each dialect writes what the table says") {
    const bool only_print = std::getenv("AZOTH_PRINT_TABLE") != nullptr;
    std::size_t rows = 0;
    std::map<std::string, int, std::less<>> names;
    for_each_row([&](std::string_view theme, const row& r) {
        if (only_print) return print(theme, r);
        CHECK(++names[fmt::format("{}: {}", theme, r.name)] == 1);  // a name tells which
        for (const target& t : targets()) check(r, t);
        ++rows;
    });
    if (!only_print)
        fmt::print("compile table: {} statements, {} lines of (statement, dialect, SQL, parameters)\n", rows, rows * targets().size());
}

TEST_CASE("compile table: the servers prepare each statement") {
    std::vector<std::string> urls{"sqlite://"};
    const auto servers = support::test_urls();
    urls.insert(urls.end(), servers.begin(), servers.end());
    if (servers.empty()) WARN("skipped: AZOTH_TEST_URLS names no server; only SQLite prepares the compile table");
    for (const auto& url : urls) CHECK(prepare_all(url) != 0);
}
