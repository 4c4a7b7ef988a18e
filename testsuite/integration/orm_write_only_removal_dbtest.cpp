// What becomes of collections that are never loaded when their owner goes.
#include "orm_write_only.hpp"

using namespace orm_tests;
using namespace write_only;

namespace circles {

struct Folder {
    std::int64_t id{};
    std::optional<std::int64_t> parent_id{};
    orm::write_only<Folder> children{};
};

}  // namespace circles

namespace shelves {

struct Box {
    std::int64_t id{};
    std::int64_t holder_id{};
};
struct Holder {
    std::int64_t id{};
    std::string kind{};
    orm::write_only<Box> boxes{};
};
struct Rack : Holder {
    std::int32_t levels{};
};
struct Crate : Holder {
    std::int32_t width{};
};

}  // namespace shelves

template <>
struct azoth::mapping<shelves::Holder> {
    static azoth::table_map<shelves::Holder> map() {
        using namespace shelves;
        return azoth::table_map<Holder>("wo_holder")
            .column<&Holder::id>(azoth::primary_key)
            .column<&Holder::kind>(azoth::string(10))
            .polymorphic<&Holder::kind>()
            .derived<Rack, Crate>()
            .relation<&Holder::boxes>(azoth::orm::cascade_delete);
    }
};
template <>
struct azoth::mapping<shelves::Rack> {
    static azoth::table_map<shelves::Rack> map() {
        using namespace shelves;
        return azoth::table_map<Rack>("wo_holder").inherits<Holder>("rack").column<&Rack::levels>();
    }
};
template <>
struct azoth::mapping<shelves::Crate> {
    static azoth::table_map<shelves::Crate> map() {
        using namespace shelves;
        return azoth::table_map<Crate>("wo_crate").inherits<Holder>("crate").column<&Crate::width>();
    }
};
template <>
struct azoth::mapping<shelves::Box> {
    static azoth::table_map<shelves::Box> map() {
        using namespace shelves;
        return azoth::table_map<Box>("wo_box").column<&Box::id>(azoth::primary_key).column<&Box::holder_id>(azoth::references<&Holder::id>);
    }
};

template <>
struct azoth::mapping<circles::Folder> {
    static azoth::table_map<circles::Folder> map() {
        using circles::Folder;
        return azoth::table_map<Folder>("wo_folder")
            .column<&Folder::id>(azoth::primary_key)
            .column<&Folder::parent_id>(azoth::references<&Folder::id>)
            .relation<&Folder::children>(azoth::orm::cascade_delete);
    }
};

TEST_CASE("orm write only: a removed owner's rows go, or lead to nobody, by statements") {
    each([](const az::engine& engine) {
        fill(engine, 50);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        const auto before = session.statement_count();
        session.remove(ada);
        session.flush();
        // receipts, entries, notes, the table between, and the account; the log is the database's
        CHECK(session.statement_count() == before + 5);
        CHECK(rows_of<Entry>(session) == 1);
        CHECK(rows_of<Receipt>(session) == 0);
        CHECK(rows_of<Note>(session) == 3);
        CHECK(rows_of<Log>(session) == 0);
        CHECK(rows_of<AccountTag>(session) == 0);
        CHECK(session.scalars(az::select<Note>().where(az::col<&Note::account_id>.is_null())).size() == 2);
        session.rollback();
        CHECK(rows_of<Entry>(session) == 51);
        CHECK(session.contains(ada));
    });
}

TEST_CASE("orm write only: objects that the session has follow what becomes of their rows") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        auto entries = session.scalars(ada->entries.select()).all();
        auto lins = session.scalars(session.get<Account>(2)->entries.select()).one();
        auto note = session.scalars(ada->notes.select()).all().front();
        session.remove(entries[1]);  // by itself, too
        entries[2]->account = session.get<Account>(2);
        session.remove(ada);
        session.flush();
        CHECK(session.state_of(entries[0]) == orm::object_state::deleted);
        CHECK(session.state_of(entries[1]) == orm::object_state::deleted);
        CHECK(session.state_of(entries[2]) == orm::object_state::persistent);  // it has moved before
        CHECK(session.state_of(lins) == orm::object_state::persistent);
        CHECK(note->account_id == std::nullopt);
        CHECK(rows_of<Entry>(session) == 2);
        session.rollback();
        CHECK(session.state_of(entries[0]) == orm::object_state::persistent);
        CHECK(session.state_of(entries[1]) == orm::object_state::persistent);
        CHECK(note->account_id == 1);
        CHECK(session.get<Entry>(entries[0]->id) == entries[0]);
        session.remove(ada);
        session.commit();
        CHECK(session.state_of(entries[0]) == orm::object_state::detached);
        CHECK(rows_of<Entry>(session) == 1);
    });
}

TEST_CASE("orm write only: an owner that goes takes what has just been added along") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        auto entry = az::make<Entry>({.amount = 9});
        auto note = az::make<Note>({.text = "new"});
        ada->entries.add(entry);
        ada->notes.add(note);
        session.remove(ada);
        session.commit();
        CHECK(session.state_of(entry) == orm::object_state::transient);
        CHECK(note->account_id == std::nullopt);
        CHECK(rows_of<Entry>(session) == 1);
        CHECK(rows_of<Note>(session) == 4);
    });
}

TEST_CASE("orm write only: a row that a new owner takes over is refused, and nothing is lost") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto ada = session.get<Account>(1);
        session.remove(ada);
        auto eve = session.add(Account{.id = 1, .name = "Eve"});
        const auto error = thrown<az::interface_error>([&] { session.flush(); });
        CHECK(error.code() == az::errc::misuse);
        CHECK(error.message().find("Flush in between") != std::string::npos);
        session.rollback();
        CHECK(rows_of<Entry>(session) == 4);
    });
}

TEST_CASE("orm write only: what leads in circles is refused, and nothing is lost") {
    on_each_database<circles::Folder>([](const az::engine& engine) {
        orm::session session{engine};
        auto root = session.add(circles::Folder{});
        auto child = az::make<circles::Folder>();
        root->children.add(child);
        child->children.add(az::make<circles::Folder>());
        session.commit();
        CHECK(session.scalars(root->children.select()).one() == child);
        session.remove(root);
        const auto error = thrown<az::interface_error>([&] { session.flush(); });
        CHECK(error.code() == az::errc::misuse);
        CHECK(error.message().find("circles::Folder::children is write_only and goes with its owner") != std::string::npos);
        session.rollback();
        CHECK(rows_of<circles::Folder>(session) == 3);
    });
}

TEST_CASE("orm write only: owners of several structs go in one flush, each with its own rows") {
    using namespace shelves;
    on_each_database<Holder, Rack, Crate, Box>([](const az::engine& engine) {
        orm::session session{engine};
        auto rack = session.add(Rack{});
        auto crate = session.add(Crate{});
        auto other = session.add(Crate{});
        for (const az::ptr<Holder>& holder : std::vector<az::ptr<Holder>>{rack, crate, other})
            for (int n = 0; n < 3; ++n) holder->boxes.add(az::make<Box>());
        session.commit();
        session.remove(crate);
        session.remove(rack);
        session.commit();
        CHECK(rows_of<Box>(session) == 3);
        CHECK(session.scalars(other->boxes.select()).size() == 3);
        CHECK(session.scalars(az::select<Holder>()).one() == other);
    });
}
