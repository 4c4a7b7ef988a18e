// Pairs of which one table differs.
#include "schema_pairs.hpp"

namespace azoth::conformance::schema_pairs {
namespace {

/// Two tables of one name.
schema_pair pair_of(const std::string& name, std::vector<column_draft> first, std::vector<column_draft> second,
                    std::vector<table_element> first_elements = {}, std::vector<table_element> second_elements = {}) {
    return {metadata{{table{name, std::move(first), std::move(first_elements)}}},
            metadata{{table{name, std::move(second), std::move(second_elements)}}}};
}

/// Rows of the values, behind their keys 1, 2 ...
void fill(schema_pair& p, const std::vector<std::string>& names, const std::vector<std::vector<value>>& rows) {
    const table t{p.first.definition().tables.front()};
    p.fill = [t, names, rows](connection& c) {
        std::int64_t id = 0;
        for (const auto& row : rows) {
            auto one = insert(t).set(t["id"], ++id);
            for (std::size_t i = 0; i < names.size(); ++i) one = one.set(t[names[i]], row[i]);
            c.execute(one);
        }
    };
}

}  // namespace

schema_pair nothing(context& on) {
    const auto columns = [] {
        return std::vector<column_draft>{column("id", type_kind::big_integer, primary_key), column("name", string(20), not_null, unique),
                                         column("price", numeric(10, 2), server_default("0")), column("at", type_kind::timestamp),
                                         column("made", type_kind::timestamp, server_default("CURRENT_TIMESTAMP"))};
    };
    return pair_of(on.unique_name("same"), columns(), columns());
}

schema_pair columns(context& on) {
    schema_pair p = pair_of(on.unique_name("columns"), {key(), column("name", string(20)), column("gone", type_kind::integer)},
                            {key(), column("name", string(20)), column("size", type_kind::integer),
                             column("kind", string(9), not_null, server_default(literal("it's"))), column("day", type_kind::date)});
    fill(p, {"name", "gone"}, {{"one", 1}, {"it's", 2}, {std::nullopt, 3}});
    return p;
}

schema_pair types(context& on) {
    schema_pair p = pair_of(on.unique_name("types"),
                            {key(), column("name", string(20), not_null), column("n", type_kind::integer), column("price", numeric(8, 2)),
                             column("size", type_kind::real)},
                            {key(), column("name", string(80), not_null), column("n", type_kind::big_integer),
                             column("price", numeric(12, 4)), column("size", type_kind::double_)});
    fill(p, {"name", "n", "price", "size"}, {{"one", 1, decimal::parse("1.25"), 0.5}, {"two", std::nullopt, decimal::parse("-20"), 2.0}});
    return p;
}

schema_pair conversions(context& on) {
    schema_pair p = pair_of(on.unique_name("conversions"),
                            {key(), column("word", string(20)), column("flag", type_kind::boolean), column("n", type_kind::integer)},
                            {key(), column("word", type_kind::integer), column("flag", type_kind::integer), column("n", string(30))});
    fill(p, {"word", "flag", "n"}, {{"12", true, 5}, {"-7", false, 6}});
    return p;
}

schema_pair defaults(context& on) {
    schema_pair p = pair_of(on.unique_name("defaults"),
                            {key(), column("a", type_kind::integer, server_default("1")), column("b", string(20), not_null),
                             column("c", string(20), server_default(literal("x"))), column("d", type_kind::boolean)},
                            {key(), column("a", type_kind::integer, server_default("2"), not_null), column("b", string(20)),
                             column("c", string(20)), column("d", type_kind::boolean, server_default(literal(true)))});
    fill(p, {"a", "b"}, {{1, "b"}, {2, "c"}});
    return p;
}

schema_pair constraints(context& on) {
    const std::string name = on.unique_name("constraints");
    const std::vector<column_draft> columns{key(), column("a", type_kind::integer, not_null), column("b", string(20), not_null)};
    schema_pair p = pair_of(
        name, columns, columns,
        {unique_constraint{.name = on.unique_name("a"), .columns = {"a"}}, check(on.unique_name("low"), own_column<int>("a") < 100)},
        {unique_constraint{.name = on.unique_name("ab"), .columns = {"a", "b"}}, check(on.unique_name("high"), own_column<int>("a") > 0),
         check(on.unique_name("named"), own_column<std::string>("b") != "")});
    fill(p, {"a", "b"}, {{1, "x"}, {2, "y"}});
    return p;
}

schema_pair indexes(context& on) {
    const std::string name = on.unique_name("indexed");
    const std::string same = on.unique_name("same_name");
    const std::vector<column_draft> columns{key(), column("a", type_kind::integer), column("b", string(20)),
                                            column("gone", type_kind::boolean)};
    schema_pair p =
        pair_of(name, columns, columns, {index(on.unique_name("by_a"), {"a"}), index(same, {"b"})},
                {index(same, {"b", descending("a")}), index_definition{.name = on.unique_name("one_b"), .elements = {"b"}, .unique = true},
                 partial(index(on.unique_name("open"), {"a"}), own_column<bool>("gone"))});
    fill(p, {"a", "b"}, {{1, "x"}, {2, "y"}});
    return p;
}

schema_pair primary_keys(context& on) {
    schema_pair p = pair_of(on.unique_name("keyed"), {key(), column("part", type_kind::integer, not_null), column("name", string(20))},
                            {column("id", type_kind::integer, primary_key, not_generated), column("part", type_kind::integer, primary_key),
                             column("name", string(20))});
    fill(p, {"part", "name"}, {{1, "x"}, {2, "y"}});
    return p;
}

schema_pair numbered_keys(context& on) {
    schema_pair p = pair_of(on.unique_name("numbered"),
                            {column("id", type_kind::big_integer, primary_key, not_generated), column("n", type_kind::integer)},
                            {column("id", type_kind::big_integer, primary_key), column("n", type_kind::integer)});
    fill(p, {"n"}, {{10}, {20}});
    return p;
}

schema_pair numbered_otherwise(context& on) {
    const sequence_options before{.start = 100, .increment = 10, .cycle = true};
    const sequence_options after{.start = 7, .increment = 2, .minimum = 5, .maximum = 5000};
    schema_pair p = pair_of(on.unique_name("numbered_otherwise"),
                            {column("id", type_kind::big_integer, primary_key, identity(before)), column("n", type_kind::integer)},
                            {column("id", type_kind::big_integer, primary_key, always_identity(after)), column("n", type_kind::integer)});
    p.fill = [t = p.first.definition().tables.front()](connection& c) {
        for (const int n : {10, 20}) c.execute(insert(table{t}).set(table{t}["n"], n));
    };
    return p;
}

schema_pair computed_columns(context& on) {
    const auto width = [] { return own_column<int>("width"); };
    schema_pair p = pair_of(on.unique_name("computed"),
                            {key(), column("width", type_kind::integer), column("twice", type_kind::integer, computed(width() * 2)),
                             column("other", type_kind::integer)},
                            {key(), column("width", type_kind::big_integer), column("twice", type_kind::integer, computed(width() * 2)),
                             column("other", type_kind::integer, computed(width() + 1))});
    fill(p, {"width", "other"}, {{3, 1}, {4, 2}});
    return p;
}

schema_pair comments(context& on) {
    schema_pair p = pair_of(on.unique_name("commented"),
                            {key(), column("a", type_kind::integer, comment("first")), column("b", string(9), not_null, comment("gone"))},
                            {key(), column("a", type_kind::integer, comment("it's second")), column("b", string(9), not_null)},
                            {table_comment{"before"}}, {table_comment{"it's after"}});
    fill(p, {"a", "b"}, {{1, "x"}});
    return p;
}

schema_pair odd_names(context& on) {
    const std::string name = on.unique_name("odd \"table\" `name`");
    schema_pair p =
        pair_of(name, {key(), column("a b", string(20), not_null), column("sel\"ect", type_kind::integer), column("C", type_kind::integer)},
                {key(), column("a b", string(40), server_default(literal("o'x"))), column("order", type_kind::integer),
                 column("C", type_kind::big_integer)},
                {check(on.unique_name("C is \"low\""), own_column<int>("C") < 100)},
                {index(on.unique_name("in `dex`"), {"order", "a b"}), check(on.unique_name("C is \"high\""), own_column<int>("C") > 0)});
    fill(p, {"a b", "sel\"ect", "C"}, {{"x", 1, 7}, {"y", 2, 8}});
    return p;
}

}  // namespace azoth::conformance::schema_pairs
