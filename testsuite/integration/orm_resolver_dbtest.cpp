// Sessions over several databases: a replica to read from, and structs in databases of their own.
#include "orm_support.hpp"

#include <support/temporary_folder.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace orm_tests;

namespace resolving {

struct Account {
    std::int64_t id{};
    std::string owner{};
    orm::deferred<std::string> remark{};
};
/// In a database of its own.
struct Visit {
    std::int64_t id{};
    std::string page{};
    std::int64_t account_id{};
};

}  // namespace resolving

using namespace resolving;

template <>
struct azoth::mapping<Account> {
    static az::table_map<Account> map() {
        return az::table_map<Account>("resolving_account")
            .column<&Account::id>(az::primary_key)
            .column<&Account::owner>(az::string(40))
            .column<&Account::remark>(az::string(40));
    }
};
template <>
struct azoth::mapping<Visit> {
    static az::table_map<Visit> map() {
        return az::table_map<Visit>("resolving_visit")
            .column<&Visit::id>(az::primary_key)
            .column<&Visit::page>(az::string(40), az::unique)
            .column<&Visit::account_id>();
    }
};

namespace {

/// Reads come from a replica, which somebody else keeps up to date.
class with_replica final : public az::engine_resolver {
public:
    with_replica(az::engine primary, az::engine replica) : primary_{std::move(primary)}, replica_{std::move(replica)} {}
    [[nodiscard]] az::engine resolve(const az::engine_request& request) const override { return request.read_only ? replica_ : primary_; }

private:
    az::engine primary_;
    az::engine replica_;
};

/// Visits have a database of their own.
class by_struct final : public az::engine_resolver {
public:
    by_struct(az::engine visits, az::engine rest) : visits_{std::move(visits)}, rest_{std::move(rest)} {}
    [[nodiscard]] az::engine resolve(const az::engine_request& request) const override {
        return request.table == "resolving_visit" ? visits_ : rest_;
    }

private:
    az::engine visits_;
    az::engine rest_;
};

std::vector<std::string> owners(const az::engine& in) {
    auto connection = in.connect();
    return connection.scalars(az::select(az::col<&Account::owner>).order_by(az::col<&Account::id>));
}

/// A primary and a replica, which differ, so that it shows what is read where.
template <class Test>
void with_two_files(Test&& test) {
    const support::temporary_folder folder;
    const auto primary = sqlite_tests::open("sqlite:///" + (folder.path() / "primary.db").string());
    const auto replica = sqlite_tests::open("sqlite:///" + (folder.path() / "replica.db").string());
    for (const auto& [engine, name] : {std::pair{primary, "primary"}, std::pair{replica, "replica"}}) {
        az::metadata_of<Account>().create_all(engine);
        orm::session session{engine};
        session.add(Account{.owner = name, .remark = name});
        session.commit();
    }
    test(primary, replica);
}

/// Accounts are in a database of SQLite and on each server, visits in one of SQLite.
template <class Test>
void with_two_databases(Test&& test) {
    on_each_database<Account>([&](const az::engine& accounts) {
        const tables_in<Visit> visits{"sqlite://"};
        orm::session session{std::make_shared<by_struct>(visits.engine, accounts)};
        test(session, accounts, visits.engine);
    });
}

std::int64_t visits_in(const az::engine& in) {
    auto connection = in.connect();
    return connection.scalar(az::select(az::func::count(az::col<&Visit::id>)));
}

}  // namespace

TEST_CASE("orm resolver: reads come from the replica, writes go to the primary") {
    with_two_files([](const az::engine& primary, const az::engine& replica) {
        orm::session session{std::make_shared<with_replica>(primary, replica)};
        auto account = session.scalars(az::select<Account>()).one();
        CHECK(account->owner == "replica");
        CHECK(*account->remark == "replica");
        CHECK(session.get<Account>(1) == account);
        account->owner = "Ada";
        session.commit();
        CHECK(owners(primary) == std::vector<std::string>{"Ada"});
        CHECK(owners(replica) == std::vector<std::string>{"replica"});
        // the next transaction reads the replica again, whatever that knows by now
        CHECK(session.scalars(az::select<Account>()).one()->owner == "replica");
    });
}

