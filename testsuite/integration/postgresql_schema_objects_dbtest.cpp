// Views, sequences, enumerations, temporary tables, schemas; and what PostgreSQL cannot do.
#include "postgresql_schema_support.hpp"

#include <support/specimen.hpp>

using namespace postgresql_tests;

struct painted {
    std::int64_t id{};
    support::colour shade{};
    std::optional<support::colour> other{};
};
template <>
struct azoth::mapping<painted> {
    static azoth::table_map<painted> map() {
        return azoth::table_map<painted>("painted")
            .column<&painted::id>(azoth::primary_key)
            .column<&painted::shade>(azoth::enum_type<support::colour>("shade"))
            .column<&painted::other>(azoth::enum_type<support::colour>("shade"));
    }
};

namespace {

az::table base() {
    return az::table{"base", {az::column("id", k::integer, az::primary_key), az::column("name", az::string(20), az::not_null)}};
}

template <class S>
std::string refusal(const az::engine& by, const S& statement) {
    return thrown<az::not_supported_error>([&] { (void)by.connect().execute(statement); }).what();
}

const az::type mood_type = az::enum_type("Mood", {"sad", "so, so", "happy"});

az::table moods() {
    return az::table{"moods",
                     {az::column("id", k::integer, az::primary_key), az::column("mood", mood_type, az::not_null),
                      az::column("usual", mood_type, az::server_default(az::literal("happy"))), az::column("word", k::text),
                      az::column("all", az::array_of(mood_type))}};
}

}  // namespace

TEST_CASE("postgresql schema: views") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table t = base();
    const az::view big{"big", az::select(t["id"], t["name"]).where(t["name"] == "it's")};
    const az::view bigger{"bigger", az::select(big["name"])};
    const az::view kept = az::view{"kept", az::select(t["id"])}.materialized().comment("kept rows");
    az::metadata all{{t}};
    all.add(bigger.comment("of \"big\""));
    all.add(big);
    all.add(kept);
    all.create_all(shop.engine);
    all.create_all(shop.engine);
    const az::metadata found = shop.read();
    REQUIRE(found.definition().views.size() == 3);
    const auto& views = found.definition().views;
    CHECK(views[0].name == az::object_name{"", "big"});
    CHECK(views[0].columns.at(1).type == az::string(20));
    CHECK(contains(sql_of(views[0].query), "'it''s'"));
    CHECK_FALSE(sql_of(views[0].query).ends_with(";"));
    CHECK(views[0].reads == std::vector<az::object_name>{{"", "base"}});
    CHECK(views[1].reads == std::vector<az::object_name>{{"", "big"}});
    CHECK(views[1].comment == "of \"big\"");
    CHECK(views[2].materialized);
    CHECK(views[2].comment == "kept rows");
    CHECK(shop.read({.views = false}).definition().views.empty());
    found.drop_all(shop.engine);
    found.create_all(shop.engine);
    CHECK(sql_of(shop.read().definition().views.at(1).query) == sql_of(views[1].query));
    auto c = shop.engine.connect();
    (void)c.execute(az::create_view(big, {.or_replace = true}));
    (void)c.execute(az::create_view(kept, {.if_not_exists = true}));
    (void)c.execute(az::create_view(az::view{"passing", az::select(t["id"])}, {.temporary = true}));
    (void)c.execute(az::create_table_as("copy", az::select(t["id"], t["name"]), {.if_not_exists = true}));
    (void)c.execute(az::create_table_as("passing_copy", az::select(t["name"]), {.temporary = true}));
    c.with_executor([](az::executor& e) {
        CHECK(e.reflect().view_names() == names{"big", "bigger", "kept"});
        CHECK(e.reflect().has_view("kept"));
        CHECK(e.reflect().has_view("passing"));
        CHECK_FALSE(e.reflect().has_view("base"));
        CHECK(e.reflect().temporary_table_names() == names{"passing_copy"});
        CHECK(e.reflect().table_names() == names{"base", "copy"});
    });
    CHECK(thrown<az::error>([&] { (void)c.execute(az::drop_view(big)); }).sqlstate() == "2BP01");
    c.rollback();
    found.drop_all(shop.engine);
    CHECK(shop.read().definition().views.empty());
}

