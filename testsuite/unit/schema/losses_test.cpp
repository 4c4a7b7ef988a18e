// What changes of a schema lose, and what they say of it.
#include "changes_support.hpp"

#include <azoth/schema/objects.hpp>
#include <azoth/sql/select.hpp>

using namespace schema_tests;

namespace {

azoth::schema_definition noted(const metadata& of, std::vector<azoth::reflection_note> notes) {
    azoth::schema_definition all = of.definition();
    all.notes = std::move(notes);
    return all;
}

azoth::schema_changes changes(const azoth::schema_definition& from, const metadata& to, const azoth::rule_table& rules,
                              const azoth::profile& server = able()) {
    return azoth::changes_between(from, to.definition(), rules, server);
}

metadata with_length(std::uint32_t length) { return metadata{{table{"a", {key(), column("x", azoth::string(length))}}}}; }

azoth::rule_table rules_that_redeclare() {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.ddl.redeclares_columns = true;
    return rules;
}

}  // namespace

TEST_CASE("losses: a column that gets narrower and refuses NULL says both") {
    const metadata from{{table{"a", {key(), column("x", azoth::string(40))}}}};
    const metadata to{{table{"a", {key(), column("x", azoth::string(20), azoth::not_null)}}}};
    CHECK(losses(changes(from, to)) ==
          lines{R"(values of "x" that do not fit the narrower type are lost, or refused; rows with NULL in "x" make it fail)"});
}

TEST_CASE("losses: a table that is made anew loses what was not read of it") {
    const azoth::schema_definition from = noted(
        with_length(20), {{{"", "a"}, "ON CONFLICT REPLACE is left out"}, {{"", "a"}, "read as text", {}, true}, {{"", "b"}, "else"}});
    const auto made = changes(from, with_length(40), rules_that_rebuild());
    CHECK(losses(made) == lines{"what has not been read is lost: ON CONFLICT REPLACE is left out"});
    CHECK(
        azoth::script_of(made, rules_that_rebuild(), able()).starts_with("-- LOSES: what has not been read is lost: ON CONFLICT REPLACE"));
}

TEST_CASE("losses: a column that is said again loses what was not read of it") {
    const azoth::schema_definition from = noted(with_length(20), {{{"", "a"}, "x is INVISIBLE, which is left out", "x"},
                                                                  {{"", "a"}, "id is INVISIBLE, which is left out", "id"},
                                                                  {{"", "a"}, "it has the trigger t, which is not read"}});
    CHECK(losses(changes(from, with_length(40), rules_that_redeclare())) ==
          lines{"what has not been read is lost: x is INVISIBLE, which is left out"});
    const metadata to_null{{table{"a", {key(), column("x", azoth::string(20), azoth::not_null)}}}};
    CHECK(losses(changes(from, to_null, azoth::ansi_rules())).empty());  // where ALTER COLUMN leaves the rest as it is
}

TEST_CASE("losses: a view that steps aside loses what was not read of it") {
    const auto make = [](std::uint32_t length) {
        const table t{"t", {key(), column("word", azoth::string(length))}};
        metadata all{{t}};
        all.add(azoth::view{"v", azoth::select(t.column<std::optional<std::string>>("word").label("word"))});
        return all;
    };
    const azoth::schema_definition from = noted(make(20), {{{"", "v"}, "it has the trigger t, which is not read"}});
    CHECK(losses(changes(from, make(40), azoth::ansi_rules())) ==
          lines{"what has not been read is lost: it has the trigger t, which is not read"});
}

TEST_CASE("losses: a check in a column's definition goes with it, or where that is said again") {
    const auto make = [](const char* condition) {
        const metadata plain{{table{"a", {key(), column("x", type_kind::integer)}, {azoth::check("x", condition)}}}};
        azoth::schema_definition all = plain.definition();
        auto changed = std::make_shared<azoth::table_definition>(*all.tables.front());
        changed->checks.front().column = "x";
        all.tables.front() = changed;
        return all;
    };
    const auto changed = [&](const metadata& to) {
        return azoth::changes_between(make("x > 0"), to.definition(), rules_that_redeclare(), able());
    };
    const auto other = changed(metadata{{table{"a", {key(), column("x", type_kind::integer)}, {azoth::check("x", "x > 1")}}}});
    REQUIRE(other.steps.size() == 2);
    const auto* anew = azoth::node_cast<azoth::alter_column_node>(other.steps.front().statement.node());
    REQUIRE(anew);
    CHECK(anew->table->checks.empty());
    CHECK(outline(other).back() == R"(ALTER TABLE "a" ADD CONSTRAINT "x" CHECK)");
    CHECK(outline(changed(metadata{{table{"a", {key()}}}})) == lines{R"(ALTER TABLE "a" DROP COLUMN "x")"});
}

TEST_CASE("losses: the index that the database made for a key goes with the last key that needs it") {
    const auto make = [](std::vector<azoth::foreign_key> keys) {
        std::vector<azoth::table_element> elements;
        for (auto& k : keys) elements.emplace_back(std::move(k));
        return metadata{{table{"p", {key()}}, table{"a", {key(), column("x", type_kind::integer)}, std::move(elements)}}};
    };
    const azoth::foreign_key one{.name = "one", .columns = {"x"}, .referred_table = "p", .referred_columns = {"id"}, .made_index = "x"};
    azoth::foreign_key two = one;
    two.name = "two";
    two.on_delete = azoth::referential_action::cascade;
    CHECK(outline(changes(make({one, two}), make({one}))) == lines{R"(ALTER TABLE "a" DROP CONSTRAINT "two")"});
    CHECK(outline(changes(make({one, two}), make({}))) ==
          lines{R"(ALTER TABLE "a" DROP CONSTRAINT "one")", R"(ALTER TABLE "a" DROP CONSTRAINT "two")", R"(DROP INDEX "x")"});
}
