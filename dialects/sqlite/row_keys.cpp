#include "row_keys.hpp"

#include "exec.hpp"
#include "handle.hpp"

#include <limits>
#include <utility>

namespace azoth::sqlite {
namespace {

constexpr std::string_view end_of_columns = ") VALUES ";

/// Without its quotes; empty where it names its schema, too, or is too strange a name.
std::string plain_name(std::string_view table) {
    if (table.size() > 2 && table.starts_with('"') && table.ends_with('"')) table = table.substr(1, table.size() - 2);
    return table.find_first_of("\"`[].") == std::string_view::npos ? std::string{table} : std::string{};
}

/// The integer in the only row of a query with these parameters; none where it fails, or gives something else.
std::optional<std::int64_t> integer_of(session& on, const std::string& sql, std::initializer_list<std::string_view> parameters) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(on.open_db(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK) return std::nullopt;
    const statement_handle s{raw};
    int place = 0;
    for (const std::string_view p : parameters)
        if (sqlite3_bind_text64(raw, ++place, p.data(), p.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK) return std::nullopt;
    if (sqlite3_step(raw) != SQLITE_ROW || sqlite3_column_type(raw, 0) != SQLITE_INTEGER) return std::nullopt;
    return sqlite3_column_int64(raw, 0);
}

/// An INTEGER PRIMARY KEY is the row id unless an index stands for it: so it is with DESC, and in tables without row ids. A trigger may
/// insert rows of its own, and see which key a row brings; a conflict clause may leave rows out. What is temporary comes first where a
/// table is named, and may be a trigger on ours. A virtual table does as its module likes.
bool takes_keys(session& on, std::string_view table, std::string_view key) {
    constexpr const char* question =
        "SELECT (SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE"
        " AND sql NOT LIKE 'CREATE VIRTUAL %' AND instr(lower(sql), 'conflict') = 0) = 1"
        " AND NOT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE ?1 COLLATE NOCASE IN (name, tbl_name))"
        " AND NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE)"
        " AND (SELECT group_concat(name || ' ' || upper(type)) FROM pragma_table_info(?1, 'main') WHERE pk > 0) = ?2 || ' INTEGER'"
        " AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1, 'main') WHERE origin = 'pk')";
    return integer_of(on, question, {table, key}) == 1;
}

std::optional<batch_plan> with_key(const batch_plan& plan, const std::string& key) {
    if (!plan.prefix.ends_with(end_of_columns) || !plan.row_pieces.back().ends_with(')')) return std::nullopt;
    batch_plan changed = plan;
    changed.prefix.resize(changed.prefix.size() - end_of_columns.size());
    (changed.prefix += ", ") += quoted_name(key);
    changed.prefix += end_of_columns;
    changed.row_pieces.back().back() = ',';
    changed.row_pieces.back() += ' ';
    changed.row_pieces.emplace_back(")");
    changed.suffix.clear();
    changed.returns_rows = false;
    changed.generated_key.reset();
    return changed;
}

}  // namespace

row_keys::row_keys(session& on, batch_plan plan, std::int64_t latest) : on_{&on}, plan_{std::move(plan)}, latest_{latest} { written(); }

std::optional<row_keys> row_keys::behind_inserted(session& on, const batch_plan& plan, const std::string& key) {
    if (sqlite3_get_autocommit(on.open_db()) != 0) return std::nullopt;  // others may write in between
    const std::string table = plain_name(plan.table);
    auto changed = table.empty() ? std::nullopt : with_key(plan, key);
    if (!changed || !takes_keys(on, table, key)) return std::nullopt;
    const auto largest = integer_of(on, "SELECT max(" + quoted_name(key) + ") FROM main." + quoted_name(table), {});
    if (!largest) return std::nullopt;
    return row_keys{on, *std::move(changed), *largest};
}

bool row_keys::are_free(std::size_t rows) const noexcept {
    const auto left = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) - static_cast<std::uint64_t>(latest_);
    return rows <= left && sqlite3_total_changes64(on_->db()) == changes_;
}

void row_keys::written() noexcept { changes_ = sqlite3_total_changes64(on_->db()); }

}  // namespace azoth::sqlite