TEST_CASE("postgresql schema: a view written in C++ is what the database makes of it") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table t = base();
    const auto make = [&](const char* wanted) {
        az::metadata all{{t}};
        const az::view some{"some",
                            az::select(t["id"], az::func::lower(t.column<std::string>("name")).label("low")).where(t["name"] == wanted)};
        all.add(some);
        all.add(az::view{"kept", az::select(some["low"]).where(some["id"] > 3)}.materialized());
        all.add(az::view{"unknown", az::select(az::table{"gone", {az::column("x", k::integer)}}["x"])});
        return all.definition();
    };
    az::schema_definition first = make("it's");
    first.views.pop_back();
    az::metadata made{{t}};
    for (const auto& v : first.views) made.add(az::view{v});
    made.create_all(shop.engine);
    const az::metadata found = shop.read();
    shop.engine.with_executor([&](az::executor& e) {
        const auto told = [&](const az::schema_definition& wanted) {
            return az::compare(found.definition(), wanted, e.rules(), e.server_profile());
        };
        CHECK(told(first).size() == 2);  // in the words of C++
        CHECK(told(az::as_written(e, first)).empty());
        CHECK(az::compare(e, found.definition(), first).empty());  // which asks by itself
        CHECK(az::changes_between(e, found.definition(), first).empty());
        const auto others = told(az::as_written(e, make("is")));
        REQUIRE(others.size() == 2);
        CHECK(others[0].of.name == "some");
        CHECK(others[1].of.name == "unknown");  // what it reads is not there
        CHECK_FALSE(e.reflect().has_view("azoth_view"));
    });
    made.drop_all(shop.engine);
}

TEST_CASE("postgresql schema: sequences") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::sequence numbers{"Order \"no\"", {.start = 40, .increment = 2, .maximum = 100, .cache = 3}};
    const az::table t{
        "orders", {az::column("id", k::integer, az::primary_key), az::column("no", k::big_integer, az::server_default(numbers.next()))}};
    az::metadata all{{t}};
    all.add(numbers);
    all.create_all(shop.engine);
    const az::metadata found = shop.read();
    CHECK(shop.differences(all) == "");
    REQUIRE(found.definition().sequences.size() == 1);
    CHECK(found.definition().sequences[0].options == numbers.definition().options);
    CHECK(sql_of(details_of(found.find("orders").definition(), "no").server_default) == "nextval('\"Order \"\"no\"\"\"'::regclass)");
    CHECK_FALSE(spec_of(found.find("orders").definition(), "no").generated);
    auto c = shop.engine.connect();
    CHECK(c.scalar(az::select(numbers.next())) == 40);
    c.rollback();
    found.drop_all(shop.engine);
    found.create_all(shop.engine);
    shop.engine.with_executor([](az::executor& e) {
        CHECK(e.reflect().sequence_names() == names{"Order \"no\""});  // and not the key's own
        CHECK(e.reflect().has_sequence("Order \"no\""));
        CHECK_FALSE(e.reflect().has_sequence("orders"));
    });
}

