// Hybrids: what is said once, and is the same of an object and in the database.
#include "orm_support.hpp"

using namespace orm_tests;

namespace hybrids {

struct Position;
struct Bill {
    std::int64_t id{};
    std::string first{};
    std::string last{};
    std::optional<std::int64_t> paid{};
    orm::deferred<std::string> remark{};
    orm::many<Position> positions{};
};
struct Position {
    std::int64_t id{};
    std::int64_t bill_id{};
    std::int32_t pieces{};
    std::int64_t cents{};
    orm::one<Bill> bill{};
};

}  // namespace hybrids

using namespace hybrids;

template <>
struct azoth::mapping<Bill> {
    static az::table_map<Bill> map() {
        return az::table_map<Bill>("hybrids_bill")
            .column<&Bill::id>(az::primary_key)
            .column<&Bill::first>(az::string(40))
            .column<&Bill::last>(az::string(40))
            .column<&Bill::paid>()
            .column<&Bill::remark>(az::string(40))
            .relation<&Bill::positions>(orm::back_populates<&Position::bill>);
    }
};
template <>
struct azoth::mapping<Position> {
    static az::table_map<Position> map() {
        return az::table_map<Position>("hybrids_position")
            .column<&Position::id>(az::primary_key)
            .column<&Position::bill_id>(az::references<&Bill::id>)
            .column<&Position::pieces>()
            .column<&Position::cents>()
            .relation<&Position::bill>();
    }
};

namespace {

constexpr auto full_name = az::hybrid<Bill>([](const auto& b) { return b[&Bill::first] + " " + b[&Bill::last]; });
constexpr auto noted = az::hybrid<Bill>([](const auto& b) { return b[&Bill::remark] + "!"; });
constexpr auto price = az::hybrid<Position>([](const auto& p) { return p[&Position::pieces] * p[&Position::cents]; });
constexpr auto at_least = az::hybrid_method<Position>([](const auto& p, auto least) { return price(p) >= least; });
// along a relation: C++ walks it, SQL asks a subquery
constexpr auto total = az::hybrid<Bill>(
    [](const Bill& b) {
        std::int64_t sum = 0;
        for (const auto& p : b.positions) sum += price(p);
        return sum;
    },
    [](const auto& b) {
        return az::func::coalesce(az::select(az::func::sum(price)).where(az::col<&Position::bill_id> == b[&Bill::id]).scalar(),
                                  std::int64_t{0});
    });

template <class Test>
void each(Test&& test) {
    on_each_database<Bill, Position>([&](const az::engine& engine) {
        orm::session session{engine};
        const auto bill = [&](const char* first, const char* last, std::initializer_list<Position> positions) {
            auto made = session.add(Bill{.first = first, .last = last, .remark = first});
            for (const Position& p : positions) made->positions.push_back(az::make<Position>(p));
        };
        bill("Ada", "Lovelace", {{.pieces = 2, .cents = 150}, {.pieces = 50'000, .cents = 50'000}});
        bill("Emmy", "Noether", {{.pieces = 1, .cents = 99}});
        bill("Lise", "Meitner", {});
        session.commit();
        session.expunge_all();
        test(session);
    });
}

}  // namespace

TEST_CASE("orm hybrids: the database gives of each row what C++ gives of its object") {
    each([](orm::session& session) {
        const auto bills = session.execute(az::select(az::entity<Bill>, full_name, noted, total).order_by(az::col<&Bill::id>));
        REQUIRE(bills.size() == 3);
        for (const auto& [bill, name, note, sum] : bills) {
            CHECK(full_name(bill) == name);
            CHECK(noted(*bill) == note);
            CHECK(total(bill) == sum);
        }
        CHECK(std::get<3>(bills[0]) == 2'500'000'300);
        for (const auto& [position, cents] : session.execute(az::select(az::entity<Position>, price))) {
            CHECK(price(position) == cents);
            CHECK(price(position->bill->positions.front()) > 0);
        }
    });
}

TEST_CASE("orm hybrids: in conditions, in an order, on an alias, and in what relations load") {
    each([](orm::session& session) {
        CHECK(session.scalars(az::select<Bill>().where(full_name == "Emmy Noether")).one()->id == 2);
        const auto by_total = session.scalars(az::select<Bill>().where(total > 0).order_by(total.desc())).all();
        REQUIRE(by_total.size() == 2);
        CHECK(by_total[0]->first == "Ada");
        const auto b = az::alias<Bill>("b");
        CHECK(session.scalars(az::select(b).where(full_name(b).like("Lise%"), total(b) == 0)).one()->id == 3);
        CHECK(session.scalars(az::select<Position>().where(at_least(az::entity<Position>, 200))).size() == 2);
        CHECK(session
                  .scalars(az::select<Position>().group_by(price, az::col<&Position::id>, az::col<&Position::bill_id>,
                                                           az::col<&Position::pieces>, az::col<&Position::cents>))
                  .size() == 3);
        session.expunge_all();
        const auto large = orm::with_loader_criteria<Position>([](const auto& p) { return at_least(p, 1'000); });
        const auto ada = session.scalars(az::select<Bill>().where(az::col<&Bill::id> == 1).options(large)).one();
        REQUIRE(ada->positions.size() == 1);
        CHECK(at_least(ada->positions.front(), 1'000));
        CHECK(session.execute(az::update<Position>().set(az::col<&Position::cents>, 1).where(price > 1'000)).affected_rows() == 1);
    });
}
