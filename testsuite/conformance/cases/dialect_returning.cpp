#include "claims.hpp"
#include "dialect_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

using named = std::vector<std::tuple<std::int64_t, std::string>>;

named in_order(named rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

void insert_single(context& on) {
    connection c = stocked(on, 0);
    const auto [id, name] = c.execute(insert<item>().values({5, "five", {}}).returning(col<&item::id>, col<&item::name>)).one();
    CHECK(id == 5);
    CHECK(name == "five");
    CHECK(count_of(c, entity<item>) == 1);
}

void insert_many(context& on) {
    connection c = stocked(on, 0);
    const auto found = c.execute(insert<item>().returning(col<&item::id>, col<&item::name>), items(3)).all();
    CHECK(found == named{{1, "item 1"}, {2, "item 2"}, {3, "item 3"}});
    CHECK(count_of(c, entity<item>) == 3);
}

void update_single(context& on) {
    connection c = stocked(on, 3);
    const auto change = update<item>().set(col<&item::name>, "new").where(col<&item::id> == 2);
    CHECK(c.execute(change.returning(col<&item::id>, col<&item::name>)).one() == std::tuple{std::int64_t{2}, std::string{"new"}});
    CHECK(c.scalar(select(col<&item::name>).where(col<&item::id> == 2)) == "new");
}

void update_many(context& on) {
    connection c = stocked(on, 5);
    const auto change = update<item>().set(col<&item::name>, col<&item::name> + "!").where(col<&item::id> > 2);
    const auto found = c.execute(change.returning(col<&item::id>, col<&item::name>)).all();
    CHECK(in_order(found) == named{{3, "item 3!"}, {4, "item 4!"}, {5, "item 5!"}});
}

void delete_single(context& on) {
    connection c = stocked(on, 3);
    const auto gone = delete_<item>().where(col<&item::id> == 2);
    CHECK(c.execute(gone.returning(col<&item::id>, col<&item::name>)).one() == std::tuple{std::int64_t{2}, std::string{"item 2"}});
    CHECK(count_of(c, entity<item>) == 2);
}

void delete_many(context& on) {
    connection c = stocked(on, 5);
    const auto found = c.execute(delete_<item>().where(col<&item::id> < 4).returning(col<&item::id>, col<&item::name>)).all();
    CHECK(in_order(found) == named{{1, "item 1"}, {2, "item 2"}, {3, "item 3"}});
    CHECK(count_of(c, entity<item>) == 2);
}

}  // namespace

std::vector<test_case> dialect_parts::returning() {
    return {
        {"dialect/returning-insert-single", "RETURNING of an insert gives the row", claims::returning_on_insert, insert_single},
        {"dialect/returning-insert-many", "RETURNING of a batch gives the rows, in order", claims::returning_on_insert, insert_many},
        {"dialect/returning-update-single", "RETURNING of an update gives the new row", claims::returning_on_update, update_single},
        {"dialect/returning-update-many", "RETURNING of an update gives every new row", claims::many_updated_rows, update_many},
        {"dialect/returning-delete-single", "RETURNING of a delete gives the row that was", claims::returning_on_delete, delete_single},
        {"dialect/returning-delete-many", "RETURNING of a delete gives every row that was", claims::many_deleted_rows, delete_many},
    };
}

}  // namespace azoth::conformance::areas
