#include "claims.hpp"
#include "results_parts.hpp"
#include "steps.hpp"

#include <limits>

namespace azoth::conformance::areas {
namespace {

auto ids() { return select(col<&item::id>).order_by(col<&item::id>); }
auto how_many() { return select(func::count()).select_from(entity<item>); }

auto add(std::int64_t id) { return insert<item>().values({id, "item " + std::to_string(id), {}}); }

void several(context& on) {
    connection c = stocked(on, 5);
    auto [all, name, none, count] = c.execute_batch(ids(), select(col<&item::name>, col<&item::size>).where(col<&item::id> == 4),
                                                    ids().where(col<&item::id> == 99), how_many());
    CHECK(count.scalar() == 5);  // they are read already: in any order
    CHECK(none.all().empty());
    CHECK(name.one() == std::tuple{std::string{"item 4"}, std::optional<std::int64_t>{40}});
    CHECK(all.scalars() == std::vector<std::int64_t>{1, 2, 3, 4, 5});
}

void changes(context& on) {
    connection c = stocked(on, 5);
    auto [added, changed, gone, none, left] =
        c.execute_batch(add(6), update<item>().set(col<&item::size>, 1).where(col<&item::id>.in({1, 2, 3})),
                        delete_<item>().where(col<&item::id> >= 5), delete_<item>().where(col<&item::id> == 99), ids());
    CHECK(added.affected_rows() == 1);
    CHECK(changed.affected_rows() == 3);
    CHECK(gone.affected_rows() == 2);
    CHECK(none.affected_rows() == 0);
    CHECK(left.scalars() == std::vector<std::int64_t>{1, 2, 3, 4});
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(count_of(c, entity<item>) == 5);
}

void many(context& on) {
    connection c = stocked(on, 100);
    std::vector<decltype(ids())> queries;
    for (std::int64_t i = 0; i < 1000; ++i) queries.push_back(ids().where(col<&item::id> == i % 150 + 1));
    auto found = c.execute_batch(queries);
    REQUIRE(found.size() == 1000);
    for (std::size_t i = 0; i < 1000; ++i) {
        const auto id = static_cast<std::int64_t>(i % 150 + 1);
        REQUIRE(found[i].scalar_or_none() == (id <= 100 ? std::optional{id} : std::nullopt));
    }
}

void many_changes(context& on) {
    connection c = stocked(on, 0);
    std::vector<decltype(add(1))> inserts;
    for (std::int64_t id = 1; id <= 500; ++id) inserts.push_back(add(id));
    for (const result& r : c.execute_batch(inserts)) REQUIRE(r.affected_rows() == 1);
    c.commit();
    CHECK(count_of(c, entity<item>) == 500);
}

void large_results(context& on) {
    connection c = stocked(on, 3000);
    auto [first, second, third] = c.execute_batch(select<item>().order_by(col<&item::id>), how_many(), ids());
    CHECK(third.scalars().size() == 3000);
    CHECK(second.scalar() == 3000);
    CHECK(first.scalars() == items(3000));
}

void empty(context& on) {
    connection c = stocked(on, 0);
    CHECK(c.execute_batch(std::vector<decltype(how_many())>{}).empty());
    check_usable(c);
}

void with_texts_and_lists(context& on) {
    connection c = stocked(on, 5);
    const std::string table = entity_of<item>().table->name;
    auto [raw, some, changed] =
        c.execute_batch(text("SELECT id AS found FROM " + table + " WHERE name = :name").bind("name", "item 3"),
                        ids().where(col<&item::id>.in({1, 5, 7})), text("UPDATE " + table + " SET size = 7 WHERE id < 3"));
    CHECK(raw.mappings().at(0).get<std::int64_t>("found") == 3);
    CHECK(some.scalars() == std::vector<std::int64_t>{1, 5});
    CHECK(changed.affected_rows() == 2);
}

void error_in_the_middle(context& on) {
    connection c = stocked(on, 1);
    const auto e = thrown<unique_violation>([&] { c.execute_batch(add(2), add(1), add(3), how_many()); });
    CHECK_THAT(e.statement(), Catch::Contains("INSERT"));
    CHECK_THAT(e.parameters(), Catch::Contains("item 1"));
    CHECK(c.in_transaction());
    c.rollback();
    CHECK_FALSE(c.in_transaction());
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1});
}

