// JSON and arrays in expressions.
#include "documents.hpp"
#include "areas.hpp"
#include "claims.hpp"
#include "moments.hpp"

namespace azoth::conformance {
namespace {

using ids = std::vector<std::int64_t>;

std::vector<json> samples() {
    return {json::parse(R"({"a": {"b": [1, 2.5, "x", null, true]}, "n": 7, "t": "te\"xt", "f": false, "nothing": null, "o": {"k": 1}})"),
            json::parse(R"({"a": [[10, 20], {"b": "y"}], "n": "7", "t": 5, "f": 0})"), json::parse(R"([{"a": 3}, "z"])"), json(5),
            json("words")};
}

void members(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.first(of.body["a"]["b"][0]) == json(1));
    CHECK(of.first(of.body["a"]["b"][2]) == json("x"));
    CHECK(of.first(of.body["a"]["b"][4]) == json(true));
    CHECK(of.first(of.body["o"]) == json{{"k", 1}});
    CHECK(of.all(of.body["n"]) == maybe_many<json>{json(7), json("7"), std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["a"][0][1]) == maybe_many<json>{std::nullopt, json(20), std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["a"][1]["b"]).at(1) == json("y"));
    CHECK(of.all(of.body[0]["a"]).at(2) == json(3));
    CHECK(of.all(of.body[1]).at(2) == json("z"));
    CHECK(of.first(of.body["a"]["b"][9]) == std::nullopt);
    CHECK(of.first(of.body["n"]["x"]) == std::nullopt);
}

/// A place is none in what is no array, and a key none in what is no object, whatever they are called.
void keys_are_no_places(context& on) {
    kept_documents of{on, {json::parse(R"({"0": "key", "1": [5]})"), json::parse(R"(["zero", "one"])"), json(3)}};
    const maybe_many<json> none(4, std::nullopt);
    CHECK(of.all(of.body["0"]) == maybe_many<json>{json("key"), std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body[0]) == maybe_many<json>{std::nullopt, json("zero"), std::nullopt, std::nullopt});
    CHECK(of.all(of.body["1"][0]) == maybe_many<json>{json(5), std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["0"][0]) == none);
    CHECK(of.all(of.body[0][0]) == none);
}

void check_keys(context& on, const std::vector<std::string>& keys) {
    json document;
    for (std::size_t i = 0; i < keys.size(); ++i) document[keys[i]] = json{{keys[i], i}};
    kept_documents of{on, {document}};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        INFO("the key " << json(keys[i]).dump());
        CHECK(of.first(of.body[keys[i]][keys[i]]) == json(i));
        CHECK(of.first(of.body[keys[i]][keys[i]].json_as<std::int64_t>()) == static_cast<std::int64_t>(i));
        CHECK(of.first(of.body.has_key(keys[i])));
        CHECK_FALSE(of.first(of.body.has_key(keys[i] + "x")));
        json changed = document;
        changed[keys[i]] = 5;
        CHECK(of.first(func::json_set(of.body[keys[i]], 5)) == changed);
        changed.erase(keys[i]);
        CHECK(of.first(func::json_remove(of.body[keys[i]])) == changed);
        CHECK(of.by.scalar(select(func::json_object(keys[i], 1))) == json{{keys[i], 1}});
    }
}

void difficult_keys(context& on) {
    check_keys(on, {"a b",  "a.b", "it's", "\"", "a\"b", "\\", "a\\b", "$",      "*",      "[0]",       "",   " ", "größe",
                    "日本", "🐘",   "null", "%s", ":x",   "?",  "a\nb", "\t\x01", "'); --", "{x,\"y\"}", "#>", "0", "@"});
}
void keys_with_minus(context& on) { check_keys(on, {"-", "--", "-1", "-a b"}); }

