// Collections that are never loaded: what is added, taken out and asked of them.
#include "orm_write_only.hpp"

#include <vector>

using namespace orm_tests;
using namespace write_only;

TEST_CASE("orm write only: the flush writes what has been added, and loads nothing") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        const auto before = session.statement_count();
        auto entry = az::make<Entry>({.amount = 7});
        ada->entries.add(entry);
        CHECK(session.state_of(entry) == orm::object_state::pending);
        CHECK(session.is_modified(ada));
        CHECK(entry->account.get() == ada);
        ada->entries.add(entry);  // twice is once
        session.flush();
        CHECK(session.statement_count() == before + 1);
        CHECK(entry->account_id == 1);
        CHECK_FALSE(session.is_modified(ada));
        session.flush();
        CHECK(session.statement_count() == before + 1);
        session.commit();
        CHECK(rows_of<Entry>(session) == 5);
    });
}

TEST_CASE("orm write only: in a struct that is no object yet") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        Account account{.name = "Eve"};
        auto kept = az::make<Entry>({.amount = 1});
        auto dropped = az::make<Entry>({.amount = 2});
        account.entries.add_all(std::vector{kept, dropped, dropped});
        account.entries.remove(dropped);
        auto eve = session.add(std::move(account));
        CHECK(session.contains(kept));
        CHECK_FALSE(session.contains(dropped));
        CHECK(thrown<az::interface_error>([&] { (void)eve->entries.select(); }).code() == az::errc::misuse);
        session.commit();
        CHECK(session.scalars(eve->entries.select()).one() == kept);
        const Account copy = *eve;
        *eve = copy;  // says nothing of it
        CHECK_FALSE(session.is_modified(eve));
    });
}

TEST_CASE("orm write only: select gives a query to restrict, order and stream") {
    each([](const az::engine& engine) {
        fill(engine, 25);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        using az::col;
        CHECK(session.scalars(ada->entries.select()).size() == 25);
        const auto large = ada->entries.select().where(col<&Entry::amount> > 20);
        CHECK(session.scalars(large).all().front()->amount == 21);  // in the mapping's order
        CHECK(session.scalars(large.where(col<&Entry::amount> < 24)).size() == 3);
        CHECK(session.scalars(ada->notes.select().order_by(col<&Note::text>.desc()).limit(1)).one()->text == "two");
        ada->entries.add(az::make<Entry>({.amount = 30}));
        CHECK(session.scalars(large).size() == 6);  // flushed before
        CHECK(session.scalars(ada->tags.select()).one()->word == "vip");
        CHECK(session.scalars(ada->tags.select().where(col<&Tag::word> == "none")).empty());
        CHECK(session.scalars(session.get<Account>(2)->tags.select()).empty());
        CHECK(session.scalars(az::select<Account>().where(orm::any<&Account::entries>(col<&Entry::amount> == 100))).one()->name == "Lin");
        CHECK(session.scalars(az::select<Entry>().select_from(az::entity<Account>).join(orm::along<&Account::entries>)).size() == 27);
        std::size_t notes = 0;
        for (const auto& batch : session.stream(ada->notes.select(), 1)) notes += batch.size();
        CHECK(notes == 2);
        std::size_t tags = 0;
        for (const auto& batch : session.stream(ada->tags.select(), 10)) tags += batch.size();
        CHECK(tags == 1);
    });
}

TEST_CASE("orm write only: what is taken out leads to nobody, or goes") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        auto lin = session.get<Account>(2);
        auto entries = session.scalars(ada->entries.select()).all();
        auto notes = session.scalars(ada->notes.select().order_by(az::col<&Note::id>)).all();
        ada->entries.remove(entries[2]);
        ada->notes.remove(notes[0]);
        const auto misplaced = thrown<az::interface_error>([&] { lin->notes.remove(notes[1]); });
        CHECK(misplaced.code() == az::errc::invalid_argument);
        auto tag = session.scalars(ada->tags.select()).one();
        ada->tags.remove(tag);
        session.flush();
        CHECK(notes[0]->account_id == std::nullopt);
        CHECK(session.state_of(entries[2]) == orm::object_state::deleted);
        CHECK(rows_of<AccountTag>(session) == 0);
        CHECK(rows_of<Entry>(session) == 3);
        session.rollback();
        CHECK(notes[0]->account_id == 1);
        CHECK(session.state_of(entries[2]) == orm::object_state::persistent);
        // Taken out and put in again, and the other way round.
        ada->entries.remove(entries[1]);
        ada->entries.add(entries[1]);
        ada->tags.remove(tag);
        ada->tags.add(tag);
        auto fresh = az::make<Note>({.text = "fresh"});
        ada->notes.add(fresh);
        ada->notes.remove(fresh);
        session.commit();
        CHECK(entries[1]->account_id == 1);
        CHECK(fresh->account_id == std::nullopt);
        CHECK(rows_of<AccountTag>(session) == 1);
        CHECK(rows_of<Entry>(session) == 4);
    });
}

TEST_CASE("orm write only: the other side is followed") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        auto lin = session.get<Account>(2);
        auto entry = session.scalars(ada->entries.select()).all().front();
        lin->entries.add(entry);
        CHECK(entry->account.get() == lin);
        entry->account = ada;  // and back: it is Lin's no more
        session.commit();
        CHECK(entry->account_id == 1);
        ada->entries.remove(entry);
        entry->account = ada;
        session.commit();
        CHECK(rows_of<Entry>(session) == 4);
        lin->entries.add(entry);
        session.commit();
        CHECK(session.scalars(lin->entries.select()).size() == 2);
        auto tag = session.scalars(ada->tags.select()).one();
        CHECK(tag->accounts.size() == 1);
        lin->tags.add(tag);
        CHECK(tag->accounts.size() == 2);
        session.commit();
        tag->accounts.erase(ada);
        session.commit();
        CHECK(session.scalars(ada->tags.select()).empty());
        CHECK(session.scalars(lin->tags.select()).one() == tag);
        auto merged = session.merge(Account{.id = 1, .name = "Ada L."});
        CHECK(merged == ada);
    });
}

TEST_CASE("orm write only: a flush that fails, and a rollback, leave it as it was") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        auto tag = session.scalars(ada->tags.select()).one();
        ada->tags.add(tag);  // the row is there, which only the database knows
        auto note = az::make<Note>({.text = "late"});
        ada->notes.add(note);
        (void)thrown<az::integrity_error>([&] { session.flush(); });
        CHECK(session.is_modified(ada));
        ada->tags.remove(tag);  // takes the addition back, and the row with it
        session.flush();
        CHECK(note->account_id == 1);
        CHECK(rows_of<AccountTag>(session) == 0);
        ada->notes.add(az::make<Note>({.text = "never"}));
        session.rollback();
        session.commit();
        CHECK(rows_of<Note>(session) == 3);
        CHECK(rows_of<AccountTag>(session) == 1);
    });
}
