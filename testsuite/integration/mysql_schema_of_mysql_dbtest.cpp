// What is MySQL's alone: compiled for MySQL 8.4, and reflected from a catalogue as its manual shows it. Needs the plugin, and no server.
#include "mysql_schema_support.hpp"

#include <azoth/dialect.hpp>

#include <optional>

using namespace mysql_tests;

namespace {

std::shared_ptr<const az::dialect> mysql_dialect() {
    try {
        auto found = az::dialect_registry::instance().find("mysql");
        if (found->info().dialect == "mysql") return found;
    } catch (const az::plugin_error&) {  // not built
    }
    WARN("skipped: the driver connector is not built");
    return nullptr;
}

using rows = std::vector<std::vector<std::optional<std::string>>>;

/// Answers queries of the catalogue by the table that they read.
class told_catalogue final : public az::executor {
public:
    told_catalogue(const az::dialect& of, std::map<std::string, rows> answers) : of_{of}, answers_{std::move(answers)} {
        of.default_profile(profile_);
    }
    const az::profile& server_profile() const override { return profile_; }
    const az::rule_table& rules() const override { return of_.rules(); }
    az::reflector& reflect() override { throw std::logic_error{"not asked for"}; }
    std::int64_t run(const az::node&, az::row_sink*) override { throw std::logic_error{"not asked for"}; }
    std::int64_t run(std::string_view sql, std::span<const az::cell>, az::row_sink* to) override {
        for (const auto& [part, answer] : answers_)
            if (contains(sql, part)) return tell(answer, *to);
        throw std::logic_error{"no answer to " + std::string{sql}};
    }

private:
    static std::int64_t tell(const rows& answer, az::row_sink& to) {
        for (const auto& r : answer) {
            std::vector<az::cell> cells;
            for (const auto& text : r) cells.push_back(text ? az::cell::text(*text) : az::cell{});
            to.row(cells);
        }
        return static_cast<std::int64_t>(answer.size());
    }
    const az::dialect& of_;
    std::map<std::string, rows> answers_;
    az::profile profile_{};
};

constexpr std::nullopt_t no = std::nullopt;

std::map<std::string, rows> catalogue() {
    return {
        {"SELECT DATABASE()", {{"shop", "0"}}},
        {"information_schema.TABLES", {{"t", "BASE TABLE", "InnoDB", "utf8mb4_0900_bin", "", "it's"}, {"v", "VIEW", no, no, no, "VIEW"}}},
        {"information_schema.COLUMNS",
         {{"t", "id", "bigint", no, no, "", "auto_increment", "", "NO", "bigint"},
          {"t", "name", "varchar(20)", "utf8mb4_0900_bin", "it's", "", "", "the name", "YES", "varchar"},
          {"t", "n", "int", no, "5", "", "", "", "NO", "int"},
          {"t", "made", "datetime(6)", no, "CURRENT_TIMESTAMP(6)", "", "DEFAULT_GENERATED", "", "YES", "datetime"},
          {"t", "j", "json", no, no, "", "", "", "YES", "json"},
          {"t", "mood", "varchar(4)", "utf8mb4_0900_bin", no, "", "", "", "YES", "varchar"},
          {"t", "twice", "int", no, no, "(`n` * 2)", "STORED GENERATED", "", "YES", "int"},
          {"t", "shown", "varchar(30)", "utf8mb4_0900_bin", no, R"(concat(`name`,_utf8mb4\'it\\\'s\'))", "VIRTUAL GENERATED", "", "YES",
           "varchar"},
          {"t", "key", "char(36)", "ascii_bin", no, "", "INVISIBLE", "", "YES", "char"},
          {"t", "tiny", "tinyint unsigned", no, no, "", "", "", "YES", "tinyint"},
          {"v", "id", "bigint", no, "0", "", "", "", "NO", "bigint"}}},
        {"information_schema.STATISTICS",
         {{"t", "PRIMARY", "0", "id", "A", no, "BTREE", "", "NO", no},
          {"t", "ix_lower", "1", no, "A", no, "BTREE", "", "NO", R"(lower(`name`))"},
          {"t", "ix_off", "1", "n", "D", no, "BTREE", "", "YES", no}}},
        {"information_schema.KEY_COLUMN_USAGE", {{"t", "fk", "n", "shop", "other", "id"}}},
        {"information_schema.REFERENTIAL_CONSTRAINTS", {{"t", "fk", "NO ACTION", "CASCADE"}}},
        {"information_schema.CHECK_CONSTRAINTS",
         {{"t", "t_chk_1", R"((`mood` in (_utf8mb4\'it\\\'s\',_utf8mb4\'ok\')))", "Column", "YES"},
          {"t", "ck", "(`n` > 0)", "Column", "NO"}}},
        {"information_schema.TRIGGERS", {{"t", "tr"}}},
        {"information_schema.VIEWS", {{"v", "select `shop`.`t`.`id` AS `id` from `shop`.`t`", "NONE", "DEFINER", no}}}};
}

std::string compiled(const az::dialect& of, const az::ddl_statement& statement) {
    az::profile p;
    of.default_profile(p);
    return az::compiler{of.rules(), p}.run(*statement.node()).sql;
}

}  // namespace

