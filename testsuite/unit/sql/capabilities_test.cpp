// What a server does not claim is refused before it is sent, unless somebody asks for it.
#include "shop.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <new>

using namespace shop;
using azoth::select;
namespace func = azoth::func;

namespace {

/// The statement compiles with all claims, is refused without this one, and goes through unchecked.
template <class S>
void check_claim(const S& statement, bool azoth::capabilities::*claim, const std::string& construct) {
    INFO(construct);
    azoth::profile server = able();
    const std::string wanted = compiled(statement, server).sql;
    server.can.*claim = false;
    CHECK_ERROR(compiled(statement, server), "not-supported", "Ansi 2016 cannot do " + construct);
    CHECK(compiled(statement, server, azoth::ansi_rules(), {.unchecked = true}).sql == wanted);
}

}  // namespace

TEST_CASE("capabilities: each is asked for where it is used") {
    using c = azoth::capabilities;
    check_claim(azoth::insert<maintainer>().set(maintainer_name, "x").returning(maintainer_id), &c::returning_on_insert,
                "INSERT ... RETURNING");
    check_claim(azoth::update<package>().set(package_size, 1).returning(package_id), &c::returning_on_update, "UPDATE ... RETURNING");
    check_claim(azoth::delete_<package>().returning(package_id), &c::returning_on_delete, "DELETE ... RETURNING");
    const auto plain = azoth::cte("c", select(package_id));
    check_claim(select(std::get<0>(plain.columns())), &c::ctes, "a common table expression");
    const auto recursive = azoth::cte("r", select(package_id)).union_([](const auto& self) { return select(std::get<0>(self.columns())); });
    check_claim(select(std::get<0>(recursive.columns())), &c::recursive_ctes, "a recursive common table expression");
    check_claim(select(func::rank().over()), &c::windows, "a window function");
    check_claim(select(azoth::maybe(package_id)).full_join(azoth::entity<maintainer>, package_maintainer == maintainer_id), &c::full_joins,
                "a FULL join");
    check_claim(select(package_id).order_by(package_size.asc(azoth::nulls_order::first)), &c::nulls_first_last, "NULLS FIRST");
    check_claim(azoth::insert<maintainer>(), &c::default_values_insert, "an insert of nothing but defaults");
}

TEST_CASE("capabilities: a plain CTE does not need the recursive claim") {
    azoth::profile server = able();
    server.can.recursive_ctes = false;
    const auto plain = azoth::cte("c", select(package_id));
    CHECK(compiled(select(std::get<0>(plain.columns())), server).sql.starts_with("WITH \"c\""));
}

TEST_CASE("capabilities: nothing of it is needed for plain statements") {
    azoth::profile server;
    server.dialect = "least";
    CHECK_NOTHROW(compiled(select(package_id).where(package_id.in({1, 2})).order_by(package_id).limit(1), server));
    CHECK_NOTHROW(compiled(azoth::update<package>().set(package_size, 1), server));
    CHECK_NOTHROW(compiled(azoth::delete_<package>(), server));
    CHECK_NOTHROW(compiled(azoth::insert<maintainer>().set(maintainer_name, "x"), server));
}

namespace {

/// A construct of a user's own.
class shout_node : public azoth::node_base<shout_node> {
public:
    static constexpr azoth::node_kind static_kind{azoth::node_kind::extension, "shout"};
    explicit shout_node(azoth::node_ptr what) : text{std::move(what)} {}
    auto fields() const { return std::tie(text); }
    azoth::node_ptr text;
};

void write_shout(azoth::compiler& out, const shout_node& n) { out << "shout(" << n.text << ")"; }
void write_one(azoth::compiler& out, const azoth::star_node&) { out << "1"; }

class whisper_node : public azoth::node_base<whisper_node> {
public:
    static constexpr azoth::node_kind static_kind{azoth::node_kind::extension, "whisper"};
    explicit whisper_node(azoth::node_ptr what) : text{std::move(what)} {}
    auto fields() const { return std::tie(text); }
    azoth::node_ptr text;
};

}  // namespace

