// Expressions of one database for another.
#include "portable_sql.hpp"

#include "sql_tokens.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/expression_traits.hpp>
#include <azoth/sql/nodes/dml.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;

bool is_literal(const sql_tree& t) {
    return t.kind == kinds::number || t.kind == kinds::text || t.kind == kinds::bytes || t.kind == kinds::truth;
}
type_family family_of(const node_ptr& n) { return azoth::family_of(type_of(*n).kind); }
bool is_signed_integer(const type& t) { return t.kind == k::small_integer || t.kind == k::integer || t.kind == k::big_integer; }
bool is_decimal(const node_ptr& n) { return type_of(*n).kind == k::numeric; }
bool is_float(const node_ptr& n) { return type_of(*n).kind == k::double_ || type_of(*n).kind == k::real; }
bool is_unsigned(const node_ptr& n) { return is_integer(type_of(*n).kind) && !is_signed_integer(type_of(*n)); }

/// Of an exact decimal, or of an integer, the type that it has by itself.
type own_type_of(const sql_tree& number) {
    if (number.text.find_first_of("eE") != std::string::npos) return k::double_;
    const decimal d = decimal::parse(number.text).normalized();
    if (d.scale() > 0)
        return numeric(static_cast<std::uint16_t>(std::max(d.precision(), d.scale())), static_cast<std::uint16_t>(d.scale()));
    return d.precision() < 10 ? k::integer : k::big_integer;
}

/// Whether SQLite is one of the two.
bool is_between_sqlite(std::string_view family, std::string_view target) { return (family == "sqlite") != (target == "sqlite"); }

bool changes_letters(const sql_tree& t) {
    return (t.kind == kinds::call && (t.text == "lower" || t.text == "upper")) || std::ranges::any_of(t.parts, changes_letters);
}

/// Whether texts are the same where their bytes are, and in the order of those: of tables that the family has made, or that Azoth has.
/// Collations of PostgreSQL's tell all texts apart, but for those that somebody makes otherwise, and each database has an order of its own.
bool tells_bytes(std::string_view family, std::string_view collation, bool by_order) {
    const std::string name = lower(std::string{collation});
    if (family == "sqlite") return name.empty() || name == "binary";
    if (family == "mysql") return name.empty() || name.ends_with("_nopad_bin") || name == "utf8mb4_0900_bin" || name == "binary";
    if (family != "postgresql") return name.empty();
    return name == "c" || name == "posix" || (name.empty() && !by_order);
}

/// Makes nodes; null where something has no sure meaning on the other side.
class mover {
public:
    explicit mover(const sql_move& move) noexcept
        : family_{move.family}, target_{move.target}, columns_{move.columns}, collations_{move.collations} {}