TEST_CASE("postgresql schema: enumerations are types, and texts become their labels") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table t = moods();
    az::metadata all{{t}};
    all.create_all(shop.engine);
    all.create_all(shop.engine);
    const az::metadata found = shop.read();
    CHECK(shop.differences(all) == "");
    REQUIRE(found.definition().enums.size() == 1);
    CHECK(found.definition().enums[0].labels == names{"sad", "so, so", "happy"});
    const auto& d = found.find("moods").definition();
    CHECK(spec_of(d, "mood").type == mood_type);
    CHECK(spec_of(d, "all").type == az::array_of(mood_type));
    CHECK(sql_of(details_of(d, "usual").server_default) == "'happy'::\"Mood\"");
    auto c = shop.engine.connect();
    const auto said = az::param<std::string>("said");
    (void)c.execute(az::insert(t).set(t["mood"], "so, so").set(t["all"], std::vector<std::string>{"sad", "happy"}));
    (void)c.execute(az::insert(t).set(t["mood"], said).set(t["word"], "happy"), {{"said", "happy"}});
    (void)c.execute(az::insert(t).set(t["id"], 2).set(t["mood"], "sad").on_conflict(t["id"]).do_update().set(t["usual"], said),
                    {{"said", "sad"}});
    CHECK(text_of(c, "SELECT string_agg(concat_ws(' ', id, mood, usual), '; ' ORDER BY id) FROM moods") == "1 so, so happy; 2 happy sad");
    const auto count = [&](const auto& condition, auto... args) {
        return c.scalar(az::select(az::func::count()).where(condition).select_from(t), {args...});
    };
    const az::argument happy{"said", "happy"};
    CHECK(count(t["mood"] == "happy") == 1);
    CHECK(count(t["mood"] == said, happy) == 1);
    CHECK(count(said != t["mood"], happy) == 1);
    CHECK(count(t["mood"] > "sad") == 2);  // in the labels' order
    CHECK(count(t["mood"] == t["word"]) == 1);
    CHECK(count(t.column<std::string>("mood").in({"sad", "happy"})) == 1);
    CHECK(c.execute(az::update(t).set(t["usual"], az::when(t["id"] == 1, "sad").otherwise("happy"))).affected_rows() == 2);
    CHECK(count(t.column<std::string>("mood").between("sad", "so, so")) == 1);
    CHECK(c.execute(az::update(t).set(t["mood"], said).where(t["mood"] == "so, so"), {{"said", "sad"}}).affected_rows() == 1);
    CHECK(c.scalar(az::select(t.column<std::string>("mood")).where(t["id"] == 1)) == "sad");
    CHECK(thrown<az::data_error>([&] { (void)c.execute(az::insert(t).set(t["mood"], "glad")); }).sqlstate() == "22P02");
    c.rollback();
    shop.engine.with_executor([](az::executor& e) {
        CHECK(e.reflect().has_enum("Mood"));
        CHECK_FALSE(e.reflect().has_enum("mood"));
    });
    found.drop_all(shop.engine);
    CHECK(shop.read().definition().enums.empty());
    (void)c.execute(az::create_enum(mood_type));
    (void)c.execute(az::drop_enum(mood_type, {.if_exists = true, .cascade = true}));
}

TEST_CASE("postgresql schema: arrays of an enumeration are of that type, in any schema") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const workshop other{*on};
    for (const std::string& there : {std::string{}, other.scratch.name()}) {
        CAPTURE(there);
        const auto make = [&](std::vector<std::string> labels) {
            const az::type all = az::array_of(az::enum_type("Shades of", std::move(labels), there));
            return az::table{"t", {az::column("id", k::integer, az::primary_key, az::not_generated), az::column("all", all)}};
        };
        const az::table t = make({"red", "blue"});
        az::metadata{{t}}.create_all(shop.engine);
        const az::table found = shop.read().find("t");
        CHECK(spec_of(found.definition(), "all").type == spec_of(t.definition(), "all").type);
        CHECK(shop.differences(az::metadata{{t}}).find("all") == std::string::npos);
        const std::vector<support::colour> both{support::colour::blue, support::colour::red};
        {
            auto c = shop.engine.connect();
            (void)c.execute(az::insert(found).set(found["id"], 1).set(found["all"], both));
            for (int i = 0; i < 3; ++i) {  // unprepared, prepared
                CHECK(c.scalars(az::select(found.column<std::optional<std::vector<support::colour>>>("all"))).front() == both);
                CHECK(c.scalar(az::select(found.column<std::optional<std::vector<std::string>>>("all"))) == names{"blue", "red"});
            }
            c.commit();
        }
        az::schema_changes changes;
        shop.engine.with_executor([&](az::executor& e) {
            az::schema_definition before = shop.read().definition();
            if (!there.empty()) before.enums = shop.read({.schema = there}).definition().enums;
            changes =
                az::changes_between(before, az::metadata{{make({"blue", "grey", "red"})}}.definition(), e.rules(), e.server_profile());
        });
        az::apply_changes(shop.engine, changes);
        auto c = shop.engine.connect();
        CHECK(c.scalar(az::select(found.column<std::optional<std::vector<std::string>>>("all"))) == names{"blue", "red"});
        CHECK(shop.read().find("t").columns()[1].type.rare->element->rare->labels == names{"blue", "grey", "red"});
        c.rollback();
        az::metadata{{t}}.drop_all(shop.engine);
    }
}

