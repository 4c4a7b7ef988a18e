#include "sqlite_support.hpp"

using namespace sqlite_tests;

namespace {

struct entry {
    std::int64_t id{};
    std::int32_t quantity{};
    double rate{};
    az::decimal narrow{};                ///< 10 digits: a number
    az::decimal wide{};                  ///< 30 digits: text
    std::optional<az::decimal> maybe{};  ///< of any width: text
    std::optional<std::uint64_t> count{};
};

}  // namespace

template <>
struct azoth::mapping<entry> {
    static azoth::table_map<entry> map() {
        return azoth::table_map<entry>("entry")
            .column<&entry::id>(azoth::primary_key)
            .column<&entry::quantity>()
            .column<&entry::rate>()
            .column<&entry::narrow>(azoth::numeric(10, 2))
            .column<&entry::wide>(azoth::numeric(30, 10), azoth::unique)
            .column<&entry::maybe>()
            .column<&entry::count>();
    }
};

namespace {

constexpr auto narrow = az::col<&entry::narrow>;
constexpr auto wide = az::col<&entry::wide>;
constexpr auto maybe = az::col<&entry::maybe>;

az::decimal d(std::string_view text) { return az::decimal::parse(text); }

class ledger {
public:
    ledger() {
        az::metadata_of<entry>().create_all(c);
        std::vector<entry> rows;
        for (const auto& [n, w] : {std::pair{"10.50", "10.5"},
                                   {"9.25", "9.25"},
                                   {"-3", "-3.0000000001"},
                                   {"0.10", "12345678901234567890.12"},
                                   {"0.20", "12345678901234567890.13"}}) {
            entry e;
            e.quantity = 3;
            e.rate = 0.5;
            e.narrow = d(n);
            e.wide = d(w);
            rows.push_back(e);
        }
        rows[0].maybe = d("1.5");
        rows[1].maybe = d("1.50");
        rows[2].maybe = d("100");
        (void)c.execute(az::insert<entry>(), rows);
        c.commit();
    }
    az::engine engine{open("sqlite://")};
    az::connection c{engine.connect()};
};

}  // namespace

TEST_CASE_METHOD(ledger, "sqlite decimals: order") {
    CHECK(c.scalars(az::select(narrow).order_by(narrow)) == std::vector{d("-3"), d("0.1"), d("0.2"), d("9.25"), d("10.5")});
    const std::vector ascending{d("-3.0000000001"), d("9.25"), d("10.5"), d("12345678901234567890.12"), d("12345678901234567890.13")};
    CHECK(c.scalars(az::select(wide).order_by(wide)) == ascending);
    CHECK(c.scalars(az::select(wide * 1).order_by(wide * 1)) == ascending);
    const auto column = az::select(wide).subquery("s");
    CHECK(c.scalars(az::select(std::get<0>(column.columns())).order_by(std::get<0>(column.columns()))) == ascending);
    CHECK(c.scalars(az::select(maybe).where(maybe.is_not_null()).order_by(maybe.desc(), az::col<&entry::id>)) ==
          std::vector<std::optional<az::decimal>>{d("100"), d("1.5"), d("1.5")});
}

TEST_CASE_METHOD(ledger, "sqlite decimals: comparison") {
    const auto count = [&](const auto& condition) { return c.scalar(az::select(az::func::count()).where(condition)); };
    CHECK(count(narrow == d("10.5")) == 1);
    CHECK(count(narrow == d("10.500")) == 1);
    CHECK(count(narrow < d("1")) == 3);
    CHECK(count(narrow < 1) == 3);
    CHECK(count(wide == d("10.50")) == 1);
    CHECK(count(wide < 10) == 2);
    CHECK(count(wide < d("10.4999999999")) == 2);
    CHECK(count(wide == d("12345678901234567890.12")) == 1);
    CHECK(count(wide > d("12345678901234567890.12")) == 1);
    CHECK(count(d("9") < wide) == 4);
    CHECK(count(wide == narrow) == 2);
    CHECK(count(wide > az::col<&entry::quantity>) == 4);
    CHECK(count(wide > az::col<&entry::rate>) == 4);
    CHECK(count(wide.between(d("9"), d("11"))) == 2);
    CHECK(count(narrow.between(d("9"), d("11"))) == 2);
    CHECK(count(narrow.between(wide, wide)) == 2);
    CHECK(count(wide.in({d("10.500"), d("9.25"), d("7")})) == 2);
    CHECK(count(narrow.in({d("10.500"), d("9.25"), d("7")})) == 2);
    CHECK(count(wide.not_in({d("10.500")})) == 4);
    CHECK(count(wide.in(std::vector<az::decimal>{})) == 0);
    CHECK(count(wide.in(az::select(narrow))) == 2);
    CHECK(count(narrow.in(az::select(wide))) == 2);
    CHECK(count(maybe.is_distinct_from(d("1.500"))) == 3);
    CHECK(count(maybe == d("1.500")) == 2);
    CHECK(count(wide + narrow == d("21")) == 1);
    CHECK(count(narrow * 2 > d("20.99")) == 1);
    CHECK(count(-wide > d("3")) == 1);
    CHECK(count(wide == az::select(az::func::max(wide)).scalar()) == 1);
}

