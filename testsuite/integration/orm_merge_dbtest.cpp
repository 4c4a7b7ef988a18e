// Objects from elsewhere, merged into a session.
#include "orm_support.hpp"

using namespace orm_tests;

namespace merging {

struct Line;
struct Order {
    std::int64_t id{};
    std::string customer{};
    std::int32_t discount{};
    orm::many<Line> lines{};
};
struct Line {
    std::int64_t id{};
    std::string product{};
    std::optional<std::int64_t> order_id{};
    orm::one<Order> order{};
};
struct Country {
    std::string code{};
    std::string name{};
};

}  // namespace merging

using namespace merging;

template <>
struct azoth::mapping<Order> {
    static az::table_map<Order> map() {
        return az::table_map<Order>("merging_order")
            .column<&Order::id>(az::primary_key)
            .column<&Order::customer>()
            .column<&Order::discount>()
            .relation<&Order::lines>(orm::back_populates<&Line::order>, orm::order_by<&Line::id>, orm::cascade_all_delete_orphan);
    }
};
template <>
struct azoth::mapping<Line> {
    static az::table_map<Line> map() {
        return az::table_map<Line>("merging_line")
            .column<&Line::id>(az::primary_key)
            .column<&Line::product>()
            .column<&Line::order_id>(az::references<&Order::id>)
            .relation<&Line::order>();
    }
};
template <>
struct azoth::mapping<Country> {
    static az::table_map<Country> map() {
        return az::table_map<Country>("merging_country").column<&Country::code>(az::string(2), az::primary_key).column<&Country::name>();
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Order, Line, Country>(std::forward<Test>(test));
}

/// An order with two lines; keys 1, and 1 and 2.
void fill(const az::engine& engine) {
    orm::session session{engine};
    auto order = session.add(Order{.customer = "Ada", .discount = 5});
    order->lines = {az::make<Line>({.product = "tea"}), az::make<Line>({.product = "milk"})};
    session.commit();
}

}  // namespace

TEST_CASE("orm merge: a detached object's state comes onto the session's object") {
    each([](const az::engine& engine) {
        fill(engine);
        az::ptr<Order> elsewhere;
        {
            orm::session session{engine};
            elsewhere = session.scalars(az::select<Order>().options(orm::selectinload<&Order::lines>)).one();
        }
        elsewhere->customer = "Grace";
        elsewhere->lines[0]->product = "coffee";
        elsewhere->lines.erase_at(1);
        orm::session session{engine};
        auto own = session.get<Order>(1);
        auto merged = session.merge(elsewhere);
        CHECK(merged == own);
        CHECK(merged != elsewhere);
        CHECK(own->customer == "Grace");
        CHECK(own->lines.size() == 1);
        CHECK(session.contains(own->lines[0]));
        CHECK_FALSE(session.contains(elsewhere));
        session.commit();
        orm::session other{engine};
        auto lines = other.scalars(az::select<Line>()).all();
        REQUIRE(lines.size() == 1);  // the orphan is gone
        CHECK(lines[0]->product == "coffee");
    });
}

TEST_CASE("orm merge: a plain struct with a key, and one without") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto order = session.merge(Order{.id = 1, .customer = "Grace"});
        CHECK(session.state_of(order) == orm::object_state::persistent);
        CHECK(order->lines.size() == 2);  // nothing was said of them
        auto fresh = session.merge(Order{.customer = "Lin"});
        CHECK(session.state_of(fresh) == orm::object_state::pending);
        session.commit();
        CHECK(fresh->id == 2);
        orm::session other{engine};
        CHECK(other.get<Order>(1)->customer == "Grace");
        CHECK(other.get<Order>(1)->discount == 0);
    });
}

TEST_CASE("orm merge: a key that is not there makes a new object, once for each key") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto first = session.merge(Country{.code = "SE", .name = "Sweden"});
        CHECK(session.state_of(first) == orm::object_state::pending);
        session.flush();
        CHECK(session.merge(Country{.code = "SE", .name = "Sverige"}) == first);
        CHECK(first->name == "Sverige");
        session.commit();
        orm::session other{engine};
        CHECK(other.scalars(az::select<Country>()).one()->name == "Sverige");
    });
}

TEST_CASE("orm merge: a graph of new objects comes whole, and objects of the session stay what they are") {
    each([](const az::engine& engine) {
        auto order = az::make<Order>({.customer = "Ada"});
        order->lines.push_back(az::make<Line>({.product = "tea"}));
        orm::session session{engine};
        auto merged = session.merge(order);
        REQUIRE(merged->lines.size() == 1);
        CHECK(merged->lines[0]->order.get() == merged);
        CHECK(session.merge(merged) == merged);
        session.commit();
        CHECK(merged->lines[0]->order_id == merged->id);
        CHECK(order->id == 0);
        CHECK(session.state_of(order) == orm::object_state::transient);
    });
}

TEST_CASE("orm merge: what the next flush would delete stays when it is merged again") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto order = session.get<Order>(1);
        session.remove(order);
        CHECK(session.merge(Order{.id = 1, .customer = "Grace"}) == order);
        session.commit();
        CHECK(session.scalars(az::select<Order>()).one()->customer == "Grace");
        session.remove(order);
        session.flush();
        CHECK_THAT(thrown<az::interface_error>([&] { (void)session.merge(order); }).message(), Catch::Contains("has been deleted"));
    });
}
