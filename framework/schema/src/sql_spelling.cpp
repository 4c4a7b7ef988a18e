#include "sql_tokens.hpp"
#include "sql_tree.hpp"

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;

enum binding : int { loosest = 0, disjunction, conjunction, negation, comparison, joining, additive, multiplicative, signed_, tightest };

int binding_of(const sql_tree& t) {
    switch (t.kind) {
        case kinds::some: return disjunction;
        case kinds::all: return conjunction;
        case kinds::negation: return negation;
        case kinds::compared:
        case kinds::like:
        case kinds::in:
        case kinds::is: return comparison;
        case kinds::computed:
            if (t.text == "||") return joining;
            return t.text == "+" || t.text == "-" ? additive : multiplicative;
        case kinds::sign: return signed_;
        default: return tightest;
    }
}

class tree_speller {
public:
    explicit tree_speller(std::string_view family) noexcept : family_{family} {}

    std::string run(const sql_tree& t, int around = loosest) const { return binding_of(t) < around ? "(" + bare(t) + ")" : bare(t); }

private:
    [[nodiscard]] std::string bare(const sql_tree& t) const {
        switch (t.kind) {
            case kinds::column: return shown_name(folds_names(family_) ? lower(t.text) : t.text);
            case kinds::text: return shown_text(t.text);
            case kinds::bytes: return "x'" + t.text + "'";
            case kinds::truth: return !folds_names(family_) ? t.text : t.text == "true" ? "1" : "0";
            case kinds::null: return "null";
            case kinds::sign: return "- " + run(t.parts[0], tightest);
            case kinds::negation: return "not " + run(t.parts[0], negation);
            case kinds::all: return joined(t.parts, " and ", conjunction + 1);
            case kinds::some: return joined(t.parts, " or ", disjunction + 1);
            case kinds::compared: return run(t.parts[0], comparison + 1) + " " + t.text + " " + run(t.parts[1], comparison + 1);
            case kinds::computed: return run(t.parts[0], binding_of(t)) + " " + t.text + " " + run(t.parts[1], binding_of(t) + 1);
            case kinds::like: return like(t);
            case kinds::in: return in(t);
            case kinds::is: return is(t);
            case kinds::quantified:
            case kinds::call: return t.text + "(" + joined(t.parts, ", ", loosest) + ")";
            case kinds::cast: return "cast(" + run(t.parts[0]) + " as " + t.text + ")";
            case kinds::collate: return run(t.parts[0], tightest) + " collate " + shown_name(t.text);
            case kinds::case_: return choice(t);
            case kinds::array: return "array[" + joined(t.parts, ", ", loosest) + "]";
            case kinds::number:
            case kinds::moment: break;
        }
        return t.text;
    }
    [[nodiscard]] std::string joined(const std::vector<sql_tree>& parts, std::string_view by, int around, std::size_t from = 0) const {
        std::string made;
        for (std::size_t i = from; i < parts.size(); ++i) {
            if (i > from) made += by;
            made += run(parts[i], around);
        }
        return made;
    }
    [[nodiscard]] std::string like(const sql_tree& t) const {
        std::string made =
            run(t.parts[0], comparison + 1) + (t.is_negated ? " not " : " ") + t.text + " " + run(t.parts[1], comparison + 1);
        return t.parts.size() < 3 ? made : made + " escape " + run(t.parts[2], comparison + 1);
    }
    [[nodiscard]] std::string in(const sql_tree& t) const {
        return run(t.parts[0], comparison + 1) + (t.is_negated ? " not in (" : " in (") + joined(t.parts, ", ", loosest, 1) + ")";
    }
    [[nodiscard]] std::string is(const sql_tree& t) const {
        const std::string made = run(t.parts[0], comparison + 1) + (t.is_negated ? " is not " : " is ") + t.text;
        return t.parts.size() < 2 ? made : made + " " + run(t.parts[1], comparison + 1);
    }
    [[nodiscard]] std::string choice(const sql_tree& t) const {
        std::string made = "case";
        for (std::size_t i = 0; i + 1 < t.parts.size(); i += 2) made += " when " + run(t.parts[i]) + " then " + run(t.parts[i + 1]);
        if (t.parts.back().kind != kinds::null) made += " else " + run(t.parts.back());
        return made + " end";
    }

    std::string_view family_;
};

}  // namespace

std::string spelled(std::string_view family, const sql_tree& tree) { return tree_speller{family}.run(tree); }

}  // namespace azoth::detail
