// What a program does when sessions flush, and when objects are written and read: hooks, validators, soft deletion, an audit trail.
#include "orm_support.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace orm_tests;

namespace hooks {

struct Entry;
struct Ledger {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> deleted_at{};
    orm::many<Entry> entries{};
};
struct Entry {
    std::int64_t id{};
    std::int32_t amount{};
    std::optional<std::int64_t> ledger_id{};
    orm::one<Ledger> ledger{};
};
struct Audit {
    std::int64_t id{};
    std::string what{};
};

}  // namespace hooks

using namespace hooks;

template <>
struct azoth::mapping<Ledger> {
    static az::table_map<Ledger> map() {
        return az::table_map<Ledger>("hooks_ledger")
            .column<&Ledger::id>(az::primary_key)
            .column<&Ledger::name>()
            .column<&Ledger::deleted_at>()
            .relation<&Ledger::entries>(orm::back_populates<&Entry::ledger>, orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<Entry> {
    static az::table_map<Entry> map() {
        return az::table_map<Entry>("hooks_entry")
            .column<&Entry::id>(az::primary_key)
            .column<&Entry::amount>()
            .column<&Entry::ledger_id>(az::references<&Ledger::id>)
            .relation<&Entry::ledger>();
    }
};
template <>
struct azoth::mapping<Audit> {
    static az::table_map<Audit> map() {
        return az::table_map<Audit>("hooks_audit").column<&Audit::id>(az::primary_key).column<&Audit::what>();
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Ledger, Entry, Audit>(std::forward<Test>(test));
}

}  // namespace

TEST_CASE("orm events: objects are told of before and after their rows are written, and when they are read") {
    each([](const az::engine& engine) {
        std::vector<std::string> told;
        orm::session session{engine};
        const auto note = [&](const char* what) {
            return [&told, what](Entry& e, orm::session&) {
                told.push_back(what + (" " + std::to_string(e.id)) + " " + std::to_string(e.amount));
            };
        };
        auto heard = session.subscribe(orm::session_events{}
                                           .before_insert<Entry>(note("before insert"))
                                           .after_insert<Entry>(note("after insert"))
                                           .before_update<Entry>(note("before update"))
                                           .after_update<Entry>(note("after update"))
                                           .before_delete<Entry>(note("before delete"))
                                           .after_delete<Entry>(note("after delete"))
                                           .on_load<Entry>(note("load")));
        auto entry = session.add(Entry{.amount = 5});
        session.add(Ledger{.name = "other"});
        session.commit();
        entry->amount = 6;
        session.commit();
        session.commit();
        session.expunge_all();
        entry = session.get<Entry>(1);
        session.remove(entry);
        session.commit();
        CHECK(told == std::vector<std::string>{"before insert 0 5", "after insert 1 5", "before update 1 6", "after update 1 6", "load 1 6",
                                               "before delete 1 6", "after delete 1 6"});
        told.clear();
        heard = {};
        session.add(Entry{});
        session.commit();
        CHECK(told.empty());
    });
}

TEST_CASE("orm events: a handler that throws is a validator, and nothing has happened") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        const auto positive = [](const Entry& e, orm::session&) {
            if (e.amount < 0) throw std::domain_error{"an entry's amount is not negative"};
        };
        const auto heard = session.subscribe(orm::session_events{}.before_insert<Entry>(positive).before_update<Entry>(positive));
        auto good = session.add(Entry{.amount = 1});
        auto bad = session.add(Entry{.amount = -1});
        CHECK_THROWS_AS(session.flush(), std::domain_error);
        CHECK(good->id == 0);
        CHECK(session.state_of(bad) == orm::object_state::pending);
        bad->amount = 2;
        session.commit();
        good->amount = -7;
        CHECK_THROWS_AS(session.commit(), std::domain_error);
        session.rollback();
        CHECK(good->amount == 1);
    });
}

