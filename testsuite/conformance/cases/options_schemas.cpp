#include "claims.hpp"
#include "claims_schema.hpp"
#include "options_parts.hpp"
#include "schema_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

using schema_parts::make_schema;

/// A schema that no database has: statements reach it only where another one stands for it.
constexpr const char* nowhere = "azc_nowhere";

/// The table of items, as if it lay in a schema.
table far_items(const char* schema = nowhere) {
    return {
        mapped_name("item"),
        {column("id", type_kind::big_integer, primary_key), column("name", string(200)), column("size", type_kind::big_integer, nullable)},
        schema};
}

const execution_options here{.schemas = {{nowhere, ""}}};

void in_queries(context& on) {
    connection c = stocked(on, 3);
    const table far = far_items();
    const auto id = far.column<std::int64_t>("id");
    CHECK(c.execute(select(id).order_by(id), arguments{}, here).scalars() == std::vector<std::int64_t>{1, 2, 3});
    const auto both = select(id, col<&item::name>).join<item>(id == col<&item::id> + 1).order_by(id);
    const std::vector<std::tuple<std::int64_t, std::string>> expected{{2, "item 1"}, {3, "item 2"}};
    CHECK(c.execute(both, arguments{}, here).all() == expected);  // the same table twice, told apart all the same
    const auto other = alias<item>("other");
    const auto joined = select(id, other[&item::name]).join(other, id == other[&item::id] + 1).order_by(id);
    CHECK(c.execute(joined, arguments{}, here).all() == expected);
    const auto sub = select(id).where(id > std::int64_t{1}).subquery("t");
    const auto [found] = sub.columns();
    CHECK(c.execute(select(func::count()).select_from(sub).where(found < std::int64_t{3}), arguments{}, here).scalar() == 1);
}

void in_changes(context& on) {
    connection c = stocked(on, 3);
    const table far = far_items();
    c.execute(insert(far).set(far["id"], std::int64_t{7}).set(far["name"], "seven"), arguments{}, here);
    c.execute(update(far).set(far["name"], "SEVEN").where(far["id"] == std::int64_t{7}), arguments{}, here);
    c.execute(delete_(far).where(far["id"] < std::int64_t{3}), arguments{}, here);
    c.execute(insert(far).columns(far["id"], far["name"]), std::vector<std::vector<value>>{{std::int64_t{8}, "a"}, {std::int64_t{9}, "b"}},
              here);
    CHECK(c.scalars(select(col<&item::name>).order_by(col<&item::id>)) == std::vector<std::string>{"item 3", "SEVEN", "a", "b"});
}

void in_batches(context& on) {
    connection c = stocked(on, 3);
    const table far = far_items();
    const auto count = select(func::count()).select_from(far);
    auto results = c.execute_batch(std::vector{count, count}, here);
    REQUIRE(results.size() == 2);
    for (auto& r : results) CHECK(r.scalar() == 3);
}

void in_ddl(context& on) {
    const engine near = on.engine().with_options(here);
    const std::string parent = on.unique_name("parent");
    const std::string child = on.unique_name("child");
    on.drop_at_end(parent);
    on.drop_at_end(child);
    const table parents{parent, {column("id", type_kind::big_integer, primary_key, not_generated)}, nowhere};
    const table children{child,
                         {column("id", type_kind::big_integer, primary_key, not_generated),
                          column("parent_id", type_kind::big_integer, indexed, references_to(parent, "id", nowhere))},
                         nowhere};
    const metadata all{{parents, children}};
    all.create_all(near);
    all.create_all(near);  // finds that they are there
    near.begin([&](connection& c) {
        c.execute(insert(parents).set(parents["id"], std::int64_t{1}));
        c.execute(insert(children).set(children["id"], std::int64_t{5}).set(children["parent_id"], std::int64_t{1}));
    });
    CHECK(on.connect().execute(text("SELECT id FROM " + child)).scalar<std::int64_t>() == 5);
    CHECK_THROWS_AS(near.begin([&](connection& c) {
        c.execute(insert(children).set(children["id"], std::int64_t{6}).set(children["parent_id"], std::int64_t{2}));
    }),
                    integrity_error);
    all.drop_all(near);
    CHECK_THROWS_AS(on.connect().execute(text("SELECT id FROM " + child)), programming_error);
}

void tenants(context& on) {
    connection c = on.connect();
    const table far = far_items();
    const auto count = select(func::count()).select_from(far);
    std::int64_t rows = 0;
    std::vector<execution_options> all;
    for (int i = 0; i < 2; ++i) {
        all.push_back({.schemas = {{nowhere, make_schema(on, c)}}});
        const engine tenant = on.engine().with_options(all.back());
        metadata{{far}}.create_all(tenant);
        tenant.begin([&](connection& in) {
            for (++rows; in.scalar(count) < rows;) in.execute(insert(far).set(far["id"], in.scalar(count) + 1).set(far["name"], "a"));
        });
    }
    for (int time = 0; time < 3; ++time)
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(c.execute(count, arguments{}, all[i]).scalar() == static_cast<std::int64_t>(i) + 1);
}

/// What has no schema is sent to one.
void from_none(context& on) {
    connection c = on.connect();
    const engine tenant = on.engine().with_options({.schemas = {{"", make_schema(on, c)}}});
    metadata_of<item>().create_all(tenant);
    tenant.begin([](connection& in) { in.execute(insert<item>(), items(4)); });
    CHECK(tenant.connect().scalars(select<item>().order_by(col<&item::id>)) == items(4));
    CHECK_THROWS_AS(c.scalars(select<item>()), programming_error);
}

}  // namespace

std::vector<test_case> options_parts::schemas() {
    return {
        {"options/schemas-in-queries", "another schema is read in place of the one a statement says", {}, in_queries},
        {"options/schemas-in-changes", "another schema is written in place of the one a statement says", {}, in_changes},
        {"options/schemas-in-batches", "... in batches of statements too", {}, in_batches},
        {"options/schemas-in-ddl",
         "tables are made, found and dropped in the schema that stands for theirs, foreign keys included",
         {},
         in_ddl},
        {"options/schemas-of-tenants", "one statement reads each tenant's own schema", claims::schemas, tenants},
        {"options/schemas-from-none", "tables without a schema are taken from the one that stands for none", claims::schemas, from_none},
    };
}

}  // namespace azoth::conformance::areas
