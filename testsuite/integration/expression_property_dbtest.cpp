// Random expressions: what the database computes from the compiled SQL is what the tree means. Parentheses, precedence, NULLs.
#include "sqlite_support.hpp"

#include <support/test_servers.hpp>

#include <functional>
#include <optional>
#include <random>
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

/// An expression, and what it is for a row, by the rules of SQL's three-valued logic.
template <class T>
struct term {
    using value = std::optional<T>;
    az::expr<value> sql;
    std::function<value(const sample&)> meaning;
};
using number = term<std::int64_t>;
using truth = term<bool>;
using word = term<std::string>;

template <class F, class A, class B>
auto unless_null(F f, const A& a, const B& b) -> std::optional<decltype(f(*a, *b))> {
    if (!a || !b) return std::nullopt;
    return f(*a, *b);
}

std::optional<bool> both(std::optional<bool> x, std::optional<bool> y) {
    if (x == false || y == false) return false;
    return x && y ? std::optional{true} : std::nullopt;
}
std::optional<bool> inverse(std::optional<bool> x) { return x ? std::optional{!*x} : std::nullopt; }
std::optional<bool> either(std::optional<bool> x, std::optional<bool> y) { return inverse(both(inverse(x), inverse(y))); }

class generator {
public:
    /// `with_remainders`: not where the database refuses to divide by zero.
    generator(unsigned seed, bool with_remainders) : random_{seed}, with_remainders_{with_remainders} {}

    number make_number(int depth) {
        if (depth == 0) return number_leaf();
        switch (pick(8)) {
            case 0: return arithmetic(depth, [](auto x, auto y) { return x + y; });
            case 1: return arithmetic(depth, [](auto x, auto y) { return x - y; });
            case 2: return arithmetic(depth, [](auto x, auto y) { return x * y; });
            case 3: return with_remainders_ ? remainder(depth) : negative(depth);
            case 4: return negative(depth);
            case 5: return choice(depth);
            case 6: return fallback(depth);
            default: return number_leaf();
        }
    }
    truth make_truth(int depth) {
        if (depth == 0) return truth_leaf();
        switch (pick(11)) {
            case 0: return logic(depth, true);
            case 1: return logic(depth, false);
            case 2: return negation(depth);
            case 3: return comparison(make_number(depth - 1), make_number(depth - 1));
            case 4: return comparison(make_truth(depth - 1), make_truth(depth - 1));
            case 5: return comparison(make_word(depth - 1), make_word(depth - 1));
            case 6: return between(depth);
            case 7: return in_list(depth);
            case 8: return null_test(depth);
            case 9: return distinct(depth);
            default: return truth_leaf();
        }
    }
    word make_word(int depth) {
        if (depth == 0 || pick(3) == 0) return word_leaf();
        if (pick(3) == 0) {
            const number n = make_number(depth - 1);
            return {n.sql.as<std::string>(), [n](const sample& r) {
                        const auto v = n.meaning(r);
                        return v ? std::optional{std::to_string(*v)} : std::nullopt;
                    }};
        }
        const word x = make_word(depth - 1);
        const word y = make_word(depth - 1);
        return {x.sql + y.sql, [x, y](const sample& r) {
                    return unless_null([](const auto& p, const auto& q) { return p + q; }, x.meaning(r), y.meaning(r));
                }};
    }

private:
    unsigned pick(unsigned n) { return static_cast<unsigned>(random_() % n); }
    template <class T>
    static term<T> constant(const az::expr<T>& sql, T v) {
        return {az::maybe(sql), [v](const sample&) { return std::optional{v}; }};
    }
    number number_leaf() {
        const std::int64_t v = static_cast<std::int64_t>(pick(7)) - 3;
        switch (pick(4)) {
            case 0: return {az::maybe(az::col<&sample::a>), [](const sample& r) { return r.a; }};
            case 1: return {az::maybe(az::col<&sample::b>), [](const sample& r) { return r.b; }};
            case 2: return constant(az::literal(v), v);
            default: return constant(az::bound(v), v);
        }
    }
    truth truth_leaf() {
        if (pick(2) == 0) return {az::maybe(az::col<&sample::c>), [](const sample& r) { return r.c; }};
        const bool v = pick(2) == 0;
        return constant(pick(2) == 0 ? az::literal(v) : az::bound(v), v);
    }
    word word_leaf() {
        static const std::string words[] = {"", "it's", "a", "--", "%_\\"};
        if (pick(2) == 0) return {az::maybe(az::col<&sample::s>), [](const sample& r) { return r.s; }};
        const std::string v = words[pick(5)];
        return constant(pick(2) == 0 ? az::literal(v) : az::bound(v), v);
    }

    template <class F>
    number arithmetic(int depth, F f) {
        const number x = make_number(depth - 1);
        const number y = make_number(depth - 1);
        return {f(x.sql, y.sql), [f, x, y](const sample& r) { return unless_null(f, x.meaning(r), y.meaning(r)); }};
    }
    number remainder(int depth) {
        const number x = make_number(depth - 1);
        const number y = make_number(depth - 1);
        return {x.sql % y.sql, [x, y](const sample& r) -> std::optional<std::int64_t> {
                    const auto p = x.meaning(r);
                    const auto q = y.meaning(r);
                    return p && q && *q != 0 ? std::optional{*p % *q} : std::nullopt;
                }};
    }
    number negative(int depth) {
        const number x = make_number(depth - 1);
        return {-x.sql, [x](const sample& r) {
                    const auto v = x.meaning(r);
                    return v ? std::optional{-*v} : std::nullopt;
                }};
    }
    number choice(int depth) {
        const truth c = make_truth(depth - 1);
        const number x = make_number(depth - 1);
        const number y = make_number(depth - 1);
        return {az::when(c.sql, x.sql).otherwise(y.sql),
                [c, x, y](const sample& r) { return c.meaning(r) == true ? x.meaning(r) : y.meaning(r); }};
    }
    number fallback(int depth) {
        const number x = make_number(depth - 1);
        const number y = make_number(depth - 1);
        return {func::coalesce(x.sql, y.sql), [x, y](const sample& r) {
                    const auto v = x.meaning(r);
                    return v ? v : y.meaning(r);
                }};
    }

