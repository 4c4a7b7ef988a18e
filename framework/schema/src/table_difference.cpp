#include "table_difference.hpp"

#include <azoth/schema/ddl_rules.hpp>

#include <algorithm>

namespace azoth::detail {
namespace {

bool has(const std::vector<std::string>& all, const std::string& one) { return std::ranges::find(all, one) != all.end(); }

/// What the texts tell apart, each as often as it is there.
template <class Part>
part_difference<Part> compare_parts(const std::vector<Part>& before, const std::vector<Part>& after, const schema_words& words_before,
                                    const schema_words& words_after) {
    part_difference<Part> found;
    std::vector<const Part*> unmatched;
    for (const auto& p : after) unmatched.push_back(&p);
    for (const auto& p : before) {
        const std::string said = words_before.say(p);
        const auto same = std::ranges::find_if(unmatched, [&](const Part* q) { return words_after.say(*q) == said; });
        if (same == unmatched.end()) found.gone.push_back(p);
        else unmatched.erase(same);
    }
    for (const auto* p : unmatched) found.come.push_back(*p);
    return found;
}

class table_comparer {
public:
    table_comparer(table_difference& to, const schema_words& words, const compare_options& options, const std::vector<object_name>& retyped)
        : d_{to}, words_{words}, before_{words.of(*to.before)}, after_{words.of(*to.after)}, options_{options}, retyped_{retyped} {}

    void run() {
        compare_columns();
        remake_computed();
        d_.keys = compare_parts(d_.before->foreign_keys, d_.after->foreign_keys, before_, after_);
        d_.checks = compare_parts(d_.before->checks, d_.after->checks, before_, after_);
        compare_uniques_and_indexes();
        d_.primary_key = d_.before->primary_key != d_.after->primary_key;
        d_.comment = options_.comments && d_.before->comment != d_.after->comment;
        remake_parts();
    }

private:
    void compare_columns() {
        const auto& first = d_.before->node->columns;
        const auto& second = d_.after->node->columns;
        for (std::size_t i = 0; i < first.size(); ++i) {
            const auto y = std::ranges::find(second, first[i].name, &column_spec::name);
            if (y == second.end()) d_.gone_columns.push_back(first[i].name);
            else compare_column(i, static_cast<std::size_t>(y - second.begin()));
        }
        for (const auto& c : second)
            if (std::ranges::find(first, c.name, &column_spec::name) == first.end()) d_.new_columns.push_back(c.name);
    }
    void compare_column(std::size_t i, std::size_t j) {
        const table_definition& a = *d_.before;
        const table_definition& b = *d_.after;
        const std::string& name = a.node->columns[i].name;
        const bool other_type = words_.type_of(a, i) != words_.type_of(b, j) || is_retyped(b.node->columns[j].type);
        const bool is_computed = a.details[i].computed || b.details[j].computed;
        if (words_.computation_of(a, i) != words_.computation_of(b, j) || (is_computed && other_type)) return remake(name);
        column_changes what;
        what.type = other_type || words_.labels_of(a, i) != words_.labels_of(b, j);
        what.nullability = a.node->columns[i].nullable != b.node->columns[j].nullable;
        what.default_value = words_.default_of(a, i) != words_.default_of(b, j);
        what.collation = a.details[i].collation != b.details[j].collation;
        what.numbering = is_numbered(a, i) != is_numbered(b, j);
        const type& numbers = b.node->columns[j].type;  // bounds that nobody said go with the type
        what.identity = is_numbered(a, i) && is_numbered(b, j) && words_.numbering_of(a, i, numbers) != words_.numbering_of(b, j, numbers);
        what.comment = options_.comments && a.details[i].comment != b.details[j].comment;
        if (what.any()) d_.altered.push_back({name, what});
    }
    [[nodiscard]] bool is_retyped(const type& t) const {
        const type& of = t.kind == type_kind::array && t.rare && t.rare->element ? *t.rare->element : t;
        return of.kind == type_kind::enumeration && of.rare &&
               std::ranges::find(retyped_, object_name{of.rare->schema, of.rare->name}) != retyped_.end();
    }
    void remake(const std::string& column) {
        if (d_.is_remade(column)) return;
        d_.gone_columns.push_back(column);
        d_.new_columns.push_back(column);
    }
    /// A column that is computed of another holds its type, and the column itself.
    void remake_computed() {
        const table_definition& b = *d_.after;
        const auto moved = d_.moved_columns();
        for (std::size_t i = 0; i < b.details.size(); ++i) {
            if (!b.details[i].computed || has(d_.new_columns, b.node->columns[i].name)) continue;
            if (std::ranges::any_of(moved, [&](const auto& c) { return mentions(words_, b.details[i].computed->expression, c); }))
                remake(b.node->columns[i].name);
        }
    }
    /// A unique constraint here and a unique index there are the same.
    void compare_uniques_and_indexes() {
        d_.uniques = compare_parts(d_.before->uniques, d_.after->uniques, before_, after_);
        d_.indexes = compare_parts(d_.before->indexes, d_.after->indexes, before_, after_);
        cancel(d_.uniques.gone, d_.indexes.come);
        cancel(d_.indexes.gone, d_.uniques.come);
    }
    template <class A, class B>
    void cancel(std::vector<A>& gone, std::vector<B>& come) const {
        std::erase_if(gone, [&](const A& g) {
            const auto same = std::ranges::find_if(come, [&](const B& c) { return after_.say(c) == before_.say(g); });
            if (same == come.end()) return false;
            come.erase(same);
            return true;
        });
    }
    void remake_parts() {
        const auto moved = d_.moved_columns();
        const auto is_moved = [&](const node_ptr& e) {
            return e && std::ranges::any_of(moved, [&](const auto& c) { return mentions(words_, e, c); });
        };
        both(d_.before->checks, d_.after->checks, d_.checks, [&](const check_constraint& c) { return is_moved(c.condition); });
        both(d_.before->indexes, d_.after->indexes, d_.indexes, [&](const index_definition& i) {
            return is_moved(i.where) ||
                   std::ranges::any_of(i.elements, [&](const auto& e) { return is_moved(e.expression) || d_.is_remade(e.column); });
        });
        both(d_.before->uniques, d_.after->uniques, d_.uniques,
             [&](const unique_constraint& u) { return std::ranges::any_of(u.columns, [&](const auto& c) { return d_.is_remade(c); }); });
    }
    /// Those that stay are both gone and come where they have to step aside.
    template <class Part, class Moved>
    void both(const std::vector<Part>& before, const std::vector<Part>& after, part_difference<Part>& into, Moved is_moved) const {
        const auto listed = [](const schema_words& words, const std::vector<Part>& in, const Part& p) {
            return std::ranges::any_of(in, [&](const Part& q) { return words.say(q) == words.say(p); });
        };
        for (const auto& p : before)
            if (is_moved(p) && !listed(before_, into.gone, p)) into.gone.push_back(p);
        for (const auto& p : after)
            if (is_moved(p) && !listed(after_, into.come, p)) into.come.push_back(p);
    }