    node_ptr run(const sql_tree& t) const {
        switch (t.kind) {
            case kinds::column: return column(t);
            case kinds::number: return literal_of(t, own_type_of(t));
            case kinds::text: return literal_of(t, k::text);
            case kinds::bytes: return literal_of(t, k::binary);
            case kinds::truth: return literal_of(t, k::boolean);
            case kinds::sign: return negated(t);
            case kinds::negation: return denied(t);
            case kinds::all: return logical(t, logical_operator::and_);
            case kinds::some: return logical(t, logical_operator::or_);
            case kinds::compared: return compared(t);
            case kinds::computed: return computed(t);
            case kinds::like: return like(t);
            case kinds::in: return in(t);
            case kinds::is: return is(t);
            case kinds::call: return call(t);
            case kinds::cast: return cast(t);
            case kinds::case_: return choice(t);
            case kinds::null:
            case kinds::moment:
            case kinds::quantified:
            case kinds::collate:
            case kinds::array: break;
        }
        return {};
    }

private:
    node_ptr column(const sql_tree& t) const {
        const column_spec* found = column_of(family_, columns_, t.text);
        if (!found) return {};  // a word that is no column is an operator or a constant of the database's own
        return make_node<const own_column_node>(found->name, type_in(family_, t, columns_));
    }
    /// A literal beside something of a type is read as one of that type.
    node_ptr meeting(const sql_tree& literal, const node_ptr& other) const {
        const type of = type_of(*other);
        switch (azoth::family_of(of.kind)) {
            case type_family::number: return literal.kind == kinds::number ? number_meeting(literal, of) : node_ptr{};
            case type_family::boolean:
                // MySQL, MariaDB and SQLite know what is true by 1 and 0 alone.
                return literal.kind == kinds::truth || (literal.kind == kinds::number && folds_names(family_))
                           ? literal_of(literal, k::boolean)
                           : node_ptr{};
            case type_family::text: return literal.kind == kinds::text ? literal_of(literal, k::text) : node_ptr{};
            case type_family::binary: return literal_of(literal, k::binary);
            case type_family::date:
            case type_family::time:
            case type_family::timestamp:
            case type_family::instant:
            case type_family::uuid: return literal.kind == kinds::text ? literal_of(literal, of) : node_ptr{};
            default: return {};
        }
    }
    static node_ptr number_meeting(const sql_tree& number, const type& of) {
        const type own = own_type_of(number);
        if (of.kind == k::real) return literal_of(number, k::double_);  // a real 0.1 is not 0.1, and nobody rounds that to meet it
        const bool fits = of.kind == k::numeric && (own.kind != k::numeric || of.precision == 0 || own.scale <= of.scale);
        return literal_of(number, of.kind == k::double_ || fits || of.kind == k::unsigned_big_integer ? of : own);
    }
    /// Whether no text of a tree is compared otherwise here than there.
    bool tell_bytes(const sql_tree& t, bool by_order) const {
        if (t.kind != kinds::column) return std::ranges::all_of(t.parts, [&](const sql_tree& part) { return tell_bytes(part, by_order); });
        const column_spec* found = column_of(family_, columns_, t.text);
        if (!found || azoth::family_of(found->type.kind) != type_family::text) return true;
        const auto at = static_cast<std::size_t>(found - columns_.data());
        const std::string_view collation = at < collations_.size() ? std::string_view{collations_[at]} : std::string_view{};
        return tells_bytes(family_, collation, by_order) && tells_bytes(target_, {}, by_order);
    }
    bool can_be_compared(const node_ptr& l, const node_ptr& r, bool by_order) const {
        const type_family family = family_of(l);
        if (family != family_of(r) || family == type_family::unknown) return false;
        const bool has_enumeration = type_of(*l).kind == k::enumeration || type_of(*r).kind == k::enumeration;
        const bool has_literal = node_cast<literal_node>(l) || node_cast<literal_node>(r);
        if (has_enumeration && (by_order || !has_literal)) return false;  // by place here, by label there
        if (is_between_sqlite(family_, target_) && is_float(l) != is_float(r) && (is_decimal(l) || is_decimal(r))) return false;
        if (family == type_family::boolean || family == type_family::uuid) return !by_order;
        return family != type_family::json && family != type_family::array && family != type_family::interval;
    }
    node_ptr compared(const sql_tree& t) const {
        constexpr std::array<std::pair<std::string_view, binary_operator>, 6> operators{{{"=", binary_operator::equal},
                                                                                         {"<>", binary_operator::not_equal},
                                                                                         {"<", binary_operator::less},
                                                                                         {"<=", binary_operator::less_equal},
                                                                                         {">", binary_operator::greater},
                                                                                         {">=", binary_operator::greater_equal}}};
        const bool has_left = is_literal(t.parts[0]);
        const bool has_right = is_literal(t.parts[1]);
        if (has_left && has_right) return {};
        node_ptr l = has_left ? node_ptr{} : run(t.parts[0]);
        node_ptr r = has_right ? node_ptr{} : run(t.parts[1]);
        if (has_left && r) l = meeting(t.parts[0], r);
        if (has_right && l) r = meeting(t.parts[1], l);
        const bool by_order = t.text != "=" && t.text != "<>";
        if (!l || !r || !can_be_compared(l, r, by_order) || !tell_bytes(t, by_order)) return {};
        for (const auto& [spelling, op] : operators)
            if (t.text == spelling) return make_node<const binary_node>(op, l, r);
        return {};
    }
    node_ptr beside(const sql_tree& t, const sql_tree& other) const {
        if (t.kind != kinds::number || is_literal(other)) return run(t);
        const node_ptr met = run(other);
        return met && type_of(*met).kind == k::double_ ? literal_of(t, k::double_) : run(t);
    }
    /// PostgreSQL counts in the integers' own type, and says that they do not fit; the others have 64 bits for all.
    node_ptr counted(node_ptr of, const node_ptr& other) const {
        const auto is_small = [](const node_ptr& n) { return is_signed_integer(type_of(*n)) && type_of(*n).kind != k::big_integer; };
        if (target_ != "postgresql" || !is_small(of) || !is_small(other)) return of;
        return make_node<const cast_node>(std::move(of), k::big_integer);
    }
    /// Quotients and remainders of integers, and what is rounded of others, are each database's own. SQLite computes decimals as floats.
    node_ptr computed(const sql_tree& t) const {
        node_ptr l = beside(t.parts[0], t.parts[1]);
        const node_ptr r = beside(t.parts[1], t.parts[0]);
        if (!l || !r || type_of(*l).kind == k::real || type_of(*r).kind == k::real) return {};
        if (is_between_sqlite(family_, target_) && (is_decimal(l) || is_decimal(r))) return {};
        l = counted(std::move(l), r);
        const auto are = [&](type_family family) { return family_of(l) == family && family_of(r) == family; };
        const auto made = [&](binary_operator op) { return make_node<const binary_node>(op, l, r); };
        if (t.text == "||" && are(type_family::text)) return made(binary_operator::concat);
        if (!are(type_family::number) || is_unsigned(l) || is_unsigned(r)) return {};
        if (t.text == "+") return made(binary_operator::add);
        if (t.text == "-") return made(binary_operator::subtract);
        return t.text == "*" ? node_ptr{made(binary_operator::multiply)} : node_ptr{};
    }
    node_ptr negated(const sql_tree& t) const {
        const node_ptr of = run(t.parts[0]);
        if (!of || family_of(of) != type_family::number || is_unsigned(of)) return {};
        return make_node<const unary_node>(unary_operator::negate, of);
    }
    [[nodiscard]] node_ptr condition(const sql_tree& t) const {
        node_ptr made = run(t);
        return made && family_of(made) == type_family::boolean ? made : node_ptr{};
    }
    node_ptr denied(const sql_tree& t) const {
        const node_ptr of = condition(t.parts[0]);
        return of ? node_ptr{make_node<const unary_node>(unary_operator::not_, of)} : node_ptr{};
    }
    node_ptr logical(const sql_tree& t, logical_operator op) const {
        std::vector<node_ptr> terms;
        for (const auto& part : t.parts)
            if (terms.push_back(condition(part)); !terms.back()) return {};
        return make_node<const logical_node>(op, std::move(terms));
    }
    node_ptr is(const sql_tree& t) const {
        const node_ptr of = run(t.parts[0]);
        if (!of || t.parts.size() > 1) return {};
        if (t.text == "null") return make_node<const unary_node>(t.is_negated ? unary_operator::is_not_null : unary_operator::is_null, of);
        if (family_of(of) != type_family::boolean || t.is_negated) return {};
        return make_node<const unary_node>(t.text == "true" ? unary_operator::is_true : unary_operator::is_false, of);
    }
    node_ptr in(const sql_tree& t) const {
        const node_ptr of = is_literal(t.parts[0]) ? node_ptr{} : run(t.parts[0]);
        if (!of || !tell_bytes(t, false)) return {};
        std::vector<value> values;
        for (std::size_t i = 1; i < t.parts.size(); ++i) {
            const node_ptr literal = is_literal(t.parts[i]) ? meeting(t.parts[i], of) : node_ptr{};
            const auto* content = literal ? node_cast<literal_node>(literal) : nullptr;
            if (!content || !can_be_compared(of, literal, false)) return {};
            values.push_back(content->content);
        }
        return make_in_list(of, std::move(values), t.is_negated);
    }
    /// SQLite's LIKE takes a for A; the others do not, where nobody tells them to.
    node_ptr like(const sql_tree& t) const {
        const sql_tree& pattern = t.parts[1];
        if (t.text != "like" || t.parts.size() > 2 || pattern.kind != kinds::text) return {};
        const bool has_letters = std::ranges::any_of(lower(pattern.text), [](char c) { return c >= 'a' && c <= 'z'; });
        const bool has_backslash = pattern.text.find('\\') != std::string::npos;
        if (has_backslash || (has_letters && is_between_sqlite(family_, target_))) return {};
        if (family_ != "sqlite" && !tell_bytes(t.parts[0], false)) return {};
        const node_ptr of = run(t.parts[0]);
        if (!of || family_of(of) != type_family::text || type_of(*of).kind == k::enumeration) return {};
        return make_node<const binary_node>(t.is_negated ? binary_operator::not_like : binary_operator::like, of,
                                            literal_of(pattern, k::text));
    }

