// What databases write down, as all of them would say it.
#include "sql_tokens.hpp"
#include "sql_tree.hpp"

#include <azoth/sql/nodes/expression.hpp>

#include <fmt/format.h>

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;

/// What a cast may change beneath an operation: whether 7 / 2 is 3 or 3.5 is a matter of types, and 7 > 2.5 is not.
enum class use : unsigned char { by_value, by_type };

/// Whether a cast of a column, or of what is computed, changes nothing whatever it is part of.
bool keeps_all(const type& from, const type& to) {
    const bool is_from_text = from.kind == k::string || from.kind == k::text;
    if (is_from_text && to.kind == k::text) return true;
    if (is_from_text && to.kind == k::string)
        return from.kind == k::string && from.length != 0 && (to.length == 0 || from.length <= to.length);
    return from.kind == to.kind && from.kind != k::unknown && !to.rare && from.length == to.length && from.precision == to.precision;
}

/// The casts that PostgreSQL writes by itself where an operand meets one of the type.
bool is_implied(const type& from, const type& to) {
    if (from.kind == k::date) return to.kind == k::timestamp || to.kind == k::timestamp_tz;
    if (is_signed_integer(from.kind))
        return (to.kind == k::numeric && to.precision == 0) || is_float(to.kind) || is_signed_integer(to.kind);
    return (from.kind == k::numeric && is_float(to.kind)) || (from.kind == k::real && to.kind == k::double_);
}

