#include "bank.hpp"
#include "claims.hpp"
#include "dialect_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

constexpr isolation_level transaction_levels[]{isolation_level::read_uncommitted, isolation_level::read_committed,
                                               isolation_level::repeatable_read, isolation_level::snapshot, isolation_level::serializable};

std::vector<isolation_level> levels(const profile& server, bool claimed) {
    std::vector<isolation_level> found;
    for (const isolation_level l : transaction_levels)
        if (((server.can.isolation_levels & bit(l)) != 0) == claimed) found.push_back(l);
    return found;
}

/// An engine whose connections are all the same one.
engine of_one_connection(context& on, isolation_level level = isolation_level::database_default) {
    engine_options options;
    options.pool.size = 1;
    options.pool.overflow = 0;
    options.isolation = level;
    return on.engine_with(options);
}

/// ... and a table, which another engine does not see where the database is in memory.
engine with_table(context& on, isolation_level level = isolation_level::database_default) {
    on.make_table<item>();
    engine one = of_one_connection(on, level);
    metadata_of<item>().create_all(one);
    return one;
}

void check_transactions(connection& c) {
    c.execute(insert<item>().values({0, "kept", {}}));
    c.commit();
    c.execute(insert<item>().values({0, "dropped", {}}));
    c.rollback();
    CHECK(count_of(c, entity<item>) == 1);
    c.execute(delete_<item>());
    c.commit();
}

void default_level(context& on) {
    connection c = on.connect();
    const auto claimed = levels(c.server_profile(), true);
    CHECK(std::find(claimed.begin(), claimed.end(), c.driver().isolation()) != claimed.end());
}

template <isolation_level Level>
void level_of_connection(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(Level);
    check_transactions(c);
    check_transactions(c);
}

template <isolation_level Level>
void level_of_transaction(context& on) {
    connection c = stocked(on, 0);
    transaction t = c.begin({.isolation = Level});
    c.execute(insert<item>(), items(2));
    t.commit();
    CHECK(count_of(c, entity<item>) == 2);
}

template <isolation_level Level>
void level_of_engine(context& on) {
    const engine all = with_table(on, Level);
    for (int time = 0; time < 2; ++time) {
        connection c = all.connect();
        check_transactions(c);
    }
}

/// As drivers know it: set for the session, and told again.
void level_read_back(context& on) {
    connection c = stocked(on, 0);
    for (const isolation_level l : levels(c.server_profile(), true)) {
        INFO(isolation_name(l));
        c.driver().set_isolation(l);
        CHECK(c.driver().isolation() == l);
        check_transactions(c);
        CHECK(c.driver().isolation() == l);
    }
}

void unclaimed_refused(context& on) {
    connection c = on.connect();
    for (const isolation_level l : levels(c.server_profile(), false)) {
        INFO(isolation_name(l));
        CHECK_THROWS_AS(c.set_isolation(l), not_supported_error);
        CHECK_THROWS_AS(c.begin({.isolation = l}), not_supported_error);
        CHECK_THROWS_AS(c.driver().set_isolation(l), not_supported_error);
        connection other = on.engine_with({.isolation = l}).connect();
        CHECK_THROWS_AS(answer(other), not_supported_error);
    }
    CHECK_FALSE(c.in_transaction());
    check_usable(c);
}

void not_inside_transaction(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>(), items(1));
    CHECK(thrown<interface_error>([&] { c.set_isolation(isolation_level::autocommit); }).code() == errc::misuse);
    CHECK(count_of(c, entity<item>) == 1);
    c.rollback();
    CHECK(count_of(c, entity<item>) == 0);
}

/// What one user of a connection sets is not there for the next.
void restored_at_checkin(context& on) {
    const bank b{on};
    const engine one = of_one_connection(on);
    connection first = one.connect();
    const isolation_level before = first.driver().isolation();
    const std::string view = b.view_of(first);
    first.close();
    for (const isolation_level l : levels(on.server(), true)) {
        INFO(isolation_name(l));
        connection c = one.connect();
        c.set_isolation(l);
        check_usable(c);
        c.close();
        c = one.connect();
        CHECK(c.driver().isolation() == before);
        CHECK(b.view_of(c) == view);
        c.driver().set_isolation(l);
        c.close();
        c = one.connect();
        CHECK(c.driver().isolation() == before);
        CHECK(b.view_of(c) == view);
    }
}