    /// Functions of which all databases take the same arguments and give the same results.
    node_ptr call(const sql_tree& t) const {
        constexpr std::array<std::string_view, 5> of_texts{"lower", "upper", "trim", "ltrim", "rtrim"};
        if (t.text == "coalesce" && t.parts.size() > 1) return call_of_likes(t);
        if (t.text == "nullif" && t.parts.size() == 2) return tell_bytes(t, false) ? call_of_likes(t) : node_ptr{};
        if (t.parts.size() != 1) return {};
        const node_ptr of = run(t.parts[0]);
        if (!of) return {};
        const bool is_text = family_of(of) == type_family::text && type_of(*of).kind != k::enumeration;
        if (has(of_texts, t.text)) return is_text ? function(t.text, {of}, k::text) : node_ptr{};
        return t.text == "abs" && family_of(of) == type_family::number ? function(t.text, {of}, type_of(*of)) : node_ptr{};
    }
    static node_ptr function(const std::string& name, std::vector<node_ptr> arguments, const type& of) {
        return make_node<const function_node>(name, std::move(arguments), of);
    }
    /// Values of one type, of which the literals take that of the others.
    std::vector<node_ptr> likes(const std::vector<const sql_tree*>& of) const {
        const auto model = std::ranges::find_if(of, [](const sql_tree* t) { return !is_literal(*t); });
        const node_ptr other = model == of.end() ? run(*of.front()) : run(**model);
        if (!other) return {};
        std::vector<node_ptr> all;
        for (const sql_tree* part : of) {
            const bool is_model = model != of.end() && part == *model;
            node_ptr made = is_model ? other : is_literal(*part) ? meeting(*part, other) : run(*part);
            if (!made || !can_be_compared(made, other, false)) return {};
            all.push_back(std::move(made));
        }
        return all;
    }
    node_ptr call_of_likes(const sql_tree& t) const {
        std::vector<const sql_tree*> parts;
        for (const auto& part : t.parts) parts.push_back(&part);
        auto all = likes(parts);
        if (all.empty()) return {};
        const type of = t.text == "nullif" ? type_of(*all.front()) : widest_type(all);
        return function(t.text, std::move(all), of);
    }
    node_ptr choice(const sql_tree& t) const {
        std::vector<const sql_tree*> results;
        for (std::size_t i = 1; i < t.parts.size(); i += 2) results.push_back(&t.parts[i]);
        const bool has_else = t.parts.back().kind != kinds::null;
        if (has_else) results.push_back(&t.parts.back());
        const auto all = likes(results);
        if (all.empty()) return {};
        std::vector<case_node::branch> branches;
        for (std::size_t i = 0; i + 1 < t.parts.size(); i += 2) {
            branches.push_back({condition(t.parts[i]), all[i / 2]});
            if (!branches.back().condition) return {};
        }
        return make_node<const case_node>(std::move(branches), has_else ? all.back() : node_ptr{});
    }
    /// A fraction is rounded here and cut there, and numbers other than integers have no one text.
    node_ptr cast(const sql_tree& t) const {
        const node_ptr of = is_literal(t.parts[0]) ? node_ptr{} : run(t.parts[0]);
        if (!of || !is_signed_integer(type_of(*of))) return {};
        const type to = cast_type(family_, t.text);
        const bool is_wider = is_signed_integer(to) && type_of(*of).kind <= to.kind;
        if (!is_wider && to.kind != k::double_ && to.kind != k::text) return {};
        return make_node<const cast_node>(of, to);
    }

    std::string_view family_;
    std::string_view target_;
    const std::vector<column_spec>& columns_;
    const std::vector<std::string>& collations_;
};

}  // namespace

node_ptr portable_sql(const sql_move& move, std::string_view sql) {
    auto tree = parsed_sql(move.family, sql);
    if (!tree) return {};
    const sql_tree plain = plain_sql(move.family, std::move(*tree), move.columns);
    if (plain.kind == kinds::moment) {
        auto moment = make_node<text_node>();
        moment->pieces.emplace_back(plain.text == "current_date" ? "CURRENT_DATE" : "CURRENT_TIMESTAMP");
        return moment;
    }
    try {
        return mover{move}.run(plain);
    } catch (const error&) {  // a number of more digits than any database takes
        return {};
    }
}

std::string_view other_meaning(const sql_move& move, std::string_view sql) {
    if (!is_between_sqlite(move.family, move.target)) return {};
    const auto tree = parsed_sql(move.family, sql);
    return tree && changes_letters(*tree) ? "SQLite's lower() and upper() change ASCII letters alone" : "";
}

bool is_null_sql(std::string_view family, std::string_view sql) {
    const auto tree = parsed_sql(family, sql);
    return tree && tree->kind == kinds::null;
}

}  // namespace azoth::detail
