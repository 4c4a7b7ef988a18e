// Pairs of which more than one table differs, or something else.
#include "schema_pairs.hpp"

namespace azoth::conformance::schema_pairs {
namespace {

/// A parent of the rows 1 and 2, each with a child.
std::function<void(connection&)> families(const table& parent, const table& child) {
    return [parent, child](connection& c) {
        for (const int id : {1, 2}) {
            c.execute(insert(parent).set(parent["id"], id));
            c.execute(insert(child).set(child["id"], 10 + id).set(child["parent_id"], id));
        }
    };
}

}  // namespace

schema_pair foreign_keys(context& on) {
    const table parent{on.unique_name("parent"), {key(), column("code", type_kind::integer, unique)}};
    const std::string child = on.unique_name("child");
    const auto to_parent = references_to(parent.name(), "id");
    const table cascading{child,
                          {key(), column("parent_id", type_kind::integer, to_parent.on_delete(referential_action::cascade)),
                           column("other_id", type_kind::integer)}};
    const table nulling{child,
                        {key(), column("parent_id", type_kind::integer, to_parent.on_delete(referential_action::set_null), indexed),
                         column("other_id", type_kind::integer, references_to(parent.name(), "code"))}};
    return {metadata{{parent, cascading}}, metadata{{parent, nulling}}, families(parent, cascading)};
}

schema_pair referred_types(context& on) {
    const std::string parent = on.unique_name("parent");
    const std::string child = on.unique_name("child");
    const auto make = [&](type_kind kind) {
        return std::vector<table>{table{parent, {key(kind)}},
                                  table{child, {key(), column("parent_id", kind, references_to(parent, "id"))}}};
    };
    const auto narrow = make(type_kind::integer);
    return {metadata{narrow}, metadata{make(type_kind::big_integer)}, families(narrow[0], narrow[1])};
}

/// In the first a table refers to one that the second does not have, in the second to one that the first does not have; and two new ones to
/// each other.
schema_pair tables(context& on) {
    const std::string name = on.unique_name("stays");
    const std::string old = on.unique_name("old");
    const std::string a = on.unique_name("a");
    const std::string b = on.unique_name("b");
    const table gone{old, {key()}};
    const table before{name, {key(), column("parent_id", type_kind::integer, references_to(old, "id"))}};
    const table after{name, {key(), column("parent_id", type_kind::integer), column("a_id", type_kind::integer, references_to(a, "id"))}};
    const table first{a, {key(), column("b_id", type_kind::integer, references_to(b, "id"))}};
    const table second{b, {key(), column("a_id", type_kind::integer, references_to(a, "id")), column("name", string(20), indexed)}};
    schema_pair p{metadata{{gone, before}}, metadata{{after, first, second}}, {}};
    p.fill = [gone, before](connection& c) {
        c.execute(insert(gone).set(gone["id"], 1));
        c.execute(insert(before).set(before["id"], 5));  // refers to nothing: the table comes back without its rows
    };
    return p;
}

schema_pair beneath_views(context& on) {
    const std::string name = on.unique_name("seen");
    const std::string low = on.unique_name("low");
    const std::string high = on.unique_name("high");
    const auto make = [&](const type& word) {
        const table t{name, {key(), column("word", word), column("n", type_kind::integer)}};
        metadata all{{t}};
        const view lower{low, select(t.column<int>("id").label("id"), t.column<std::optional<std::string>>("word").label("word"))};
        all.add(lower);
        all.add(view{high, select(lower.column<std::optional<std::string>>("word").label("word"))});
        return all;
    };
    schema_pair p{make(string(20)), make(string(40)), {}};
    const table t = p.first.find(name);
    p.fill = [t](connection& c) { c.execute(insert(t).set(t["id"], 1).set(t["word"], "x")); };
    return p;
}

schema_pair enumerations(context& on) {
    const std::string name = on.unique_name("moods");
    const std::string mood = on.unique_name("mood");
    const std::string other = on.unique_name("other");
    const auto make = [&](std::vector<std::string> labels, std::vector<std::string> others) {
        return metadata{{table{name,
                               {key(), column("mood", enum_type(mood, std::move(labels)), not_null, server_default(literal("happy"))),
                                column("other", enum_type(other, std::move(others)))}}}};
    };
    schema_pair p{make({"sad", "happy"}, {"a", "b"}), make({"sad", "so-so", "happy", "it's great"}, {"b", "a"}), {}};
    const table t = p.first.find(name);
    p.fill = [t](connection& c) {
        c.execute(insert(t).set(t["id"], 1).set(t["mood"], "sad").set(t["other"], "a"));
        c.execute(insert(t).set(t["id"], 2));
    };
    return p;
}

schema_pair sequences(context& on) {
    const std::string name = on.unique_name("numbers");
    schema_pair p;
    p.first.add(sequence{name, {.start = 5}});
    p.second.add(sequence{name, {.start = 7, .increment = 10, .maximum = 5000}});
    p.second.add(sequence{on.unique_name("others")});
    return p;
}

}  // namespace azoth::conformance::schema_pairs
