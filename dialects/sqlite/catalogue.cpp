#include "catalogue.hpp"

#include "exec.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace azoth::sqlite {
namespace {

constexpr std::uint32_t tells_shadow_tables = 33'700;  // pragma_table_list

class catalogue_query {
public:
    catalogue_query(executor& on, std::string_view schema, const std::vector<std::string>& names)
        : on_{on}, place_{quoted_name(schema)}, schema_{quoted_text(schema)}, names_{as_json_array(names)} {
        condition_ = only_of_programs(on, schema);
        if (names.empty()) return;
        condition_ += " AND m.tbl_name COLLATE NOCASE IN (SELECT n.value FROM json_each(?) AS n)";
        parameters_ = {cell::text(names_)};
    }

    catalogue_rows read() {
        read_objects();
        read_columns(" AND m.type = 'table' AND m.rootpage > 0");
        read_computed_columns();
        read_references();
        read_indexes();
        return std::move(found_);
    }

private:
    void run(const std::string& select, const std::string& rest, const std::function<void(std::span<const cell>)>& each) {
        each_row rows{each};
        on_.run("SELECT " + select + " WHERE " + condition_ + rest, parameters_, &rows);
    }
    [[nodiscard]] std::string all() const { return " FROM " + place_ + ".sqlite_schema AS m"; }
    [[nodiscard]] std::string told_by(std::string_view pragma, std::string_view of, char name) const {
        return fmt::format(" JOIN {}({}, {}) AS {}", pragma, of, schema_, name);
    }
    object_rows* at(std::span<const cell> row) {
        const auto found = found_.find(text_at(row, 0));
        return found == found_.end() ? nullptr : &found->second;
    }

    /// Indexes and triggers come behind their tables.
    void read_objects() {
        run("m.tbl_name, m.type, m.name, m.sql, coalesce(m.rootpage, 0)" + all(), " ORDER BY m.type IN ('index', 'trigger'), m.rowid",
            [&](std::span<const cell> row) {
                const std::string type = text_at(row, 1);
                if (type == "index") {
                    if (auto* table = at(row)) table->index_sql[text_at(row, 2)] = text_at(row, 3);
                } else if (type == "trigger") {
                    if (auto* table = at(row)) table->triggers.push_back(text_at(row, 3));
                } else {
                    object_rows& made = found_[text_at(row, 2)];
                    made.is_view = type == "view";
                    made.is_virtual = type == "table" && integer_at(row, 4) == 0;
                    made.sql = text_at(row, 3);
                }
            });
    }

    void read_columns(const std::string& of) {
        run("m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden" + all() + told_by("pragma_table_xinfo", "m.name", 'x'),
            of + " ORDER BY x.cid", [&](std::span<const cell> row) {
                auto* table = at(row);
                if (!table) return;
                column_row& column = table->columns.emplace_back();
                column = {text_at(row, 1), text_at(row, 2), integer_at(row, 3) != 0, {}, integer_at(row, 5), integer_at(row, 6)};
                if (!row[4].is_null()) column.default_sql = text_at(row, 4);
            });
    }

    /// To tell a view's columns, SQLite looks into all that it reads, and fails where something is gone: then each is asked by itself.
    void read_computed_columns() {
        constexpr const char* are_computed = " AND m.type <> 'index' AND m.type <> 'trigger' AND coalesce(m.rootpage, 0) = 0";
        try {
            return read_columns(are_computed);
        } catch (const programming_error&) {
            for (auto& [name, object] : found_)
                if (object.is_view || object.is_virtual) object.columns.clear();
        }
        for (auto& [name, object] : found_) {
            if (!object.is_view && !object.is_virtual) continue;
            try {
                read_columns(std::string{are_computed} + " AND m.name = " + quoted_text(name));
            } catch (const programming_error& e) {
                object.failure = e.message();
            }
        }
    }

    /// The names of tables and columns as they are declared, whatever the key's text has; a key without columns means the primary key.
    void read_references() {
        const std::string referred = fmt::format(
            "(SELECT k.name FROM pragma_table_info(p.name, {}) AS k WHERE CASE WHEN f.\"to\" IS NULL THEN k.pk = f.seq + 1 "
            "ELSE k.name = f.\"to\" COLLATE NOCASE END)",
            schema_);
        run("m.name, f.id, f.\"from\", coalesce(p.name, f.\"table\"), coalesce(" + referred + ", f.\"to\"), f.on_update, f.on_delete" +
                all() + told_by("pragma_foreign_key_list", "m.name", 'f') + " LEFT JOIN " + place_ +
                ".sqlite_schema AS p ON p.type = 'table' AND p.name = f.\"table\" COLLATE NOCASE",
            " AND m.type = 'table' AND m.rootpage > 0 ORDER BY f.id DESC, f.seq", [&](std::span<const cell> row) {
                if (auto* table = at(row))
                    table->references.push_back(
                        {integer_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4), text_at(row, 5), text_at(row, 6)});
            });
    }

    void read_indexes() {
        run("m.name, l.name, l.\"unique\", l.origin, x.name, x.\"desc\", x.coll" + all() + told_by("pragma_index_list", "m.name", 'l') +
                told_by("pragma_index_xinfo", "l.name", 'x'),
            " AND m.type = 'table' AND m.rootpage > 0 AND x.key = 1 ORDER BY l.seq DESC, x.seqno", [&](std::span<const cell> row) {
                const std::string origin = text_at(row, 3);
                if (auto* table = at(row))
                    table->indexes.push_back({text_at(row, 1), integer_at(row, 2) != 0, origin.empty() ? '?' : origin.front(),
                                              text_at(row, 4), integer_at(row, 5) != 0, text_at(row, 6)});
            });
    }

    executor& on_;
    std::string place_;
    std::string schema_;
    std::string names_;
    std::string condition_{};
    std::vector<cell> parameters_{};
    catalogue_rows found_{};
};

}  // namespace

catalogue_rows read_catalogue(executor& on, std::string_view schema, const std::vector<std::string>& names) {
    return catalogue_query{on, schema, names}.read();
}

std::string text_at(std::span<const cell> row, std::size_t column) {
    std::string text;
    if (!row[column].is_null()) detail::read_text(row[column], text);
    return text;
}

std::int64_t integer_at(std::span<const cell> row, std::size_t column) { return row[column].tag == cell_tag::i64 ? row[column].i64 : 0; }

std::vector<std::string> first_cells(executor& on, std::string_view sql, std::span<const cell> parameters) {
    std::vector<std::string> found;
    each_row rows{[&](std::span<const cell> row) { found.push_back(text_at(row, 0)); }};
    on.run(sql, parameters, &rows);
    return found;
}

std::string as_json_array(const std::vector<std::string>& names) {
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string only_of_programs(const executor& on, std::string_view schema) {
    std::string condition = "lower(substr(m.tbl_name, 1, 7)) <> 'sqlite_'";
    if (on.server_profile().sql_version() >= tells_shadow_tables)
        condition += " AND m.tbl_name NOT IN (SELECT s.name FROM pragma_table_list AS s WHERE s.type = 'shadow' AND s.schema = " +
                     quoted_text(schema) + " COLLATE NOCASE)";
    return condition;
}

std::string quoted_text(std::string_view text) {
    std::string quoted{"'"};
    for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
    return quoted += '\'';
}

}  // namespace azoth::sqlite
