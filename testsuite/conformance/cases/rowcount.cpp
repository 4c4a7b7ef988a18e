#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;
constexpr auto size = col<&item::size>;

std::string table_name() { return entity_of<item>().table->name; }

void update_all(context& on) {
    connection c = stocked(on, 9);
    CHECK(c.execute(update<item>().set(name, "same")).affected_rows() == 9);
}

void update_some(context& on) {
    connection c = stocked(on, 9);
    CHECK(c.execute(update<item>().set(name, "new").where(id <= 4)).affected_rows() == 4);
    CHECK(c.execute(update<item>().set(name, "new").where(size.is_null())).affected_rows() == 3);
}

/// Rows that an update finds count, though they hold the new value already.
void update_matched(context& on) {
    connection c = stocked(on, 9);
    const auto change = update<item>().set(name, "same").where(id <= 5);
    CHECK(c.execute(change).affected_rows() == 5);
    CHECK(c.execute(change).affected_rows() == 5);
    CHECK(c.execute(update<item>().set(name, name)).affected_rows() == 9);
    CHECK(c.execute(update<item>().set(size, 10).where(id == 1)).affected_rows() == 1);
}

void update_none(context& on) {
    connection c = stocked(on, 9);
    CHECK(c.execute(update<item>().set(name, "new").where(id > 100)).affected_rows() == 0);
    CHECK(c.execute(update<item>().set(name, "new").where(id.in(std::vector<std::int64_t>{}))).affected_rows() == 0);
}

void update_by_subquery(context& on) {
    const table chosen = on.make_table("chosen", {column("n", type_kind::big_integer, primary_key, not_generated)});
    connection c = stocked(on, 9);
    c.execute(insert(chosen).columns(chosen["n"]), {{1}, {3}, {50}});
    const auto numbers = select(chosen.column<std::int64_t>("n"));
    CHECK(c.execute(update<item>().set(name, "new").where(id.in(numbers))).affected_rows() == 2);
    CHECK(c.execute(delete_<item>().where(id.not_in(numbers))).affected_rows() == 7);
}

void delete_rows(context& on) {
    connection c = stocked(on, 9);
    CHECK(c.execute(delete_<item>().where(id > 6)).affected_rows() == 3);
    CHECK(c.execute(delete_<item>().where(id > 6)).affected_rows() == 0);
    CHECK(c.execute(delete_<item>()).affected_rows() == 6);
    CHECK(c.execute(delete_<item>()).affected_rows() == 0);
}

void insert_rows(context& on) {
    connection c = stocked(on, 0);
    CHECK(c.execute(insert<item>().values({1, "one", {}})).affected_rows() == 1);
    CHECK(c.execute(insert<item>().set(name, "two").set(id, 2)).affected_rows() == 1);
    const std::vector<std::vector<value>> more{{3, "three"}, {4, "four"}, {5, "five"}};
    CHECK(c.execute(insert<item>().columns(id, name), more).affected_rows() == 3);
    CHECK(c.execute(insert<item>(), std::vector<item>{}).affected_rows() == 0);
}

void insert_from_select(context& on) {
    const table copy = on.make_table("copy", {column("n", type_kind::big_integer), column("words", string(200))});
    connection c = stocked(on, 9);
    const auto into = insert(copy).columns(copy["n"], copy["words"]);
    CHECK(c.execute(into.from(select(id, name).where(id <= 7))).affected_rows() == 7);
    CHECK(c.execute(into.from(select(id, name).where(id > 70))).affected_rows() == 0);
}

void bulk_insert(context& on) {
    connection c = stocked(on, 0);
    CHECK(c.execute(insert<item>(), items(1)).affected_rows() == 1);
    c.execute(delete_<item>());
    CHECK(c.execute(insert<item>(), items(1234)).affected_rows() == 1234);
    CHECK(c.execute(delete_<item>().where(id > 234)).affected_rows() == 1000);
}