TEST_CASE("orm resolver: what a transaction has written it reads where it has written it") {
    with_two_files([](const az::engine& primary, const az::engine& replica) {
        orm::session session{std::make_shared<with_replica>(primary, replica)};
        session.add(Account{.owner = "Ada"});
        CHECK(session.scalars(az::select<Account>().order_by(az::col<&Account::id>)).size() == 2);
        CHECK(session.get<Account>(2)->owner == "Ada");
        session.rollback();
        CHECK(session.scalars(az::select<Account>()).one()->owner == "replica");
        session.rollback();
        // statements by condition, and many rows at once
        CHECK(session.execute(az::update<Account>().set(az::col<&Account::owner>, "Lin")).affected_rows() == 1);
        (void)session.execute(az::insert<Account>(), std::vector<Account>{{.owner = "Emmy"}});
        CHECK(session.scalars(az::select<Account>()).size() == 2);
        session.commit();
        CHECK(owners(primary) == std::vector<std::string>{"Lin", "Emmy"});
        CHECK(owners(replica) == std::vector<std::string>{"replica"});
        // text may be anything, and the session's connection may do anything
        const auto text = az::text("SELECT * FROM resolving_account");
        CHECK(session.scalars(orm::from_statement<Account>(text)).size() == 2);
        CHECK(session.connection().scalar(az::select(az::func::count(az::col<&Account::id>))) == 2);
    });
}

TEST_CASE("orm resolver: structs in databases of their own, in one unit of work") {
    with_two_databases([](orm::session& session, const az::engine& accounts, const az::engine& visits) {
        auto ada = session.add(Account{.owner = "Ada", .remark = "first"});
        session.flush();
        session.add(Visit{.page = "/", .account_id = ada->id});
        session.commit();
        CHECK(owners(accounts) == std::vector<std::string>{"Ada"});
        CHECK(visits_in(visits) == 1);
        session.expunge_all();
        const auto visit = session.scalars(az::select<Visit>()).one();
        const auto account = session.get<Account>(visit->account_id);
        CHECK(account->owner == "Ada");
        CHECK(*account->remark == "first");
        CHECK(session.connection<Visit>().scalar(az::select(az::func::count(az::col<&Visit::id>))) == 1);
        session.add(Account{.owner = "Lin"});
        session.add(Visit{.page = "/a"});
        session.flush();
        session.rollback();
        CHECK(owners(accounts).size() == 1);
        CHECK(visits_in(visits) == 1);
    });
}

TEST_CASE("orm resolver: a flush that fails in one database has happened in none") {
    with_two_databases([](orm::session& session, const az::engine& accounts, const az::engine& visits) {
        session.add(Visit{.page = "/"});
        session.commit();
        auto ada = session.add(Account{.owner = "Ada"});
        auto visit = session.add(Visit{.page = "/"});
        CHECK_THROWS_AS(session.flush(), az::integrity_error);
        CHECK(session.state_of(ada) == orm::object_state::pending);
        CHECK(session.connection().scalar(az::select(az::func::count(az::col<&Account::id>))) == 0);
        visit->page = "/b";
        session.commit();
        CHECK(owners(accounts) == std::vector<std::string>{"Ada"});
        CHECK(visits_in(visits) == 2);
    });
}

TEST_CASE("orm resolver: savepoints hold in databases that come into play behind them") {
    with_two_databases([](orm::session& session, const az::engine& accounts, const az::engine& visits) {
        session.add(Account{.owner = "Ada"});
        {
            auto attempt = session.begin_nested();
            session.add(Account{.owner = "Lin"});
            session.add(Visit{.page = "/"});  // the first word to this database
            session.flush();
        }
        session.add(Visit{.page = "/c"});
        session.commit();
        CHECK(owners(accounts) == std::vector<std::string>{"Ada"});
        CHECK(visits_in(visits) == 1);
    });
}
