#include "claims.hpp"
#include "options_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {

using options_parts::id;
using options_parts::names;

namespace {

template <executable S>
void check_refused(connection& c, const S& statement) {
    const auto e = thrown<operational_error>([&] { (void)c.execute(statement, arguments{}, {.read_only = true}); });
    CHECK(e.code() == errc::read_only);
    CHECK(e.sqlstate() == "25006");
}

void read_only_refuses(context& on) {
    connection c = stocked(on, 3);
    const std::string table = mapped_name("item");
    check_refused(c, insert<item>().values({0, "new", {}}));
    check_refused(c, update<item>().set(col<&item::name>, "changed"));
    check_refused(c, delete_<item>());
    check_refused(c, text("DELETE FROM " + table));
    check_refused(c, text("DROP TABLE " + table));
    CHECK(thrown<operational_error>([&] { c.execute(insert<item>(), items(2), {.read_only = true}); }).code() == errc::read_only);
    CHECK(thrown<operational_error>([&] {
              (void)c.execute_batch(std::vector{any_statement{names()}, any_statement{delete_<item>()}}, {.read_only = true});
          }).code() == errc::read_only);
    c.rollback();
    CHECK(c.scalars(names()).size() == 3);
}

void read_only_reads(context& on) {
    connection c = stocked(on, 3);
    CHECK(c.execute(names(), arguments{}, {.read_only = true}).scalars().size() == 3);
    CHECK(c.execute(text("SELECT name FROM " + mapped_name("item")), arguments{}, {.read_only = true}).mappings().size() == 3);
    const auto some = cte("some", names().limit(2), {"name"});
    const auto [name] = some.columns();
    CHECK(c.execute(select(name), arguments{}, {.read_only = true}).scalars().size() == 2);
    const auto every = select(col<&item::name>);
    CHECK(c.execute(every.union_all(every), arguments{}, {.read_only = true}).scalars().size() == 6);
}

/// The database itself refuses, past what the framework sees.
void read_only_transaction(context& on) {
    connection c = stocked(on, 3);
    CHECK(c.execute(names(), arguments{}, {.read_only = true}).scalars().size() == 3);
    REQUIRE(c.in_transaction());
    CHECK_THROWS(c.driver().execute("DELETE FROM " + mapped_name("item"), {}, {}));
    c.rollback();
    c.execute(delete_<item>().where(col<&item::id> == 1));
    c.commit();
    CHECK(c.scalars(names()).size() == 2);
}

void read_only_engine(context& on) {
    on.make_table<item>();
    on.engine().begin([](connection& c) { c.execute(insert<item>(), items(3)); });
    const engine reports = on.engine().with_options({.read_only = true});
    reports.begin([](connection& c) {
        CHECK(c.scalars(names()).size() == 3);
        CHECK(thrown<operational_error>([&] { c.execute(delete_<item>()); }).code() == errc::read_only);
    });
    CHECK(thrown<operational_error>([&] { metadata_of<item>().drop_all(reports); }).code() == errc::read_only);
    connection c = on.connect();
    c.execute(delete_<item>().where(col<&item::id> == 1));
    c.commit();
    CHECK(c.scalars(names()).size() == 2);
}

template <isolation_level Level>
void isolation_of_call(context& on) {
    connection c = stocked(on, 2);
    for (int time = 0; time < 2; ++time) {
        CHECK(c.execute(names(), arguments{}, {.isolation = Level}).scalars().size() == 2);
        CHECK(c.in_transaction());
        c.execute(insert<item>().values({9, "more", {}}), arguments{}, {.isolation = Level});  // the same level is no change
        c.rollback();
    }
    CHECK(c.scalars(names()).size() == 2);
}

void isolation_inside(context& on) {
    connection c = stocked(on, 2);
    CHECK(c.scalars(names()).size() == 2);
    const auto e = thrown<interface_error>([&] { (void)c.execute(names(), arguments{}, {.isolation = isolation_level::serializable}); });
    CHECK(e.code() == errc::misuse);
    CHECK(contains(e.message(), "SERIALIZABLE"));
    CHECK(c.scalars(names()).size() == 2);  // the transaction goes on
}

void autocommit_of_call(context& on) {
    connection c = stocked(on, 2);
    const execution_options alone{.isolation = isolation_level::autocommit};
    c.execute(delete_<item>().where(col<&item::id> == 1), arguments{}, alone);
    CHECK_FALSE(c.in_transaction());
    c.rollback();
    CHECK(c.scalars(names()).size() == 1);
    CHECK(c.in_transaction());
    CHECK(thrown<interface_error>([&] { c.execute(delete_<item>(), arguments{}, alone); }).code() == errc::misuse);
}

void isolation_of_connection(context& on) {
    connection c = stocked(on, 2);
    c.set_options({.isolation = isolation_level::autocommit});
    c.execute(delete_<item>().where(col<&item::id> == 1));
    CHECK_FALSE(c.in_transaction());
    c.set_options({});
    c.set_isolation(isolation_level::database_default);
    CHECK(c.scalars(names()).size() == 1);
    CHECK(c.in_transaction());
}

}  // namespace

std::vector<test_case> options_parts::transactions() {
    using enum isolation_level;
    return {
        {"options/read-only-refuses", "what writes is refused where the call only reads", {}, read_only_refuses},
        {"options/read-only-reads", "what reads runs where the call only reads", {}, read_only_reads},
        {"options/read-only-transaction", "the transaction that a reading call begins lets nothing write", claims::read_only_transactions,
         read_only_transaction},
        {"options/read-only-engine", "an engine's handle that only reads refuses what writes, DDL too", {}, read_only_engine},
        {"options/isolation-read-uncommitted", "a call begins its transaction at READ UNCOMMITTED", claims::isolation<read_uncommitted>,
         isolation_of_call<read_uncommitted>},
        {"options/isolation-read-committed", "a call begins its transaction at READ COMMITTED", claims::isolation<read_committed>,
         isolation_of_call<read_committed>},
        {"options/isolation-repeatable-read", "a call begins its transaction at REPEATABLE READ", claims::isolation<repeatable_read>,
         isolation_of_call<repeatable_read>},
        {"options/isolation-serializable", "a call begins its transaction at SERIALIZABLE", claims::isolation<serializable>,
         isolation_of_call<serializable>},
        {"options/isolation-inside",
         "a level asked for inside a transaction is refused, and the transaction goes on",
         {},
         isolation_inside},
        {"options/autocommit-of-call", "a call that commits by itself leaves no transaction", claims::isolation<autocommit>,
         autocommit_of_call},
        {"options/isolation-of-connection", "a connection's level is that of its calls", claims::isolation<autocommit>,
         isolation_of_connection},
    };
}

}  // namespace azoth::conformance::areas