void raw_sql(context& on) {
    connection c = stocked(on, 9);
    CHECK(c.execute(text("UPDATE " + table_name() + " SET name = 'new' WHERE id > 5")).affected_rows() == 4);
    CHECK(c.execute(text("UPDATE " + table_name() + " SET name = 'new' WHERE id > 5")).affected_rows() == 4);
    CHECK(c.execute(text("DELETE FROM " + table_name() + " WHERE name = 'new'")).affected_rows() == 4);
    CHECK(c.execute(text("INSERT INTO " + table_name() + " (id, name) SELECT id + 50, 'more' FROM " + table_name() + " WHERE id < 3"))
              .affected_rows() == 2);
    if (c.server_profile().can.multi_row_values)
        CHECK(c.execute(text("INSERT INTO " + table_name() + " (id, name) VALUES (60, 'sixty'), (61, 'sixty-one')")).affected_rows() == 2);
    CHECK(c.execute(text("DELETE FROM " + table_name() + " WHERE id = 99")).affected_rows() == 0);
}

void raw_sql_with_values(context& on) {
    connection c = stocked(on, 9);
    const auto change = text("UPDATE " + table_name() + " SET name = :name WHERE id > :least AND name <> :name");
    CHECK(c.execute(change.bind("name", "new").bind("least", 5)).affected_rows() == 4);
    CHECK(c.execute(change, {{"name", "newer"}, {"least", 7}}).affected_rows() == 2);
    CHECK(c.execute(change, {{"name", "newer"}, {"least", 7}}).affected_rows() == 0);
}

/// The same statement again and again, as prepared ones run.
void run_again(context& on) {
    connection c = stocked(on, 100);
    const auto change = update<item>().set(name, param<std::string>("name")).where(id <= param<std::int64_t>("most"));
    for (const int most : {1, 50, 0, 100, 7}) {
        CHECK(c.execute(change, {{"name", "n"}, {"most", most}}).affected_rows() == most);
    }
    const auto gone = delete_<item>().where(id > param<std::int64_t>("least"));
    for (const int least : {90, 90, 50, 0}) {
        const auto before = count_of(c, entity<item>);
        CHECK(c.execute(gone, {{"least", least}}).affected_rows() == before - least);
    }
}

/// Several updates, each counted for itself.
void several_updates(context& on) {
    connection c = stocked(on, 9);
    std::vector<decltype(update<item>().where(id == 1))> changes;
    for (const std::int64_t least : {9, 10, 1, 5}) changes.push_back(update<item>().set(name, "new").where(id >= least));
    std::vector<std::int64_t> counts;
    for (const result& r : c.execute_batch(changes)) counts.push_back(r.affected_rows());
    CHECK(counts == std::vector<std::int64_t>{1, 0, 9, 5});
}

void several_deletes(context& on) {
    connection c = stocked(on, 9);
    auto [first, again, rest] =
        c.execute_batch(delete_<item>().where(id < 3), delete_<item>().where(id < 3), delete_<item>().where(id >= 3));
    CHECK(first.affected_rows() == 2);
    CHECK(again.affected_rows() == 0);
    CHECK(rest.affected_rows() == 7);
}

/// Counted at the latest when the rows have been read.
template <class Statement>
void check_returned(connection& c, const Statement& statement, std::size_t expected) {
    auto found = c.execute(statement);
    CHECK(found.all().size() == expected);
    CHECK(found.affected_rows() == static_cast<std::int64_t>(expected));
}

void insert_returning(context& on) {
    connection c = stocked(on, 0);
    check_returned(c, insert<item>().values({1, "one", {}}).returning(id, name), 1);
    auto many = c.execute(insert<item>().columns(id, name).returning(id), {{5, "five"}, {6, "six"}, {7, "seven"}});
    CHECK(many.all().size() == 3);
    CHECK(many.affected_rows() == 3);
}