/// Whoever wrote the document may have escaped what need not be.
void escaped_documents(context& on) {
    kept_documents of{on, {}};
    of.by.execute(insert(of.rows).set(of.rows["id"], 7).set(of.rows["body"], json::object()));
    const std::string name = on.engine().to_sql(select(of.id).select_from(of.rows));
    const std::string quoted = name.substr(name.rfind(" FROM ") + 6);
    run(of.by, "UPDATE " + quoted + " SET body = '{\"gr\\u00f6\\u00dfe\" : {\"\\u0061\\\"b\" : \"\\u00e9\"}}'");
    CHECK(of.first(of.body["größe"]["a\"b"].json_as<std::string>()) == "é");
    CHECK(of.first(of.body.has_key("größe")));
}

void values_of_their_kind(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.all(of.body["n"].json_as<std::int64_t>()) ==
          maybe_many<std::int64_t>{7, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["n"].json_as<std::string>()) ==
          maybe_many<std::string>{std::nullopt, "7", std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["f"].json_as<bool>()) ==
          maybe_many<bool>{false, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.first(of.body["t"].json_as<std::string>()) == "te\"xt");
    CHECK(of.first(of.body["a"]["b"][1].json_as<double>()) == 2.5);
    CHECK(of.first(of.body["a"]["b"][0].json_as<double>()) == 1.0);
    CHECK(of.first(of.body["a"]["b"][4].json_as<bool>()) == true);
    CHECK(of.first(of.body["a"].json_as<std::string>()) == std::nullopt);
    CHECK(of.first(of.body["nothing"].json_as<std::string>()) == std::nullopt);
    CHECK(of.all(of.body.json_as<std::int32_t>()).at(3) == 5);
    CHECK(of.all(of.body.json_as<std::string>()).at(4) == "words");
}

void numbers(context& on) {
    constexpr std::int64_t large = 9'007'199'254'740'993;
    kept_documents of{
        on,
        {json{{"x", large}, {"y", -large}, {"h", 2.5}, {"m", -2.5}, {"tiny", 1e-300}, {"max", std::numeric_limits<std::int64_t>::max()}}}};
    CHECK(of.first(of.body["x"].json_as<std::int64_t>()) == large);
    CHECK(of.first(of.body["y"].json_as<std::int64_t>()) == -large);
    CHECK(of.first(of.body["max"].json_as<std::int64_t>()) == std::numeric_limits<std::int64_t>::max());
    CHECK(of.first(of.body["h"].json_as<std::int64_t>()) == 3);
    CHECK(of.first(of.body["m"].json_as<std::int32_t>()) == -3);
    CHECK(of.first(of.body["tiny"].json_as<double>()) == 1e-300);
    CHECK(of.where(of.body["x"].json_as<std::int64_t>() == large) == ids{1});
    CHECK(of.where(of.body["x"].json_as<std::int64_t>() == large - 1).empty());
}

void texts(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.all(of.body["n"].json_text()) == maybe_many<std::string>{"7", "7", std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(of.body["f"].json_text()) ==
          maybe_many<std::string>{"false", "0", std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.first(of.body["t"].json_text()) == "te\"xt");
    CHECK(of.first(of.body["nothing"].json_text()) == std::nullopt);
    CHECK(of.first(of.body["a"]["b"][1].json_text()) == "2.5");
    CHECK(json::parse(of.first(of.body["a"].json_text()).value()) == samples()[0]["a"]);
    CHECK(of.all(of.body.json_text()).at(4) == "words");
    CHECK(of.all(of.body.json_text()).back() == std::nullopt);
    CHECK(of.all(of.body[0].json_text()).at(1) == std::nullopt);
}

void compared(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.where(of.body["n"].json_as<std::int64_t>() == 7) == ids{1});
    CHECK(of.where(of.body["n"].json_as<std::int64_t>() > 6) == ids{1});
    CHECK(of.where(of.body["n"].json_as<std::string>() == "7") == ids{2});
    CHECK(of.where(of.body["n"].json_text() == "7") == ids{1, 2});
    CHECK(of.where(of.body["t"].json_as<std::string>() == "te\"xt") == ids{1});
    CHECK(of.where(of.body["f"].json_as<bool>() == false) == ids{1});
    CHECK(of.where(of.body["a"]["b"][1].json_as<double>() < 3.0) == ids{1});
    CHECK(of.where(of.body["t"].json_as<std::string>().like("te%")) == ids{1});
    CHECK(of.where(of.body["n"].json_as<std::int64_t>().in({1, 7})) == ids{1});
    CHECK(of.where(of.body["a"]["b"][2] == json("x")) == ids{1});
    CHECK(of.where(of.body["o"] == json{{"k", 1}}) == ids{1});
    CHECK(of.where(of.body["n"] == json(7)) == ids{1});
    CHECK(of.by.scalars(select(of.id).where(of.body["n"].is_not_null()).order_by(of.body["n"].json_as<std::int64_t>().desc(), of.id))
              .size() == 2);
}

