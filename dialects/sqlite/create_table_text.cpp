// CREATE TABLE as SQLite's manual has it (lang_createtable.html). The database has taken the text, so that it is not checked here.
#include "create_text.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::sqlite {
namespace {

class table_text_reader {
public:
    explicit table_text_reader(std::string_view sql) : in_{sql} {}

    table_text read() {
        if (in_.at("CREATE") && in_.at("VIRTUAL", 1)) return read_virtual();
        if (!take_create(in_, "TABLE") || !in_.take_sign('(')) return std::move(out_);
        out_.understood = true;
        do read_element();
        while (in_.take_sign(','));
        if (!in_.take_sign(')')) out_.understood = false;
        read_options();
        return std::move(out_);
    }

private:
    table_text read_virtual() {
        while (!in_.at_end() && !in_.at("USING")) in_.skip();
        in_.take("USING");
        out_.module = in_.rest();
        out_.understood = true;
        return std::move(out_);
    }

    [[nodiscard]] bool at_element_end() const noexcept { return in_.at_end() || in_.at_sign(',') || in_.at_sign(')'); }
    [[nodiscard]] bool at_any(std::span<const std::string_view> words) const noexcept {
        return std::ranges::any_of(words, [&](std::string_view w) { return in_.at(w); });
    }
    [[nodiscard]] bool at_table_constraint() const noexcept {
        static constexpr std::array<std::string_view, 5> starts{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};
        return at_any(starts);
    }
    /// A type may be of any other words.
    [[nodiscard]] bool at_column_constraint() const noexcept {
        static constexpr std::array<std::string_view, 10> starts{"CONSTRAINT", "DEFAULT", "NULL",       "NOT",     "PRIMARY",
                                                                 "UNIQUE",     "CHECK",   "REFERENCES", "COLLATE", "AS"};
        return at_any(starts) || (in_.at("GENERATED") && in_.at("ALWAYS", 1));
    }

    void read_element() {
        name_.clear();
        if (!at_table_constraint()) return read_column();
        while (!at_element_end()) read_table_constraint();  // SQLite needs no commas between them
    }

    void read_column() {
        column_text column{.name = in_.take_name()};
        if (column.name.empty() && !at_element_end()) not_understood();
        while (!at_element_end() && !at_column_constraint()) in_.skip();
        while (!at_element_end()) read_column_constraint(column);
        out_.columns.push_back(std::move(column));
    }

    void read_column_constraint(column_text& column) {
        if (in_.take("CONSTRAINT")) name_ = in_.take_name();
        else if (in_.take("PRIMARY")) read_column_key(column);
        else if (in_.take("UNIQUE")) add_unique({column.name});
        else if (in_.take("CHECK")) add_check(column.name);
        else if (in_.take("REFERENCES")) read_reference();
        else if (in_.take("COLLATE")) column.collation = in_.take_name();
        else if (in_.take("DEFAULT")) read_default();
        else if (in_.take("NOT") || in_.at("NULL")) read_not_null();
        else if (in_.at("GENERATED") || in_.at("AS")) read_computed(column);
        else not_understood();
    }

    void read_column_key(const column_text& column) {
        in_.take("KEY");
        out_.primary_key_name = std::exchange(name_, {});
        read_direction(column.name, "the primary key");
        read_conflict("the primary key");
        if (in_.take("AUTOINCREMENT")) out_.autoincrement = true;
    }

    void add_unique(std::vector<std::string> columns) {
        read_conflict("a unique constraint");
        out_.uniques.push_back({std::exchange(name_, {}), std::move(columns)});
    }

    void add_check(std::string column) {
        out_.checks.push_back({std::exchange(name_, {}), std::string{in_.take_group()}, std::move(column)});
        read_conflict("a check");
    }

    void read_default() {
        lose_name("DEFAULT");
        (void)(in_.take_sign('-') || in_.take_sign('+'));
        in_.skip();
    }

    void read_not_null() {
        lose_name("NOT NULL");
        in_.take("NULL");
        read_conflict("NOT NULL");
    }

    void read_computed(column_text& column) {
        lose_name("a computed column");
        if (in_.take("GENERATED")) in_.take("ALWAYS");
        in_.take("AS");
        column.computed = in_.take_group();
        column.stored = in_.take("STORED");
        in_.take("VIRTUAL");
    }

    void read_table_constraint() {
        if (in_.take("CONSTRAINT")) name_ = in_.take_name();
        else if (in_.take("PRIMARY")) read_table_key();
        else if (in_.take("UNIQUE")) add_unique(read_columns("a unique constraint"));
        else if (in_.take("CHECK")) add_check({});
        else if (in_.take("FOREIGN")) read_foreign_key();
        else not_understood();
    }