bool is_whole(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_decimal(std::string_view text) {
    const auto point = text.find('.');
    if (point == std::string_view::npos) return is_whole(text);
    return is_whole(std::string{text.substr(0, point)}.append(text.substr(point + 1)));
}

/// Without the quotes that a lower-case name does not need: shop."order" of "shop"."order".
std::string with_few_quotes(std::string_view names) {
    std::string made;
    for (std::size_t i = 0; i < names.size();) {
        const std::size_t end = names[i] == '"' ? names.find('"', i + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            made += names[i++];
            continue;
        }
        made += shown_name(names.substr(i + 1, end - i - 1));
        i = end + 1;
    }
    return made;
}

class simplifier {
public:
    simplifier(std::string_view family, const std::vector<column_spec>& columns) noexcept : family_{family}, columns_{columns} {}

    sql_tree run(sql_tree t, use how) const {
        const use below = use_below(t, how);
        for (auto& part : t.parts) part = run(std::move(part), below);
        if (meets(t)) drop_implied(t);
        switch (t.kind) {
            case kinds::cast: return without_casts(std::move(t), how);
            case kinds::call: return renamed(std::move(t));
            case kinds::compared: return with_list(std::move(t));
            case kinds::like: return with_plain_pattern(std::move(t));
            case kinds::all:
            case kinds::some: return flat(std::move(t));
            default: return t;
        }
    }

private:
    static use use_below(const sql_tree& t, use how) {
        constexpr std::array<std::string_view, 7> transparent{"coalesce", "ifnull", "nullif", "nextval", "like_escape", "lower", "upper"};
        switch (t.kind) {
            case kinds::computed: return t.text == "/" || t.text == "%" || t.text == "||" ? use::by_type : how;
            case kinds::call: return has(transparent, t.text) ? how : use::by_type;
            case kinds::cast: return use::by_type;
            case kinds::sign:
            case kinds::case_:
            case kinds::array:
            case kinds::quantified:
            case kinds::collate: return how;
            default: return use::by_value;
        }
    }
    /// Whether the parts are brought to one type.
    static bool meets(const sql_tree& t) {
        if (t.kind == kinds::call) return t.text == "coalesce" || t.text == "nullif";
        return t.kind == kinds::compared || t.kind == kinds::in || (t.kind == kinds::computed && t.text != "||");
    }
    void drop_implied(sql_tree& t) const {
        for (auto& part : t.parts) {
            if (part.kind != kinds::cast || folds_names(family_)) continue;
            const type to = cast_type(family_, part.text);
            const bool is_number = part.parts[0].kind == kinds::number;
            const auto meets_one = [&](const sql_tree& other) {
                return &other != &part && (is_number || other.kind != kinds::cast) && type_in(family_, other, columns_).kind == to.kind;
            };
            if (is_implied(type_in(family_, part.parts[0], columns_), to) && std::ranges::any_of(t.parts, meets_one))
                part = sql_tree{std::move(part.parts[0])};
        }
    }
    /// Where a cast goes, one beneath it may go too: what was beneath a cast is now where that was.
    [[nodiscard]] sql_tree without_casts(sql_tree t, use how) const {
        std::size_t before = 0;
        for (std::size_t now = depth_of(t); now != before && t.kind == kinds::cast; now = depth_of(t)) {
            before = now;
            t = without_cast(std::move(t), how);
        }
        return t;
    }
    static std::size_t depth_of(const sql_tree& t) { return t.kind == kinds::cast ? 1 + depth_of(t.parts[0]) : 0; }
    [[nodiscard]] sql_tree without_cast(sql_tree t, use how) const {
        sql_tree& of = t.parts[0];
        if (of.kind == kinds::null) return std::move(of);
        if (of.kind == kinds::array && t.text.ends_with("[]")) {
            t.text.resize(t.text.size() - 2);
            for (auto& element : of.parts) element = without_cast({kinds::cast, t.text, {std::move(element)}, false, false}, how);
            return std::move(of);
        }
        const type to = cast_type(family_, t.text);
        if (of.kind == kinds::text) return without_cast_of_text(std::move(t), to, how);
        if (of.kind == kinds::number) return is_free(of, to, how) ? std::move(of) : std::move(t);
        // What MySQL, MariaDB and SQLite hold as a cast somebody wrote: SQLite's columns hold anything.
        return !folds_names(family_) && keeps_all(type_in(family_, of, columns_), to) ? std::move(of) : std::move(t);
    }
    static bool is_free(const sql_tree& number, const type& to, use how) {
        if (is_signed_integer(to.kind)) return is_whole(number.text);
        return how == use::by_value && to.kind == k::numeric && to.precision == 0;
    }
    /// 'x'::text is the text, and '-5'::integer the number; '2026-01-01'::date is read as one wherever it meets a date.
    [[nodiscard]] sql_tree without_cast_of_text(sql_tree t, const type& to, use how) const {
        sql_tree& of = t.parts[0];
        if (to.kind == k::text || t.text == "regclass") return std::move(of);
        if (to.kind == k::string) return to.length == 0 || of.text.size() <= to.length ? std::move(of) : std::move(t);
        if (is_float(to.kind)) return without_cast_to_float(std::move(t), to, how);
        if (family_of(to.kind) == type_family::number) {
            const bool fits = is_signed_integer(to.kind) ? is_whole(of.text) : is_decimal(of.text) && to.precision == 0;
            if (!fits) return t;
            of.kind = kinds::number;
            return how == use::by_value || is_signed_integer(to.kind) ? std::move(of) : std::move(t);
        }
        // What is cut or rounded on the way is not the text any more, and '1 day' alone is no interval.
        const bool is_cut = t.text.find('(') != std::string::npos || to.kind == k::interval;
        return how == use::by_type || is_cut ? std::move(t) : std::move(of);
    }

    /// '1e+10'::real is 10000000000. Of 0.1 there is none: 0.1::real is another number.
    static sql_tree without_cast_to_float(sql_tree t, const type& to, use how) {
        sql_tree& of = t.parts[0];
        const auto number = finite_number(of.text);
        if (!number) return t;
        const auto narrow = static_cast<float>(*number);
        const bool is_exact = to.kind == k::double_ || static_cast<double>(narrow) == *number;
        of = {kinds::number, is_exact ? fmt::format("{}", *number) : fmt::format("{}", narrow), {}, false, false};
        return is_exact && how == use::by_value ? std::move(of) : std::move(t);
    }

    [[nodiscard]] sql_tree renamed(sql_tree t) const {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 4> usual{
            {{"lcase", "lower"}, {"ucase", "upper"}, {"ifnull", "coalesce"}, {"character_length", "char_length"}}};
        for (const auto& [own, other] : usual)
            if (t.text == own) t.text = other;
        if (t.text == "curdate" && t.parts.empty()) t.text = "current_date";
        // MariaDB says the digits that its columns have.
        const bool is_precise = t.parts.size() == 1 && t.parts[0].kind == kinds::number && (family_ == "mysql" || t.parts[0].text == "6");
        if ((t.text == "current_timestamp" || t.text == "current_date") && (t.parts.empty() || is_precise))
            return {kinds::moment, t.text, {}, false, false};
        const bool has_text = !t.parts.empty() && t.parts[0].kind == kinds::text;
        if (t.text == "unhex" && has_text && t.parts.size() == 1 && is_hexadecimal(t.parts[0].text))
            return {kinds::bytes, lower(t.parts[0].text), {}, false, false};
        // PostgreSQL's sequences are named inside a text, from which it takes the quotes that it can do without.
        if (t.text == "nextval" && has_text) t.parts[0].text = with_few_quotes(t.parts[0].text);
        return t;
    }

    /// x = ANY (ARRAY[a, b]) as x IN (a, b), and x <> ALL (ARRAY[a, b]) as x NOT IN (a, b).
    static sql_tree with_list(sql_tree t) {
        sql_tree& right = t.parts[1];
        if (right.kind != kinds::quantified || right.parts[0].kind != kinds::array || right.parts[0].parts.empty()) return t;
        const bool is_some = t.text == "=" && right.text == "any";
        const bool is_none = t.text == "<>" && right.text == "all";
        if (!is_some && !is_none) return t;
        sql_tree made{kinds::in, {}, {std::move(t.parts[0])}, is_none, false};
        for (auto& element : right.parts[0].parts) made.parts.push_back(std::move(element));
        return made;
    }

    /// Where nothing in the pattern is escaped, it does not matter by what. PostgreSQL and MySQL escape by a backslash where nobody says
    /// so.
    [[nodiscard]] sql_tree with_plain_pattern(sql_tree t) const {
        if (t.text != "like" && t.text != "ilike") return t;
        if (t.parts.size() == 2 && t.parts[1].kind == kinds::call && t.parts[1].text == "like_escape" && t.parts[1].parts.size() == 2) {
            const sql_tree call = std::move(t.parts[1]);
            t.parts[1] = call.parts[0];
            t.parts.push_back(call.parts[1]);
        }
        if (t.parts.size() == 2 && family_ != "sqlite") t.parts.push_back({kinds::text, "\\", {}, false, false});
        if (t.parts.size() == 2) return t;
        const sql_tree& escape = t.parts[2];
        const bool escapes_nothing =
            (escape.kind == kinds::text && escape.text.empty()) || (escape.kind == kinds::bytes && escape.text == "01");
        const bool is_unused = t.parts[1].kind == kinds::text && escape.kind == kinds::text && !escape.text.empty() &&
                               t.parts[1].text.find(escape.text) == std::string::npos;
        if (escapes_nothing || is_unused) t.parts.pop_back();
        return t;
    }

    /// a AND (b AND c) as a AND b AND c.
    static sql_tree flat(sql_tree t) {
        std::vector<sql_tree> all;
        for (auto& part : t.parts) {
            if (part.kind != t.kind) all.push_back(std::move(part));
            else
                for (auto& inner : part.parts) all.push_back(std::move(inner));
        }
        t.parts = std::move(all);
        return t;
    }

    std::string_view family_;
    const std::vector<column_spec>& columns_;
};

}  // namespace

sql_tree plain_sql(std::string_view family, sql_tree tree, const std::vector<column_spec>& columns) {
    return simplifier{family, columns}.run(std::move(tree), use::by_value);
}

}  // namespace azoth::detail
