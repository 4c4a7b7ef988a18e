#include "bulk_parts.hpp"
#include "claims.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

constexpr auto id = col<&item::id>;
constexpr std::int64_t batch_size = 500;

/// A batch whose row at that place has the key of item 1, which is there already.
std::vector<item> with_taken_key_at(std::size_t place) {
    std::vector<item> rows = items(batch_size);
    for (item& r : rows) r.id += 1000;
    rows[place].id = 1;
    return rows;
}

constexpr std::size_t places[]{0, 1, 57, 250, batch_size - 1};

void nothing_stays(context& on) {
    connection c = stocked(on, 1);
    for (const std::size_t place : places) {
        INFO("the row at place " << place);
        CHECK_THROWS_AS(c.execute(insert<item>(), with_taken_key_at(place)), unique_violation);
        CHECK(count_of(c, entity<item>) == 1);
        c.commit();
        CHECK(count_of(c, entity<item>) == 1);
        c.commit();
    }
    c.execute(insert<item>(), std::vector<item>{{2, "two", {}}, {3, "three", {}}});
    c.commit();
    CHECK(count_of(c, entity<item>) == 3);
}

void nothing_stays_with_autocommit(context& on) {
    connection c = stocked(on, 1);
    c.set_isolation(isolation_level::autocommit);
    for (const std::size_t place : places) {
        INFO("the row at place " << place);
        CHECK_THROWS_AS(c.execute(insert<item>(), with_taken_key_at(place)), unique_violation);
        CHECK_FALSE(c.in_transaction());
        CHECK(count_of(c, entity<item>) == 1);
    }
    c.close();
    connection other = on.connect();
    CHECK(count_of(other, entity<item>) == 1);
}

/// A failed batch takes nothing else of its transaction with it.
void earlier_work_stays(context& on) {
    connection c = stocked(on, 1);
    c.execute(insert<item>().values({2, "earlier", {}}));
    for (const std::size_t place : places) {
        INFO("the row at place " << place);
        CHECK_THROWS_AS(c.execute(insert<item>(), with_taken_key_at(place)), unique_violation);
        CHECK(c.in_transaction());
        CHECK(count_of(c, entity<item>) == 2);
    }
    c.execute(insert<item>().values({3, "later", {}}));
    c.execute(insert<item>(), std::vector<item>{{4, "four", {}}, {5, "five", {}}});
    c.commit();
    c.close();
    connection other = on.connect();
    CHECK(other.scalars(select(id).order_by(id)) == std::vector<std::int64_t>{1, 2, 3, 4, 5});
}

void earlier_batch_stays(context& on) {
    connection c = stocked(on, 1);
    transaction t = c.begin();
    std::vector<item> first = items(200);
    for (item& r : first) r.id += 5000;
    c.execute(insert<item>(), first);
    CHECK_THROWS_AS(c.execute(insert<item>(), with_taken_key_at(300)), unique_violation);
    CHECK(count_of(c, entity<item>) == 201);
    t.commit();
    CHECK(count_of(c, entity<item>) == 201);
}

void inside_savepoint(context& on) {
    connection c = stocked(on, 1);
    c.execute(insert<item>().values({2, "outer", {}}));
    transaction inner = c.begin_nested();
    c.execute(insert<item>().values({3, "inner", {}}));
    CHECK_THROWS_AS(c.execute(insert<item>(), with_taken_key_at(57)), unique_violation);
    CHECK(count_of(c, entity<item>) == 3);
    inner.rollback();
    CHECK(count_of(c, entity<item>) == 2);
    c.commit();
    CHECK(count_of(c, entity<item>) == 2);
}

void returning_fails(context& on) {
    connection c = stocked(on, 1);
    CHECK_THROWS_AS(c.execute(insert<item>().returning(id), with_taken_key_at(250)), unique_violation);
    CHECK(count_of(c, entity<item>) == 1);
    CHECK_THROWS_AS(c.execute(insert<item>().columns(id, col<&item::name>).returning(id), {{20, "a"}, {21, "b"}, {22, "c"}, {21, "again"}}),
                    unique_violation);
    CHECK(count_of(c, entity<item>) == 1);
}