TEST_CASE("rules: a construct of a user's own needs a rule, and then works anywhere") {
    const azoth::expr<std::string> loud{azoth::make_node<const shout_node>(package_name.node())};
    const auto query = select(loud).where(loud == "X");
    CHECK_ERROR(compiled(query), "not-supported", "no rule for the construct \"shout\"");
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set<shout_node, &write_shout>();
    CHECK(compiled(query, able(), rules).sql == R"(SELECT shout("package"."name") FROM "package" WHERE (shout("package"."name")) = ?)");
    const azoth::expr<std::string> quiet{azoth::make_node<const whisper_node>(package_name.node())};
    CHECK(loud.node()->hash() != quiet.node()->hash());
    CHECK_ERROR(compiled(select(quiet), able(), rules), "not-supported", "whisper");
}

TEST_CASE("rules: a derived table overrides one rule and keeps the others") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set<azoth::star_node, &write_one>();
    CHECK(compiled(select(func::count(), package_name), able(), rules).sql == R"(SELECT count(1), "package"."name" FROM "package")");
    CHECK(sql(select(func::count())) == "SELECT count(*)");
}

TEST_CASE("rules: a query that reads no table gets what stands for one") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.lone_select = " FROM DUAL";
    CHECK(compiled(select(azoth::literal(1)), able(), rules).sql == "SELECT 1 FROM DUAL");
    CHECK(compiled(select(azoth::literal(1)).union_all(select(azoth::literal(2))), able(), rules).sql ==
          "SELECT 1 FROM DUAL UNION ALL SELECT 2 FROM DUAL");
    CHECK(compiled(select(package_name), able(), rules).sql == R"(SELECT "package"."name" FROM "package")");
}

TEST_CASE("rules: names of a database that keeps them in capitals") {
    CHECK(azoth::swapped_case("person") == "PERSON");
    CHECK(azoth::swapped_case("PERSON_2") == "person_2");
    CHECK(azoth::swapped_case("Person") == "Person");
    azoth::rule_table rules = azoth::ansi_rules();
    rules.identifiers.swaps_case = true;
    CHECK(compiled(select(package_name), able(), rules).sql == R"(SELECT "PACKAGE"."NAME" FROM "PACKAGE")");
}

TEST_CASE("rules: a type without a name is refused") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.set_type(azoth::type_kind::json, {});
    const auto cast = package_name.node();
    const azoth::expr<std::string> as_json{azoth::make_node<const azoth::cast_node>(cast, azoth::type{azoth::type_kind::json})};
    CHECK_ERROR(compiled(select(as_json), able(), rules), "not-supported", "no column type for json");
    const azoth::expr<std::string> as_unknown{azoth::make_node<const azoth::cast_node>(cast, azoth::type{})};
    CHECK_ERROR(compiled(select(as_unknown)), "not-supported", "unknown");
}

TEST_CASE("types: names for people") {
    CHECK(to_string(azoth::string(80)) == "string(80)");
    CHECK(to_string(azoth::numeric(10, 2)) == "numeric(10, 2)");
    CHECK(to_string(azoth::type{azoth::type_kind::timestamp_tz}) == "timestamp_tz");
    CHECK_FALSE(azoth::string(80) == azoth::string(81));
    CHECK_FALSE(azoth::type{azoth::type_kind::text} == azoth::string(0));
    for (std::size_t k = 0; k < azoth::type_kind_count; ++k)
        CHECK(azoth::kind_name(static_cast<azoth::type_kind>(k)) != (k == 0 ? "" : "unknown"));
}

TEST_CASE("no claims are none: but for its limits every byte of them is zero") {
    alignas(azoth::capabilities) std::array<std::byte, sizeof(azoth::capabilities)> memory{};  // padding included
    auto* const none = new (memory.data()) azoth::capabilities(azoth::no_claims());
    CHECK(*none != azoth::capabilities{});
    CHECK(none->max_parameters == azoth::capabilities{}.max_parameters);
    none->max_parameters = 0;
    none->max_value_bytes = 0;
    CHECK(std::ranges::count(memory, std::byte{}) == std::ssize(memory));
}
