// Constructs, functions and types that a program brings along.
#include "shop.hpp"

#include <azoth/sql/own_function.hpp>

#include <array>

namespace {

using namespace shop;

/// The middle of two numbers: a construct with a rule for one dialect and one for all others.
class middle_node : public azoth::node_base<middle_node> {
public:
    static void write(azoth::compiler& out, const middle_node& n) { out << "(" << n.low << " + " << n.high << ") / 2"; }
    static void write_own(azoth::compiler& out, const middle_node& n) { out << "MIDDLE(" << n.low << ", " << n.high << ")"; }
    static void write_of_family(azoth::compiler& out, const middle_node& n) { out << "MID(" << n.low << ", " << n.high << ")"; }
    static constexpr std::array rules{azoth::construct_rule::of<&middle_node::write>(),
                                      azoth::construct_rule::of<&middle_node::write_own>("own"),
                                      azoth::construct_rule::of<&middle_node::write_of_family>("family")};
    static constexpr azoth::node_kind static_kind = azoth::construct_kind("middle", rules);

    middle_node(azoth::node_ptr l, azoth::node_ptr h) : low{std::move(l)}, high{std::move(h)} {}
    auto fields() const { return std::tie(low, high); }

    azoth::node_ptr low;
    azoth::node_ptr high;
    azoth::type type{azoth::type_kind::double_};
};

template <azoth::expression A, azoth::expression B>
azoth::expr<double> middle(const A& a, const B& b) {
    return azoth::expr<double>{azoth::make_node<const middle_node>(a.node(), b.node())};
}

std::string sql_of(const azoth::node& statement, std::string_view dialect, std::string_view family = {}) {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.family = family;
    azoth::profile server;
    server.dialect = dialect;
    return azoth::compiler{rules, server}.run(statement).sql;
}

}  // namespace

TEST_CASE("extension: a construct brings its rules along") {
    const auto& id = azoth::col<&package::id>;
    const auto& rating = azoth::col<&package::rating>;
    const auto query = select(middle(id, rating) * 2);
    CHECK(sql_of(*query.node(), "any") == R"(SELECT (("package"."id" + "package"."rating") / 2) * ? FROM "package")");
    CHECK(sql_of(*query.node(), "own") == R"(SELECT (MIDDLE("package"."id", "package"."rating")) * ? FROM "package")");
    CHECK(sql_of(*query.node(), "child", "family") == R"(SELECT (MID("package"."id", "package"."rating")) * ? FROM "package")");
    CHECK(type_of(*middle(id, rating).node()).kind == azoth::type_kind::double_);
    CHECK(middle(id, rating).node()->hash() == middle(id, rating).node()->hash());
    CHECK(middle(id, rating).node()->hash() != middle(rating, id).node()->hash());
}

TEST_CASE("extension: a dialect's own table goes before what a construct brings") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set(middle_node::static_kind, [](azoth::compiler& out, const azoth::node&) { out << "TABLE"; });
    azoth::profile server;
    const auto query = select(middle(azoth::col<&package::id>, azoth::col<&package::rating>));
    CHECK(azoth::compiler{rules, server}.run(*query.node()).sql == R"(SELECT TABLE FROM "package")");
}

TEST_CASE("extension: a function with its signature") {
    constexpr azoth::sql_function<std::int64_t(std::string, std::int64_t)> digest{"digest"};
    const auto query = select(digest(azoth::col<&package::name>, 5));
    CHECK(sql_of(*query.node(), "any") == R"(SELECT digest("package"."name", ?) FROM "package")");
    static_assert(std::same_as<decltype(digest(azoth::col<&package::name>, 5))::value_type, std::int64_t>);
    static_assert(std::same_as<decltype(digest(azoth::col<&maintainer::email>, 5))::value_type, std::optional<std::int64_t>>);
}

TEST_CASE("extension: a type of the databases' own") {
    const auto t = azoth::native_type(azoth::string(20), {{"own", "CITEXT"}, {"family", "NCHAR(20)"}});
    const auto written = [&](std::string_view dialect, std::string_view family) {
        return sql_of(*select(azoth::cast<std::string>(azoth::col<&package::name>, t)).node(), dialect, family);
    };
    CHECK(written("own", "") == R"(SELECT CAST("package"."name" AS CITEXT) FROM "package")");
    CHECK(written("child", "family") == R"(SELECT CAST("package"."name" AS NCHAR(20)) FROM "package")");
    CHECK(written("any", "") == R"(SELECT CAST("package"."name" AS VARCHAR(20)) FROM "package")");
    CHECK_FALSE(t == azoth::string(20));
    for (const char* wrong : {"TEXT; DROP", "ENUM('a", "ENUM('a'');", "ENUM('a') -- x"})
        CHECK_ERROR(azoth::native_type(azoth::type_kind::text, {{"own", wrong}}), "statement", "no name of a type");
    CHECK(azoth::native_type(azoth::type_kind::text, {{"own", "ENUM('a;', 'it''s -- x')"}}).native_name("own") ==
          "ENUM('a;', 'it''s -- x')");
}
