// Structs that inherit each other in queries that join, load and write: rows of others stay out of it.
#include "orm_inheritance.hpp"

using namespace inheritance;
using orm_tests::thrown;

namespace {

template <class T>
std::int64_t count(orm::session& in) {
    return in.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

std::vector<std::int64_t> ids_of(const auto& payments) {
    std::vector<std::int64_t> ids;
    for (const auto& p : payments) ids.push_back(p->id);
    return ids;
}
using ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("orm inheritance: statements of a struct write its own rows") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto gold = session.get<Gold>(3);
        CHECK(session.execute(az::update<Gold>().set(az::col<&Gold::level>, 77)).affected_rows() == 1);
        CHECK(gold->level == 77);
        CHECK(session.execute(az::update<Card>().set(az::col<&Card::number>, "0")).affected_rows() == 2);
        CHECK(gold->number == "0");
        CHECK(session.execute(az::delete_<Gold>().where(az::col<&Gold::amount> < 10)).affected_rows() == 1);
        CHECK(session.state_of(gold) == orm::object_state::deleted);
        CHECK(count<Payment>(session) == 4);
        const auto message = thrown<az::interface_error>([&] { session.execute(az::delete_<Gift>()); }).message();
        CHECK_THAT(message, Catch::Contains("inheritance::Gift is in several tables"));
        CHECK(session.scalars(az::select<Payment>()).size() == 4);
    });
}

TEST_CASE("orm inheritance: each way of loading loads what structs lead to beside a query of the base") {
    each([](const az::engine& engine) {
        fill(engine);
        const auto check = [&](const auto& how) {
            orm::session session{engine};
            const auto all = session.scalars(az::select<Payment>().order_by(az::col<&Payment::id>).options(how)).all();
            const auto before = session.statement_count();
            CHECK(orm::as<Voucher>(all[3])->company->name == "Mill");
            CHECK(session.statement_count() == before);
        };
        check(orm::selectinload<&Voucher::company>);
        check(orm::subqueryload<&Voucher::company>);
        check(orm::immediateload<&Voucher::company>);
        orm::session session{engine};
        const auto vouchers =
            session.scalars(az::select<Voucher>().options(orm::joinedload<&Voucher::company>, orm::joinedload<&Voucher::order>)).all();
        const auto before = session.statement_count();
        for (const auto& v : vouchers) {
            CHECK(v->company->name == "Mill");
            CHECK(v->order->label == "bread");
        }
        CHECK(session.statement_count() == before);
    });
}

TEST_CASE("orm inheritance: an alias of a struct in two tables is one join of them") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto v = az::alias<Voucher>("v");
        const auto query =
            az::select<Company>().join(orm::along<&Company::vouchers>.to(v)).options(orm::contains_eager<&Company::vouchers>.of(v));
        const auto company = session.scalars(query).one();
        CHECK(ids_of(company->vouchers) == ids{4, 5});
        CHECK(company->vouchers[0]->amount == 4);
        const auto pairs =
            session.execute(az::select(az::entity<Company>, v).join(orm::along<&Company::vouchers>.to(v)).order_by(v[&Voucher::id])).all();
        REQUIRE(pairs.size() == 2);
        CHECK(std::get<1>(pairs[1])->amount == 5);
    });
}

TEST_CASE("orm inheritance: outer joins of a struct bring no rows of others") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        session.add(Order{.label = "unpaid"});
        session.flush();
        const auto left = session
                              .execute(az::select(az::entity<Order>, az::maybe(az::entity<Gold>))
                                           .outer_join<Gold>(az::col<&Gold::order_id> == az::col<&Order::id>)
                                           .order_by(az::col<&Order::id>))
                              .all();
        REQUIRE(left.size() == 2);
        CHECK(std::get<1>(left[0])->level == 9);
        CHECK_FALSE(std::get<1>(left[1]));
    });
}

TEST_CASE("orm inheritance: a struct that others share the table with is told from them in what a query gives") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto both =
            az::select<Gold>().where(az::col<&Gold::amount> < 2.5).union_all(az::select<Gold>().where(az::col<&Gold::amount> > 2.5));
        const auto message = thrown<az::interface_error>([&] { (void)session.scalars(both).all(); }).message();
        CHECK_THAT(message, Catch::Contains("neither inheritance::Gold nor a struct that inherits it"));
        const auto own = [](const auto& q) { return q.where(az::col<&Gold::kind> == "gold"); };
        CHECK(session.scalars(own(az::select<Gold>()).union_all(own(az::select<Gold>()))).size() == 2);
    });
}

TEST_CASE("orm inheritance: an object of one struct keeps out one of another with its key") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::ptr<Card> card;
        {
            orm::session session{engine};
            card = session.get<Card>(2);
            session.expunge(card);
            (void)session.connection().execute(az::text("UPDATE inh_payment SET kind = 'gold', level = 1 WHERE id = 2"));
            session.commit();
        }
        orm::session session{engine};
        auto gold = session.get<Gold>(2);
        REQUIRE(gold);
        CHECK_THROWS_WITH(session.add(card), Catch::Contains("the session has another object"));
        {
            orm::session other{engine};
            other.add(card);
            other.expunge(card);
        }
        card.reset();
        gold->level = 2;
        session.commit();
        CHECK(session.get<Payment>(2) == orm::ptr<Payment>{gold});
        // Somebody makes it another struct: the old object leaves, unless it has been changed.
        (void)session.connection().execute(az::text("UPDATE inh_payment SET kind = 'card', level = NULL WHERE id = 2"));
        session.commit();
        const auto again = session.get<Payment>(2);
        REQUIRE(orm::as<Card>(again));
        CHECK_FALSE(orm::as<Gold>(again));
        CHECK(session.state_of(gold) == orm::object_state::detached);
    });
}

TEST_CASE("orm inheritance: a handler that lets an object go leaves the others whole") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session_events events;
        events.on_load<Card>([](const orm::ptr<Card>& c, orm::session& in) { in.expunge(c); });
        orm::session session{engine};
        const auto kept = session.subscribe(std::move(events));
        const auto all = session.scalars(az::select<Payment>().order_by(az::col<&Payment::id>)).all();
        CHECK(orm::as<Voucher>(all[3])->code == "SAVE");
        CHECK(orm::as<Gift>(all[4])->greeting == "hello");
    });
}
