#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/base/utf8.hpp>
#include <azoth/sql/nodes/sources.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace azoth {
namespace {

/// The name that a source gives itself; empty where it has to be made up.
std::string own_name(const node& source) {
    switch (source.kind().number) {
        case node_numbers::table: return static_cast<const table_node&>(source).name;
        case node_numbers::alias: return static_cast<const alias_node&>(source).name;
        case node_numbers::subquery: return static_cast<const subquery_node&>(source).name;
        case node_numbers::cte: return static_cast<const cte_node&>(source).name;
        case node_numbers::cte_self: return static_cast<const cte_self_node&>(source).name;
        case node_numbers::values: return static_cast<const values_node&>(source).name;
        case node_numbers::table_function: return static_cast<const table_function_node&>(source).name;
        case node_numbers::sample: return static_cast<const sample_node&>(source).name;
        default: return {};
    }
}

std::string stem_of(const node& source) {
    if (const auto* alias = node_cast<alias_node>(&source)) return stem_of(*alias->source);
    if (const auto* table = node_cast<table_node>(&source)) return table->name;
    if (const auto* sample = node_cast<sample_node>(&source)) return stem_of(*sample->source);
    if (const auto* cte = node_cast<cte_node>(&source)) return cte->name;
    if (const auto* function = node_cast<table_function_node>(&source)) return function->function;
    return "anon";
}

class name_reserver final : public node_visitor {
public:
    name_reserver(const compiler& out, std::unordered_set<std::string>& names) noexcept : out_{out}, names_{names} {}
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        if (!seen_.insert(&child).second) return;
        if (std::string name = own_name(child); !name.empty()) names_.insert(std::move(name));
        if (const auto* table = node_cast<table_node>(&child)) note_table(*table);
        if (const auto* alias = node_cast<alias_node>(&child); alias && node_cast<table_node>(alias->source))
            names_.insert(own_name(*alias->source));  // the table is known by its alias alone
        else child.visit_children(*this);
    }
    /// Names of tables without a schema that tables with one have too: alone they would mean either.
    [[nodiscard]] std::unordered_set<std::string> ambiguous() {
        std::unordered_set<std::string> found;
        for (const auto& [name, schema] : plain_)
            if (others_.contains(name)) found.insert(name);
        return found;
    }

private:
    /// What counts is the schema that is written; another one that is left out is another table all the same.
    void note_table(const table_node& table) {
        const bool is_other =
            !out_.schema_of(table.schema).empty() || plain_.emplace(table.name, table.schema).first->second != table.schema;
        if (is_other) others_.insert(table.name);
    }

    const compiler& out_;
    std::unordered_set<std::string>& names_;
    std::unordered_map<std::string, std::string> plain_{};  ///< with the schema that the program says
    std::unordered_set<std::string> others_{};
    std::unordered_set<const node*> seen_{};
};

/// The table whose columns a statement that changes it names, and that can get no other name.
const table_node* named_target(const node& statement) {
    if (const auto* insert = node_cast<insert_node>(&statement); insert && insert->conflict.action == conflict_action::update)
        return node_cast<table_node>(insert->table);
    if (const auto* update = node_cast<update_node>(&statement)) return node_cast<table_node>(update->table);
    if (const auto* deletion = node_cast<delete_node>(&statement)) return node_cast<table_node>(deletion->table);
    return nullptr;
}

void write_column(compiler& out, const column_node& n) {
    if (out.qualifies()) {
        if (out.depth() != 0 && !out.is_offered(*n.source))
            throw_error(
                errc::statement,
                fmt::format(
                    "the column \"{}\" belongs to {}, which the statement does not select from: add it with join() or select_from()",
                    n.spec->name, source_name(*n.source)));
        if (const node* hides = out.hides(*n.source))
            throw_error(errc::statement, fmt::format("\"{}\".\"{}\" belongs to a query around the one that uses it, whose own {} hides it: "
                                                     "make an alias() of one of them",
                                                     out.name_of(*n.source), n.spec->name, source_name(*hides)));
        const auto* function = node_cast<table_function_node>(n.source);
        if (function && out.rules().element && function->kind >= table_function_node::kinds::elements)
            return out.rules().element(out, *function, static_cast<std::size_t>(n.spec - function->columns.data()));
        const auto* table = node_cast<table_node>(n.source);
        if (const auto schema = table ? out.schema_of(table->schema) : std::string_view{}; !schema.empty()) out.identifier(schema) << '.';
        out.identifier(out.name_of(*n.source)) << '.';
    }
    out.identifier(n.spec->name);
}

void write_table(compiler& out, const table_node& n) { out.qualified(n.schema, n.name); }

void write_alias(compiler& out, const alias_node& n) {
    out << n.source << " AS ";
    out.identifier(out.name_of(n));
}

