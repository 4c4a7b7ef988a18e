// Tables made by metadata and read back: what was declared is what is found.
#include "postgresql_schema_support.hpp"

using namespace postgresql_tests;

namespace {

void describe(std::ostream& to, const az::sequence_options& o) {
    const auto say = [&](const char* word, const std::optional<std::int64_t>& n) {
        if (n) to << ' ' << word << '=' << *n;
    };
    say("start", o.start);
    say("increment", o.increment);
    say("minimum", o.minimum);
    say("maximum", o.maximum);
    say("cache", o.cache);
    if (o.cycle) to << " cycle";
}

void describe(std::ostream& to, const az::column_spec& spec, const az::column_details& d) {
    to << "  " << spec.name << ' ' << az::to_string(spec.type) << " nullable=" << spec.nullable << " key=" << spec.primary_key
       << " generated=" << spec.generated << " default=" << spec.has_default << ':' << sql_of(d.server_default)
       << " native=" << d.native_type;
    if (d.identity) {
        to << (d.identity->always ? " always" : " by default");
        describe(to, d.identity->options);
    }
    if (d.computed) to << " computed=" << sql_of(d.computed->expression) << d.computed->stored;
    to << " collation=" << d.collation << " comment=" << d.comment;
    for (const auto& r : spec.references) to << " -> " << r.schema << '.' << r.table << '.' << r.column;
    to << '\n';
}

void describe(std::ostream& to, const az::index_definition& i) {
    to << "  index " << i.name << " unique=" << i.unique << " method=" << i.method << " include=" << joined(i.include)
       << " where=" << sql_of(i.where) << " nnd=" << i.nulls_not_distinct << " (";
    for (const auto& e : i.elements)
        to << ' ' << e.column << sql_of(e.expression) << e.descending << static_cast<int>(e.nulls) << e.collation << e.operator_class;
    to << ")\n";
}

az::table round_trip(const workshop& in, const az::table& declared) {
    az::metadata{{declared}}.create_all(in.engine);
    if (in.read().definition().tables.size() == 1 && declared.name() != "typed") CHECK(in.differences(az::metadata{{declared}}) == "");
    return in.read({.names = {declared.name()}}).find(declared.name());
}

}  // namespace

std::string postgresql_tests::described(const az::table_definition& t) {
    std::ostringstream to;
    to << t.node->schema << '.' << t.node->name << " comment=" << t.comment << " temporary=" << t.temporary << '\n';
    for (std::size_t i = 0; i < t.details.size(); ++i) describe(to, t.node->columns[i], t.details[i]);
    to << "  key " << t.primary_key_name << " (" << joined(t.primary_key) << ")\n";
    for (const auto& f : t.foreign_keys)
        to << "  foreign " << f.name << " (" << joined(f.columns) << ") " << f.referred_schema << '.' << f.referred_table << " ("
           << joined(f.referred_columns) << ") " << static_cast<int>(f.on_delete) << static_cast<int>(f.on_update)
           << static_cast<int>(f.match) << static_cast<int>(f.timing) << '\n';
    for (const auto& u : t.uniques)
        to << "  unique " << u.name << " (" << joined(u.columns) << ") " << static_cast<int>(u.timing) << u.nulls_not_distinct << '\n';
    for (const auto& c : t.checks) to << "  check " << c.name << ' ' << sql_of(c.condition) << '\n';
    for (const auto& i : t.indexes) describe(to, i);
    for (const auto& [name, value] : t.options) to << "  " << name << '=' << value << '\n';
    return to.str();
}

