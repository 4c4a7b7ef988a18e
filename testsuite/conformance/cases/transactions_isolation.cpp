#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <array>
#include <future>

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;

constexpr std::array all_levels{isolation_level::read_uncommitted, isolation_level::read_committed, isolation_level::repeatable_read,
                                isolation_level::snapshot, isolation_level::serializable};

/// Runs in a thread of its own: databases that lock let the writer wait for the reader, or the other way round.
template <class F>
auto aside(F work) {
    return std::async(std::launch::async, std::move(work));
}

template <isolation_level Level>
void reads_nothing_uncommitted(context& on) {
    needs_more_connections(on);
    const bank b{on};
    retry_options options;
    options.transaction = at(Level);
    std::future<std::int64_t> reader;
    connection writer = on.connect();
    b.set(writer, 1, 999);
    reader = aside([&] { return on.engine().run_transaction([&](connection& c) { return b.balance(c, 1); }, options); });
    (void)reader.wait_for(milliseconds{200});
    writer.rollback();
    CHECK(reader.get() == 100);
}

void sees_what_is_committed_meanwhile(context& on) {
    needs_more_connections(on);
    const bank b{on};
    connection reader = on.connect();
    transaction t = reader.begin(at(isolation_level::read_committed));
    CHECK(b.content(reader) == bank::untouched);
    on.engine().begin([&](connection& c) {
        b.set(c, 1, 150);
        b.open(c, 3);
    });
    CHECK(b.content(reader) == "1:150 2:100 3:0");
    t.commit();
}

/// Reads twice while another transaction writes in between.
template <class Begin, class Write, class Read>
void reads_the_same_twice(const context& on, connection reader, Begin&& begin, Write&& write, Read&& read) {
    begin(reader);
    const auto before = read(reader);
    auto writer = aside([&] { on.engine().run_transaction(write); });
    try {
        (void)writer.wait_for(milliseconds{300});
        CHECK(read(reader) == before);
        reader.commit();
    } catch (...) {
        reader.close();  // so that the writer ends
        throw;
    }
    writer.get();
    CHECK(read(reader) != before);
}

template <isolation_level Level>
void sees_its_own_moment(context& on) {
    needs_more_connections(on);
    const bank b{on};
    std::optional<transaction> t;
    reads_the_same_twice(
        on, on.connect(), [&](connection& c) { t.emplace(c.begin(at(Level))); }, [&](connection& c) { b.set(c, 1, 150); },
        [&](connection& c) { return b.balance(c, 1); });
    CHECK(b.seen() == "1:150 2:100");
}

template <isolation_level Level>
void sees_no_phantoms(context& on) {
    needs_more_connections(on);
    const bank b{on};
    std::optional<transaction> t;
    reads_the_same_twice(
        on, on.connect(), [&](connection& c) { t.emplace(c.begin(at(Level))); }, [&](connection& c) { b.open(c, 3); },
        [&](connection& c) { return b.content(c); });
    CHECK(b.seen() == "1:100 2:100 3:0");
}

void level_of_connection(context& on) {
    needs_more_connections(on);
    const bank b{on};
    reads_the_same_twice(
        on, on.connect(), [](connection& c) { c.set_isolation(isolation_level::serializable); }, [&](connection& c) { b.open(c, 3); },
        [&](connection& c) { return b.content(c); });
}

void level_of_engine(context& on) {
    const bank b{on};
    engine_options options;
    options.isolation = isolation_level::serializable;
    const engine db = engine_like(on, options);
    reads_the_same_twice(
        on, db.connect(), [](connection&) {}, [&](connection& c) { b.open(c, 3); }, [&](connection& c) { return b.content(c); });
}

void level_ends_with_loan(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    connection c = db.connect();
    const isolation_level before = c.driver().isolation();
    const std::string view = b.view_of(c);
    c.set_isolation(isolation_level::serializable);
    CHECK(b.balance(c, 1) == 100);
    c.commit();
    c.driver().set_isolation(isolation_level::serializable);
    c.close();
    connection next = db.connect();
    CHECK(next.driver().isolation() == before);
    CHECK(b.view_of(next) == view);
}