void write_subquery(compiler& out, const subquery_node& n) {
    if (n.lateral) {
        out.require(out.can().lateral_joins, "a LATERAL join", "compute the value in a scalar subquery, or rank the rows with a window");
        out << "LATERAL (" << n.query;
    } else {
        out << '(';
        out.isolated([&] { out << n.query; });
    }
    out << ") AS ";
    out.identifier(out.name_of(n));
}

void write_cte_name(compiler& out, const cte_node& n) { out.identifier(out.name_of(n)); }
void write_cte_self(compiler& out, const cte_self_node& n) { out.identifier(n.name); }

class cte_collector final : public node_visitor {
public:
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        if (!seen_.insert(&child).second) return;
        child.visit_children(*this);  // those it uses come first
        if (const auto* cte = node_cast<cte_node>(&child)) found.push_back(cte);
    }
    std::vector<const cte_node*> found{};

private:
    std::unordered_set<const node*> seen_{};
};

/// The tables that are named without a schema, but for those in CTEs.
class plain_tables final : public node_visitor {
public:
    explicit plain_tables(const compiler& out) noexcept : out_{out} {}
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        if (node_cast<cte_node>(&child) || !seen_.insert(&child).second) return;
        if (const auto* table = node_cast<table_node>(&child); table && out_.schema_of(table->schema).empty()) names_.insert(table->name);
        child.visit_children(*this);
    }
    [[nodiscard]] bool have(const std::string& name) const { return names_.contains(name); }

private:
    const compiler& out_;
    std::unordered_set<std::string> names_{};
    std::unordered_set<const node*> seen_{};
};

/// A CTE stands for a table of its name wherever the statement says that name, and who wrote the table did not mean it. (Inside its own
/// query the table is meant, and most databases find it.)
void refuse_hidden_tables(compiler& out, const node& statement, const std::vector<const cte_node*>& ctes) {
    const auto refuse = [&](const node& part, const cte_node* own) {
        plain_tables tables{out};
        part.visit_children(tables);
        for (const auto* cte : ctes)
            if (cte != own && tables.have(cte->name))
                throw_error(errc::statement, fmt::format("the common table expression \"{0}\" hides the table \"{0}\", which the statement "
                                                         "uses too: give it another name",
                                                         cte->name));
    };
    refuse(statement, nullptr);
    for (const auto* cte : ctes) {
        refuse(*cte->query, cte);
        if (cte->recursive) refuse(*cte->recursive, cte);
    }
}

bool changes_data(const node& statement) {
    const auto kind = statement.kind().number;
    return kind == node_numbers::insert || kind == node_numbers::update || kind == node_numbers::delete_;
}

void write_cte_query(compiler& out, const cte_node& cte) {
    if (changes_data(*cte.query))
        out.require(out.can().dml_in_ctes, "a statement that changes data in a common table expression", "run it by itself, before");
    if (const auto* values = node_cast<values_node>(cte.query)) return detail::write_rows(out, *values);
    if (!cte.recursive) {
        out << cte.query;
        return;
    }
    if (cte.distinct)
        out.require(out.can().recursive_unions, "a recursive common table expression by UNION", "use union_all(), and bound its depth");
    detail::write_part(out, *cte.query, detail::part_places::first, set_operator::union_all);
    out << (cte.distinct ? " UNION " : " UNION ALL ");
    detail::write_part(out, *cte.recursive, detail::part_places::later, set_operator::union_all);
}

void write_cte(compiler& out, const cte_node& cte) {
    out.identifier(out.name_of(cte)) << " (";
    bool first = true;
    for (const auto& column : cte.columns) {
        if (!first) out << ", ";
        first = false;
        out.identifier(column.name);
    }
    out << ") AS ";
    if (cte.hint != materialization::unspecified && out.can().cte_materialization)
        out << (cte.hint == materialization::materialized ? "MATERIALIZED " : "NOT MATERIALIZED ");
    out << '(';
    out.isolated([&] { write_cte_query(out, cte); });
    out << ')';
}

std::size_t characters_of(std::string_view utf8) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    return utf8.size() - static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), continues));
}

}  // namespace

void compiler::reserve_names(const node& statement) {
    name_reserver reserver{*this, taken_};
    reserver.child(statement);
    ambiguous_ = reserver.ambiguous();
    if (const auto* table = named_target(statement); table && is_ambiguous(*table))
        throw_error(errc::statement, fmt::format("the statement changes \"{}\" and uses a table of that name in another schema: make an "
                                                 "alias() of one of them",
                                                 table->name));
}

bool compiler::is_ambiguous(const node& source) const {
    const auto* table = node_cast<table_node>(&source);
    return table && !ambiguous_.empty() && schema_of(table->schema).empty() && ambiguous_.contains(table->name);
}