    void read_table_key() {
        in_.take("KEY");
        out_.primary_key_name = std::exchange(name_, {});
        (void)read_columns("the primary key");
        read_conflict("the primary key");
    }

    void read_foreign_key() {
        in_.take("KEY");
        in_.skip();
        if (in_.take("REFERENCES")) read_reference();
        else not_understood();
    }

    /// The table and columns are the catalogue's to tell.
    void read_reference() {
        reference_text key{.name = std::exchange(name_, {})};
        (void)in_.take_name();
        if (in_.at_sign('(')) in_.skip();
        while (in_.at("ON") || in_.at("MATCH") || at_timing()) read_reference_part(key);
        out_.references.push_back(std::move(key));
    }

    [[nodiscard]] bool at_timing() const noexcept { return in_.at("DEFERRABLE") || (in_.at("NOT") && in_.at("DEFERRABLE", 1)); }

    void read_reference_part(reference_text& key) {
        if (in_.take("ON")) {
            in_.skip();
            (void)(in_.take("SET") || in_.take("NO"));
            in_.skip();
        } else if (in_.take("MATCH")) {
            if (const std::string match = in_.take_name(); !same_word(match, "SIMPLE") && !same_word(match, "NONE"))
                out_.left_out.push_back(fmt::format("MATCH {} of a foreign key, which SQLite does not heed", match));
        } else {
            const bool never = in_.take("NOT");
            in_.take("DEFERRABLE");
            const bool deferred = in_.take("INITIALLY") && (in_.take("DEFERRED") || (in_.skip(), false));
            if (!never) key.timing = deferred ? constraint_timing::initially_deferred : constraint_timing::deferrable;
        }
    }

    std::vector<std::string> read_columns(std::string_view of) {
        std::vector<std::string> columns;
        in_.take_sign('(');
        do {
            columns.push_back(in_.take_name());
            if (in_.take("COLLATE")) out_.left_out.push_back(fmt::format("COLLATE {} of {}", in_.take_name(), of));
            read_direction(columns.back(), of);
            if (in_.take("AUTOINCREMENT")) out_.autoincrement = true;
            while (!at_element_end()) not_understood();
        } while (in_.take_sign(','));
        in_.take_sign(')');
        return columns;
    }

    void read_direction(std::string_view column, std::string_view of) {
        in_.take("ASC");
        if (in_.take("DESC")) out_.left_out.push_back(fmt::format("the order \"{}\" DESC of {}", column, of));
    }

    void read_conflict(std::string_view of) {
        if (!in_.at("ON") || !in_.at("CONFLICT", 1)) return;
        in_.skip();
        in_.skip();
        out_.left_out.push_back(fmt::format("ON CONFLICT {} of {}", in_.take_name(), of));
    }

    void lose_name(std::string_view of) {
        if (const auto name = std::exchange(name_, {}); !name.empty())
            out_.left_out.push_back(fmt::format("the name \"{}\" of {}", name, of));
    }

    void read_options() {
        while (!in_.at_end()) {
            if (in_.take("WITHOUT")) out_.without_rowid = in_.take("ROWID") || out_.without_rowid;
            else if (in_.take("STRICT")) out_.strict = true;
            else if (!in_.take_sign(',')) not_understood();
        }
    }

    void not_understood() {
        out_.understood = false;
        in_.skip();
    }

    token_reader in_;
    table_text out_{};
    std::string name_{};  ///< that CONSTRAINT has said for what follows
};

}  // namespace

const column_text* table_text::find(std::string_view column) const noexcept {
    const auto found = std::ranges::find_if(columns, [&](const column_text& c) { return same_word(c.name, column); });
    return found == columns.end() ? nullptr : &*found;
}

bool take_create(token_reader& in, std::string_view kind) {
    if (!in.take("CREATE")) return false;
    while (in.take("TEMP") || in.take("TEMPORARY") || in.take("UNIQUE")) {}
    if (!in.take(kind)) return false;
    if (in.at("IF") && in.at("NOT", 1) && in.at("EXISTS", 2))
        for (int i = 0; i < 3; ++i) in.skip();
    (void)in.take_name();
    if (in.take_sign('.')) (void)in.take_name();
    return true;
}

table_text parse_create_table(std::string_view sql) { return table_text_reader{sql}.read(); }

}  // namespace azoth::sqlite