/// A member that is null is one; a NULL document has none.
void null_and_nothing(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.first(of.body["nothing"])->is_null());
    CHECK(of.where(of.body["nothing"].is_not_null()) == ids{1});
    CHECK(of.where(of.body["nothing"] == json(nullptr)) == ids{1});
    CHECK(of.where(of.body.has_key("nothing")) == ids{1});
    CHECK(of.where(of.body.has_key("a")) == ids{1, 2});
    CHECK(of.where(of.body["a"].has_key("b")) == ids{1});
    CHECK(of.where(!of.body.has_key("a")) == ids{3, 4, 5, 6});
    CHECK(of.where(of.body.has_key("words")).empty());
}

void kinds(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.all(func::json_kind(of.body)) == maybe_many<std::string>{"object", "object", "array", "number", "string", std::nullopt});
    CHECK(of.all(func::json_kind(of.body["f"])) ==
          maybe_many<std::string>{"boolean", "number", std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.first(func::json_kind(of.body["nothing"])) == "null");
    CHECK(of.first(func::json_kind(of.body["a"]["b"][1])) == "number");
    CHECK(of.all(func::json_array_length(of.body)) ==
          maybe_many<std::int64_t>{std::nullopt, std::nullopt, 2, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.first(func::json_array_length(of.body["a"]["b"])) == 5);
    CHECK(of.by.scalar(select(func::json_array_length(func::json_array()))) == 0);
}

void containment(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.where(of.body.json_contains(json{{"n", 7}})) == ids{1});
    CHECK(of.where(of.body.json_contains(json::parse(R"({"a": {"b": ["x", 1]}})"))) == ids{1});
    CHECK(of.where(of.body.json_contains(json::object())) == ids{1, 2});
    CHECK(of.where(of.body.json_contains(json::parse(R"([{"a": 3}])"))) == ids{3});
    CHECK(of.where(of.body.json_contains(json{{"a", 3}})).empty());
    CHECK(of.where(of.body.json_contains(json("z"))) == ids{3});
    CHECK(of.where(of.body["a"].json_contains(json::parse("[[20]]"))) == ids{2});
    CHECK(of.where(of.body["a"].json_contains(json::parse("[20]"))).empty());
    CHECK(of.where(of.body.json_contains(of.body)) == ids{1, 2, 3, 4, 5});
    CHECK(of.all(of.body.json_contains(json(5))).back() == std::nullopt);
}