const node* compiler::hides(const node& source) const {
    const auto written = [&](const node& s) {
        const auto known = names_.find(&s);
        const auto* table = node_cast<table_node>(&s);
        return std::pair{table ? schema_of(table->schema) : std::string_view{}, known != names_.end() ? known->second
                                                                                : is_ambiguous(s)     ? std::string{}
                                                                                                      : own_name(s)};
    };
    for (std::size_t i = scopes_.size(); i > 0; --i) {
        const scope& inner = *scopes_[i - 1];
        if (inner.offers(&source)) return nullptr;
        for (const node* other : inner.sources)
            if (const auto name = written(*other); !name.second.empty() && name == written(source)) return other;
    }
    return nullptr;
}

const std::string& compiler::name_of(const node& source) {
    auto [it, is_new] = names_.try_emplace(&source);
    if (!is_new) return it->second;
    if (!is_ambiguous(source)) it->second = own_name(source);
    if (!it->second.empty()) return it->second;
    constexpr std::size_t number = 8;
    const std::size_t longest = rules_.identifiers.max_length;
    const std::string stem{utf8_prefix(stem_of(source), longest > number ? longest - number : 0)};
    for (int i = 1; it->second.empty(); ++i)
        if (std::string name = fmt::format("{}_{}", stem, i); taken_.insert(name).second) it->second = std::move(name);
    return it->second;
}

std::string swapped_case(std::string_view name) {
    constexpr unsigned char case_bit = 0x20;
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::string swapped{name};
    if (std::ranges::any_of(name, is_small) && std::ranges::any_of(name, is_capital)) return swapped;
    for (char& c : swapped)
        if (is_small(c) || is_capital(c)) c = static_cast<char>(static_cast<unsigned char>(c) ^ case_bit);
    return swapped;
}

compiler& compiler::identifier(std::string_view name) {
    constexpr std::size_t most_shown = 80;  // bytes, of a name that is too long
    const identifier_rules& r = rules_.identifiers;
    if (name.empty()) throw_error(errc::statement, "an identifier is empty: every table and column needs a name");
    if (const std::size_t length = r.length_in_bytes ? name.size() : characters_of(name); length > r.max_length)
        throw_error(errc::statement, fmt::format("the identifier \"{}{}\" has {} {}; {} takes at most {}: shorten it",
                                                 utf8_prefix(name, most_shown), name.size() > most_shown ? "..." : "", length,
                                                 r.length_in_bytes ? "bytes" : "characters", server_.dialect, r.max_length));
    std::string swapped;
    if (r.swaps_case) name = swapped = swapped_case(name);
    *this << r.open_quote;
    for (const char c : name) {
        if (c == '\0') throw_error(errc::statement, "an identifier holds a NUL byte, which no database takes");
        if (c == r.close_quote) *this << c;
        *this << c;
    }
    return *this << r.close_quote;
}

compiler& compiler::qualified(std::string_view schema, std::string_view name) {
    if (const auto written = schema_of(schema); !written.empty()) identifier(written) << '.';
    return identifier(name);
}

std::string_view compiler::schema_of(std::string_view schema) const {
    if (!options_.schemas) return schema;
    const auto found = options_.schemas->find(schema);
    return found == options_.schemas->end() ? schema : std::string_view{found->second};
}

namespace detail {

void write_ctes(compiler& out, const node& statement) {
    cte_collector collector;
    collector.child(statement);
    if (collector.found.empty()) return;
    out.require(out.can().ctes, "a common table expression (WITH)");
    const auto kind = statement.kind().number;
    if (kind == node_numbers::update || kind == node_numbers::delete_)
        out.require(out.can().ctes_in_updates, "an UPDATE or DELETE with common table expressions (WITH)", "use a subquery in its place");
    bool recursive = false;
    std::unordered_set<std::string_view> names;
    for (const auto* cte : collector.found) {
        recursive = recursive || cte->recursive;
        if (!names.insert(out.name_of(*cte)).second)
            throw_error(errc::statement,
                        fmt::format("the statement has two common table expressions \"{}\": give them two names, or use one for both",
                                    out.name_of(*cte)));
    }
    if (node_cast<select_node>(&statement) || node_cast<compound_node>(&statement)) refuse_hidden_tables(out, statement, collector.found);
    if (recursive) out.require(out.can().recursive_ctes, "a recursive common table expression");
    std::string_view before = recursive ? "WITH RECURSIVE " : "WITH ";
    for (const auto* cte : collector.found) {
        out << before;
        before = ", ";
        write_cte(out, *cte);
    }
    out << ' ';
}

void set_source_rules(rule_table& r) {
    r.set<column_node, &write_column>();
    r.set<table_node, &write_table>();
    r.set<alias_node, &write_alias>();
    r.set<subquery_node, &write_subquery>();
    r.set<cte_node, &write_cte_name>();
    r.set<cte_self_node, &write_cte_self>();
}

}  // namespace detail
}  // namespace azoth