void error_at_either_end(context& on) {
    connection c = stocked(on, 1);
    CHECK_THROWS_AS(c.execute_batch(add(1), add(2), how_many()), unique_violation);
    c.rollback();
    CHECK_THROWS_AS(c.execute_batch(how_many(), add(2), add(1)), unique_violation);
    c.rollback();
    CHECK_THROWS_AS(c.execute_batch(how_many(), text("SELECT azc_nothing FROM azc_nowhere")), programming_error);
    c.rollback();
    auto [count, added] = c.execute_batch(how_many(), add(2));
    CHECK(count.scalar() == 1);
    CHECK(added.affected_rows() == 1);
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1, 2});
}

/// Where rows are computed as they are read, the failure comes long after the statement was begun.
void error_while_reading(context& on) {
    connection c = stocked(on, 2000);
    c.execute(insert<item>().values({2001, "last", std::numeric_limits<std::int64_t>::min()}));
    const auto culprit = select(col<&item::id>, func::abs(col<&item::size>).label("azc_culprit")).order_by(col<&item::id>);
    const auto e = thrown<data_error>([&] { c.execute_batch(how_many(), ids(), culprit, how_many(), add(2002)); });
    CHECK(contains_name(e.statement(), "azc_culprit"));
    c.rollback();
    CHECK(count_of(c, entity<item>) == 2000);
}

void error_undone_to_savepoint(context& on) {
    connection c = stocked(on, 1);
    c.execute(add(10));
    {
        const transaction inner = c.begin_nested();
        CHECK_THROWS_AS(c.execute_batch(add(2), add(1), add(3)), unique_violation);
    }
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1, 10});
    c.execute_batch(add(11), add(12));
    c.commit();
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1, 10, 11, 12});
}

void error_with_autocommit(context& on) {
    connection c = stocked(on, 1);
    c.set_isolation(isolation_level::autocommit);
    CHECK_THROWS_AS(c.execute_batch(add(1), add(2), add(3)), unique_violation);
    CHECK_FALSE(c.in_transaction());
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1});
    c.execute_batch(add(4), add(5));
    c.rollback();
    CHECK(c.scalars(ids()) == std::vector<std::int64_t>{1, 4, 5});
}

void returning(context& on) {
    connection c = stocked(on, 0);
    auto [first, second, count] =
        c.execute_batch(add(7).returning(col<&item::id>), add(8).returning(col<&item::name>, col<&item::id>), how_many());
    CHECK(first.scalar() == 7);
    CHECK(second.one() == std::tuple{std::string{"item 8"}, std::int64_t{8}});
    CHECK(count.scalar() == 2);
}

}  // namespace

std::vector<test_case> results_parts::batches() {
    return {
        {"results/batch", "a batch of queries gives each its rows", {}, several},
        {"results/batch-of-changes", "a batch of changes counts each one's rows, and belongs to the transaction", {}, changes},
        {"results/batch-of-many", "a batch of 1,000 queries", {}, many},
        {"results/batch-of-many-changes", "a batch of 500 inserts", {}, many_changes},
        {"results/batch-of-large-results", "large results in a batch are complete", {}, large_results},
        {"results/batch-of-none", "an empty batch does nothing", {}, empty},
        {"results/batch-of-texts-and-lists", "raw SQL and IN lists in a batch", {}, with_texts_and_lists},
        {"results/batch-error-in-the-middle", "the failing statement is told, and a rollback undoes the others", {}, error_in_the_middle},
        {"results/batch-error-at-either-end",
         "a batch fails at its first or last statement, and the next one works",
         {},
         error_at_either_end},
        {"results/batch-error-while-reading",
         "a statement that fails while its rows are read is the one that is told",
         {},
         error_while_reading},
        {"results/batch-error-undone-to-savepoint", "a failed batch is undone to a savepoint, with what was before kept",
         claims::savepoints, error_undone_to_savepoint},
        {"results/batch-error-with-autocommit",
         "with autocommit, what stands behind the failing statement has not run",
         {},
         error_with_autocommit},
        {"results/batch-returning", "rows of RETURNING in a batch", claims::returning_on_insert, returning},
    };
}

}  // namespace azoth::conformance::areas
