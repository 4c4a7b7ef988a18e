// What a dialect writes wrong: the database gets other SQL than the tree says.
#include "defect.hpp"

#include <algorithm>

namespace azoth::faulty {
namespace {

/// A text as a template argument.
template <std::size_t N>
struct spelling {
    char text[N];
    constexpr spelling(const char (&from)[N]) { std::copy_n(from, N, text); }
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

/// Each `From` in the SQL becomes `To`.
template <spelling From, spelling To>
class writes final : public defect {
    void rewrite(std::string& sql) override {
        constexpr std::string_view from = From.view();
        constexpr std::string_view to = To.view();
        for (std::size_t at = sql.find(from); at != std::string::npos; at = sql.find(from, at + to.size()))
            sql.replace(at, from.size(), to);
    }
};

template <spelling From, spelling To>
constexpr named_defect written(std::string_view name) {
    return {name, &make<writes<From, To>>};
}

constexpr named_defect list[] = {
    written<" LEFT JOIN ", " JOIN ">("joins-inner-only"),
    written<" FULL JOIN ", " LEFT JOIN ">("full-join-as-left"),
    written<" UNION ", " UNION ALL ">("union-keeps-twins"),
    written<" EXCEPT ", " UNION ">("except-as-union"),
    written<" DESC", "">("ignores-descending"),
    written<" OFFSET ", " OFFSET 0 * ">("ignores-offset"),
    written<" NULLS LAST", " NULLS FIRST">("nulls-last-as-first"),
    written<"(DISTINCT ", "(">("aggregates-twins"),
    written<" FILTER (WHERE ", " FILTER (WHERE 1 OR ">("ignores-filter"),
    written<" ROWS BETWEEN ", " RANGE BETWEEN ">("rows-as-range"),
    written<" EXCLUDE TIES", " EXCLUDE NO OTHERS">("ignores-exclusion"),
    written<" NOT IN ", " IN ">("not-in-as-in"),
    written<"EXISTS (", "NOT EXISTS (">("exists-negated"),
    written<"excluded.", "">("proposed-as-stored"),
};

}  // namespace

std::span<const named_defect> statement_defects() { return list; }

}  // namespace azoth::faulty