void unexpected_null(context& on) {
    connection c = stocked(on, 0);
    std::vector<std::vector<value>> rows;
    for (int i = 1; i <= 300; ++i) rows.push_back({i, "name"});
    rows[222][1] = value{};
    CHECK_THROWS_AS(c.execute(insert<item>().columns(id, col<&item::name>), rows), not_null_violation);
    CHECK(count_of(c, entity<item>) == 0);
    check_usable(c);
}

void foreign_key(context& on) {
    const table parents = on.make_table("parents", {column("id", type_kind::big_integer, primary_key, not_generated)});
    const table children =
        on.make_table("children", {column("id", type_kind::big_integer, primary_key),
                                   column("parent", type_kind::big_integer, not_null, references_to(parents.name(), "id"))});
    connection c = on.connect();
    c.execute(insert(parents).set(parents["id"], 1));
    c.commit();
    std::vector<std::vector<value>> rows(300, {1});
    rows[150] = {2};
    CHECK_THROWS_AS(c.execute(insert(children).columns(children["parent"]), rows), foreign_key_violation);
    CHECK(count_of(c, children) == 0);
    rows[150] = {1};
    c.execute(insert(children).columns(children["parent"]), rows);
    c.commit();
    CHECK(count_of(c, children) == 300);
}

/// Two rows of one batch have the same key.
void rows_against_each_other(context& on) {
    connection c = stocked(on, 0);
    std::vector<item> rows = items(300);
    rows[299].id = rows[3].id;
    CHECK_THROWS_AS(c.execute(insert<item>(), rows), unique_violation);
    CHECK(count_of(c, entity<item>) == 0);
    rows[299].id = 300;
    c.execute(insert<item>(), rows);
    CHECK(count_of(c, entity<item>) == 300);
}

/// A value that cannot be sent at all, found on the way.
void unsendable_value(context& on) {
    connection c = stocked(on, 1);
    std::vector<item> rows = items(300);
    for (item& r : rows) r.id += 1000;
    rows[222].name = "not \xff UTF-8";
    CHECK_THROWS_AS(c.execute(insert<item>(), rows), data_error);
    CHECK(count_of(c, entity<item>) == 1);
    c.execute(insert<item>().values({2, "earlier", {}}));
    CHECK_THROWS_AS(c.execute(insert<item>(), rows), data_error);
    CHECK(count_of(c, entity<item>) == 2);
}

/// Rows that were wrong before anything was sent.
void wrong_shapes(context& on) {
    connection c = stocked(on, 1);
    const auto add = insert<item>().columns(id, col<&item::name>);
    CHECK_THROWS_AS(c.execute(add, {{2, "two"}, {3}}), programming_error);
    CHECK_THROWS_AS(c.execute(add, {{2, "two"}, {3, "three", 4}}), programming_error);
    CHECK_THROWS_AS(c.execute(insert<item>(), std::vector<item>{{2, "with a key", {}}, {0, "without", {}}}), programming_error);
    CHECK(count_of(c, entity<item>) == 1);
}

}  // namespace

std::vector<test_case> bulk_parts::failures() {
    return {
        {"bulk/failing-row", "a failing row, wherever it stands, undoes the batch", {}, nothing_stays},
        {"bulk/failing-row-with-autocommit", "with autocommit, too, nothing of a failed batch stays", {}, nothing_stays_with_autocommit},
        {"bulk/earlier-work-stays", "a failed batch leaves the rest of its transaction alone", claims::savepoints, earlier_work_stays},
        {"bulk/earlier-batch-stays", "a failed batch leaves an earlier one alone", claims::savepoints, earlier_batch_stays},
        {"bulk/failing-row-inside-savepoint", "a batch fails inside a savepoint of the program's", claims::savepoints, inside_savepoint},
        {"bulk/failing-row-returning", "a failed batch with RETURNING is undone, too", claims::returning_on_insert, returning_fails},
        {"bulk/failing-null", "a NULL where none may be undoes the batch", {}, unexpected_null},
        {"bulk/failing-reference", "a row that refers to nothing undoes the batch", {}, foreign_key},
        {"bulk/rows-against-each-other", "two rows of one key in a batch undo it", {}, rows_against_each_other},
        {"bulk/unsendable-value", "a value that cannot be sent undoes the batch, and no more", {}, unsendable_value},
        {"bulk/wrong-shapes", "rows of another width, or with keys here and there, are refused", {}, wrong_shapes},
    };
}

}  // namespace azoth::conformance::areas