TEST_CASE("postgresql schema: a C++ enumeration's values are labels of a type, in bulk too") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    az::metadata_of<painted>().create_all(shop.engine);
    auto c = shop.engine.connect();
    const painted dark{0, support::colour::blue, std::nullopt};
    const painted light{0, support::colour::red, support::colour::blue};
    (void)c.execute(az::insert<painted>().values(dark));
    (void)c.execute(az::insert<painted>(), std::vector<painted>(7, light));
    (void)c.execute(az::insert<painted>(), std::vector<painted>(150, light));  // by COPY
    CHECK(c.execute(az::insert<painted>().returning(az::col<&painted::id>), std::vector<painted>(150, dark)).all().size() == 150);
    const auto count = [&](const auto& condition, auto... args) {
        return c.scalar(az::select(az::func::count()).select_from(az::entity<painted>).where(condition), {args...});
    };
    for (int i = 0; i < 3; ++i) {  // unprepared, prepared
        CHECK(count(az::col<&painted::shade> == support::colour::red) == 157);
        CHECK(count(az::col<&painted::shade> == az::param<support::colour>("s"), az::argument{"s", support::colour::blue}) == 151);
        CHECK(count(az::col<&painted::shade>.in({support::colour::red, support::colour::blue})) == 308);
        CHECK(count(az::col<&painted::other> == az::col<&painted::shade>) == 0);
    }
    const auto found = c.scalars(az::select<painted>().where(az::col<&painted::other> == support::colour::blue).limit(1)).front();
    CHECK(found.shade == support::colour::red);
    CHECK(
        c.execute(az::update<painted>().set(
                      az::col<&painted::other>,
                      az::when(az::col<&painted::id> > 5, az::literal(support::colour::red)).otherwise(az::literal(support::colour::blue))))
            .affected_rows() == 308);
}

TEST_CASE("postgresql schema: temporary tables") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table lasting = base();
    const az::table passing{
        "base",
        {az::column("id", k::integer, az::primary_key), az::column("n", k::integer, az::indexed, az::comment("counted"))},
        {az::temporary, az::table_comment{"for now"}}};
    az::metadata{{lasting}}.create_all(shop.engine);
    auto c = shop.engine.connect();
    az::metadata{{passing}}.create_all(c, az::check_first::no);
    az::metadata found;
    found.reflect(c, {.temporary = true});
    REQUIRE(found.definition().tables.size() == 1);
    const auto& d = *found.definition().tables[0];
    CHECK(d.temporary);
    CHECK(d.node->schema.empty());
    CHECK(d.comment == "for now");
    CHECK(details_of(d, "n").comment == "counted");
    CHECK(d.indexes.size() == 1);
    CHECK(shop.read().find("base").columns()[1].name == "name");
    c.with_executor([](az::executor& e) {
        CHECK(e.reflect().temporary_table_names() == names{"base"});
        CHECK(e.reflect().table_names() == names{"base"});
    });
    (void)c.execute(az::drop_table(passing));
    CHECK(thrown<az::error>([&] { (void)c.execute(az::drop_table(passing)); }).code() == az::errc::no_such_table);
    c.rollback();
    CHECK(shop.read().definition().tables.size() == 1);
    const az::table fading{"fading", {az::column("id", k::integer)}, {az::temporary, az::table_option{"postgresql.on_commit", "DROP"}}};
    (void)c.execute(az::create_table(fading));
    c.commit();
    c.with_executor([](az::executor& e) { CHECK_FALSE(e.reflect().has_table("fading")); });
}