TEST_CASE_METHOD(ledger, "sqlite decimals: arithmetic is exact") {
    const auto of_first = [&](const auto& e) { return c.scalar(az::select(e).where(az::col<&entry::id> == 1)); };
    CHECK(of_first(narrow + d("0.1")) == d("10.6"));
    CHECK(of_first(narrow * narrow) == d("110.25"));
    CHECK(of_first(narrow - wide) == d("0"));
    CHECK(of_first(narrow * az::col<&entry::quantity>) == d("31.5"));
    CHECK(of_first(narrow / 4) == d("2.625"));
    CHECK(of_first(narrow / 3) == d("3.5"));
    CHECK(of_first(wide % 3) == d("1.5"));
    CHECK(of_first(-narrow % 3) == d("-1.5"));
    CHECK(of_first(az::func::abs(-wide)) == d("10.5"));
    CHECK(of_first(wide * az::col<&entry::rate>) == 5.25);
    CHECK(of_first(az::func::call<az::decimal>("round", wide * d("1.111"), 1)) == d("11.7"));
    CHECK(of_first(az::func::coalesce(maybe, narrow)) == d("1.5"));
    CHECK(of_first(az::when(narrow > d("5"), wide).otherwise(d("0"))) == d("10.5"));
    CHECK(c.scalar(az::select(wide - d("12345678901234567890")).where(wide == d("12345678901234567890.12"))) == d("0.12"));
    CHECK(c.scalar(az::select(wide / d("7")).where(wide == d("9.25"))) == d("1.32142857142857142857"));
    // 20 digits at least, and all where there are no more.
    CHECK(c.scalar(az::select(wide / wide / d("3")).where(wide == d("9.25"))) == d("0.33333333333333333333"));
    const auto whole = wide - wide + d("1234567890123469.2891");
    CHECK(c.scalar(az::select(whole / d("6")).where(wide == d("9.25"))) == d("205761315020578.21485"));
    CHECK(c.scalars(az::select(wide + maybe).where(az::col<&entry::id> == 4)) == std::vector<std::optional<az::decimal>>{std::nullopt});
}

TEST_CASE_METHOD(ledger, "sqlite decimals: aggregates and windows") {
    CHECK(c.scalar(az::select(az::func::sum(narrow))) == d("17.05"));
    CHECK(c.scalar(az::select(az::func::sum(wide))) == d("24691357802469135796.9999999999"));
    CHECK(c.scalar(az::select(az::func::avg(narrow))) == d("3.41"));
    CHECK(c.scalar(az::select(az::func::min(wide))) == d("-3.0000000001"));
    CHECK(c.scalar(az::select(az::func::max(wide))) == d("12345678901234567890.13"));
    CHECK(c.scalar(az::select(az::func::max(narrow))) == d("10.5"));
    CHECK(c.scalar(az::select(az::func::count_distinct(maybe))) == 2);
    CHECK_FALSE(c.scalar(az::select(az::func::sum(narrow)).where(az::col<&entry::id> > 99)).has_value());
    CHECK(c.scalars(az::select(az::func::count()).select_from(az::entity<entry>).group_by(maybe).order_by(maybe)) ==
          std::vector<std::int64_t>{2, 2, 1});
    CHECK(c.scalar(az::select(az::func::sum(narrow)).group_by(az::col<&entry::quantity>).having(az::func::sum(narrow) > d("17.049"))) ==
          d("17.05"));
    const auto running = az::func::sum(narrow).over(az::window{}.order_by(az::col<&entry::id>));
    CHECK(c.scalars(az::select(running).order_by(az::col<&entry::id>)) ==
          std::vector<std::optional<az::decimal>>{d("10.5"), d("19.75"), d("16.75"), d("16.85"), d("17.05")});
    const auto moving = az::func::sum(narrow).over(az::window{}.order_by(az::col<&entry::id>).rows(-1, 0));
    CHECK(c.scalars(az::select(moving).order_by(az::col<&entry::id>)) ==
          std::vector<std::optional<az::decimal>>{d("10.5"), d("19.75"), d("6.25"), d("-2.9"), d("0.3")});
}

