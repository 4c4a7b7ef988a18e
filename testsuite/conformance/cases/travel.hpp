#pragma once

#include <azoth/conformance/context.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Values that travel to the database and back by every road there is: drivers use other code for each.
namespace azoth::conformance {

/// A row of one value. `As` describes it: its C++ `type`, `samples()`, the `stem` of the table's name, and `column()` where the C++ type
/// alone does not say the column's.
template <class As>
struct kept {
    std::int64_t id{};
    std::optional<typename As::type> content{};
};

}  // namespace azoth::conformance

template <class As>
struct azoth::mapping<azoth::conformance::kept<As>> {
    using row = azoth::conformance::kept<As>;
    static azoth::table_map<row> map() {
        azoth::table_map<row> map(azoth::conformance::mapped_name(As::stem));
        map.template column<&row::id>(azoth::primary_key, azoth::not_generated);
        if constexpr (requires { As::column(); }) map.template column<&row::content>(As::column());
        else map.template column<&row::content>();
        return map;
    }
};

namespace azoth::conformance {

/// Equality to which NaN is a value like others.
template <class T>
bool same(const T& a, const T& b) {
    if constexpr (std::is_floating_point_v<T>) return a == b || (std::isnan(a) && std::isnan(b));
    else return a == b;
}
template <class T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
    return a && b ? same(*a, *b) : a.has_value() == b.has_value();
}

template <class T>
std::string shown(const T& v) {
    return describe(value{v}.view(), 200);
}
template <class T>
std::string shown(const std::optional<T>& v) {
    return v ? shown(*v) : "NULL";
}

/// One table of `kept<As>` and one connection.
template <class As>
class traveller {
public:
    using content = typename As::type;
    using row = kept<As>;
    using rows = std::vector<row>;

    explicit traveller(context& on) : connection_{(on.make_table<row>(), on.connect())} {}

    /// The values as rows, and a NULL behind them.
    [[nodiscard]] static rows rows_of(const std::vector<content>& values) {
        rows all;
        for (const content& v : values) all.push_back({static_cast<std::int64_t>(all.size()), v});
        all.push_back({static_cast<std::int64_t>(all.size()), std::nullopt});
        return all;
    }

    /// An INSERT for each value, bound.
    void bound(const rows& sent) {
        for (const row& r : sent) connection_.execute(insert<row>().set(id(), r.id).set(body(), r.content));
        expect("values bound one by one", sent);
    }
    /// One INSERT, executed again and again, and so prepared; then one SELECT.
    void prepared(const rows& sent) {
        const auto add = insert<row>().set(id(), param<std::int64_t>("id")).set(body(), param<std::optional<content>>("content"));
        for (const row& r : sent) connection_.execute(add, {{"id", r.id}, {"content", value{r.content}}});
        find_prepared(sent);
        expect("values of a prepared statement", sent);
    }
    /// Many objects at once, twice: drivers keep what they made for the first batch.
    void objects(const rows& sent) {
        for (int time = 0; time < 2; ++time) {
            connection_.execute(insert<row>(), sent);
            expect(time == 0 ? "a batch of objects" : "a second batch of objects", sent);
        }
    }
    /// Many rows of values at once.
    void values(const rows& sent) {
        std::vector<std::vector<value>> all;
        for (const row& r : sent) all.push_back({value{r.id}, value{r.content}});
        connection_.execute(insert<row>().columns(id(), body()), all);
        expect("a batch of values", sent);
    }
    /// An INSERT for each value, written into the SQL.
    void literals(const rows& sent) {
        for (const row& r : sent) {
            const auto add = insert<row>().set(id(), literal(r.id));
            if (r.content) connection_.execute(add.set(body(), literal(*r.content)));
            else connection_.execute(add.set(body(), literal(r.content)));
        }
        if constexpr (is_searchable) find_literals(sent);
        expect("values written as literals", sent);
    }
    /// A value as a literal is the value bound.
    void expressions(const std::vector<content>& all) {
        for (const content& v : all) {
            INFO("the value " << shown(v));
            const auto [written, sent] = connection_.execute(select(literal(v).label("written"), azoth::bound(v).label("sent"))).one();
            CHECK(shown(written) == shown(v));
            CHECK(same<content>(written, v));
            CHECK(same<content>(sent, v));
        }
    }

private:
    static constexpr bool is_searchable = [] {
        if constexpr (requires { As::is_searchable; }) return As::is_searchable;
        else return true;
    }();
    static const auto& id() { return col<&row::id>; }
    static const auto& body() { return col<&row::content>; }

