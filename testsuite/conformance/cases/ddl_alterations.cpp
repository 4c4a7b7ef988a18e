// ALTER TABLE, SEQUENCE and TYPE: what a statement changes, and that the rows stay.
#include "claims.hpp"
#include "claims_schema.hpp"
#include "ddl_parts.hpp"
#include "expect.hpp"
#include "schema_parts.hpp"

namespace azoth::conformance::areas::ddl_parts {
namespace {

using schema_parts::reflected;

/// A table of two rows: 1, "12" and 2, "7".
table stocked(context& on) {
    table t = on.make_table("altered", {column("id", type_kind::integer, primary_key, not_generated), column("word", string(20))});
    connection c = on.connect();
    c.execute(insert(t).columns(t["id"], t["word"]), {{1, "12"}, {2, "7"}});
    c.commit();
    return t;
}

void run(context& on, const ddl_statement& statement) {
    connection c = on.connect();
    c.execute(statement);
    c.commit();
}

/// The table as it is now.
table now(context& on, const std::string& name) { return table{reflected(on, name)}; }

void add_column(context& on) {
    const table t = stocked(on);
    run(on, azoth::add_column(t, column("size", type_kind::integer)));
    run(on, azoth::add_column(now(on, t.name()), column("kind", string(9), not_null, server_default(literal("plain")))));
    const table wide = now(on, t.name());
    connection c = on.connect();
    CHECK(c.scalars(select(wide.column<std::string>("kind")).order_by(wide["id"])) == std::vector<std::string>{"plain", "plain"});
    CHECK(c.scalar(select(wide.column<std::optional<int>>("size")).where(wide["id"] == 1)) == std::nullopt);
    c.rollback();
    CHECK_THROWS_AS(azoth::add_column(wide, column("size", type_kind::integer)), error);
    CHECK_THROWS_AS(azoth::add_column(wide, column("other", type_kind::integer, unique)), error);
}

void drop_column(context& on) {
    const table t = stocked(on);
    run(on, azoth::drop_column(t, "word"));
    const table narrow = now(on, t.name());
    CHECK(narrow.columns().size() == 1);
    connection c = on.connect();
    CHECK(c.scalar(select(func::count()).select_from(narrow)) == 2);
    CHECK_THROWS_AS(azoth::drop_column(narrow, "word"), programming_error);
}

void rename_column(context& on) {
    const table t = stocked(on);
    run(on, azoth::rename_column(t, "word", "new \"name\""));
    const table renamed = now(on, t.name());
    connection c = on.connect();
    CHECK(c.scalar(select(renamed.column<std::optional<std::string>>("new \"name\"")).where(renamed["id"] == 1)) == "12");
}

void rename_table(context& on) {
    const table t = stocked(on);
    const std::string name = on.unique_name("renamed");
    run(on, azoth::rename_table(t, name));
    const table renamed = now(on, name);
    connection c = on.connect();
    CHECK(c.scalar(select(func::count()).select_from(renamed)) == 2);
    c.rollback();
    run(on, azoth::rename_table(renamed, t.name()));
}

void alter_type(context& on) {
    const table t = stocked(on);
    run(on, alter_column(t, "word", string(80)));
    const table wide = now(on, t.name());
    CHECK(wide.columns()[1].type.length == 80);
    run(on, alter_column(wide, "word", type_kind::big_integer));
    const table numbers = now(on, t.name());
    connection c = on.connect();
    CHECK(c.scalar(select(numbers.column<std::optional<std::int64_t>>("word")).where(numbers["id"] == 1)) == 12);
}

void alter_default_and_null(context& on) {
    const table t = stocked(on);
    run(on, alter_column(t, "word", not_null, server_default(literal("it's new"))));
    const table strict = now(on, t.name());
    connection c = on.connect();
    c.execute(insert(strict).set(strict["id"], 3));
    CHECK(c.scalar(select(strict.column<std::string>("word")).where(strict["id"] == 3)) == "it's new");
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(strict).set(strict["id"], 4).set(strict["word"], std::nullopt)), integrity_error);
    c.rollback();
    run(on, alter_column(strict, "word", no_server_default, nullable));
    const table loose = now(on, t.name());
    c.execute(insert(loose).set(loose["id"], 4));
    CHECK(c.scalar(select(loose.column<std::optional<std::string>>("word")).where(loose["id"] == 4)) == std::nullopt);
}

