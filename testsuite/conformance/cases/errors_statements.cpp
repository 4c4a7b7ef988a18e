#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <fmt/format.h>

namespace azoth::conformance {
namespace {

/// Runs a statement that is wrong; the connection works on after a rollback.
programming_error wrong(const bank& b, connection& c, std::string_view sql) {
    INFO(sql);
    const auto e = thrown<programming_error>([&] { run(c, sql); });
    CHECK_FALSE(e.is_retryable());
    CHECK_FALSE(e.is_disconnect());
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
    return e;
}

void syntax(context& on) {
    const bank b{on};
    connection c = on.connect();
    for (const char* sql : {"SELEC 1", "SELECT 1 FROM WHERE", "SELECT (1", "INSERT INTO VALUES"})
        CHECK(wrong(b, c, sql).code() == errc::sql_syntax);
    CHECK(wrong(b, c, "SELEC 1").sqlstate().size() == 5);
}

void empty_statement(context& on) {
    const bank b{on};
    connection c = on.connect();
    (void)wrong(b, c, "");
}

void missing_table(context& on) {
    const bank b{on};
    const std::string nowhere = on.unique_name("nowhere");
    connection c = on.connect();
    for (const char* sql : {"SELECT n FROM {}", "INSERT INTO {} VALUES (1)", "UPDATE {} SET n = 1", "DELETE FROM {}", "DROP TABLE {}"}) {
        const auto e = wrong(b, c, fmt::format(fmt::runtime(sql), nowhere));
        CHECK(e.code() == errc::no_such_table);
        CHECK(contains_name(e.message(), nowhere));
    }
    CHECK(wrong(b, c, "SELECT n FROM " + nowhere).sqlstate().starts_with("42"));
}

void missing_table_of_query(context& on) {
    const bank b{on};
    const table nowhere{on.unique_name("nowhere"), {column("n", type_kind::integer, not_null)}};
    connection c = on.connect();
    const auto e = thrown<programming_error>([&] { (void)c.execute(select(nowhere.column<std::int32_t>("n"))); });
    CHECK(e.code() == errc::no_such_table);
    CHECK(contains_name(e.statement(), nowhere.name()));
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void missing_column(context& on) {
    const bank b{on};
    connection c = on.connect();
    for (const char* sql :
         {"SELECT blance FROM {}", "UPDATE {} SET blance = 1", "INSERT INTO {} (blance) VALUES (1)", "SELECT id FROM {} ORDER BY blance"}) {
        const auto e = wrong(b, c, fmt::format(fmt::runtime(sql), b.accounts().name()));
        CHECK(e.code() == errc::no_such_column);
        CHECK(contains_name(e.message(), "blance"));
    }
}

void ambiguous_column(context& on) {
    const bank b{on};
    connection c = on.connect();
    (void)wrong(b, c, fmt::format("SELECT balance FROM {0} a, {0} b", b.accounts().name()));
}

void missing_function(context& on) {
    const bank b{on};
    connection c = on.connect();
    (void)wrong(b, c, "SELECT azc_no_such_function(1)");
}

void table_exists(context& on) {
    const bank b{on};
    connection c = on.connect();
    (void)wrong(b, c, fmt::format("CREATE TABLE {} (n INTEGER)", b.accounts().name()));
}

void two_statements(context& on) {
    const bank b{on};
    connection c = on.connect();
    (void)wrong(b, c, fmt::format("SELECT 1; DELETE FROM {}", b.accounts().name()));
}

void permission(context& on) {
    if (on.engine().dialect().info().is_embedded) on.decline("an embedded database has no users");
    const bank b{on};
    connection c = on.connect();
    // The standard's schema, which no ordinary user may change.
    const auto e = failure_of([&] { run(c, "CREATE TABLE information_schema.azc (n INTEGER)"); });
    c.rollback();
    if (!e) on.decline("this user may do everything");
    CHECK(e->code() == errc::permission_denied);
    CHECK_FALSE(e->is_retryable());
    CHECK(contains(e->message(), "information_schema"));
    CHECK(b.content(c) == bank::untouched);
}

void missing_parameter(context& on) {
    const bank b{on};
    connection c = on.connect();
    const auto query =
        select(b.accounts().column<std::int64_t>("balance")).where(b.accounts().column<std::int64_t>("id") == param<std::int64_t>("which"));
    CHECK(c.execute(query, {{"which", 2}}).scalars().size() == 1);
    CHECK(thrown<programming_error>([&] { (void)c.execute(query); }).code() == errc::parameter);
    CHECK(thrown<programming_error>([&] { (void)c.execute(query, {{"witch", 2}}); }).code() == errc::parameter);
    CHECK(b.content(c) == bank::untouched);
}

void tells_statement_and_parameters(context& on) {
    const bank b{on};
    connection c = on.connect();
    const auto e = thrown<unique_violation>([&] { b.open(c, 1, 271828); });
    CHECK(contains(e.statement(), "INSERT INTO"));
    CHECK(contains_name(e.statement(), b.accounts().name()));
    CHECK(contains(e.parameters(), "271828"));
    CHECK_FALSE(contains(e.statement(), "271828"));
    CHECK(contains(e.what(), e.message()));
}

/// A table whose rows are secrets.
table secrets_in(context& on) {
    table t = on.make_table("secret", {column("word", string(40), primary_key)});
    on.engine().begin([&](connection& c) { (void)c.execute(insert(t).set(t.column<std::string>("word"), "xyzzy")); });
    return t;
}

error taking_secret(const engine& db, const table& t) {
    connection c = db.connect();
    return thrown<unique_violation>([&] { (void)c.execute(insert(t).set(t.column<std::string>("word"), "xyzzy")); });
}

void hides_parameters(context& on) {
    const table t = secrets_in(on);
    engine_options options;
    options.hide_parameters = true;
    const error e = taking_secret(engine_like(on, options), t);
    CHECK(contains_name(e.statement(), t.name()));
    CHECK_FALSE(contains(e.parameters(), "xyzzy"));
    CHECK(contains(taking_secret(on.engine(), t).parameters(), "xyzzy"));
}

/// What the server itself says may repeat the value.
void hides_values_in_messages(context& on) {
    const table t = secrets_in(on);
    engine_options options;
    options.hide_parameters = true;
    const error e = taking_secret(engine_like(on, options), t);
    CHECK_FALSE(contains(e.message(), "xyzzy"));
    CHECK_FALSE(contains(e.what(), "xyzzy"));
}

void batch_names_its_statement(context& on) {
    const bank b{on};
    connection c = on.connect();
    const std::vector several{b.opening(3, 0), b.opening(1, 271828), b.opening(4, 0)};
    const auto e = thrown<unique_violation>([&] { (void)c.execute_batch(several); });
    CHECK(contains(e.parameters(), "271828"));
    CHECK(contains_name(e.statement(), b.accounts().name()));
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

/// A statement kept prepared from before must not stand in the way.
void changed_table(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    const std::string name = b.accounts().name();
    const auto width = [&] {
        connection c = db.connect();
        return c.execute(text("SELECT * FROM " + name)).column_count();
    };
    for (int i = 0; i < 4; ++i) CHECK(width() == 2);
    connection other = on.connect();
    other.execute(add_column(b.accounts(), column("note", type_kind::integer)));
    other.commit();
    for (int i = 0; i < 4; ++i) CHECK(width() == 3);
}

void changed_table_on_one_connection(context& on) {
    const bank b{on};
    connection c = on.connect();
    const auto all = select_columns(std::vector<expr<value>>{b.accounts()["id"], b.accounts()["balance"]});
    const auto count = [&] {
        const auto rows = c.execute(all).mappings().size();
        c.commit();
        return rows;
    };
    for (int i = 0; i < 4; ++i) CHECK(count() == 2);
    c.execute(add_column(b.accounts(), column("note", type_kind::integer)));
    c.commit();
    for (int i = 0; i < 4; ++i) CHECK(count() == 2);
}

}  // namespace

std::vector<test_case> areas::parts::statements() {
    return {
        {"errors/syntax", "what is no SQL: programming_error, sql-syntax", {}, syntax},
        {"errors/empty-statement", "nothing is no statement: programming_error", {}, empty_statement},
        {"errors/missing-table", "a table that is not there: no-such-table, by name", {}, missing_table},
        {"errors/missing-table-of-query", "the same for a compiled query", {}, missing_table_of_query},
        {"errors/missing-column", "a column that is not there: no-such-column, by name", {}, missing_column},
        {"errors/ambiguous-column", "a column of two tables: programming_error", {}, ambiguous_column},
        {"errors/missing-function", "a function that is not there: programming_error", {}, missing_function},
        {"errors/table-exists", "a table that is there already: programming_error", {}, table_exists},
        {"errors/two-statements", "two statements in one text are refused, and neither runs", {}, two_statements},
        {"errors/permission", "what the user may not do: permission-denied", {}, permission},
        {"errors/missing-parameter", "a parameter without a value, or a value without one: programming_error", {}, missing_parameter},
        {"errors/tells-statement", "an error tells statement and parameters", {}, tells_statement_and_parameters},
        {"errors/hides-parameters", "... but no parameters where they are to be hidden", {}, hides_parameters},
        {"errors/hides-values-in-message", "... nor does the server's message, which may repeat them", {}, hides_values_in_messages},
        {"errors/batch-names-statement", "an error in a batch of statements tells the one that failed", {}, batch_names_its_statement},
        {"errors/changed-table", "a statement used before works after another connection has changed its table", {}, changed_table},
        {"errors/changed-table-here", "... and after this one has", {}, changed_table_on_one_connection},
    };
}

}  // namespace azoth::conformance