void update_returning(context& on) {
    connection c = stocked(on, 9);
    check_returned(c, update<item>().set(name, "new").where(id > 2).returning(id, name), 7);
    check_returned(c, update<item>().set(name, "new").where(id > 2).returning(id), 7);
    check_returned(c, update<item>().set(name, "new").where(id > 20).returning(id), 0);
}

void delete_returning(context& on) {
    connection c = stocked(on, 9);
    check_returned(c, delete_<item>().where(id > 2).returning(id, name), 7);
    check_returned(c, delete_<item>().where(id > 2).returning(id, name), 0);
}

/// What changes no rows counts none, and asking is no error.
void nothing_to_count(context& on) {
    connection c = stocked(on, 9);
    auto query = c.execute(select(id));
    CHECK(query.affected_rows() <= 0);
    CHECK(query.all().size() == 9);
    CHECK(query.affected_rows() <= 0);
    auto raw = c.execute(text("SELECT id FROM " + table_name()));
    CHECK(raw.mappings().size() == 9);
    CHECK(raw.affected_rows() <= 0);
    c.commit();
    auto ddl = c.execute(text("CREATE INDEX " + on.unique_name("index") + " ON " + table_name() + " (size)"));
    CHECK(ddl.affected_rows() <= 0);
    CHECK_FALSE(ddl.returns_rows());
    c.commit();
}

void seen_by_events(context& on) {
    connection c = stocked(on, 9);
    std::vector<std::int64_t> told;
    event_handlers handlers;
    handlers.after_execute = [&](const execution_event& e) { told.push_back(e.affected_rows); };
    const subscription listening = on.engine().subscribe(std::move(handlers));
    c.execute(update<item>().set(name, "new").where(id > 2));
    c.execute(insert<item>().columns(id, name), {{20, "a"}, {21, "b"}});
    c.execute(delete_<item>().where(id > 5));
    CHECK(told == std::vector<std::int64_t>{7, 2, 6});
}

}  // namespace

std::vector<test_case> areas::rowcount_cases() {
    return {
        {"rowcount/update-all", "an update without a condition counts every row", {}, update_all},
        {"rowcount/update-some", "an update counts the rows of its condition", {}, update_some},
        {"rowcount/update-matched", "rows that are found count, even where nothing changes in them", {}, update_matched},
        {"rowcount/update-none", "an update that finds nothing counts 0", {}, update_none},
        {"rowcount/update-by-subquery", "updates and deletes by a subquery count", {}, update_by_subquery},
        {"rowcount/delete", "a delete counts the rows that go", {}, delete_rows},
        {"rowcount/insert", "an insert counts its rows", {}, insert_rows},
        {"rowcount/insert-from-select", "an insert from a query counts the query's rows", {}, insert_from_select},
        {"rowcount/bulk-insert", "a batch of rows counts them all", {}, bulk_insert},
        {"rowcount/raw-sql", "raw SQL counts as built statements do", {}, raw_sql},
        {"rowcount/raw-sql-with-values", "raw SQL with values counts, too", {}, raw_sql_with_values},
        {"rowcount/run-again", "a statement run again with other values counts anew", {}, run_again},
        {"rowcount/several-updates", "updates of a batch count each for itself", {}, several_updates},
        {"rowcount/several-deletes", "deletes of a batch count each for itself", {}, several_deletes},
        {"rowcount/insert-returning", "an insert with RETURNING counts", claims::returning_on_insert, insert_returning},
        {"rowcount/update-returning", "an update with RETURNING counts", claims::many_updated_rows, update_returning},
        {"rowcount/delete-returning", "a delete with RETURNING counts", claims::many_deleted_rows, delete_returning},
        {"rowcount/nothing-to-count", "queries and DDL change no rows, and asking is no error", {}, nothing_to_count},
        {"rowcount/seen-by-events", "events tell the same counts", {}, seen_by_events},
    };
}

}  // namespace azoth::conformance
