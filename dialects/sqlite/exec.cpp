#include "exec.hpp"

#include "statement.hpp"

namespace azoth::sqlite {

std::vector<std::string> run_for_texts(session& on, std::string_view sql) {
    const statement_handle compiled = compile(on, sql, false);
    std::vector<std::string> found;
    for (;;) {
        const int code = sqlite3_step(compiled.get());
        if (code == SQLITE_DONE) return found;
        if (code != SQLITE_ROW) on.fail(code);
        if (sqlite3_column_count(compiled.get()) == 0) continue;
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(compiled.get(), 0));
        found.emplace_back(text ? text : "");
    }
}

void run(session& on, std::string_view sql) { (void)run_for_texts(on, sql); }

std::string quoted_name(std::string_view name) {
    std::string sql = "\"";
    for (const char c : name) {
        if (c == '"') sql += c;
        sql += c;
    }
    return sql += '"';
}

}  // namespace azoth::sqlite
