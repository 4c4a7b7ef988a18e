#include "find_tables.hpp"

#include "catalogue_rows.hpp"
#include "native_text.hpp"
#include "show_create.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

namespace azoth::mysql {
namespace {

using std::string_view;

constexpr std::size_t most_names = 200;  // more are picked out of all there are

class table_finder {
public:
    table_finder(executor& on, const catalogue_place& place, const std::vector<std::string>& names)
        : on_{on}, place_{place}, names_{names} {
        parameters_.push_back(cell::text(place.database));
        if (names.size() <= most_names)
            for (const auto& name : names) parameters_.push_back(cell::text(name));
    }

    std::vector<found_table> find() {
        find_tables();
        if (found_.empty()) return {};
        find_columns();
        find_indexes();
        find_keys();
        find_rules();
        find_checks();
        find_periods();
        find_triggers();
        return std::move(found_);
    }

private:
    /// Rows of one of the catalogue's tables, those of our schema and of the names asked for.
    std::vector<catalogue_row> rows(string_view select, string_view schema_column, string_view name_column, string_view rest) {
        std::string sql = fmt::format("{} {} = ?", select, schema_column);
        if (parameters_.size() > 1) sql += fmt::format(" AND {} IN ({})", name_column, question_marks(parameters_.size() - 1));
        return rows_of(on_, fmt::format("{} {}", sql, rest), parameters_);
    }
    found_table* table(const std::optional<std::string>& name) {
        const auto at = by_name_.find(said(name));
        return at == by_name_.end() ? nullptr : &found_[at->second];
    }
    [[nodiscard]] bool is_wanted(const std::string& name) const {
        return names_.empty() || std::ranges::any_of(names_, [&](const auto& n) { return place_.is_same(n, name); });
    }

    void find_tables();
    void find_columns();
    void find_indexes();
    void find_keys();
    void find_rules();
    void find_checks();
    void find_periods();
    void find_triggers();
    [[nodiscard]] std::optional<std::string> default_of(const catalogue_row& row) const;