void made_documents(context& on) {
    kept_documents of{on, samples()};
    CHECK(of.first(func::json_object("id", of.id, "text", "a\"b", "half", 0.5, "yes", true, "no", of.id > 3, "none", std::nullopt)) ==
          json::parse(R"({"id": 1, "text": "a\"b", "half": 0.5, "yes": true, "no": false, "none": null})"));
    CHECK(of.first(func::json_object("body", of.body, "list", func::json_array(1, "x", std::nullopt, json::array({true})))) ==
          json{{"body", samples()[0]}, {"list", json::parse(R"([1, "x", null, [true]])")}});
    CHECK(of.all(func::json_array(of.body["n"], of.body["n"].json_text())) ==
          std::vector<json>{json::parse(R"([7, "7"])"), json::parse(R"(["7", "7"])"), json::parse("[null, null]"),
                            json::parse("[null, null]"), json::parse("[null, null]"), json::parse("[null, null]")});
    of.by.execute(update(of.rows).set(of.rows["word"], "té\"xt"));
    CHECK(of.first(func::json_object("doc", of.body["o"], "word", of.word)) == json{{"doc", {{"k", 1}}}, {"word", "té\"xt"}});
    CHECK(of.first(func::json_set(of.body["o"]["k"], of.word)).value()["o"]["k"] == "té\"xt");
    const double long_fraction = 0.1 + 0.2;
    CHECK(of.by.scalar(select(func::json_array(long_fraction, 1e300, -2.5e-300, std::optional<double>{}))) ==
          json::array({long_fraction, 1e300, -2.5e-300, nullptr}));
    CHECK(of.by.scalar(select(func::json_object("x", literal(long_fraction)))) == json{{"x", long_fraction}});
    CHECK(of.first(func::json_set(of.body["n"], long_fraction)).value()["n"] == long_fraction);
    CHECK(of.by.scalar(select(func::json_object())) == json::object());
    CHECK(of.by.scalar(select(func::json_array())) == json::array());
    CHECK(of.by.scalar(select(func::json_object("größe", "日本 🐘"))) == json{{"größe", "日本 🐘"}});
    CHECK_THROWS_AS(func::json_object("a", 1, "a", 2), interface_error);
}

void changed_documents(context& on) {
    kept_documents of{on, {json::parse(R"({"a": {"x": 1}, "l": [1, 2], "0": 3})")}};
    const auto set = [&](const auto& path, const auto& v) { return of.first(func::json_set(path, v)).value(); };
    const auto cut = [&](const auto& path) { return of.first(func::json_remove(path)).value(); };
    const json whole = samples().empty() ? json{} : json::parse(R"({"a": {"x": 1}, "l": [1, 2], "0": 3})");
    CHECK(set(of.body["a"]["x"], "new") == json::parse(R"({"a": {"x": "new"}, "l": [1, 2], "0": 3})"));
    CHECK(set(of.body["a"]["y"], true) == json::parse(R"({"a": {"x": 1, "y": true}, "l": [1, 2], "0": 3})"));
    CHECK(set(of.body["a"], std::nullopt) == json::parse(R"({"a": null, "l": [1, 2], "0": 3})"));
    CHECK(set(of.body["l"][0], json{{"k", 2.5}}) == json::parse(R"({"a": {"x": 1}, "l": [{"k": 2.5}, 2], "0": 3})"));
    CHECK(set(of.body["l"][9], of.id) == json::parse(R"({"a": {"x": 1}, "l": [1, 2, 1], "0": 3})"));
    CHECK(set(of.body["0"], 4) == json::parse(R"({"a": {"x": 1}, "l": [1, 2], "0": 4})"));
    CHECK(set(of.body["no"]["x"], 1) == whole);
    CHECK(set(of.body[0], 1) == whole);
    CHECK(set(of.body["l"]["0"], 1) == whole);
    CHECK(set(of.body["a"]["x"][0], 1) == whole);
    CHECK(cut(of.body["a"]["x"]) == json::parse(R"({"a": {}, "l": [1, 2], "0": 3})"));
    CHECK(cut(of.body["l"][0]) == json::parse(R"({"a": {"x": 1}, "l": [2], "0": 3})"));
    CHECK(cut(of.body["0"]) == json::parse(R"({"a": {"x": 1}, "l": [1, 2]})"));
    CHECK(cut(of.body["l"]["0"]) == whole);
    CHECK(cut(of.body[0]) == whole);
    CHECK(cut(of.body["no"]) == whole);
    CHECK(of.all(func::json_set(of.body["a"], 1)).back() == std::nullopt);
    CHECK(of.all(func::json_remove(of.body["a"])).back() == std::nullopt);
}