TEST_CASE_METHOD(ledger, "sqlite decimals: what is computed is fitted to its column") {
    const auto where = az::col<&entry::id> == 1;
    (void)c.execute(az::update<entry>().set(narrow, narrow / 3 + d("0.006")).where(where));
    CHECK(c.scalar(az::select(narrow).where(where)) == d("3.51"));
    (void)c.execute(az::update<entry>().set(wide, narrow / 7).where(where));
    CHECK(c.scalar(az::select(wide).where(where)) == d("0.5014285714"));
    (void)c.execute(az::update<entry>().set(az::col<&entry::count>, az::literal(std::uint64_t{1} << 63) + std::uint64_t{5}).where(where));
    CHECK(c.scalar(az::select(az::col<&entry::count>).where(where)) == (std::uint64_t{1} << 63) + 5);

    const auto too_wide = thrown<az::data_error>([&] { (void)c.execute(az::update<entry>().set(narrow, wide).where(wide > d("1000"))); });
    CHECK(too_wide.code() == az::errc::value_range);
    CHECK(contains(too_wide.message(), "12345678901234567890.12"));
    const auto negative = thrown<az::data_error>([&] {
        (void)c.execute(az::update<entry>()
                            .set(az::col<&entry::count>, az::col<&entry::count> - (std::uint64_t{1} << 63) - std::uint64_t{6})
                            .where(where));
    });
    CHECK(negative.code() == az::errc::value_range);
    CHECK(c.scalar(az::select(az::col<&entry::count>).where(where)) == (std::uint64_t{1} << 63) + 5);
}

TEST_CASE_METHOD(ledger, "sqlite decimals: equal numbers are one key, and raw SQL finds them") {
    entry again;
    again.wide = d("10.5000");
    CHECK(thrown<az::unique_violation>([&] { (void)c.execute(az::insert<entry>().values(again)); }).constraint() == "entry.wide");
    CHECK(c.execute(az::text("SELECT count(*) FROM entry WHERE wide = :w AND narrow > :n").bind("w", d("10.50")).bind("n", d("10.1")))
              .scalar<std::int64_t>() == 1);
    CHECK(text_of(c, "SELECT azoth_add('0.1', '0.2')") == "0.3");
    const auto no_number = thrown<az::data_error>([&] { (void)text_of(c, "SELECT azoth_add('1', 'one')"); });
    CHECK(no_number.code() == az::errc::type_mismatch);
    const auto too_large = thrown<az::data_error>([&] { (void)text_of(c, "SELECT azoth_multiply('1e40', '1e40')"); });
    CHECK(too_large.code() == az::errc::value_range);
}

TEST_CASE("sqlite decimals: the collation orders every text") {
    auto c = open("sqlite://").connect();
    const std::vector<std::vector<std::string>> ascending{{"-1e3", "-1000", "-1000.0"},
                                                          {"-12.5", "-012.50"},
                                                          {"-12.4"},
                                                          {"-.5", "-0.5"},
                                                          {"0", "-0", "0.000", "+0"},
                                                          {"0.09"},
                                                          {"0.1", "1e-1", "+.1"},
                                                          {"1", "1.", "01"},
                                                          {"9.25"},
                                                          {"10"},
                                                          {"10.5"},
                                                          {"18446744073709551615"},
                                                          {"1.0e+20"},
                                                          {"100000000000000000000000000000000000000000000000000000000000000000000000.1"},
                                                          {""},
                                                          {"-"},
                                                          {"."},
                                                          {"1,5"},
                                                          {"1e999"},
                                                          {"a"},
                                                          {"b"}};
    std::size_t compared = 0;
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j)
            for (const auto& a : ascending[i])
                for (const auto& b : ascending[j]) {
                    const auto found =
                        c.execute(
                             az::text("SELECT (:a > :b COLLATE azoth_decimal) - (:a < :b COLLATE azoth_decimal)").bind("a", a).bind("b", b))
                            .scalar<int>();
                    INFO(a << " and " << b);
                    REQUIRE(found == (i > j ? 1 : i < j ? -1 : 0));
                    ++compared;
                }
    CHECK(compared > 800);
}