    truth logic(int depth, bool conjunction) {
        const truth x = make_truth(depth - 1);
        const truth y = make_truth(depth - 1);
        if (conjunction) return {x.sql && y.sql, [x, y](const sample& r) { return both(x.meaning(r), y.meaning(r)); }};
        return {x.sql || y.sql, [x, y](const sample& r) { return either(x.meaning(r), y.meaning(r)); }};
    }
    truth negation(int depth) {
        const truth x = make_truth(depth - 1);
        return {!x.sql, [x](const sample& r) { return inverse(x.meaning(r)); }};
    }
    template <class T>
    truth comparison(const term<T>& x, const term<T>& y) {
        const auto with = [&](auto f) -> truth {
            return {f(x.sql, y.sql), [f, x, y](const sample& r) {
                        return unless_null([f](const T& p, const T& q) -> bool { return f(p, q); }, x.meaning(r), y.meaning(r));
                    }};
        };
        switch (pick(6)) {
            case 0: return with([](const auto& p, const auto& q) { return p == q; });
            case 1: return with([](const auto& p, const auto& q) { return p != q; });
            case 2: return with([](const auto& p, const auto& q) { return p < q; });
            case 3: return with([](const auto& p, const auto& q) { return p <= q; });
            case 4: return with([](const auto& p, const auto& q) { return p > q; });
            default: return with([](const auto& p, const auto& q) { return p >= q; });
        }
    }
    truth between(int depth) {
        const number x = make_number(depth - 1);
        const number low = make_number(depth - 1);
        const number high = make_number(depth - 1);
        const bool negated = pick(2) == 0;
        const auto meaning = [=](const sample& r) {
            const auto v = x.meaning(r);
            const auto at_least = unless_null([](auto p, auto q) { return p >= q; }, v, low.meaning(r));
            const auto at_most = unless_null([](auto p, auto q) { return p <= q; }, v, high.meaning(r));
            const auto inside = both(at_least, at_most);
            return negated ? inverse(inside) : inside;
        };
        return {negated ? x.sql.not_between(low.sql, high.sql) : x.sql.between(low.sql, high.sql), meaning};
    }
    truth in_list(int depth) {
        const number x = make_number(depth - 1);
        std::vector<std::optional<std::int64_t>> list(pick(4));
        for (auto& e : list)
            if (pick(5) != 0) e = static_cast<std::int64_t>(pick(7)) - 3;
        const bool negated = pick(2) == 0;
        const auto meaning = [=](const sample& r) {
            const auto v = x.meaning(r);
            std::optional<bool> found = false;
            for (const auto& e : list) found = either(found, unless_null([](auto p, auto q) { return p == q; }, v, e));
            return negated ? inverse(found) : found;
        };
        return {negated ? x.sql.not_in(list) : x.sql.in(list), meaning};
    }
    truth null_test(int depth) {
        const truth x = make_truth(depth - 1);
        const bool negated = pick(2) == 0;
        return {az::maybe(negated ? x.sql.is_not_null() : x.sql.is_null()),
                [=](const sample& r) { return std::optional{x.meaning(r).has_value() == negated}; }};
    }
    truth distinct(int depth) {
        const number x = make_number(depth - 1);
        const number y = make_number(depth - 1);
        const bool negated = pick(2) == 0;
        return {az::maybe(negated ? x.sql.is_not_distinct_from(y.sql) : x.sql.is_distinct_from(y.sql)),
                [=](const sample& r) { return std::optional{(x.meaning(r) != y.meaning(r)) != negated}; }};
    }

    std::mt19937 random_;
    bool with_remainders_;
};

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
    [[nodiscard]] generator make(unsigned seed) const { return generator{seed, !connection_->server_profile().can.division_by_zero_fails}; }

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

template <class T>
void check(az::connection& c, const term<T>& t) {
    const auto found = c.execute(az::select(t.sql).select_from(az::entity<sample>).order_by(az::col<&sample::id>)).scalars();
    REQUIRE(found.size() == samples().size());
    for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == t.meaning(samples()[i]));
}

}  // namespace

TEST_CASE("expressions: the database computes what the tree means") {
    on_each([](filled& on) {
        az::connection& c = on.connection();
        generator make = on.make(2026);
        for (int i = 0; i < 1200; ++i) {
            INFO("round " << i);
            check(c, make.make_number(1 + i % 5));
            check(c, make.make_truth(1 + i % 5));
            check(c, make.make_word(1 + i % 4));
        }
    });
}

TEST_CASE("expressions: as conditions they let the right rows through") {
    on_each([](filled& on) {
        az::connection& c = on.connection();
        generator make = on.make(7);
        for (int i = 0; i < 800; ++i) {
            INFO("round " << i);
            const truth first = make.make_truth(1 + i % 5);
            const truth second = make.make_truth(1 + i % 3);
            std::vector<std::int64_t> expected;
            for (const auto& row : samples())
                if (both(first.meaning(row), second.meaning(row)) == true) expected.push_back(row.id);
            const auto query = az::select(az::col<&sample::id>).where(first.sql).where(second.sql).order_by(az::col<&sample::id>);
            REQUIRE(c.execute(query).scalars() == expected);
        }
    });
}

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