void changed_in_place(context& on) {
    kept_documents of{on, {json::parse(R"({"n": 1})")}};
    of.by.execute(
        update(of.rows).set(of.rows["body"], func::json_set(of.body["n"], of.body["n"].json_as<std::int64_t>() + 1)).where(of.id == 1));
    CHECK(of.first(of.body) == json{{"n", 2}});
    CHECK(of.where(of.body == json{{"n", 2}}) == ids{1});
    of.by.execute(insert(of.rows).set(of.rows["id"], 9).set(of.rows["body"], func::json_object("b", 1, "a", json::array({1, 2}))));
    CHECK(of.where(of.body == json{{"a", {1, 2}}, {"b", 1}}) == ids{9});
    // What is made of a column meets the column itself, and what is made of a text.
    const auto made = func::json_object("word", of.word);
    of.by.execute(update(of.rows).set(of.rows["body"], func::coalesce(func::json_remove(of.body["n"]), of.body)).where(of.id == 1));
    CHECK(of.where(of.body == json::object()) == ids{1});
    CHECK(of.where(func::json_set(of.body["b"], 1) == of.body) == ids{9});
    CHECK(of.where(made == of.body).empty());
    CHECK(of.first(func::coalesce(of.body, made)) == json::object());
    CHECK(of.first(func::coalesce(func::json_set(of.body["x"], 1), made)) == json{{"x", 1}});
}

template <class T>
struct kept_arrays {
    using array = std::vector<T>;
    table rows;
    connection by;
    expr<array> content;
    expr<std::optional<array>> maybe;
    expr<std::int64_t> id;

    kept_arrays(context& on, const std::vector<array>& arrays)
        : rows{on.make_table("arrays", {column("id", type_kind::big_integer, primary_key, not_generated),
                                        column("content", array_of(value_traits<remove_optional_t<T>>::kind), not_null),
                                        column("maybe", array_of(value_traits<remove_optional_t<T>>::kind))})},
          by{on.connect()},
          content{rows.column<array>("content")},
          maybe{rows.column<std::optional<array>>("maybe")},
          id{rows.column<std::int64_t>("id")} {
        std::int64_t next = 0;
        for (const array& a : arrays) {
            const std::optional<array> twin = next == 0 ? std::nullopt : std::optional{a};
            by.execute(insert(rows).set(rows["id"], ++next).set(rows["content"], a).set(rows["maybe"], twin));
        }
    }
    template <class E>
    auto all(const E& e) {
        return by.scalars(select(e).order_by(id));
    }
    template <class C>
    ids where(const C& condition) {
        return by.scalars(select(id).where(condition).order_by(id));
    }
};

using integers = std::vector<std::int64_t>;
using words = std::vector<std::string>;
constexpr std::int64_t large = 9'007'199'254'740'993;

std::vector<integers> number_lists() { return {{1, 2, 3}, {}, {large, 2, 2}, {-5}}; }
std::vector<words> word_lists() { return {{"a", "b,c", "it's \"q\""}, {}, {"A", "", "größe"}, {"null", "1"}}; }

void elements(context& on) {
    kept_arrays<std::int64_t> of{on, number_lists()};
    CHECK(of.all(of.content[0]) == maybe_many<std::int64_t>{1, std::nullopt, large, -5});
    CHECK(of.all(of.content[2]) == maybe_many<std::int64_t>{3, std::nullopt, 2, std::nullopt});
    CHECK(of.all(of.maybe[0]) == maybe_many<std::int64_t>{std::nullopt, std::nullopt, large, -5});
    CHECK(of.where(of.content[1] == 2) == ids{1, 3});
    CHECK(of.by.scalars(select(of.id).where(of.content[0].is_not_null()).order_by(of.content[0])) == ids{4, 1, 3});
    CHECK_THROWS_AS(of.content[-1], interface_error);
}