TEST_CASE("postgresql schema: a column's type comes back, or the documented nearest") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::type mood = az::enum_type("mood", {"sad", "it's \"ok\"", "happy"});
    az::type labelled{k::enumeration};
    az::type::rare_parts rare;
    rare.labels = {"a", "longest"};
    labelled.rare = std::make_shared<const az::type::rare_parts>(rare);
    const std::vector<std::pair<az::type, az::type>> types{
        {k::boolean, k::boolean},
        {k::small_integer, k::small_integer},
        {k::integer, k::integer},
        {k::big_integer, k::big_integer},
        {k::unsigned_small_integer, k::integer},
        {k::unsigned_integer, k::big_integer},
        {k::unsigned_big_integer, az::numeric(20, 0)},
        {k::real, k::real},
        {k::double_, k::double_},
        {k::numeric, k::numeric},
        {az::numeric(5), az::numeric(5)},
        {az::numeric(65, 30), az::numeric(65, 30)},
        {k::string, k::text},
        {az::string(1), az::string(1)},
        {az::string(10'000), az::string(10'000)},
        {k::text, k::text},
        {k::binary, k::binary},
        {az::binary(20), k::binary},
        {k::date, k::date},
        {k::time, k::time},
        {k::timestamp, k::timestamp},
        {k::timestamp_tz, k::timestamp_tz},
        {k::interval, k::interval},
        {k::uuid, k::uuid},
        {k::json, k::json},
        {labelled, az::string(7)},
        {mood, mood},
        {az::array_of(k::integer), az::array_of(k::integer)},
        {az::array_of(az::string(20)), az::array_of(az::string(20))},
        {az::array_of(az::numeric(10, 2)), az::array_of(az::numeric(10, 2))},
        {az::array_of(mood), az::array_of(mood)},
        {az::native_type(k::text, {{"postgresql", "inet"}}), az::native_type(k::text, {{"postgresql", "inet"}})},
    };
    std::vector<az::column_draft> columns;
    for (std::size_t i = 0; i < types.size(); ++i) columns.push_back(az::column("c" + std::to_string(i), types[i].first));
    const az::table found = round_trip(shop, az::table{"typed", columns});
    REQUIRE(found.columns().size() == types.size());
    for (std::size_t i = 0; i < types.size(); ++i) {
        INFO("column " << i << ": " << az::to_string(types[i].first) << " as " << az::to_string(found.columns()[i].type));
        CHECK(found.columns()[i].type == types[i].second);
        CHECK(found.columns()[i].nullable);
    }
    CHECK(details_of(found.definition(), "c11").native_type == "numeric(65,30)");
}

