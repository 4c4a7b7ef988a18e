#include "query.hpp"

#include "queries/queries.hpp"
#include "sql_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace detail {

std::string text_of(const std::string& v) { return v; }
std::string text_of(std::int64_t v) { return fmt::format("{}", v); }
/// SQLite forgets zeros at the end, and others add some: at least two digits, as money has.
std::string text_of(const azoth::decimal& v) {
    const auto shortest = v.normalized();
    return to_string(shortest.rescaled(std::max(2, shortest.scale())));
}
std::string text_of(const azoth::date& v) { return azoth::to_string(v); }

}  // namespace detail

std::vector<Query> all_queries(double scale) {
    return {q01(), q02(), q03(), q04(), q05(), q06(), q07(), q08(), q09(), q10(), q11(scale),
            q12(), q13(), q14(), q15(), q16(), q17(), q18(), q19(), q20(), q21(), q22()};
}

std::string_view sql_by_hand(int number, std::string_view dialect) {
    const auto texts = sql_texts();
    for (const auto& name : {fmt::format("q{:02}.{}", number, dialect), fmt::format("q{:02}", number)}) {
        const auto found = std::find_if(texts.begin(), texts.end(), [&](const SqlText& t) { return t.name == name; });
        if (found != texts.end()) return found->sql;
    }
    throw std::logic_error{fmt::format("there is no SQL for query {}", number)};
}