void elements_of_each_type(context& on) {
    {
        kept_arrays<std::string> texts{on, word_lists()};
        CHECK(texts.all(texts.content[0]) == maybe_many<std::string>{"a", std::nullopt, "A", "null"});
        CHECK(texts.all(texts.content[2]) == maybe_many<std::string>{"it's \"q\"", std::nullopt, "größe", std::nullopt});
    }
    {
        kept_arrays<double> reals{on, {{0.1, -2.0}}};
        CHECK(reals.all(reals.content[1]) == maybe_many<double>{-2.0});
    }
    {
        kept_arrays<bool> truths{on, {{true, false}}};
        CHECK(truths.all(truths.content[1]) == maybe_many<bool>{false});
        CHECK(truths.where(truths.content[0]) == ids{1});
    }
    {
        kept_arrays<date> dates{on, {{day(2024, 2, 29)}}};
        CHECK(dates.all(dates.content[0] + std::chrono::days{1}) == maybe_many<date>{day(2024, 3, 1)});
    }
    {
        kept_arrays<timestamp> instants{on, {{utc(day(2024, 2, 29), clock(1, 2, 3, 4))}}};
        CHECK(instants.all(instants.content[0]) == maybe_many<timestamp>{utc(day(2024, 2, 29), clock(1, 2, 3, 4))});
    }
    {
        kept_arrays<std::chrono::microseconds> spans{on, {{std::chrono::hours{36}}}};
        CHECK(spans.all(spans.content[0]) == maybe_many<std::chrono::microseconds>{std::chrono::hours{36}});
    }
    {
        kept_arrays<decimal> exact{on, {{decimal::parse("10.50")}, {decimal::parse("9.25")}}};
        CHECK(exact.where(exact.content[0] > decimal::parse("9.5")) == ids{1});
    }
    {
        kept_arrays<std::optional<std::int64_t>> holes{on, {{std::nullopt, 4}}};
        CHECK(holes.all(holes.content[0]) == maybe_many<std::int64_t>{std::nullopt});
        CHECK(holes.all(holes.content[1]) == maybe_many<std::int64_t>{4});
    }
}

void lengths(context& on) {
    kept_arrays<std::int64_t> of{on, number_lists()};
    CHECK(of.all(func::array_length(of.content)) == integers{3, 0, 3, 1});
    CHECK(of.all(func::array_length(of.maybe)) == maybe_many<std::int64_t>{std::nullopt, 0, 3, 1});
    CHECK(of.where(func::array_length(of.content) > 1) == ids{1, 3});
}

void slices(context& on) {
    kept_arrays<std::int64_t> of{on, number_lists()};
    using lists = std::vector<integers>;
    CHECK(of.all(of.content.slice(1, 3)) == lists{{2, 3}, {}, {2, 2}, {}});
    CHECK(of.all(of.content.slice(0, 1)) == lists{{1}, {}, {large}, {-5}});
    CHECK(of.all(of.content.slice(0, 100)) == number_lists());
    CHECK(of.all(of.content.slice(2, 2)) == lists{{}, {}, {}, {}});
    CHECK(of.all(of.maybe.slice(0, 1)).front() == std::nullopt);
    CHECK(of.all(func::array_length(of.content.slice(0, 2))) == integers{2, 0, 2, 1});
}

