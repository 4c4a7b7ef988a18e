#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <algorithm>

namespace azoth::conformance {
namespace {

transaction_options two_phases(std::string id) {
    transaction_options options;
    options.two_phase_id = std::move(id);
    return options;
}

bool waits_for_decision(connection& in, const std::string& id) {
    const auto all = in.prepared_transactions();
    return std::find(all.begin(), all.end(), id) != all.end();
}

void commits(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin(two_phases(on.transaction_id("commit")));
    b.open(c, 3);
    t.prepare();
    CHECK(t.is_active());
    CHECK_FALSE(c.in_transaction());
    t.commit();
    CHECK_FALSE(t.is_active());
    b.open(c, 4);
    c.commit();
    CHECK(b.seen() == "1:100 2:100 3:0 4:0");
}

void rolls_back(context& on) {
    const bank b{on};
    connection c = on.connect();
    {
        transaction t = c.begin(two_phases(on.transaction_id("rollback")));
        b.open(c, 3);
        t.prepare();
        t.rollback();
        CHECK_FALSE(t.is_active());
    }
    {
        transaction t = c.begin(two_phases(on.transaction_id("lost")));
        b.open(c, 4);
        t.prepare();
    }
    {
        const transaction t = c.begin(two_phases(on.transaction_id("unprepared")));
        b.open(c, 5);
    }
    CHECK(b.content(c) == bank::untouched);
}

void is_invisible_until_commit(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin(two_phases(on.transaction_id("unseen")));
    b.open(c, 3);
    t.prepare();
    CHECK(b.seen() == bank::untouched);
    t.commit();
    CHECK(b.seen() == "1:100 2:100 3:0");
}

void connection_works_meanwhile(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin(two_phases(on.transaction_id("meanwhile")));
    b.open(c, 3);
    t.prepare();
    CHECK(b.content(c) == bank::untouched);
    c.rollback();
    CHECK(t.is_active());
    CHECK(b.content(c) == bank::untouched);  // begins a transaction, inside of which nothing can be decided
    CHECK(thrown<error>([&] { t.commit(); }).code() == errc::misuse);
    CHECK(t.is_active());
    c.rollback();
    t.commit();
    CHECK_FALSE(t.is_active());
    CHECK(b.seen() == "1:100 2:100 3:0");
}

/// A handle that outlives its loan decides nothing, least of all for the next one who has the connection.
void ends_with_loan(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    const std::string id = on.transaction_id("outlived");
    connection c = db.connect();
    {
        transaction t = c.begin(two_phases(id));
        b.open(c, 3);
        t.prepare();
        c.close();
        CHECK_FALSE(t.is_active());
        c = db.connect();
        b.open(c, 4);
        CHECK(thrown<interface_error>([&] { t.commit(); }).code() == errc::misuse);
        t.rollback();
        CHECK(c.in_transaction());
    }
    CHECK(c.in_transaction());
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
    c.rollback();
    CHECK(waits_for_decision(c, id));
}

void needs_no_preparation(context& on) {
    const bank b{on};
    connection c = on.connect();
    const std::string id = on.transaction_id("one_phase");
    CHECK_FALSE(waits_for_decision(c, id));
    transaction t = c.begin(two_phases(id));
    b.open(c, 3);
    t.commit();
    CHECK_FALSE(waits_for_decision(c, id));
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void is_listed_until_decided(context& on) {
    const bank b{on};
    const std::string id = on.transaction_id("listed");
    connection c = on.connect();
    transaction t = c.begin(two_phases(id));
    connection other = on.connect();
    b.open(c, 3);
    CHECK_FALSE(waits_for_decision(other, id));
    t.prepare();
    CHECK(waits_for_decision(other, id));
    t.commit();
    CHECK_FALSE(waits_for_decision(other, id));
}

/// The program that prepared it is gone: another one finds it and decides.
void leave_prepared(const bank& b, connection c, const std::string& id, bool dies) {
    transaction t = c.begin(two_phases(id));
    b.open(c, 3);
    t.prepare();
    if (dies) c.invalidate("the program died");
    else c.close();
    CHECK_FALSE(t.is_active());
}

void is_committed_by_another(context& on) {
    const bank b{on};
    const std::string id = on.transaction_id("recovered");
    leave_prepared(b, on.connect(), id, true);
    connection other = on.connect();
    REQUIRE(waits_for_decision(other, id));
    CHECK(b.content(other) == bank::untouched);
    other.rollback();
    other.commit_prepared(id);
    CHECK_FALSE(waits_for_decision(other, id));
    CHECK(b.content(other) == "1:100 2:100 3:0");
}

void is_rolled_back_by_another(context& on) {
    const bank b{on};
    const std::string id = on.transaction_id("given_up");
    leave_prepared(b, on.connect(), id, false);
    const engine elsewhere = engine_like(on, {});
    connection other = elsewhere.connect();
    REQUIRE(waits_for_decision(other, id));
    other.rollback_prepared(id);
    CHECK_FALSE(waits_for_decision(other, id));
    CHECK(b.content(other) == bank::untouched);
}

void takes_awkward_ids(context& on) {
    const bank b{on};
    const std::string id = on.transaction_id("it's a \"name\"; -- \\ %s");
    connection c = on.connect();
    transaction t = c.begin(two_phases(id));
    b.open(c, 3);
    t.prepare();
    CHECK(waits_for_decision(c, id));
    t.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void unknown_id_is_an_error(context& on) {
    const bank b{on};
    const std::string id = on.transaction_id("nobody");
    connection c = on.connect();
    CHECK_FALSE(waits_for_decision(c, id));
    (void)thrown<error>([&] { c.commit_prepared(id); });
    (void)thrown<error>([&] { c.rollback_prepared(id); });
    CHECK(b.content(c) == bank::untouched);
}

void misuse_is_refused(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin();
    b.open(c, 3);
    CHECK(thrown<interface_error>([&] { t.prepare(); }).code() == errc::misuse);
    CHECK(thrown<interface_error>([&] { c.commit_prepared("azc"); }).code() == errc::misuse);
    CHECK(thrown<interface_error>([&] { c.rollback_prepared("azc"); }).code() == errc::misuse);
    t.commit();
    CHECK(thrown<interface_error>([&] { t.prepare(); }).code() == errc::misuse);
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

}  // namespace

std::vector<test_case> areas::parts::two_phase() {
    return {
        {"transactions/two-phase-commit", "a prepared transaction commits, and the connection works on", claims::two_phase, commits},
        {"transactions/two-phase-rollback", "a transaction is undone when told so, when its handle goes, and when it was not prepared",
         claims::two_phase, rolls_back},
        {"transactions/two-phase-invisible", "others see nothing of a prepared transaction before its commit", claims::two_phase,
         is_invisible_until_commit},
        {"transactions/two-phase-meanwhile", "the connection works on while its prepared transaction waits", claims::two_phase,
         connection_works_meanwhile},
        {"transactions/two-phase-loan", "a handle decides nothing once its connection went back to the pool", claims::two_phase,
         ends_with_loan},
        {"transactions/two-phase-unprepared", "a transaction with an id may commit in one phase", claims::two_phase, needs_no_preparation},
        {"transactions/two-phase-listed", "prepared_transactions lists it from its preparation to its end", claims::two_phase,
         is_listed_until_decided},
        {"transactions/two-phase-recover-commit", "after its connection died, another one commits it", claims::two_phase,
         is_committed_by_another},
        {"transactions/two-phase-recover-rollback", "after its connection went back to the pool, another program rolls it back",
         claims::two_phase, is_rolled_back_by_another},
        {"transactions/two-phase-awkward-id", "an id with quotes, blanks and a backslash", claims::two_phase, takes_awkward_ids},
        {"transactions/two-phase-unknown-id", "deciding what nobody prepared is an error that harms nothing", claims::two_phase,
         unknown_id_is_an_error},
        {"transactions/two-phase-misuse",
         "preparing without an id, and deciding inside a transaction, is misuse and harms nothing",
         {},
         misuse_is_refused},
    };
}

}  // namespace azoth::conformance
