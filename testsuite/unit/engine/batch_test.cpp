#include "fixture.hpp"

#include "../throws.hpp"

#include <catch2/catch.hpp>

namespace {

const auto all_names = az::select(col<&Owner::name>).order_by(col<&Owner::id>);

auto renaming(const char* from, const char* to) { return az::update<Owner>().set(col<&Owner::name>, to).where(col<&Owner::name> == from); }

}  // namespace

TEST_CASE("a batch of statements gives each one's typed result, in order") {
    const database db;
    auto c = db.engine.connect();
    auto [names, changed, count, after] =
        c.execute_batch(all_names, renaming("Ann", "Ada"), az::select(az::func::count()).select_from(az::entity<Owner>), all_names);
    CHECK(names.scalars() == std::vector<std::string>{"Ann", "Bob", "Cem"});
    CHECK(changed.affected_rows() == 1);
    CHECK(count.scalar() == 3);
    CHECK(after.scalars() == std::vector<std::string>{"Ada", "Bob", "Cem"});
    CHECK(c.in_transaction());
}

TEST_CASE("a batch of many statements of one kind") {
    const database db;
    auto c = db.engine.connect();
    std::vector<decltype(az::select(col<&Owner::name>))> lookups;
    for (std::int64_t id = 3; id >= 1; --id) lookups.push_back(az::select(col<&Owner::name>).where(col<&Owner::id> == id));
    auto found = c.execute_batch(lookups);
    REQUIRE(found.size() == 3);
    CHECK(found[0].scalar() == "Cem");
    CHECK(found[2].scalar() == "Ann");
    CHECK(c.execute_batch(std::vector<decltype(lookups)::value_type>{}).empty());
}

TEST_CASE("a batch with lists and texts") {
    const database db;
    auto c = db.engine.connect();
    auto [some, raw] = c.execute_batch(az::select(col<&Owner::name>).where(col<&Owner::id>.in({1, 3})).order_by(col<&Owner::id>),
                                       az::text("SELECT :a AS x, name FROM owner WHERE id = 2").bind("a", 5));
    CHECK(some.scalars() == std::vector<std::string>{"Ann", "Cem"});
    const auto row = raw.mappings().front();
    CHECK(row["x"].as<int>() == 5);
    CHECK(row["name"].as<std::string>() == "Bob");
}

TEST_CASE("the first failing statement of a batch is the one that is told, and the transaction is the caller's to undo") {
    const database db;
    auto c = db.engine.connect();
    try {
        c.execute_batch(renaming("Ann", "Ada"), renaming("Bob", "Cem"), renaming("Cem", "Dan"));
        FAIL("nothing was thrown");
    } catch (const az::unique_violation& e) {
        CHECK_THAT(e.parameters(), Catch::Contains("\"Cem\", \"Bob\""));
    }
    CHECK(c.execute(all_names).scalars() == std::vector<std::string>{"Ada", "Bob", "Cem"});
    c.rollback();
    CHECK(c.execute(all_names).scalars() == std::vector<std::string>{"Ann", "Bob", "Cem"});
}

TEST_CASE("a batch reads an open result ahead first") {
    const database db;
    auto c = db.engine.connect();
    auto open = c.execute(all_names);
    auto at = open.begin();
    auto [count] = c.execute_batch(az::select(az::func::count()).select_from(az::entity<Owner>));
    CHECK(count.scalar() == 3);
    CHECK(std::get<0>(*++at) == "Bob");
}

TEST_CASE("generated keys of many rows come back in the rows' order, in few statements") {
    const database db;
    auto c = db.engine.connect();
    std::vector<Owner> more;
    for (int i = 0; i < 250; ++i) more.push_back({.name = "n" + std::to_string((i * 7919) % 250)});
    std::vector<std::int64_t> ids;
    for (auto [id, name] : c.execute(az::insert<Owner>().returning(col<&Owner::id>, col<&Owner::name>), more)) {
        CHECK(name == more[ids.size()].name);
        ids.push_back(id);
    }
    CHECK(ids.size() == 250);
    CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("what the server is not known to do is refused, unless the engine is told to send it anyway") {
    const database db;
    auto c = db.engine.connect();
    CHECK_ERROR(c.begin({.two_phase_id = "x"}), "not-supported", "SQLite cannot do two-phase commits");
    CHECK_ERROR(c.begin({.deferrable = true}), "not-supported", "deferrable");
    CHECK_ERROR(c.begin({.isolation = az::isolation_level::repeatable_read}), "not-supported", "REPEATABLE READ");
    CHECK_ERROR(c.prepared_transactions(), "not-supported", "two-phase");
    CHECK_ERROR(c.commit_prepared("x"), "not-supported", "two-phase");
    CHECK_ERROR(c.wait_for_notification(), "not-supported", "notifications");

    const auto unchecked = az::create_engine("sqlite://", {.unchecked = true});
    auto u = unchecked.connect();
    // The driver itself has the last word then.
    CHECK_ERROR(u.prepared_transactions(), "not-supported", "the driver sqlite+sqlite3 has no two-phase commit");
    CHECK_ERROR(u.execute(az::text("SELECT 1 FROM nowhere")), "no-such-table", "");
}

TEST_CASE("preparing what was not begun for it is misuse") {
    const database db;
    auto c = db.engine.connect();
    auto t = c.begin();
    CHECK_ERROR(t.prepare(), "misuse", "two_phase_id");
    CHECK_ERROR(c.rollback_prepared("x"), "misuse", "a transaction is open");
    t.rollback();
    CHECK_ERROR(t.prepare(), "misuse", "over");
}