void searches(context& on) {
    kept_arrays<std::int64_t> of{on, number_lists()};
    CHECK(of.where(of.content.array_contains(2)) == ids{1, 3});
    CHECK(of.where(of.content.array_contains(large)) == ids{3});
    CHECK(of.where(of.content.array_contains(large - 1)).empty());
    CHECK(of.where(5 == any_(of.content)).empty());
    CHECK(of.where(-5 == any_(of.content)) == ids{4});
    CHECK(of.where(of.id == any_(of.content)) == ids{1});
    CHECK(of.where(!of.content.array_contains(2)) == ids{2, 4});
    CHECK(of.where(of.content.array_contains_all(integers{2, 1})) == ids{1});
    CHECK(of.where(of.content.array_contains_all(integers{})) == ids{1, 2, 3, 4});
    CHECK(of.where(of.content.array_contains_all(of.content)) == ids{1, 2, 3, 4});
    CHECK(of.where(of.content.array_overlaps(integers{3, -5})) == ids{1, 4});
    CHECK(of.where(of.content.array_overlaps(integers{})).empty());
    CHECK(of.all(of.maybe.array_contains(2)) == maybe_many<bool>{std::nullopt, false, true, false});
    CHECK(of.all(of.maybe.array_overlaps(integers{2})) == maybe_many<bool>{std::nullopt, false, true, false});
    // What was compiled for an array is not what a NULL needs.
    for (const auto& given : {std::optional<integers>{integers{}}, std::optional<integers>{}})
        CHECK(of.all(of.content.array_contains_all(given)).front() == (given ? std::optional{true} : std::nullopt));
    CHECK(of.all(func::array_position(of.content, 2)) == maybe_many<std::int64_t>{1, std::nullopt, 1, std::nullopt});
    CHECK(of.all(func::array_position(of.maybe, of.id)) ==
          maybe_many<std::int64_t>{std::nullopt, std::nullopt, std::nullopt, std::nullopt});
    CHECK(of.all(func::array_position(of.content, of.id)).front() == 0);
}

void searches_of_texts(context& on) {
    kept_arrays<std::string> of{on, word_lists()};
    CHECK(of.where(of.content.array_contains("a")) == ids{1});
    CHECK(of.where(of.content.array_contains("A")) == ids{3});
    CHECK(of.where(of.content.array_contains("")) == ids{3});
    CHECK(of.where(of.content.array_contains("a ")).empty());
    CHECK(of.where(of.content.array_contains("b,c")) == ids{1});
    CHECK(of.where("it's \"q\"" == any_(of.content)) == ids{1});
    CHECK(of.where("größe" == any_(of.content)) == ids{3});
    CHECK(of.where(of.content.array_contains("null")) == ids{4});
    CHECK(of.where(of.content.array_overlaps(words{"1", "b,c"})) == ids{1, 4});
    CHECK(of.all(func::array_position(of.content, "1")) == maybe_many<std::int64_t>{std::nullopt, std::nullopt, std::nullopt, 1});
}

void searches_of_other_types(context& on) {
    {
        kept_arrays<decimal> exact{on, {{decimal::parse("1.50")}, {decimal::parse("2")}}};
        CHECK(exact.where(exact.content.array_contains(decimal::parse("1.5"))) == ids{1});
        CHECK(exact.where(exact.content.array_overlaps(std::vector{decimal::parse("2.00")})) == ids{2});
    }
    {
        kept_arrays<bool> truths{on, {{true}, {false}, {}}};
        CHECK(truths.where(truths.content.array_contains(false)) == ids{2});
    }
    {
        kept_arrays<date> dates{on, {{day(2024, 2, 29)}, {}}};
        CHECK(dates.where(dates.content.array_contains(day(2024, 2, 29))) == ids{1});
    }
    {
        kept_arrays<double> reals{on, {{0.1, 2.0}, {0.2}}};
        CHECK(reals.where(reals.content.array_contains(0.1)) == ids{1});
        CHECK(reals.where(reals.content.array_contains(2.0)) == ids{1});
    }
    {
        kept_arrays<std::optional<std::int64_t>> holes{on, {{std::nullopt, 4}, {std::nullopt}}};
        CHECK(holes.where(holes.content.array_contains(4)) == ids{1});
        CHECK(holes.where(holes.content.array_overlaps(holes.content)) == ids{1});
    }
}

