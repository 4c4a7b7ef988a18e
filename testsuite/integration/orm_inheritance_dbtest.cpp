// Structs that inherit each other: what is read as what, with how many statements, and how it is written.
#include "orm_inheritance.hpp"

using namespace inheritance;
using orm_tests::thrown;

namespace {

std::vector<std::string> kinds_of(const auto& payments) {
    std::vector<std::string> kinds;
    for (const auto& p : payments) kinds.push_back(p->kind);
    return kinds;
}
using words = std::vector<std::string>;

std::int64_t rows(orm::session& session, std::string_view table) {
    const auto query = az::text("SELECT count(*) FROM " + std::string{table}).columns<std::int64_t>();
    return session.connection().scalar(query);
}

}  // namespace

TEST_CASE("orm inheritance: a query of the base gives each object as what it is") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto before = session.statement_count();
        const auto all = session.scalars(az::select<Payment>().order_by(az::col<&Payment::id>)).all();
        CHECK(session.statement_count() == before + 3);  // payments and cards; vouchers; gifts
        REQUIRE(kinds_of(all) == words{"payment", "card", "gold", "voucher", "gift"});
        CHECK_FALSE(orm::as<Card>(all[0]));
        REQUIRE(orm::as<Card>(all[1]));
        CHECK(orm::as<Card>(all[1])->number == "1234");
        CHECK_FALSE(orm::as<Gold>(all[1]));
        REQUIRE(orm::as<Gold>(all[2]));
        CHECK(orm::as<Gold>(all[2])->level == 9);
        CHECK(orm::as<Card>(all[2])->number == "5678");
        REQUIRE(orm::as<Voucher>(all[3]));
        CHECK(orm::as<Voucher>(all[3])->code == "SAVE");
        CHECK_FALSE(orm::as<Voucher>(all[3])->terms.is_loaded());
        REQUIRE(orm::as<Gift>(all[4]));
        CHECK(orm::as<Gift>(all[4])->code == "GIFT");
        CHECK(orm::as<Gift>(all[4])->greeting == "hello");
        CHECK(session.statement_count() == before + 3);
        CHECK(orm::as<Voucher>(all[3])->terms.get() == "until May");
        CHECK(orm::as<Voucher>(all[4])->company->name == "Mill");
        CHECK(orm::as<Voucher>(all[3])->company == orm::as<Voucher>(all[4])->company.get());
        for (const auto& p : all) CHECK_FALSE(session.is_modified(p));
    });
}

TEST_CASE("orm inheritance: a query of a struct gives it and what inherits it") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        CHECK(kinds_of(session.scalars(az::select<Card>().order_by(az::col<&Card::id>))) == words{"card", "gold"});
        CHECK(kinds_of(session.scalars(az::select<Gold>())) == words{"gold"});
        CHECK(kinds_of(session.scalars(az::select<Voucher>().order_by(az::col<&Voucher::id>))) == words{"voucher", "gift"});
        CHECK(kinds_of(session.scalars(az::select<Gift>())) == words{"gift"});
        const auto rich = session.scalars(az::select<Voucher>().where(az::col<&Voucher::amount> > 4.5, az::col<&Voucher::code> == "GIFT"));
        CHECK(kinds_of(rich) == words{"gift"});
        const auto v = az::alias<Voucher>("v");
        CHECK(kinds_of(session.scalars(az::select(v).where(v[&Voucher::code] == "SAVE"))) == words{"voucher"});
        const auto c = az::alias<Card>("c");
        CHECK(kinds_of(session.scalars(az::select(c).order_by(c[&Card::id]))) == words{"card", "gold"});
    });
}

TEST_CASE("orm inheritance: one object a row, whichever struct asks for it") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto gold = session.get<Payment>(3);
        REQUIRE(gold);
        CHECK(orm::as<Gold>(gold)->level == 9);
        const auto before = session.statement_count();
        CHECK(session.get<Card>(3) == orm::as<Card>(gold));
        CHECK(session.get<Gold>(3) == orm::as<Gold>(gold));
        CHECK(session.statement_count() == before);
        CHECK(session.get<Voucher>(3) == nullptr);
        CHECK(session.get<Card>(1) == nullptr);
        auto voucher = session.get<Voucher>(4);
        REQUIRE(voucher);
        CHECK(voucher->amount == 4);
        CHECK(session.get<Gift>(4) == nullptr);
        CHECK(session.scalars(az::select<Payment>().where(az::col<&Payment::id> == 4)).one() == orm::ptr<Payment>{voucher});
    });
}

TEST_CASE("orm inheritance: relations lead to objects as what they are") {
    each([](const az::engine& engine) {
        fill(engine);
        const auto check = [&](const auto& how) {
            orm::session session{engine};
            auto order = session.scalars(az::select<Order>().options(how)).one();
            const auto before = session.statement_count();
            CHECK(kinds_of(order->payments) == words{"payment", "card", "gold", "voucher", "gift"});
            CHECK(orm::as<Gold>(order->payments[2])->level == 9);
            CHECK(orm::as<Gift>(order->payments[4])->greeting == "hello");
            CHECK(session.statement_count() == before);
            CHECK(order->payments[3]->order.get() == order);
        };
        check(orm::selectinload<&Order::payments>);
        check(orm::joinedload<&Order::payments>);
        check(orm::subqueryload<&Order::payments>);
        orm::session session{engine};
        auto company = session.get<Company>(1);
        CHECK(kinds_of(company->vouchers) == words{"voucher", "gift"});
        CHECK(company->vouchers[0]->amount == 4);
        const auto found = session.scalars(az::select<Order>().where(orm::any<&Order::payments>(az::col<&Payment::amount> > 4)));
        CHECK(found.size() == 1);
        const auto joined =
            session.scalars(az::select<Company>().join(orm::along<&Company::vouchers>).where(az::col<&Voucher::amount> > 4.5));
        CHECK(joined.size() == 1);
    });
}