    table_difference& d_;
    const schema_words& words_;
    const schema_words before_;
    const schema_words after_;
    const compare_options& options_;
    const std::vector<object_name>& retyped_;
};

}  // namespace

bool table_difference::any() const noexcept {
    return !gone_columns.empty() || !new_columns.empty() || !altered.empty() || keys.any() || uniques.any() || checks.any() ||
           indexes.any() || primary_key || comment;
}

bool table_difference::is_remade(const std::string& column) const { return has(gone_columns, column) && has(new_columns, column); }

std::set<std::string> table_difference::moved_columns() const {
    std::set<std::string> moved;
    for (const auto& a : altered)
        if (a.what.type || a.what.collation) moved.insert(a.name);
    for (const auto& c : gone_columns) moved.insert(c);
    return moved;
}

table_difference difference_of(const table_ptr& before, const table_ptr& after, const schema_words& words, const compare_options& options,
                               const std::vector<object_name>& retyped) {
    table_difference found;
    found.before = before;
    found.after = after;
    table_comparer{found, words, options, retyped}.run();
    return found;
}

bool mentions(const schema_words& words, const node_ptr& expression, const std::string& column) { return words.names(expression, column); }

bool mentions(const schema_words& words, const index_definition& index, const std::string& column) {
    return mentions(words, index.where, column) || has(index.include, column) ||
           std::ranges::any_of(index.elements, [&](const auto& e) { return e.column == column || mentions(words, e.expression, column); });
}

}  // namespace azoth::detail