void made_arrays(context& on) {
    {
        kept_arrays<std::int64_t> of{on, number_lists()};
        CHECK(of.all(func::array_append(of.content, 9)) == std::vector<integers>{{1, 2, 3, 9}, {9}, {large, 2, 2, 9}, {-5, 9}});
        CHECK(of.all(func::array_append(of.content, of.id)).at(1) == integers{2});
        CHECK(of.all(func::array_append(of.maybe, 9)).front() == std::nullopt);
        CHECK(of.all(func::array_concat(of.content, of.content)).front() == integers{1, 2, 3, 1, 2, 3});
        CHECK(of.all(func::array_concat(of.content, integers{})) == number_lists());
        CHECK(of.all(func::array_concat(of.content, of.maybe)).front() == std::nullopt);
        for (const auto& given : {std::optional<integers>{integers{}}, std::optional<integers>{}})
            CHECK(of.all(func::array_concat(of.content, given)).front().has_value() == given.has_value());
        of.by.execute(update(of.rows).set(of.rows["content"], func::array_append(of.content, 4)).where(of.id == 1));
        CHECK(of.where(of.content == integers{1, 2, 3, 4}) == ids{1});
    }
    {
        kept_arrays<std::string> texts{on, word_lists()};
        CHECK(texts.all(func::array_append(texts.content, "x\"y")).front() == words{"a", "b,c", "it's \"q\"", "x\"y"});
    }
}

void removed_elements(context& on) {
    kept_arrays<std::int64_t> of{on, number_lists()};
    CHECK(of.all(func::array_remove(of.content, 2)) == std::vector<integers>{{1, 3}, {}, {large}, {-5}});
    CHECK(of.all(func::array_remove(of.maybe, 2)).front() == std::nullopt);
    of.by.execute(update(of.rows).set(of.rows["content"], func::array_remove(of.content, 1)).where(of.id == 1));
    CHECK(of.where(of.content == integers{2, 3}) == ids{1});
}

}  // namespace

std::vector<test_case> areas::documents_cases() {
    return {
        {"documents/members", "members and elements by paths of keys and places", claims::json_paths, &members},
        {"documents/keys-are-no-places", "the key \"0\" is no place and the place 0 no key", claims::json_paths, &keys_are_no_places},
        {"documents/difficult-keys", "keys with blanks, quotes, dots, SQL and all of Unicode", claims::json_paths, &difficult_keys},
        {"documents/keys-with-minus", "keys that begin with a minus", claims::json_keys_with_minus, &keys_with_minus},
        {"documents/escaped-documents", "keys are found however the document spells them", claims::json_escaped_keys, &escaped_documents},
        {"documents/values-of-their-kind", "a value of another kind is NULL", claims::json_paths, &values_of_their_kind},
        {"documents/numbers", "64-bit integers are exact, fractions rounded to integers", claims::json_paths, &numbers},
        {"documents/texts", "a value's text without quotes", claims::json_paths, &texts},
        {"documents/compared", "conditions on what stands in documents", claims::json_paths, &compared},
        {"documents/null-and-nothing", "JSON's null is a value, a missing member is NULL", claims::json_paths, &null_and_nothing},
        {"documents/kinds", "kinds of values, lengths of arrays", claims::json_paths, &kinds},
        {"documents/containment", "a document in another, at every depth", claims::json_containment, &containment},
        {"documents/made", "objects and arrays made of values", claims::json_paths, &made_documents},
        {"documents/changed", "members set and removed, where there is what can hold them", claims::json_paths, &changed_documents},
        {"documents/changed-in-place", "documents changed by an UPDATE are found by value", claims::json_paths, &changed_in_place},
        {"documents/array-elements", "elements by their place, from 0", claims::array_elements, &elements},
        {"documents/array-elements-of-each-type", "elements are values of the array's type", claims::array_elements,
         &elements_of_each_type},
        {"documents/array-lengths", "lengths; of no array NULL", claims::array_elements, &lengths},
        {"documents/array-slices", "slices from a place to before another", claims::array_slices, &slices},
        {"documents/array-searches", "contains, contains all, overlaps, any_ and positions", claims::array_search, &searches},
        {"documents/array-searches-of-texts", "texts are found byte by byte", claims::array_search, &searches_of_texts},
        {"documents/array-searches-of-other-types", "decimals, truths, dates, doubles and NULLs", claims::array_search,
         &searches_of_other_types},
        {"documents/arrays-made", "elements and arrays appended", claims::array_elements, &made_arrays},
        {"documents/array-removal", "elements removed by value", claims::array_removal, &removed_elements},
    };
}

}  // namespace azoth::conformance