TEST_CASE("orm inheritance: relations of a struct are loaded beside a query of the base") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto query = az::select<Payment>().order_by(az::col<&Payment::id>);
        const auto all = session.scalars(query.options(orm::selectinload<&Voucher::company>, orm::selectinload<&Payment::order>)).all();
        const auto before = session.statement_count();
        CHECK(orm::as<Voucher>(all[3])->company->name == "Mill");
        CHECK(all[0]->order->label == "bread");
        CHECK(session.statement_count() == before);
    });
}

TEST_CASE("orm inheritance: only the tables whose columns have changed are written") {
    each([](const az::engine& engine) {
        fill(engine);
        {
            orm::session session{engine};
            auto gift = session.get<Gift>(5);
            const auto before = session.statement_count();
            gift->greeting = "hi";
            session.flush();
            CHECK(session.statement_count() == before + 1);
            gift->amount = 6;
            gift->code = "GIFT2";
            session.flush();
            CHECK(session.statement_count() == before + 3);
            session.get<Card>(2)->number = "4321";
            session.commit();
        }
        orm::session session{engine};
        auto gift = session.get<Payment>(5);
        CHECK(gift->amount == 6);
        CHECK(orm::as<Gift>(gift)->code == "GIFT2");
        CHECK(orm::as<Gift>(gift)->greeting == "hi");
        CHECK(session.get<Card>(2)->number == "4321");
    });
}

TEST_CASE("orm inheritance: what goes, goes from all its tables") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        session.remove(session.get<Payment>(5));
        session.flush();
        CHECK(rows(session, "inh_gift") == 0);
        CHECK(rows(session, "inh_voucher") == 1);
        CHECK(rows(session, "inh_payment") == 4);
        session.rollback();
        CHECK(session.get<Gift>(5)->greeting == "hello");
        session.remove(session.get<Order>(1));  // with its payments
        session.commit();
        CHECK(rows(session, "inh_voucher") == 0);
        CHECK(rows(session, "inh_payment") == 0);
        CHECK(session.get<Company>(1)->vouchers.empty());
    });
}

TEST_CASE("orm inheritance: events of the base are told of what inherits it, when it is whole") {
    each([](const az::engine& engine) {
        fill(engine);
        words loaded;
        words written;
        orm::session_events events;
        events.on_load<Payment>([&](const orm::ptr<Payment>& p, orm::session&) {
            const auto gift = orm::as<Gift>(p);
            loaded.push_back(gift ? gift->greeting : p->kind);
        });
        events.before_update<Voucher>([&](Voucher& v, orm::session&) { written.push_back(v.code); });
        orm::session session{engine};
        const auto kept = session.subscribe(std::move(events));
        const auto all = session.scalars(az::select<Payment>().order_by(az::col<&Payment::id>)).all();
        std::ranges::sort(loaded);
        CHECK(loaded == words{"card", "gold", "hello", "payment", "voucher"});
        for (const auto& p : all) p->amount += 1;
        session.flush();
        std::ranges::sort(written);
        CHECK(written == words{"GIFT", "SAVE"});
    });
}

TEST_CASE("orm inheritance: rows that a statement has written are read again as what they are") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto gold = session.get<Gold>(3);
        auto gift = session.get<Gift>(5);
        session.execute(az::update<Payment>().set(az::col<&Payment::amount>, 7.0));
        CHECK(gold->amount == 7);
        CHECK(gift->amount == 7);
        CHECK(gift->greeting == "hello");
        session.execute(az::update<Voucher>().set(az::col<&Voucher::code>, "NEW"));
        CHECK(gift->code == "NEW");
        session.refresh(gift);
        CHECK(gift->greeting == "hello");
        CHECK_FALSE(session.is_modified(gift));
    });
}

TEST_CASE("orm inheritance: streams, merges and expunged objects") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        words seen;
        for (const auto& batch : session.stream(az::select<Payment>(), 2))
            for (const auto& p : batch) seen.push_back(orm::as<Gift>(p) ? orm::as<Gift>(p)->greeting : p->kind);
        CHECK(seen == words{"payment", "card", "gold", "voucher", "hello"});
        seen.clear();
        for (const auto& batch : session.stream(az::select<Voucher>(), 1))
            for (const auto& p : batch) seen.push_back(p->code);
        CHECK(seen == words{"SAVE", "GIFT"});
        auto given = payment<Gift>(8);
        given->id = 5;
        given->code = "MERGED";
        auto merged = session.merge(given);
        CHECK(merged->amount == 8);
        session.commit();
        CHECK(session.get<Payment>(5)->amount == 8);
    });
}

TEST_CASE("orm inheritance: what cannot be is refused") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto card = session.get<Card>(2);
        card->kind = "gold";
        const auto message = thrown<az::interface_error>([&] { session.flush(); }).message();
        CHECK(message.find("Payment::kind of inheritance::Card 2 has been changed") != std::string::npos);
        session.rollback();
        (void)session.connection().execute(az::text("UPDATE inh_payment SET kind = 'cash' WHERE id = 1"));
        CHECK_THROWS_WITH(session.get<Payment>(1), Catch::Contains("Payment 1 says \"cash\" in &inheritance::Payment::kind"));
        (void)session.connection().execute(az::text("UPDATE inh_payment SET kind = 'voucher' WHERE id = 1"));
        CHECK_THROWS_WITH(session.scalars(az::select<Payment>()), Catch::Contains("Voucher 1 has no row in \"inh_voucher\""));
    });
}