TEST_CASE("orm events: handlers may change the columns of what is written") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        const auto heard = session.subscribe(orm::session_events{}
                                                 .before_insert<Ledger>([](Ledger& l, orm::session&) { l.name += "+"; })
                                                 .before_update<Ledger>([](Ledger& l, orm::session&) { l.deleted_at = 1; }));
        auto ledger = session.add(Ledger{.name = "a"});
        session.commit();
        ledger->name = "b";
        session.commit();
        session.expunge_all();
        ledger = session.get<Ledger>(1);
        CHECK(ledger->name == "b");
        CHECK(ledger->deleted_at == 1);
    });
}

TEST_CASE("orm events: sessions tell of flushes, commits and rollbacks") {
    each([](const az::engine& engine) {
        std::string told;
        auto events = std::make_shared<const orm::session_events>(orm::session_events{}
                                                                      .before_flush([&](orm::session&) { told += "f"; })
                                                                      .after_flush([&](orm::session&) { told += "F"; })
                                                                      .before_commit([&](orm::session&) { told += "c"; })
                                                                      .after_commit([&](orm::session&) { told += "C"; })
                                                                      .after_rollback([&](orm::session&) { told += "R"; }));
        orm::session session{engine, {.events = std::move(events)}};
        session.add(Ledger{});
        session.commit();
        session.commit();
        session.add(Ledger{});
        session.flush();
        session.rollback();
        CHECK(told == "cfFCcCfFR");
    });
}

TEST_CASE("orm events: what an after_flush handler changes is committed too") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        bool is_first = true;
        const auto heard = session.subscribe(orm::session_events{}.after_flush([&](orm::session& in) {
            if (std::exchange(is_first, false)) in.add(Audit{.what = "the first flush"});
        }));
        session.add(Ledger{});
        session.commit();
        CHECK(session.scalars(az::select<Audit>()).size() == 1);
    });
}

TEST_CASE("orm events: soft deletion") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        const auto heard = session.subscribe(orm::session_events{}.before_flush([](orm::session& in) {
            for (const auto& ledger : in.removed<Ledger>()) {
                in.add(ledger);  // it stays
                ledger->deleted_at = 1'700'000'000;
            }
        }));
        auto ledger = session.add(Ledger{.name = "a"});
        ledger->entries.push_back(az::make<Entry>({.amount = 1}));
        session.commit();
        session.remove(ledger);
        session.commit();
        CHECK(session.state_of(ledger) == orm::object_state::persistent);
        session.expunge_all();
        ledger = session.get<Ledger>(1);
        CHECK(ledger->deleted_at == 1'700'000'000);
        CHECK(ledger->entries.size() == 1);
    });
}

TEST_CASE("orm events: an audit trail, with what has changed") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        const auto heard = session.subscribe(
            orm::session_events{}
                .before_flush([](orm::session& in) {
                    for (const auto& ledger : in.dirty<Ledger>())
                        for (const auto& c : in.changes_of(ledger))
                            in.add(Audit{.what = c.column + ": " + az::describe(c.before.view()) + " -> " + az::describe(c.now.view())});
                })
                .after_insert<Ledger>([](Ledger& l, orm::session& in) {
                    (void)in.connection().execute(az::insert<Audit>().values(Audit{.what = "made ledger " + std::to_string(l.id)}));
                }));
        auto ledger = session.add(Ledger{.name = "a"});
        session.commit();
        ledger->name = "b";
        session.commit();
        const auto trail = session.scalars(az::select<Audit>().order_by(az::col<&Audit::id>)).all();
        REQUIRE(trail.size() == 2);
        CHECK(trail[0]->what == "made ledger 1");
        CHECK(trail[1]->what == R"(name: "a" -> "b")");
    });
}

TEST_CASE("orm events: while rows are written, objects neither come nor go") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        const auto heard = session.subscribe(
            orm::session_events{}.before_insert<Ledger>([](const az::ptr<Ledger>&, orm::session& in) { in.add(Audit{.what = "x"}); }));
        session.add(Ledger{});
        CHECK_THAT(thrown<az::interface_error>([&] { session.flush(); }).message(),
                   Catch::Contains("cannot come or go while rows are written"));
    });
}