TEST_CASE("postgresql schema: keys, checks and foreign keys with all that they can say") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::table team{
        "team",
        {az::column("id", k::big_integer, az::primary_key), az::column("a", k::integer), az::column("b", k::text),
         az::column("c", k::text, az::unique), az::column("name", az::string(20), az::server_default(az::literal("it's")))},
        {az::unique_constraint{.name = "ab", .columns = {"b", "a"}, .timing = az::constraint_timing::deferrable},
         az::unique_constraint{.name = "nnd", .columns = {"a"}, .nulls_not_distinct = true},
         az::check("positive", az::own_column<std::int32_t>("a") > 0), az::check("named", az::own_column<std::string>("name") != ""),
         az::table_comment{"who plays"}}};
    const az::table player{"player",
                           {az::column("x", k::integer, az::primary_key), az::column("y", k::text, az::primary_key),
                            az::column("team_id", k::big_integer, az::not_null,
                                       az::references_to("team", "id")
                                           .on_delete(az::referential_action::cascade)
                                           .deferrable(az::constraint_timing::initially_deferred)),
                            az::column("a", k::integer, az::comment("it's \\ a comment"))},
                           {az::foreign_key{.name = "wide",
                                            .columns = {"y", "a"},
                                            .referred_table = "team",
                                            .referred_columns = {"b", "a"},
                                            .on_update = az::referential_action::set_null,
                                            .match = az::key_match::full}}};
    // A deferrable key cannot be referred to.
    az::table_definition sound = team.definition();
    sound.uniques.at(1).timing = az::constraint_timing::immediate;
    sound.uniques.push_back({.name = "late", .columns = {"c", "a"}, .timing = az::constraint_timing::initially_deferred});
    az::metadata{{player, az::table{sound}}}.create_all(shop.engine);
    CHECK(shop.differences(az::metadata{{player, az::table{sound}}}) == "");
    const az::metadata all = shop.read();
    const auto& t = all.find("team").definition();
    CHECK(t.node->schema.empty());
    CHECK(t.comment == "who plays");
    CHECK(t.primary_key == names{"id"});
    CHECK(t.primary_key_name == "pk_team");
    CHECK(spec_of(t, "id").primary_key);
    CHECK(spec_of(t, "id").generated);
    CHECK_FALSE(spec_of(t, "id").nullable);
    CHECK_FALSE(details_of(t, "id").identity);
    REQUIRE(t.uniques.size() == 4);
    CHECK(t.uniques[0].columns == names{"c"});
    CHECK(t.uniques[1].name == "ab");
    CHECK(t.uniques[1].columns == names{"b", "a"});
    CHECK(t.uniques[2].nulls_not_distinct);
    CHECK(t.uniques[3].timing == az::constraint_timing::initially_deferred);
    CHECK(t.indexes.empty());
    REQUIRE(t.checks.size() == 2);
    CHECK(t.checks[0].name == "positive");
    CHECK(sql_of(t.checks[1].condition) == "((name)::text <> ''::text)");
    CHECK(sql_of(t.checks[0].condition) == "(a > 0)");
    CHECK(t.node->keys.size() == 5);
    CHECK(t.node->keys[0] == az::unique_key{"pk_team", {"id"}});
    const auto& p = all.find("player").definition();
    CHECK(p.primary_key == names{"x", "y"});
    CHECK_FALSE(spec_of(p, "x").generated);
    CHECK(details_of(p, "a").comment == "it's \\ a comment");
    REQUIRE(p.foreign_keys.size() == 2);
    const auto& own = p.foreign_keys[0];
    CHECK(own.name == "fk_player_team_id_team");
    CHECK(own.referred_schema.empty());
    CHECK(own.on_delete == az::referential_action::cascade);
    CHECK(own.timing == az::constraint_timing::initially_deferred);
    const auto& wide = p.foreign_keys[1];
    CHECK(wide.columns == names{"y", "a"});
    CHECK(wide.referred_columns == names{"b", "a"});
    CHECK(wide.on_update == az::referential_action::set_null);
    CHECK(wide.match == az::key_match::full);
    CHECK(spec_of(p, "team_id").references == std::vector<az::column_spec::reference>{{"", "team", "id"}});
    CHECK(spec_of(p, "a").references.empty());
    CHECK(all.notes().empty());
    auto c = shop.engine.connect();
    (void)c.execute(az::add_constraint(az::table{p}, az::check_constraint{az::check("late", "x < 100")}));
    (void)c.execute(az::drop_constraint(az::table{p}, "wide", az::constraint_kind::foreign_key));
    (void)c.execute(az::drop_constraint(az::table{p}, "pk_player", az::constraint_kind::primary_key));
    c.commit();
    const auto altered = shop.read({.names = {"player"}}).find("player").definition();
    CHECK(altered.primary_key.empty());
    CHECK(altered.foreign_keys.size() == 1);
    CHECK(altered.checks.size() == 1);
}