TEST_CASE("postgresql schema: schemas, and keys between them") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const workshop other{*on};
    const std::string there = other.scratch.name();
    const az::type kind = az::enum_type("kind", {"a"}, there);
    const az::table far{"far",
                        {az::column("id", k::integer, az::primary_key), az::column("kind", kind, az::server_default(az::literal("a")))},
                        {az::index_definition{.elements = {"kind"}}},
                        there};
    const az::table near{"near", {az::column("far_id", k::integer, az::references_to("far", "id", there)), az::column("kind", kind)}};
    az::metadata{{near, far}}.create_all(shop.engine);
    const az::metadata here = shop.read();
    CHECK(here.find("near").definition().foreign_keys.at(0).referred_schema == there);
    CHECK(here.find("near").columns()[1].type == kind);
    CHECK(here.definition().enums.empty());
    const az::metadata read_there = shop.read({.schema = there});
    CHECK(read_there.find("far", there).columns()[1].type == kind);
    CHECK(read_there.definition().enums.at(0).name == az::object_name{there, "kind"});
    CHECK(other.read().find("far").columns()[1].type == az::enum_type("kind", {"a"}));
    const std::string mine = shop.scratch.name();
    shop.engine.with_executor([&](az::executor& e) {
        az::reflector& r = e.reflect();
        CHECK(r.default_schema() == mine);
        CHECK(r.has_schema(there));
        CHECK_FALSE(r.has_schema("azoth nowhere"));
        const auto all = r.schema_names();
        CHECK(std::ranges::find(all, there) != all.end());
        CHECK(std::ranges::find(all, "pg_catalog") == all.end());
        CHECK(r.has_table("far", there));
        CHECK_FALSE(r.has_table("far"));
        CHECK_FALSE(r.has_table("far", "azoth nowhere"));
        CHECK(r.table_names("azoth nowhere").empty());
        CHECK(r.read({.schema = "azoth nowhere"}).tables.empty());
        CHECK(r.has_enum("kind", there));
        CHECK_FALSE(r.has_enum("kind"));
        CHECK(r.have_tables({"near", "far"}, there) == std::vector<bool>{false, true});
    });
    auto c = shop.engine.connect();
    CHECK(thrown<az::error>([&] { (void)c.execute(az::drop_schema(there)); }).sqlstate() == "2BP01");
    c.rollback();
    const std::string made = mine + " \"made\"";
    (void)c.execute(az::create_schema(made));
    (void)c.execute(az::create_schema(made, {.if_not_exists = true}));
    (void)c.execute(az::drop_schema(made, {.if_exists = true, .cascade = true}));
    (void)c.execute(az::drop_table(az::object_name{there, "far"}, {.cascade = true}));
    c.commit();
    CHECK(shop.read().find("near").definition().foreign_keys.empty());
}

TEST_CASE("postgresql schema: what it cannot do is refused before it is sent") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table t = base();
    const az::view v{"v", az::select(t["id"])};
    CHECK(contains(refusal(shop.engine, az::create_view(v, {.if_not_exists = true})), "CREATE VIEW IF NOT EXISTS"));
    CHECK(contains(refusal(shop.engine, az::create_view(v.materialized(), {.temporary = true})), "temporary materialized view"));
    CHECK(contains(refusal(shop.engine, az::create_view(v.materialized(), {.or_replace = true})), "CREATE OR REPLACE VIEW"));
    az::index_element start{"name"};
    start.prefix = 5;
    CHECK(contains(refusal(shop.engine, az::create_index(t, az::index_definition{.name = "i", .elements = {start}})), "a text's start"));
    const az::table computed{"c", {az::column("a", k::integer), az::column("b", k::integer, az::computed("a + 1").virtual_())}};
    CHECK(contains(refusal(shop.engine, az::create_table(computed)), "virtual computed column"));
    const auto words = shop.engine.to_sql(az::drop_table(t, {.if_exists = true, .cascade = true}));
    CHECK(words == "DROP TABLE IF EXISTS \"base\" CASCADE");
}