    executor& on_;
    const catalogue_place& place_;
    const std::vector<std::string>& names_;
    std::vector<cell> parameters_{};
    std::vector<found_table> found_{};
    std::unordered_map<std::string, std::size_t> by_name_{};
};

void table_finder::find_tables() {
    for (const auto& r : rows("SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT FROM "
                              "information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') AND",
                              "TABLE_SCHEMA", "TABLE_NAME", "ORDER BY TABLE_NAME")) {
        if (!is_wanted(said(r[0]))) continue;
        by_name_.emplace(said(r[0]), found_.size());
        found_.push_back({said(r[0]), said(r[1]), said(r[2]), said(r[3]), said(r[4]), said(r[1]) == "VIEW" ? "" : said(r[5])});
    }
}

constexpr std::array<string_view, 12> number_words{"tinyint", "smallint", "mediumint", "int",  "bigint", "decimal",
                                                   "float",   "double",   "bit",       "year", "real",   "numeric"};

/// MariaDB says a default as SQL, and "NULL" where there is none. MySQL says a value as it is, unless it is an expression.
std::optional<std::string> table_finder::default_of(const catalogue_row& row) const {
    const auto& text = row[4];
    if (!text || (place_.is_mariadb && *text == "NULL")) return std::nullopt;
    if (place_.is_mariadb) return own_sql(place_, *text, false);
    if (said(row[6]).find("DEFAULT_GENERATED") != std::string::npos) return own_sql(place_, *text, true);
    if (std::ranges::find(number_words, said(row[9])) != number_words.end()) return text;
    std::string literal{'\''};
    for (const char c : *text) literal.append(c == '\'' ? 2 : 1, c);
    return literal + '\'';
}

void table_finder::find_columns() {
    for (const auto& r : rows("SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, COLUMN_DEFAULT, GENERATION_EXPRESSION, EXTRA, "
                              "COLUMN_COMMENT, IS_NULLABLE, DATA_TYPE FROM information_schema.COLUMNS WHERE",
                              "TABLE_SCHEMA", "TABLE_NAME", "ORDER BY TABLE_NAME, ORDINAL_POSITION"))
        if (found_table* t = table(r[0]))
            t->columns.push_back({.name = said(r[1]),
                                  .type = said(r[2]),
                                  .collation = said(r[3]),
                                  .server_default = default_of(r),
                                  .computed = said(r[5]).empty() ? "" : own_sql(place_, said(r[5]), true),
                                  .extra = said(r[6]),
                                  .comment = said(r[7]),
                                  .nullable = said(r[8]) == "YES"});
}

index_element element_of(const catalogue_row& row, const catalogue_place& place) {
    index_element e{said(row[3])};
    e.descending = said(row[4]) == "D";
    if (row[5]) std::from_chars(row[5]->data(), row[5]->data() + row[5]->size(), e.prefix);
    if (row[9]) e.expression = make_node<const native_sql_node>("mysql", own_sql(place, *row[9], true));
    return e;
}

void table_finder::find_indexes() {
    const string_view ignored = !place_.is_mariadb           ? "IF(IS_VISIBLE = 'YES', 'NO', 'YES')"
                                : place_.version >= 10'06'00 ? "IGNORED"
                                                             : "'NO'";
    const string_view expression = !place_.is_mariadb && place_.version >= 8'00'13 ? "EXPRESSION" : "NULL";
    const auto select = fmt::format(
        "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT, "
        "{}, {} FROM information_schema.STATISTICS WHERE",
        ignored, expression);
    for (const auto& r : rows(select, "TABLE_SCHEMA", "TABLE_NAME", "ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX")) {
        found_table* t = table(r[0]);
        if (!t) continue;
        if (t->indexes.empty() || t->indexes.back().name != said(r[1]))
            t->indexes.push_back({said(r[1]), said(r[6]), said(r[7]), {}, said(r[2]) == "0", said(r[8]) == "YES"});
        t->indexes.back().elements.push_back(element_of(r, place_));
    }
}

void table_finder::find_keys() {
    for (const auto& r : rows("SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, "
                              "REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND",
                              "TABLE_SCHEMA", "TABLE_NAME", "ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION")) {
        found_table* t = table(r[0]);
        if (!t) continue;
        if (t->keys.empty() || t->keys.back().is.name != said(r[1]))
            t->keys.push_back({{.name = said(r[1]), .referred_schema = said(r[3]), .referred_table = said(r[4])}, "", ""});
        t->keys.back().is.columns.push_back(said(r[2]));
        t->keys.back().is.referred_columns.push_back(said(r[5]));
    }
}

void table_finder::find_rules() {
    for (const auto& r :
         rows("SELECT TABLE_NAME, CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE",
              "CONSTRAINT_SCHEMA", "TABLE_NAME", "")) {
        found_table* t = table(r[0]);
        if (!t) continue;
        for (auto& key : t->keys) {
            if (key.is.name != said(r[1])) continue;
            key.on_update = said(r[2]);
            key.on_delete = said(r[3]);
        }
    }
}

/// MySQL does not tell a column's check from a table's, and has to look for the table.
void table_finder::find_checks() {
    static constexpr string_view of_mysql =
        "SELECT t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, 'Column', t.ENFORCED FROM information_schema.CHECK_CONSTRAINTS c JOIN "
        "information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME "
        "WHERE t.CONSTRAINT_TYPE = 'CHECK' AND";
    const auto of_mariadb = fmt::format(
        "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, {}, 'YES' FROM information_schema.CHECK_CONSTRAINTS "
        "WHERE",
        place_.version >= 10'05'10 ? "LEVEL" : "NULL");
    const auto all = place_.is_mariadb ? rows(of_mariadb, "CONSTRAINT_SCHEMA", "TABLE_NAME", "ORDER BY TABLE_NAME, CONSTRAINT_NAME")
                                       : rows(of_mysql, "t.TABLE_SCHEMA", "t.TABLE_NAME", "ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME");
    for (const auto& r : all) {
        found_table* t = table(r[0]);
        if (!t) continue;
        // Before 10.5.10 only the name tells: a column's check has the column's.
        const bool of_column =
            r[3] ? *r[3] == "Column" : std::ranges::find(t->columns, said(r[1]), &found_column::name) != t->columns.end();
        t->checks.push_back({said(r[1]), own_sql(place_, said(r[2]), true), of_column, said(r[4]) == "YES"});
    }
}

/// Whether the check says of two moments that one is less, as that of a period does.
bool may_be_of_period(const found_table& of, const found_check& check) {
    auto tokens = tokens_of(check.condition);
    std::erase_if(tokens, [](const sql_token& t) { return t.kind == sql_token::kinds::blank; });
    const auto is_moment = [&](const sql_token& t) {
        const auto column = std::ranges::find(of.columns, t.value, &found_column::name);
        return t.kind == sql_token::kinds::name && column != of.columns.end() && !column->nullable &&
               (column->type.starts_with("date") || column->type.starts_with("timestamp"));
    };
    return tokens.size() == 3 && is_moment(tokens[0]) && tokens[1].is_sign('<') && is_moment(tokens[2]);
}

/// Before 11.4 the catalogue has a period's check alone, and the statement that makes the table tells what it is.
void table_finder::find_periods() {
    if (!place_.is_mariadb) return;
    for (auto& t : found_) {
        if (std::ranges::none_of(t.checks, [&](const found_check& check) { return may_be_of_period(t, check); })) continue;
        std::optional<found_table> all;
        try {
            const auto told = rows_of(on_, "SHOW CREATE TABLE " + quoted_name(place_.database, t.name));
            all = read_show_create(t.name, said(told.at(0).at(1)), place_);
        } catch (const programming_error&) {
            continue;  // dropped meanwhile, or not for this user to see
        }
        if (!all) continue;
        t.periods = all->periods;
        for (auto& i : t.indexes) {
            const auto same = std::ranges::find(all->indexes, i.name, &found_index::name);
            if (same != all->indexes.end()) i.period = same->period;
        }
    }
}

/// Those of tables on which the user has the right TRIGGER.
void table_finder::find_triggers() {
    for (const auto& r : rows("SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE", "EVENT_OBJECT_SCHEMA",
                              "EVENT_OBJECT_TABLE", "ORDER BY EVENT_OBJECT_TABLE, TRIGGER_NAME"))
        if (found_table* t = table(r[0])) t->triggers.push_back(said(r[1]));
}

}  // namespace

bool catalogue_place::is_same(string_view a, string_view b) const noexcept { return folds_names ? same_word(a, b) : a == b; }

std::string own_sql(const catalogue_place& place, string_view sql, bool escaped) {
    const std::string plain = with_our_quotes(escaped && !place.is_mariadb ? unescaped_once(sql) : std::string{sql});
    return place.home.empty() ? plain : without_schema(plain, place.home);
}

std::vector<found_table> find_tables(executor& on, const catalogue_place& place, const std::vector<std::string>& names) {
    return table_finder{on, place, names}.find();
}

}  // namespace azoth::mysql