TEST_CASE("postgresql schema: identities, defaults, computed columns and collations") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const az::sequence_options ten{.start = 1000, .increment = 10, .minimum = 5, .maximum = 5000, .cache = 7, .cycle = true};
    const az::table t =
        round_trip(shop, az::table{"made",
                                   {az::column("id", k::integer, az::primary_key, az::always_identity(ten)),
                                    az::column("other", k::small_integer, az::identity({.increment = -1})),
                                    az::column("price", az::numeric(8, 2), az::not_null, az::server_default("0.5 + 0.25")),
                                    az::column("word", az::string(9), az::server_default(az::literal("it's"))),
                                    az::column("at", k::timestamp_tz, az::server_default("CURRENT_TIMESTAMP")),
                                    az::column("twice", az::numeric(9, 2), az::computed(az::own_column<az::decimal>("price") * 2)),
                                    az::column("plain", k::text, az::collation("C"), az::comment("bytes"))}});
    const auto& d = t.definition();
    CHECK(details_of(d, "id").identity == az::identity_column{true, ten});
    CHECK(details_of(d, "other").identity == az::identity_column{false, {.increment = -1}});
    CHECK_FALSE(spec_of(d, "other").nullable);
    CHECK(spec_of(d, "other").generated);
    CHECK(sql_of(details_of(d, "price").server_default) == "(0.5 + 0.25)");
    CHECK(spec_of(d, "price").has_default);
    CHECK(sql_of(details_of(d, "word").server_default) == "'it''s'::character varying");
    CHECK(sql_of(details_of(d, "at").server_default) == "CURRENT_TIMESTAMP");
    REQUIRE(details_of(d, "twice").computed);
    CHECK(details_of(d, "twice").computed->stored);
    CHECK(contains(sql_of(details_of(d, "twice").computed->expression), "price * "));
    CHECK(spec_of(d, "twice").generated);
    CHECK_FALSE(spec_of(d, "twice").has_default);
    CHECK(details_of(d, "plain").collation == "C");
    CHECK(details_of(d, "word").collation.empty());
    CHECK(details_of(d, "plain").comment == "bytes");
    auto c = shop.engine.connect();
    (void)c.execute(az::insert(t).set(t["word"], "w"));
    CHECK(text_of(c, "SELECT concat_ws(' ', id, other, price, twice) FROM made") == "1000 -1 0.75 1.50");
    (void)c.execute(az::restart_numbers(t, "id", 2000));
    (void)c.execute(az::insert(t).set(t["word"], "x"));
    CHECK(number_of(c, "SELECT max(id) FROM made") == 2000);
    CHECK(thrown<az::error>([&] { (void)c.execute(az::insert(t).set(t["id"], 7)); }).sqlstate() == "428C9");
}

TEST_CASE("postgresql schema: indexes of every kind") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    az::index_element pattern{"name"};
    pattern.operator_class = "text_pattern_ops";
    az::index_element last = az::descending("a");
    last.nulls = az::nulls_order::last;
    az::index_element collated{"name"};
    collated.collation = "C";
    const auto lowered = az::by(az::func::lower(az::own_column<std::string>("name")));
    const az::table found = round_trip(
        shop, az::table{"much",
                        {az::column("id", k::integer, az::primary_key), az::column("name", k::text, az::indexed),
                         az::column("a", k::integer), az::column("b", k::integer), az::column("doc", k::json)},
                        {az::index_definition{.name = "i_all",
                                              .elements = {last, lowered, pattern},
                                              .include = {"b", "id"},
                                              .where = (az::own_column<std::int32_t>("b") > 5).node()},
                         az::index_definition{.name = "i_gin", .elements = {"doc"}, .method = "gin"},
                         az::index_definition{.name = "i_unique", .elements = {"a", "b"}, .unique = true, .nulls_not_distinct = true},
                         az::index_definition{.name = "i_collated", .elements = {collated}, .unique = true}}});
    const auto& t = found.definition();
    REQUIRE(t.indexes.size() == 5);
    const auto& all = *std::ranges::find(t.indexes, "i_all", &az::index_definition::name);
    REQUIRE(all.elements.size() == 3);
    CHECK(all.elements[0].column == "a");
    CHECK(all.elements[0].descending);
    CHECK(all.elements[0].nulls == az::nulls_order::last);
    CHECK(sql_of(all.elements[1].expression) == "lower(name)");
    CHECK(all.elements[1].column.empty());
    CHECK(all.elements[1].nulls == az::nulls_order::unspecified);
    CHECK(all.elements[2].operator_class == "text_pattern_ops");
    CHECK(all.include == names{"b", "id"});
    CHECK(sql_of(all.where) == "(b > 5)");
    CHECK(std::ranges::find(t.indexes, "i_gin", &az::index_definition::name)->method == "gin");
    const auto& unique = *std::ranges::find(t.indexes, "i_unique", &az::index_definition::name);
    CHECK(unique.unique);
    CHECK(unique.nulls_not_distinct);
    CHECK(std::ranges::find(t.indexes, "i_collated", &az::index_definition::name)->elements[0].collation == "C");
    CHECK(t.node->keys.size() == 3);
    auto c = shop.engine.connect();
    (void)c.execute(az::create_index(found, "i_all", {.if_not_exists = true}));
    (void)c.execute(az::drop_index(found, "i_all"));
    (void)c.execute(az::drop_index(found, "i_all", {.if_exists = true}));
    (void)c.execute(az::create_index(found, all));  // of the database's own words
    c.commit();
    CHECK(described(shop.read().find("much").definition()).size() == described(t).size());
}

