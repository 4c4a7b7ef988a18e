#include "options_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {

using options_parts::id;
using options_parts::names;

namespace {

constexpr auto name = col<&item::name>;

struct filter {
    std::optional<std::int64_t> least{};
    std::optional<std::string> pattern{};
    bool sized{};
};

auto filtered(const filter& f) {
    return select(id)
        .where_if(f.least, [](std::int64_t least) { return id >= least; })
        .where_if(f.pattern, [](const std::string& pattern) { return name.like(pattern); })
        .where_if(f.sized, col<&item::size>.is_not_null())
        .order_by(id);
}

void conditions(context& on) {
    connection c = stocked(on, 12);
    using many = std::vector<std::int64_t>;
    CHECK(c.scalars(filtered({})).size() == 12);
    CHECK(c.scalars(filtered({.least = 11})) == many{11, 12});
    CHECK(c.scalars(filtered({.least = 11, .sized = true})) == many{11});
    CHECK(c.scalars(filtered({.pattern = "item 1%"})) == many{1, 10, 11, 12});
    CHECK(c.scalars(filtered({.least = 2, .pattern = "item 1%", .sized = true})) == many{10, 11});
}

void columns(context& on) {
    connection c = stocked(on, 5);
    const auto base = filtered({.least = 4});
    CHECK(c.execute(base.add_columns(name, col<&item::size>)).all() ==
          std::vector<std::tuple<std::int64_t, std::string, std::optional<std::int64_t>>>{{4, "item 4", 40}, {5, "item 5", 50}});
    CHECK(c.scalars(base.with_only_columns(name)) == std::vector<std::string>{"item 4", "item 5"});
    CHECK(c.scalar(select(id).where(id > std::int64_t{2}).with_only_columns(func::count())) == 3);
    CHECK(c.scalar(select(id).with_only_columns(func::count())) == 5);
    CHECK(c.scalars(base.with_only_columns(entity<item>)) == std::vector<item>{items(5)[3], items(5)[4]});
}

void chosen_columns(context& on) {
    connection c = stocked(on, 5);
    const std::vector chosen{expr<value>{name.node()}, expr<value>{col<&item::size>.node()}};
    const auto added = c.execute(filtered({.least = 5}).add_columns(chosen)).mappings();
    REQUIRE(added.size() == 1);
    CHECK(added[0].get<std::int64_t>("id") == 5);
    CHECK(added[0].get<std::string>("name") == "item 5");
    const auto only = c.execute(filtered({.least = 5}).with_only_columns(chosen)).mappings();
    REQUIRE(only.size() == 1);
    CHECK(only[0].size() == 2);
    CHECK(only[0].get<std::int64_t>("size") == 50);
}

void kept_together(context& on) {
    connection c = stocked(on, 3);
    const std::vector<any_statement> all{filtered({}), select(name).where(id == 2), update<item>().set(name, "x").where(id == 1),
                                         text("SELECT count(*) FROM " + mapped_name("item"))};
    CHECK(c.execute(all[0]).mappings().size() == 3);
    CHECK(c.execute(all[1]).scalar<std::string>() == "item 2");
    CHECK(c.execute(all[2]).returns_rows() == false);
    CHECK(c.execute(all[3]).scalar<std::int64_t>() == 3);
    CHECK(c.execute(filtered({}).untyped().where(id == 1)).mappings().size() == 1);
}

}  // namespace

std::vector<test_case> options_parts::composing() {
    return {
        {"options/conditions", "conditions are added to a query where they are wanted", {}, conditions},
        {"options/columns", "a query gets more columns, or others, and keeps its rows", {}, columns},
        {"options/columns-chosen", "columns are chosen when the program runs", {}, chosen_columns},
        {"options/kept-together", "statements of different kinds and columns are kept in one container", {}, kept_together},
    };
}

}  // namespace azoth::conformance::areas