void autocommit_on(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    c.execute(insert<item>().values({1, "one", {}}));
    CHECK_FALSE(c.in_transaction());
    CHECK_FALSE(c.driver().in_transaction());
    c.execute(insert<item>().values({2, "two", {}}));
    c.rollback();
    CHECK(count_of(c, entity<item>) == 2);
    c.close();
    connection other = on.connect();
    CHECK(count_of(other, entity<item>) == 2);
}

void autocommit_off(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>(), items(2));
    CHECK(c.in_transaction());
    CHECK(c.driver().in_transaction());
    c.close();
    connection other = on.connect();
    CHECK_FALSE(other.in_transaction());
    CHECK_FALSE(other.driver().in_transaction());
    CHECK(count_of(other, entity<item>) == 0);
}

void autocommit_back_to_default(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    c.execute(insert<item>().values({1, "one", {}}));
    c.set_isolation(isolation_level::database_default);
    c.execute(insert<item>().values({2, "two", {}}));
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(count_of(c, entity<item>) == 1);
}

void autocommit_block(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    {
        const transaction t = c.begin();
        c.execute(insert<item>(), items(3));
        CHECK(c.in_transaction());
    }
    CHECK(count_of(c, entity<item>) == 0);
    transaction t = c.begin();
    c.execute(insert<item>(), items(2));
    t.commit();
    c.execute(delete_<item>().where(col<&item::id> == 1));
    c.rollback();
    CHECK(count_of(c, entity<item>) == 1);
}

void autocommit_of_engine(context& on) {
    const engine one = with_table(on, isolation_level::autocommit);
    connection c = one.connect();
    c.execute(insert<item>(), items(2));
    c.close();
    connection again = one.connect();
    CHECK(count_of(again, entity<item>) == 2);
    CHECK_FALSE(again.in_transaction());
}

void autocommit_restored(context& on) {
    const engine one = with_table(on);
    connection c = one.connect();
    c.set_isolation(isolation_level::autocommit);
    c.execute(insert<item>(), items(1));
    c.close();
    connection next = one.connect();
    next.execute(delete_<item>());
    CHECK(next.in_transaction());
    next.rollback();
    CHECK(count_of(next, entity<item>) == 1);
}

using enum isolation_level;

}  // namespace

std::vector<test_case> dialect_parts::isolation() {
    return {
        {"dialect/isolation-default", "a new connection has one of the levels that are claimed", {}, default_level},
        {"dialect/isolation-read-uncommitted", "transactions of a connection at this level work", claims::isolation<read_uncommitted>,
         level_of_connection<read_uncommitted>},
        {"dialect/isolation-read-committed", "transactions of a connection at this level work", claims::isolation<read_committed>,
         level_of_connection<read_committed>},
        {"dialect/isolation-repeatable-read", "transactions of a connection at this level work", claims::isolation<repeatable_read>,
         level_of_connection<repeatable_read>},
        {"dialect/isolation-snapshot", "transactions of a connection at this level work", claims::isolation<snapshot>,
         level_of_connection<snapshot>},
        {"dialect/isolation-serializable", "transactions of a connection at this level work", claims::isolation<serializable>,
         level_of_connection<serializable>},
        {"dialect/isolation-of-one-transaction", "begin() takes a level for one transaction", claims::isolation<serializable>,
         level_of_transaction<serializable>},
        {"dialect/isolation-of-engine", "an engine's level holds for all its connections", claims::isolation<serializable>,
         level_of_engine<serializable>},
        {"dialect/isolation-read-back", "every claimed level can be set for the session and is told again", {}, level_read_back},
        {"dialect/isolation-unclaimed-refused",
         "levels that are not claimed are refused, wherever they are asked for",
         {},
         unclaimed_refused},
        {"dialect/isolation-not-inside-transaction",
         "the level cannot change inside a transaction, which goes on",
         {},
         not_inside_transaction},
        {"dialect/isolation-restored", "a connection that comes back from its user has its first level again", {}, restored_at_checkin},
        {"dialect/autocommit-on", "each statement is a transaction of its own", {}, autocommit_on},
        {"dialect/autocommit-off", "the first statement begins a transaction, and nothing of it stays without commit", {}, autocommit_off},
        {"dialect/autocommit-back-to-default", "autocommit can be turned off again", {}, autocommit_back_to_default},
        {"dialect/autocommit-block",
         "begin() makes a transaction where autocommit is on, and autocommit is on behind it",
         {},
         autocommit_block},
        {"dialect/autocommit-of-engine", "an engine whose isolation is autocommit commits each statement", {}, autocommit_of_engine},
        {"dialect/autocommit-restored",
         "a connection that comes back with autocommit on is handed out with it off",
         {},
         autocommit_restored},
    };
}

}  // namespace azoth::conformance::areas
