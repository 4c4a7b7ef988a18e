// Expressions as databases write them down: whatever they are, they are read or refused, and what is made of them for another database is
// an expression again.
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <portable_sql.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

azoth::column_spec column(std::string name, const azoth::type& type) {
    azoth::column_spec made;
    made.name = std::move(name);
    made.type = type;
    return made;
}

const std::vector<azoth::column_spec>& columns() {
    using azoth::type_kind;
    static const std::vector<azoth::column_spec> all{column("a", type_kind::integer),     column("b", azoth::numeric(10, 2)),
                                                     column("c", azoth::string(20)),      column("d", type_kind::date),
                                                     column("e", type_kind::boolean),     column("f", type_kind::double_),
                                                     column("g", type_kind::timestamp_tz)};
    return all;
}

void check_moved(std::string_view family, std::string_view sql) {
    const auto made = azoth::detail::portable_sql({family, "ansi", columns()}, sql);
    if (!made) return;
    azoth::profile server;
    azoth::compiler out{azoth::ansi_rules(), server};
    azoth::write_schema_expression(out, *made);
    require(azoth::detail::parsed_sql("ansi", out.buffer()).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::string_view, 4> families{"postgresql", "mysql", "sqlite", "ansi"};
    if (size == 0) return 0;
    const std::string_view family = families[data[0] % families.size()];
    const std::string_view sql{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::string canonical = azoth::detail::canonical_sql(family, sql, columns());
    require(canonical == azoth::detail::canonical_sql(family, std::string{sql} + " ", columns()) || canonical == sql);
    for (const auto& c : columns()) {
        azoth::detail::names_column(family, sql, c.name);
        azoth::detail::literal_sql(family, sql, c.type);
    }
    check_moved(family, sql);
    return 0;
}
