// The text of SQLite's CREATE statements: whatever it is, something is made of it, and what is taken for SQL stands in it.
#include "create_text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_within(std::string_view part, std::string_view sql) { require(sql.find(part) != std::string_view::npos); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace azoth::sqlite;
    const std::string_view sql{reinterpret_cast<const char*>(data), size};
    const table_text table = parse_create_table(sql);
    for (const auto& c : table.columns) {
        check_within(c.computed, sql);
        require(c.name.empty() || table.find(c.name));
    }
    for (const auto& c : table.checks) check_within(c.sql, sql);
    const index_text index = parse_create_index(sql);
    for (const auto& e : index.elements) check_within(e, sql);
    check_within(index.where, sql);
    const view_text view = parse_create_view(sql);
    check_within(view.query, sql);
    require(sources_in(sql).size() <= size);
    check_within(bare_sql(sql), sql);
    check_within(without_parentheses(sql), sql);
    return 0;
}
