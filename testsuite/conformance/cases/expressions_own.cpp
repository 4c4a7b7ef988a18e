// What a program brings along: a construct with its rules, a function with its signature, a type with its names.
#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

#include <azoth/dialect.hpp>

#include <array>

namespace azoth::conformance::areas {
namespace {

/// How many bits of a number are set: no database has it under this name, and each has another way.
class bit_count_node : public node_base<bit_count_node> {
public:
    static void write_mysql(compiler& out, const bit_count_node& n) { out << "BIT_COUNT(" << n.operand << ")"; }
    static void write_postgresql(compiler& out, const bit_count_node& n) {
        out << "LENGTH(REPLACE(CAST(CAST(" << n.operand << " AS BIT(64)) AS TEXT), '0', ''))";
    }
    static void write_firebird(compiler& out, const bit_count_node& n) {
        for (int bit = 0; bit < 8; ++bit)
            out << (bit == 0 ? "(" : " + ") << "MOD(BIN_SHR(" << n.operand << ", " << std::to_string(bit) << "), 2)";
        out << ")";
    }
    static void write(compiler& out, const bit_count_node& n) {
        out << "(WITH RECURSIVE azoth_bits (left_over, found) AS (SELECT " << n.operand
            << ", 0 UNION ALL SELECT left_over >> 1, found + (left_over & 1) FROM azoth_bits WHERE left_over > 0) SELECT max(found) FROM "
               "azoth_bits)";
    }
    static constexpr std::array rules{
        construct_rule::of<&bit_count_node::write>(), construct_rule::of<&bit_count_node::write_firebird>("firebird"),
        construct_rule::of<&bit_count_node::write_postgresql>("postgresql"), construct_rule::of<&bit_count_node::write_mysql>("mysql"),
        construct_rule::of<&bit_count_node::write_mysql>("mariadb")};
    static constexpr node_kind static_kind = construct_kind("bit count", rules);

    explicit bit_count_node(node_ptr of) : operand{std::move(of)} {}
    auto fields() const { return std::tie(operand); }

    node_ptr operand;
    azoth::type type{type_kind::big_integer};
};

template <expression E>
expr<std::int64_t> bit_count(const E& e) {
    return expr<std::int64_t>{make_node<const bit_count_node>(e.node())};
}

void constructs(context& on) {
    connection c = stocked(on, 5);
    const auto& id = col<&item::id>;
    CHECK(c.scalars(select(bit_count(id)).order_by(id)) == std::vector<std::int64_t>{1, 1, 2, 1, 2});
    CHECK(c.scalars(select(id).where(bit_count(id) == 2).order_by(id)) == std::vector<std::int64_t>{3, 5});
    CHECK(c.scalar(select(bit_count(bound(std::int64_t{255})) * 2)) == 16);
    CHECK(c.scalar(select(bit_count(bound(std::int64_t{7})) * 2)) == 6);
}

/// Only some dialects have a rule, and the others refuse.
class unheard_of_node : public node_base<unheard_of_node> {
public:
    static void write(compiler& out, const unheard_of_node&) { out << "1"; }
    static constexpr std::array rules{construct_rule::of<&unheard_of_node::write>("no such dialect")};
    static constexpr node_kind static_kind = construct_kind("unheard of", rules);
    static auto fields() { return std::tuple<>{}; }
};

void constructs_without_a_rule(context& on) {
    connection c = on.connect();
    const auto refused = thrown<not_supported_error>([&] { return c.scalar(select(expr<int>{make_node<const unheard_of_node>()})); });
    CHECK(contains(refused.what(), "unheard of"));
    check_usable(c);
}

void functions(context& on) {
    connection c = stocked(on, 2);
    constexpr sql_function<std::string(std::string, std::string, std::string)> exchange{"replace"};
    CHECK(c.scalar(select(exchange(col<&item::name>, "item", "no.")).where(col<&item::id> == 2)) == "no. 2");
    CHECK(c.scalar(select(func::call<std::string>("upper", bound(std::string{"a"})))) == "A");
    CHECK(thrown<programming_error>([&] { return func::call<int>("f(); --"); }).code() == errc::statement);
}

void types(context& on) {
    const auto own = native_type(type_kind::text, {{"postgresql", "NAME"}, {"mysql", "TINYTEXT"}, {"sqlite", "OWN_TEXT"}});
    const table t = on.make_table("own", {column("id", type_kind::integer, primary_key, not_generated), column("word", own, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["word"], "it's"));
    CHECK(c.scalar(select(t.column<std::string>("word")).where(t.column<std::string>("word") == "it's")) == "it's");
    CHECK(thrown<programming_error>([&] { return native_type(type_kind::text, {{"sqlite", "A'; --"}}); }).code() == errc::statement);
}

}  // namespace

std::vector<test_case> expressions_parts::own_constructs() {
    return {
        {"expressions/own-construct", "a construct brings its rules, one for each dialect", {}, constructs},
        {"expressions/own-construct-refused", "a construct without a rule is refused by its name", {}, constructs_without_a_rule},
        {"expressions/own-function", "a function with its signature", {}, functions},
        {"expressions/own-type", "a type that each dialect has a name for", {}, types},
    };
}

}  // namespace azoth::conformance::areas
