#include "claims.hpp"
#include "steps.hpp"
#include "updates_parts.hpp"

namespace azoth::conformance {

struct shelf {
    std::int64_t id{};
    std::string room{};
};
struct box {
    std::int64_t id{};
    std::string label{};
    std::optional<std::int64_t> shelf_id{};
    std::int64_t weight{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::shelf> {
    using shelf = azoth::conformance::shelf;
    static azoth::table_map<shelf> map() {
        return azoth::table_map<shelf>(azoth::conformance::mapped_name("shelf"))
            .column<&shelf::id>(azoth::primary_key, azoth::not_generated)
            .column<&shelf::room>(azoth::string(20));
    }
};
template <>
struct azoth::mapping<azoth::conformance::box> {
    using box = azoth::conformance::box;
    static azoth::table_map<box> map() {
        return azoth::table_map<box>(azoth::conformance::mapped_name("box"))
            .column<&box::id>(azoth::primary_key, azoth::not_generated)
            .column<&box::label>(azoth::string(20))
            .column<&box::shelf_id>(azoth::references<&azoth::conformance::shelf::id>)
            .column<&box::weight>();
    }
};

namespace azoth::conformance {
namespace {

constexpr auto id = col<&box::id>;
constexpr auto label = col<&box::label>;
constexpr auto on_shelf = col<&box::shelf_id>;
constexpr auto weight = col<&box::weight>;
constexpr auto shelf_id = col<&shelf::id>;
constexpr auto room = col<&shelf::room>;

using ids = std::vector<std::int64_t>;
using labels = std::vector<std::string>;

/// Two shelves in the hall and one in the attic; boxes a and b on the first, c on the second, d in the attic, e nowhere.
connection stored(context& on) {
    on.make(metadata_of<shelf, box>());
    connection c = on.connect();
    c.execute(insert<shelf>(), std::vector<shelf>{{1, "hall"}, {2, "hall"}, {3, "attic"}});
    c.execute(insert<box>(), std::vector<box>{{1, "a", 1, 5}, {2, "b", 1, 6}, {3, "c", 2, 7}, {4, "d", 3, 8}, {5, "e", {}, 9}});
    return c;
}
labels labels_of(connection& c) { return c.scalars(select(label).order_by(id)); }
ids left_of(connection& c) { return c.scalars(select(id).order_by(id)); }

void update_by_key(context& on) {
    connection c = stored(on);
    CHECK(c.execute(update<box>().set(label, room).join<shelf>().where(weight > 5)).affected_rows() == 3);
    CHECK(labels_of(c) == labels{"a", "hall", "hall", "attic", "e"});
}

void update_from(context& on) {
    connection c = stored(on);
    const auto change = update<box>().set(weight, weight + shelf_id * 10).set(label, label + room).from(entity<shelf>);
    CHECK(c.execute(change.where(shelf_id == on_shelf, room == "attic")).affected_rows() == 1);
    CHECK(labels_of(c) == labels{"a", "b", "c", "dattic", "e"});
    CHECK(c.scalar(select(weight).where(id == 4)) == 38);
    CHECK(c.execute(change.where(shelf_id == on_shelf, room == "cellar")).affected_rows() == 0);
}

void update_by_condition(context& on) {
    connection c = stored(on);
    const auto above = alias<box>("above");
    c.execute(update<box>()
                  .set(label, above[&box::label])
                  .join(above, above[&box::id] == id + 1)
                  .join<shelf>(shelf_id == above[&box::shelf_id])
                  .where(room == "hall"));
    CHECK(labels_of(c) == labels{"b", "c", "c", "d", "e"});
}

void update_from_subquery(context& on) {
    connection c = stored(on);
    const auto totals = select(on_shelf, func::count().label("boxes")).group_by(on_shelf).subquery("totals");
    const auto [of, boxes] = totals.columns();
    c.execute(update<box>().set(weight, boxes).join(totals, of == on_shelf));
    CHECK(c.scalars(select(weight).order_by(id)) == ids{2, 2, 1, 1, 9});
}

/// A row with several partners changes once.
void several_partners(context& on) {
    connection c = stored(on);
    CHECK(c.execute(update<shelf>().set(room, "full").from(entity<box>).where(on_shelf == shelf_id, weight < 7)).affected_rows() == 1);
    CHECK(c.scalars(select(room).order_by(shelf_id)) == labels{"full", "hall", "attic"});
    c.execute(update<shelf>().set(room, label).from(entity<box>).where(on_shelf == shelf_id, weight < 7));
    const std::string taken = c.scalar(select(room).where(shelf_id == 1));
    CHECK((taken == "a" || taken == "b"));
    c.execute(update<box>().set(on_shelf, std::nullopt));
    CHECK(c.execute(delete_<shelf>().using_(entity<box>).where(weight > 5)).affected_rows() == 3);
    CHECK(count_of(c, entity<shelf>) == 0);
}

void update_swapped(context& on) {
    connection c = stored(on);
    c.execute(update<box>().set(weight, id).set(on_shelf, weight - 4).from(entity<shelf>).where(shelf_id == on_shelf, id < 3));
    CHECK(c.scalars(select(weight).where(id < 3).order_by(id)) == ids{1, 2});
    CHECK(c.scalars(select(func::coalesce(on_shelf, 0)).where(id < 3).order_by(id)) == ids{1, 2});
}

void delete_with(context& on) {
    connection c = stored(on);
    const auto in = delete_<box>().using_(entity<shelf>);
    CHECK(c.execute(in.where(shelf_id == on_shelf, room == "hall", weight > 5)).affected_rows() == 2);
    CHECK(left_of(c) == ids{1, 4, 5});
    CHECK(c.execute(delete_<box>().join<shelf>()).affected_rows() == 2);
    CHECK(left_of(c) == ids{5});
}

/// Those for which there is another one of the same shelf with a lower key.
void delete_doubles(context& on) {
    connection c = stored(on);
    const auto first = alias<box>();
    c.execute(delete_<box>().join(first, first[&box::shelf_id] == on_shelf, first[&box::id] < id));
    CHECK(left_of(c) == ids{1, 3, 4, 5});
}

void delete_by_subquery_of_itself(context& on) {
    connection c = stored(on);
    const auto most = select(func::max(weight)).select_from(entity<box>).scalar();
    c.execute(delete_<box>().join<shelf>().where(weight + 1 == most));
    CHECK(left_of(c) == ids{1, 2, 3, 5});
}

void joined_delete_returning(context& on) {
    connection c = stored(on);
    auto gone = c.execute(delete_<box>().join<shelf>().where(room == "hall").returning(label, weight * 2)).all();
    std::sort(gone.begin(), gone.end());
    CHECK(gone == std::vector<std::tuple<std::string, std::int64_t>>{{"a", 10}, {"b", 12}, {"c", 14}});
    CHECK(left_of(c) == ids{4, 5});
}

void joined_update_returning(context& on) {
    connection c = stored(on);
    CHECK(c.execute(update<box>().set(label, room).join<shelf>().where(id == 4).returning(id, label, weight)).one() ==
          std::tuple{std::int64_t{4}, std::string{"attic"}, std::int64_t{8}});
}

void returning_of_both(context& on) {
    connection c = stored(on);
    CHECK(c.execute(update<box>().set(label, "x").join<shelf>().where(id == 4).returning(id, room)).one() ==
          std::tuple{std::int64_t{4}, std::string{"attic"}});
    CHECK(c.execute(delete_<box>().join<shelf>().where(id == 4).returning(room, shelf_id, label)).one() ==
          std::tuple{std::string{"attic"}, std::int64_t{3}, std::string{"x"}});
}

}  // namespace

std::vector<test_case> areas::updates_parts::joined() {
    return {
        {"update-delete/update-by-key", "joined by the foreign key between them", claims::joined_updates, update_by_key},
        {"update-delete/update-from", "from another table", claims::joined_updates, update_from},
        {"update-delete/update-by-condition", "joined by conditions, with the table itself too", claims::joined_updates,
         update_by_condition},
        {"update-delete/update-from-subquery", "from a query's rows", claims::joined_updates, update_from_subquery},
        {"update-delete/several-partners", "a row with several partners changes once", claims::joined_updates, several_partners},
        {"update-delete/update-simultaneous", "joined, each assignment sees the row as it was", claims::simultaneous_joined_updates,
         update_swapped},
        {"update-delete/delete-with", "rows that have a partner go", claims::joined_updates, delete_with},
        {"update-delete/delete-doubles", "... a partner in the same table", claims::joined_updates, delete_doubles},
        {"update-delete/delete-by-subquery-of-itself", "... and meet a subquery of the same table", claims::joined_updates,
         delete_by_subquery_of_itself},
        {"update-delete/delete-with-returning", "... and come back", claims::returning_joined_deletes, joined_delete_returning},
        {"update-delete/update-from-returning", "joined, RETURNING gives the table's own columns", claims::returning_joined_updates,
         joined_update_returning},
        {"update-delete/returning-of-both", "... and those of its partner", claims::returning_of_joined, returning_of_both},
    };
}

}  // namespace azoth::conformance
