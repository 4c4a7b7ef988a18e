// Rows with a version: what somebody else has changed meanwhile is not overwritten.
#include "orm_support.hpp"

using namespace orm_tests;

namespace versions {

struct Account {
    std::int64_t id{};
    std::string owner{};
    std::int32_t version{};
};
struct Note {
    std::int64_t id{};
    std::string words{};
    std::string stamp{};
};
struct Counted {
    std::int64_t id{};
    std::string version{};
};
struct Twice {
    std::int64_t id{};
    std::int32_t first{};
    std::int32_t second{};
};

}  // namespace versions

using namespace versions;

template <>
struct azoth::mapping<Account> {
    static az::table_map<Account> map() {
        return az::table_map<Account>("versions_account")
            .column<&Account::id>(az::primary_key)
            .column<&Account::owner>()
            .column<&Account::version>(orm::version_id);
    }
};
template <>
struct azoth::mapping<Note> {
    static az::table_map<Note> map() {
        return az::table_map<Note>("versions_note")
            .column<&Note::id>(az::primary_key)
            .column<&Note::words>()
            .column<&Note::stamp>(az::string(20),
                                  orm::version_id_from([n = std::make_shared<int>(0)] { return "v" + std::to_string(++*n); }));
    }
};
template <>
struct azoth::mapping<Counted> {
    static az::table_map<Counted> map() {
        return az::table_map<Counted>("counted").column<&Counted::id>(az::primary_key).column<&Counted::version>(orm::version_id);
    }
};
template <>
struct azoth::mapping<Twice> {
    static az::table_map<Twice> map() {
        return az::table_map<Twice>("twice")
            .column<&Twice::id>(az::primary_key)
            .column<&Twice::first>(orm::version_id)
            .column<&Twice::second>(orm::version_id);
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Account, Note>(std::forward<Test>(test));
}

/// Somebody else's work, done and committed.
void elsewhere(const az::engine& engine, const std::string& sql) {
    auto connection = engine.connect();
    sqlite_tests::run(connection, sql);
    connection.commit();
}

}  // namespace

TEST_CASE("orm versions: they are counted up with each update") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto account = session.add(Account{.owner = "Ada", .version = 7});
        session.commit();
        CHECK(account->version == 1);
        session.commit();
        CHECK(account->version == 1);
        account->owner = "Grace";
        session.flush();
        CHECK(account->version == 2);
        session.rollback();
        CHECK(account->version == 1);
        CHECK(account->owner == "Ada");
        account->owner = "Lin";
        account->version = 10;  // the program's own
        session.commit();
        CHECK(account->version == 10);
    });
}

TEST_CASE("orm versions: an update of a row that has changed meanwhile names the object, and nothing is written") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        std::vector<az::ptr<Account>> all;
        for (const char* name : {"a", "b", "c"}) all.push_back(session.add(Account{.owner = name}));
        session.commit();
        elsewhere(engine, "UPDATE versions_account SET version = 2 WHERE id = 2");
        for (auto& a : all) a->owner += "!";
        const auto error = thrown<az::stale_data_error>([&] { session.flush(); });
        CHECK_THAT(error.message(), Catch::Contains("versions::Account 2 has been changed or deleted by somebody else"));
        CHECK(all[0]->version == 1);
        CHECK(all[0]->owner == "a!");
        session.refresh(all[1]);
        all[1]->owner = "b!";
        session.commit();
        CHECK(all[1]->version == 3);
        CHECK(all[0]->version == 2);
    });
}

TEST_CASE("orm versions: a delete of a row that has changed meanwhile names the object") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        std::vector<az::ptr<Account>> all;
        for (const char* name : {"a", "b", "c"}) all.push_back(session.add(Account{.owner = name}));
        session.commit();
        elsewhere(engine, "UPDATE versions_account SET version = 5 WHERE id = 3");
        for (auto& a : all) session.remove(a);
        CHECK_THAT(thrown<az::stale_data_error>([&] { session.flush(); }).message(), Catch::Contains("versions::Account 3 has been"));
        session.rollback();
        CHECK(session.scalars(az::select<Account>()).size() == 3);
        for (auto& a : all) session.remove(a);
        session.commit();
        CHECK(session.scalars(az::select<Account>()).empty());
    });
}

TEST_CASE("orm versions: a function makes them") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto note = session.add(Note{.words = "one"});
        session.commit();
        const std::string first = note->stamp;
        CHECK(first.starts_with("v"));
        note->words = "two";
        session.commit();
        CHECK(note->stamp != first);
        elsewhere(engine, "UPDATE versions_note SET stamp = 'theirs'");
        note->words = "three";
        CHECK_THROWS_AS(session.flush(), az::stale_data_error);
    });
}

TEST_CASE("orm versions: what is merged must have been read with the row's version") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto account = session.add(Account{.owner = "Ada"});
        session.commit();
        account->owner = "Grace";
        session.commit();
        CHECK_THAT(thrown<az::stale_data_error>([&] { session.merge(Account{.id = account->id, .owner = "Lin", .version = 1}); }).message(),
                   Catch::Contains("versions::Account 1 has been changed"));
        session.merge(Account{.id = account->id, .owner = "Lin"});  // says no version
        session.commit();
        CHECK(account->version == 3);
    });
}

TEST_CASE("orm versions: a mapping has one, and it can be counted") {
    CHECK_THAT(thrown<az::interface_error>([] { (void)az::make<Counted>(); }).message(),
               Catch::Contains("Counted::version is a text, which cannot be counted up"));
    CHECK_THAT(thrown<az::interface_error>([] { (void)az::make<Twice>(); }).message(),
               Catch::Contains("Twice::first and ") && Catch::Contains("Twice::second are both said to be the version"));
}
