// Queries of several parts on a real database: subqueries, CTEs, unions, windows, and inserts from queries.
#include "sqlite_support.hpp"

#include <support/test_servers.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {

namespace az = azoth;
namespace func = azoth::func;
using sqlite_tests::open;

struct sample {
    std::int64_t id{};
    std::optional<std::int64_t> a{};
    std::optional<std::int64_t> b{};
    std::optional<bool> c{};
    std::optional<std::string> s{};
};

}  // namespace

template <>
struct azoth::mapping<sample> {
    static azoth::table_map<sample> map() {
        return azoth::table_map<sample>("sample")
            .column<&sample::id>(azoth::primary_key)
            .column<&sample::a>()
            .column<&sample::b>()
            .column<&sample::c>()
            .column<&sample::s>();
    }
};

namespace {

const std::vector<sample>& samples() {
    static const std::vector<sample> rows{{1, 2, -3, true, "a"}, {2, {}, 0, false, "it's"}, {3, 0, {}, {}, {}}, {4, -1, 1, true, ""}};
    return rows;
}

/// The table of samples in one database, gone at the end.
class filled {
public:
    explicit filled(const std::string& url) : engine_{open(url)} {
        az::metadata_of<sample>().drop_all(engine_);
        az::metadata_of<sample>().create_all(engine_);
        connection_.emplace(engine_.connect());
        for (const auto& row : samples()) (void)connection_->execute(az::insert<sample>().values(row));
    }
    ~filled() {
        connection_.reset();
        try {
            az::metadata_of<sample>().drop_all(engine_);
        } catch (const std::exception& e) {
            WARN("the table of samples stays: " << e.what());
        }
    }
    filled(const filled&) = delete;
    filled& operator=(const filled&) = delete;

    [[nodiscard]] az::connection& connection() { return *connection_; }

private:
    az::engine engine_;
    std::optional<az::connection> connection_{};
};

/// SQLite, and the PostgreSQL server that AZOTH_TEST_URLS names.
std::vector<std::string> databases() {
    std::vector<std::string> urls{"sqlite://"};
    for (auto& url : support::test_urls())
        if (url.starts_with("postgresql")) urls.push_back(std::move(url));
    if (urls.size() == 1) WARN("skipped on PostgreSQL: AZOTH_TEST_URLS names no server; tools/servers starts one");
    return urls;
}

template <class F>
void on_each(F&& test) {
    for (const auto& url : databases()) {
        INFO("on " << az::url::parse(url).to_string());
        filled samples{url};
        test(samples);
    }
}

}  // namespace

TEST_CASE("queries: subqueries, CTEs, unions and inserts from queries, on a real database") {
    on_each([](filled& on) {
        az::connection& c = on.connection();
        const auto& id = az::col<&sample::id>;
        const auto& a = az::col<&sample::a>;
        // A subquery's aggregate has the name that the outer query uses.
        const auto counts = az::select(az::col<&sample::c>, func::count()).group_by(az::col<&sample::c>).subquery("counts");
        const auto [flag, n] = counts.columns();
        CHECK(c.execute(az::select(n).where(flag == true)).scalar() == 2);
        // Its renamed columns, of a compound too.
        const auto both_ids = az::select(id).union_all(az::select(id).where(id > 2)).subquery("both_ids", {"key"});
        CHECK(c.execute(az::select(func::sum(std::get<0>(both_ids.columns())))).scalar() == 17);
        // A recursive CTE.
        const auto count_up = az::cte("count_up", az::select(az::literal(std::int64_t{1}).label("n"))).union_([](const auto& self) {
            return az::select(std::get<0>(self.columns()) + 1).where(std::get<0>(self.columns()) < 10);
        });
        CHECK(c.execute(az::select(func::sum(std::get<0>(count_up.columns())))).scalar() == 55);
        // A value from a query inside an insert, and a CTE with it.
        const auto large = az::cte("large", az::select(id).where(id > 1));
        const auto highest = az::select(func::max(std::get<0>(large.columns()))).scalar();
        const auto added =
            az::insert<sample>().set(id, func::coalesce(highest, 0) + 1).set(a, az::select(func::count(id)).scalar()).returning(id, a);
        const auto row = c.execute(added).one();
        CHECK(std::get<0>(row) == 5);
        CHECK(std::get<1>(row) == 4);
        // Windows with a frame.
        const auto running = func::sum(id).over(az::window{}.order_by(id).rows(std::nullopt, 0));
        CHECK(c.execute(az::select(running).order_by(id)).scalars() == std::vector<std::optional<std::int64_t>>{1, 3, 6, 10, 15});
        CHECK(c.execute(az::select(func::sum(id).over(az::window{}.rows(-1, 1))).order_by(id)).scalars().front() == 3);
        // Correlated: for each row, how many have a larger key.
        const auto other = az::alias<sample>();
        const auto larger = az::select(func::count()).where(other[&sample::id] > id).scalar();
        CHECK(c.execute(az::select(larger).select_from(az::entity<sample>).order_by(id)).scalars() ==
              std::vector<std::optional<std::int64_t>>{4, 3, 2, 1, 0});
        // An unmatched row of an outer join is nothing at all.
        const auto pair = az::select(az::entity<sample>, az::maybe(other)).outer_join(other, other[&sample::id] == id + 4).order_by(id);
        const auto pairs = c.execute(pair).all();
        REQUIRE(pairs.size() == 5);
        CHECK(std::get<1>(pairs[0])->id == 5);
        CHECK_FALSE(std::get<1>(pairs[1]).has_value());
    });
}