TEST_CASE("mysql schema: MySQL's catalogue, as its manual shows it") {
    const auto d = mysql_dialect();
    if (!d) return;
    auto told = catalogue();
    told["SELECT TABLE_NAME FROM information_schema.TABLES"] = {{"t"}, {"v"}};
    told_catalogue on{*d, std::move(told)};
    const auto found = d->make_reflector(on)->read({});
    const auto& t = table_of(found, "t");
    CHECK(t.comment == "it's");
    CHECK(t.options.empty());
    CHECK(column_of(t, "id").generated);
    CHECK(sql_of(details_of(t, "name").server_default) == "'it''s'");
    CHECK(sql_of(details_of(t, "n").server_default) == "5");
    CHECK(sql_of(details_of(t, "made").server_default) == "CURRENT_TIMESTAMP");
    CHECK(column_of(t, "j").type == k::json);
    CHECK(column_of(t, "key").type == k::uuid);
    CHECK(column_of(t, "mood").type == az::enum_type("t_mood", {"it's", "ok"}));
    CHECK(column_of(t, "tiny").type == az::native_type(k::unsigned_small_integer, {{"mysql", "TINYINT UNSIGNED"}}));
    CHECK(sql_of(details_of(t, "twice").computed->expression) == "(`n` * 2)");
    CHECK(details_of(t, "twice").computed->stored);
    CHECK(sql_of(details_of(t, "shown").computed->expression) == "concat(`name`,_utf8mb4'it''s')");
    CHECK_FALSE(details_of(t, "shown").computed->stored);
    CHECK(described(t.checks) == names{"ck (`n` > 0)"});
    CHECK(described(t.foreign_keys) == names{"fk n -> .other id 2 0"});
    REQUIRE(t.indexes.size() == 2);
    CHECK(sql_of(t.indexes[0].elements[0].expression) == "lower(`name`)");
    CHECK(t.indexes[1].elements[0].descending);
    CHECK(notes_of(found, "t") ==
          names{"it has the trigger \"tr\", which is not read", "the check \"ck\" is NOT ENFORCED, which is left out",
                "the column \"key\" is INVISIBLE, which is left out", "the index \"ix_off\" is not used by queries, which is left out"});
    REQUIRE(found.views.size() == 1);
    CHECK(sql_of(found.views[0].query) == "select `t`.`id` AS `id` from `t`");
    CHECK(found.views[0].reads == std::vector<az::object_name>{{"", "t"}});
    CHECK(found.sequences.empty());
}

TEST_CASE("mysql schema: what is written for MySQL") {
    const auto d = mysql_dialect();
    if (!d) return;
    const az::table t{"t",
                      {az::column("id", k::integer, az::primary_key), az::column("name", az::string(20)),
                       az::column("mood", az::enum_type("mood", {"a", "b"}))},
                      {az::table_option{"mariadb.page_checksum", "1"}, az::table_option{"mysql.row_format", "COMPACT"}}};
    const std::string made = compiled(*d, az::create_table(t));
    CHECK(contains(made, "`mood` VARCHAR(1) CHECK (`mood` IN ('a', 'b'))"));
    CHECK(contains(made, " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin ROW_FORMAT=COMPACT"));
    CHECK_FALSE(contains(made, "PAGE_CHECKSUM"));
    CHECK(compiled(*d, az::comment_on(t, "mood", "x")) == "ALTER TABLE `t` MODIFY COLUMN `mood` VARCHAR(1) COMMENT 'x'");
    CHECK(compiled(*d, az::drop_constraint(t, "ck", az::constraint_kind::check)) == "ALTER TABLE `t` DROP CHECK `ck`");
    const auto lower = az::index("ix", {az::by(az::func::lower(az::own_column<std::string>("name")))});
    CHECK(compiled(*d, az::create_index(t, lower)) == "CREATE INDEX `ix` ON `t` ((lower(`name`)))");
    const az::view v{"v", az::select(t["id"])};
    const auto refused = [&](const az::ddl_statement& statement) {
        return thrown<az::not_supported_error>([&] { (void)compiled(*d, statement); }).code() == az::errc::not_supported;
    };
    CHECK(refused(az::create_index(t, lower, {.if_not_exists = true})));
    CHECK(refused(az::drop_index(t, "ix", {.if_exists = true})));
    CHECK(refused(az::create_sequence(az::sequence{"s"})));
    CHECK(contains(compiled(*d, az::create_view(v, {.or_replace = true})), "CREATE OR REPLACE VIEW `v`"));
    CHECK(refused(az::create_view(v, {.if_not_exists = true})));
}