    /// All came back as they went in, each is found by its value; then the table is empty again.
    void expect(std::string_view way, const rows& sent) {
        INFO("the way: " << way);
        const auto found = connection_.execute(select(id(), body()).order_by(id())).all();
        REQUIRE(found.size() == sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            INFO("sent " << shown(sent[i].content) << ", found " << shown(std::get<1>(found[i])));
            CHECK(std::get<0>(found[i]) == sent[i].id);
            CHECK(same(std::get<1>(found[i]), sent[i].content));
        }
        if constexpr (is_searchable) find(sent);
        CHECK(connection_.scalars(select(id()).where(body().is_null()).order_by(id())) == ids_of(sent, std::nullopt));
        connection_.execute(delete_<row>());
    }
    void find(const rows& sent) {
        for (const row& r : sent) {
            if (!r.content) continue;
            INFO("WHERE content = " << shown(r.content));
            CHECK(connection_.scalars(select(id()).where(body() == *r.content).order_by(id())) == ids_of(sent, r.content));
        }
    }
    void find_prepared(const rows& sent) {
        if constexpr (is_searchable) {
            const auto query = select(id()).where(body() == param<content>("content")).order_by(id());
            for (const row& r : sent) {
                if (!r.content) continue;
                INFO("WHERE content = (a parameter) " << shown(r.content));
                CHECK(connection_.scalars(query, {{"content", value{*r.content}}}) == ids_of(sent, r.content));
            }
        }
    }
    void find_literals(const rows& sent) {
        for (const row& r : sent) {
            if (!r.content) continue;
            INFO("WHERE content = (a literal) " << shown(r.content));
            CHECK(connection_.scalars(select(id()).where(body() == literal(*r.content)).order_by(id())) == ids_of(sent, r.content));
        }
    }
    static std::vector<std::int64_t> ids_of(const rows& sent, const std::optional<content>& like) {
        std::vector<std::int64_t> ids;
        for (const row& r : sent)
            if (same(r.content, like)) ids.push_back(r.id);
        return ids;
    }

    connection connection_;
};

// What a case is, for each type.

/// The samples of a type; some depend on what the database claims.
template <class As>
auto samples_of(context& on) {
    if constexpr (requires { As::samples(on); }) return As::samples(on);
    else return As::samples();
}

/// Bound one by one, NULL among them; found by value.
template <class As>
void comes_back(context& on) {
    traveller<As> to{on};
    to.bound(to.rows_of(samples_of<As>(on)));
}
/// Through statements executed again and again.
template <class As>
void comes_back_prepared(context& on) {
    traveller<As> to{on};
    to.prepared(to.rows_of(samples_of<As>(on)));
}
/// Through batches: of objects, and of values.
template <class As>
void comes_back_from_batch(context& on) {
    traveller<As> to{on};
    const auto sent = to.rows_of(samples_of<As>(on));
    to.objects(sent);
    to.values(sent);
}
/// The dialect's literals mean what bound values mean.
template <class As>
void literal_equals_bound(context& on) {
    traveller<As> to{on};
    to.expressions(samples_of<As>(on));
    to.literals(to.rows_of(samples_of<As>(on)));
}
/// All of them.
template <class As>
void travels_every_way(context& on) {
    traveller<As> to{on};
    const auto sent = to.rows_of(samples_of<As>(on));
    to.bound(sent);
    to.prepared(sent);
    to.objects(sent);
    to.values(sent);
    to.expressions(samples_of<As>(on));
    to.literals(sent);
}
/// All but literals: for what has none.
template <class As>
void travels_bound(context& on) {
    traveller<As> to{on};
    const auto sent = to.rows_of(samples_of<As>(on));
    to.bound(sent);
    to.prepared(sent);
    to.objects(sent);
    to.values(sent);
}

}  // namespace azoth::conformance