void level_ends_with_transaction(context& on) {
    const bank b{on};
    connection c = on.connect();
    const isolation_level before = c.driver().isolation();
    const std::string view = b.view_of(c);
    for (const bool commits : {true, false}) {
        transaction t = c.begin(at(isolation_level::serializable));
        CHECK(b.balance(c, 1) == 100);
        if (commits) t.commit();
        else t.rollback();
        CHECK(c.driver().isolation() == before);
        CHECK(b.view_of(c) == view);
    }
}

void level_inside_transaction_is_misuse(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    CHECK(thrown<interface_error>([&] { c.set_isolation(isolation_level::autocommit); }).code() == errc::misuse);
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void levels_are_as_claimed(context& on) {
    const bank b{on};
    connection c = on.connect();
    for (const isolation_level level : all_levels) {
        INFO(isolation_name(level));
        const auto use = [&] {
            transaction t = c.begin(at(level));
            CHECK(b.content(c) == bank::untouched);
            b.add(c, 1, 1);
            t.rollback();
        };
        if ((c.server_profile().can.isolation_levels & bit(level)) != 0) use();
        else (void)thrown<not_supported_error>(use);
        CHECK_FALSE(c.in_transaction());
    }
    CHECK(b.content(c) == bank::untouched);
}

}  // namespace

std::vector<test_case> areas::parts::isolation() {
    using enum isolation_level;
    return {
        {"transactions/no-dirty-read", "by default nobody sees what is not committed", {}, reads_nothing_uncommitted<database_default>},
        {"transactions/read-committed-no-dirty-read", "READ COMMITTED does not see what is not committed",
         claims::isolation<read_committed>, reads_nothing_uncommitted<read_committed>},
        {"transactions/repeatable-read-no-dirty-read", "REPEATABLE READ does not see what is not committed",
         claims::isolation<repeatable_read>, reads_nothing_uncommitted<repeatable_read>},
        {"transactions/snapshot-no-dirty-read", "SNAPSHOT does not see what is not committed", claims::isolation<snapshot>,
         reads_nothing_uncommitted<snapshot>},
        {"transactions/serializable-no-dirty-read", "SERIALIZABLE does not see what is not committed", claims::isolation<serializable>,
         reads_nothing_uncommitted<serializable>},
        {"transactions/read-committed-sees-commits", "READ COMMITTED sees what others commit meanwhile", claims::isolation<read_committed>,
         sees_what_is_committed_meanwhile},
        {"transactions/repeatable-read-repeats", "REPEATABLE READ reads a row twice alike", claims::isolation<repeatable_read>,
         sees_its_own_moment<repeatable_read>},
        {"transactions/snapshot-repeats", "SNAPSHOT reads a row twice alike", claims::isolation<snapshot>, sees_its_own_moment<snapshot>},
        {"transactions/serializable-repeats", "SERIALIZABLE reads a row twice alike", claims::isolation<serializable>,
         sees_its_own_moment<serializable>},
        {"transactions/snapshot-no-phantoms", "SNAPSHOT meets no rows that others add meanwhile", claims::isolation<snapshot>,
         sees_no_phantoms<snapshot>},
        {"transactions/serializable-no-phantoms", "SERIALIZABLE meets no rows that others add meanwhile", claims::isolation<serializable>,
         sees_no_phantoms<serializable>},
        {"transactions/isolation-of-connection", "a connection's level holds for the transactions that statements begin",
         claims::isolation<serializable>, level_of_connection},
        {"transactions/isolation-of-engine", "an engine's level holds for its connections", claims::isolation<serializable>,
         level_of_engine},
        {"transactions/isolation-restored", "the next holder of a connection finds the level that it had at first",
         claims::isolation<serializable>, level_ends_with_loan},
        {"transactions/isolation-of-transaction", "a transaction's level ends with it", claims::isolation<serializable>,
         level_ends_with_transaction},
        {"transactions/isolation-inside", "the level cannot change inside a transaction", {}, level_inside_transaction_is_misuse},
        {"transactions/isolation-levels", "each level that is claimed works, each other one is refused", {}, levels_are_as_claimed},
    };
}

}  // namespace azoth::conformance