void alter_keeps_the_rest(context& on) {
    const table t = on.make_table("kept", {column("id", type_kind::integer, primary_key, not_generated),
                                           column("word", string(20), not_null, server_default(literal("w")), comment("what it is"))});
    run(on, alter_column(t, "word", string(30)));
    const table_definition found = reflected(on, t.name());
    CHECK_FALSE(found.node->columns[1].nullable);
    CHECK(found.details[1].server_default != nullptr);
    if (on.server().can.comments) CHECK(found.details[1].comment == "what it is");
}

void convert(context& on) {
    const table t = stocked(on);
    run(on, alter_column(t, "word", type_kind::integer, converted_by(own_column<std::string>("word").as<int>() * 10)));
    const table numbers = now(on, t.name());
    connection c = on.connect();
    CHECK(c.scalars(select(numbers.column<std::optional<int>>("word")).order_by(numbers["id"])) ==
          std::vector<std::optional<int>>{120, 70});
}

void primary_keys(context& on) {
    const table t =
        on.make_table("keyed", {column("id", type_kind::integer, primary_key, not_generated), column("word", string(20), not_null)});
    const std::string name = reflected(on, t.name()).primary_key_name;
    run(on, drop_constraint(t, name, constraint_kind::primary_key));
    CHECK(reflected(on, t.name()).primary_key.empty());
    run(on, add_constraint(t, primary_key_constraint{.columns = {"id", "word"}}));
    CHECK(reflected(on, t.name()).primary_key == std::vector<std::string>{"id", "word"});
}

void sequences(context& on) {
    const sequence numbers{on.unique_name("numbers"), {.start = 5}};
    run(on, create_sequence(numbers));
    run(on, alter_sequence(sequence{numbers.definition().name.name, {.increment = 10, .maximum = 500, .cycle = true}}));
    sequence_options found;
    for (const auto& s : schema_parts::read(on, {}).sequences)
        if (s.name == numbers.definition().name) found = s.options;
    run(on, drop_sequence(numbers));
    CHECK(found.increment == 10);
    CHECK(found.maximum == 500);
    CHECK(found.cycle);
}

void enum_values(context& on) {
    const type mood = enum_type(on.unique_name("mood"), {"sad", "happy"});
    const table t{on.unique_name("moods"), {column("id", type_kind::integer, primary_key, not_generated), column("mood", mood)}};
    on.make(metadata{{t}});
    run(on, add_enum_value(mood, "so-so", "happy"));
    run(on, add_enum_value(mood, "it's great"));
    std::vector<std::string> labels;
    for (const auto& e : schema_parts::read(on, {}).enums)
        if (e.name.name == mood.rare->name) labels = e.labels;
    CHECK(labels == std::vector<std::string>{"sad", "so-so", "happy", "it's great"});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["mood"], "so-so"));
}

}  // namespace

std::vector<test_case> alterations() {
    return {
        {"ddl/add-column", "ADD COLUMN, also NOT NULL with a default", claims::added_columns, add_column},
        {"ddl/drop-column", "DROP COLUMN", claims::dropped_columns, drop_column},
        {"ddl/rename-column", "RENAME COLUMN", claims::renamed_columns, rename_column},
        {"ddl/rename-table", "ALTER TABLE ... RENAME TO", claims::renamed_tables, rename_table},
        {"ddl/alter-type", "a column becomes another type, and its values with it", claims::altered_columns, alter_type},
        {"ddl/alter-default-and-null", "a column's default and NOT NULL come and go", claims::altered_columns, alter_default_and_null},
        {"ddl/alter-keeps-the-rest", "what is not said of a column stays", claims::altered_columns, alter_keeps_the_rest},
        {"ddl/convert-column", "values are converted by an expression", claims::converted_columns, convert},
        {"ddl/alter-primary-key", "the primary key is dropped, and another one added", claims::alter_add_constraint, primary_keys},
        {"ddl/alter-sequence", "a sequence counts otherwise", claims::altered_sequences, sequences},
        {"ddl/add-enum-value", "an enumeration gets labels, in the middle and at the end", claims::added_enum_values, enum_values},
    };
}

}  // namespace azoth::conformance::areas::ddl_parts