TEST_CASE("postgresql schema: options of tables") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const std::vector<az::column_draft> columns{az::column("note", k::text), az::column("at", k::date)};
    const auto made = [&](std::vector<az::table_element> elements) {
        return round_trip(shop, az::table{"t" + std::to_string(elements.size()), columns, elements}).definition().options;
    };
    const az::name_map stored{
        {"postgresql.unlogged", "true"}, {"postgresql.with.fillfactor", "70"}, {"postgresql.with.toast.autovacuum_enabled", "off"}};
    CHECK(made({az::table_option{"postgresql.unlogged", "true"}, az::table_option{"postgresql.with.fillfactor", "70"},
                az::table_option{"postgresql.with.toast.autovacuum_enabled", "off"}, az::table_option{"mysql.engine", "InnoDB"}}) ==
          stored);
    CHECK(made({az::table_option{"postgresql.partition_by", "RANGE (at)"}}) == az::name_map{{"postgresql.partition_by", "RANGE (at)"}});
    const auto refused = [&](az::table_element option) {
        return std::string{thrown<az::interface_error>([&] {
                               (void)shop.engine.to_sql(az::create_table(az::table{"t", columns, {std::move(option)}}));
                           }).what()};
    };
    CHECK(contains(refused(az::table_option{"postgresql.engine", "x"}), "no table option \"postgresql.engine\""));
    CHECK(contains(refused(az::table_option{"postgresql.unlogged", "perhaps"}), "\"perhaps\": say true or false"));
    CHECK(contains(refused(az::table_option{"postgresql.on_commit", "DROP"}), "is for temporary tables"));
}

TEST_CASE("postgresql schema: odd names survive, and all of a schema makes itself anew") {
    const auto on = server();
    if (!on) return;
    const workshop shop{*on};
    const std::string odd = "Odd \"quoted\" 50% 'näme' {0} $1";
    const az::table t{odd,
                      {az::column("Sélect", k::integer, az::primary_key), az::column("a\"b%", k::text, az::unique, az::comment("%s"))},
                      {az::index_definition{.name = "Index of \"it\"", .elements = {az::descending("a\"b%")}}, az::table_comment{"\"'%"}}};
    const az::table refers{"refers", {az::column("to", k::integer, az::references_to(odd, "Sélect"))}};
    az::metadata{{t, refers}}.create_all(shop.engine);
    const az::metadata first = shop.read();
    CHECK(first.find(odd).columns()[1].name == "a\"b%");
    CHECK(first.find("refers").definition().foreign_keys.at(0).referred_table == odd);
    shop.engine.with_executor([&](az::executor& e) {
        CHECK(e.reflect().have_tables({"none", odd, "refers", odd + "x"}) == std::vector<bool>{false, true, true, false});
    });
    first.drop_all(shop.engine);
    CHECK(shop.read().definition().tables.empty());
    first.create_all(shop.engine);
    const az::metadata second = shop.read();
    for (const auto& table : first.definition().tables) CHECK(described(*table) == described(second.find(table->node->name).definition()));
}
