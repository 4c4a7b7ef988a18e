#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

namespace azoth::conformance {
namespace {

/// The name of a table that a case makes itself.
std::string own_table(context& on) {
    std::string name = on.unique_name("made");
    on.drop_at_end(name);
    return name;
}

std::int64_t rows_in(connection& c, const std::string& name) {
    return c.execute(text("SELECT count(*) FROM " + name)).scalar<std::int64_t>();
}

void created_table_is_gone(context& on) {
    const std::string name = own_table(on);
    connection c = on.connect();
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    run(c, "INSERT INTO " + name + " VALUES (1)");
    c.rollback();
    CHECK(thrown<programming_error>([&] { (void)rows_in(c, name); }).code() == errc::no_such_table);
}

void dropped_table_is_back(context& on) {
    const std::string name = own_table(on);
    connection c = on.connect();
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    run(c, "INSERT INTO " + name + " VALUES (1)");
    c.commit();
    run(c, "DROP TABLE " + name);
    c.rollback();
    CHECK(rows_in(c, name) == 1);
}

void rows_beside_are_gone(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    b.open(c, 3);
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    b.open(c, 4);
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void metadata_is_undone(context& on) {
    const std::string name = own_table(on);
    const metadata tables{{table{name, {column("id", type_kind::integer, primary_key), column("n", type_kind::integer, indexed)}}}};
    connection c = on.connect();
    transaction t = c.begin();
    tables.create_all(c);
    CHECK(rows_in(c, name) == 0);
    t.rollback();
    CHECK(thrown<programming_error>([&] { (void)rows_in(c, name); }).code() == errc::no_such_table);
}

void commit_keeps_both(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    b.open(c, 3);
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    run(c, "INSERT INTO " + name + " VALUES (1)");
    c.commit();
    CHECK(b.seen() == "1:100 2:100 3:0");
    CHECK(rows_in(c, name) == 1);
}

/// Where DDL commits by itself, the transaction goes on behind it: a program need not know.
void transaction_goes_on(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    on.engine().begin([&](connection& c) {
        b.open(c, 3);
        run(c, "CREATE TABLE " + name + " (n INTEGER)");
        CHECK(c.in_transaction());
        run(c, "INSERT INTO " + name + " VALUES (1)");
        b.open(c, 4);
    });
    connection c = on.connect();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
    CHECK(rows_in(c, name) == 1);
}

void rest_can_be_undone(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    transaction t = c.begin();
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    CHECK(t.is_active());
    b.open(c, 3);
    t.rollback();
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

/// In one round trip, or not: what stands behind the DDL is of the transaction that goes on.
void batch_goes_on(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    transaction t = c.begin();
    (void)c.execute_batch(text("CREATE TABLE " + name + " (n INTEGER)"), b.opening(3, 0));
    CHECK(t.is_active());
    CHECK(c.in_transaction());
    CHECK(c.driver().in_transaction());
    b.open(c, 4);
    t.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void end_of_batch_is_undone(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    (void)c.execute_batch(b.opening(3, 0), text("CREATE TABLE " + name + " (n INTEGER)"), b.opening(4, 0), text("DROP TABLE " + name),
                          b.opening(5, 0));
    CHECK(c.in_transaction());
    c.rollback();
    CHECK_FALSE(contains(b.content(c), "5:"));
    b.open(c, 6);
    c.commit();
    CHECK(contains(b.content(c), " 6:0"));
}

void inside_savepoint(context& on) {
    const bank b{on};
    const std::string name = own_table(on);
    connection c = on.connect();
    transaction outer = c.begin();
    transaction inner = c.begin_nested();
    run(c, "CREATE TABLE " + name + " (n INTEGER)");
    b.open(c, 3);
    inner.commit();
    b.open(c, 4);
    outer.commit();
    CHECK(b.seen() == "1:100 2:100 3:0 4:0");
    CHECK(rows_in(c, name) == 0);
}

}  // namespace

std::vector<test_case> areas::parts::ddl_in_transactions() {
    return {
        {"transactions/ddl-create-rolled-back", "a table made in a transaction goes with its rollback", claims::ddl_in_transactions,
         created_table_is_gone},
        {"transactions/ddl-drop-rolled-back", "a table dropped in a transaction is there after its rollback, rows included",
         claims::ddl_in_transactions, dropped_table_is_back},
        {"transactions/ddl-rows-rolled-back", "rows written before and after a CREATE TABLE are undone together",
         claims::ddl_in_transactions, rows_beside_are_gone},
        {"transactions/ddl-metadata-rolled-back", "create_all on a connection is part of its transaction", claims::ddl_in_transactions,
         metadata_is_undone},
        {"transactions/ddl-goes-on", "a transaction with DDL in it commits as any other", {}, transaction_goes_on},
        {"transactions/ddl-rest-undone", "a rollback undoes at least what came after DDL", {}, rest_can_be_undone},
        {"transactions/ddl-in-batch", "what stands behind DDL in a batch belongs to the transaction that goes on", {}, batch_goes_on},
        {"transactions/ddl-in-batch-undone",
         "a rollback undoes at least what stood behind the last DDL of a batch",
         {},
         end_of_batch_is_undone},
        {"transactions/ddl-in-savepoint", "a savepoint with DDL in it is released, and its transaction commits", claims::savepoints,
         inside_savepoint},
        {"transactions/ddl-commit", "a commit keeps tables and rows made in one transaction", {}, commit_keeps_both},
    };
}

}  // namespace azoth::conformance
