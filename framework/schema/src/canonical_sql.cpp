#include "portable_sql.hpp"
#include "sql_tokens.hpp"

namespace azoth::detail {

std::string canonical_sql(std::string_view family, std::string_view sql, const std::vector<column_spec>& columns) {
    if (auto tree = parsed_sql(family, sql)) return spelled(family, plain_sql(family, std::move(*tree), columns));
    const auto all = tokens_of(family, sql);
    return all ? spelled(family, *all) : std::string{sql};
}

bool names_column(std::string_view family, std::string_view sql, std::string_view column) {
    const std::string small = lower(column);
    const auto all = tokens_of(family, sql);
    if (!all) return lower(sql).find(small) != std::string::npos;
    return std::ranges::any_of(*all, [&](const token& t) {
        if (t.kind == token_kind::name) return t.text == column || (folds_names(family) && lower(t.text) == small);
        return t.kind == token_kind::word && lower(t.text) == small;
    });
}

}  // namespace azoth::detail
