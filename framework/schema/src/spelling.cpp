#include "spelling.hpp"

#include "sql_tokens.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace azoth::detail {
namespace {

using names = std::vector<std::string>;

bool differ_by_case(const std::string& a, const std::string& b) {
    return a != b && std::ranges::equal(a, b, {}, lower_letter, lower_letter);
}

/// The place of the name, or of one that is the same to the server; the list's end: it is not there.
names::const_iterator find_in(const names& all, const std::string& name, bool folds) {
    const auto exact = std::ranges::find(all, name);
    if (exact != all.end() || !folds) return exact;
    return std::ranges::find_if(all, [&](const auto& n) { return differ_by_case(n, name); });
}

/// The names as the model has them; what the list has under the model's own spelling is something else.
names spelled(const names& model, const names& all, bool folds) {
    names made;
    for (const auto& name : all) {
        const auto found = find_in(model, name, folds);
        const bool is_other =
            found == model.end() || std::ranges::find(all, *found) != all.end() || std::ranges::find(made, *found) != made.end();
        made.push_back(is_other ? name : *found);
    }
    return made;
}

names column_names(const table_definition& t) {
    names all;
    for (const auto& c : t.node->columns) all.push_back(c.name);
    return all;
}

struct spelled_names {
    names before{};
    names after{};
    void spell(std::string& name, bool folds) const {
        const auto at = find_in(before, name, folds);
        if (at != before.end()) name = after[static_cast<std::size_t>(at - before.begin())];
    }
};

class speller {
public:
    speller(const schema_definition& model, const schema_definition& all, const profile& server) : server_{server} {
        std::map<std::string, names> modelled;
        each_relation(model, [&](const object_name& n) { modelled[n.schema].push_back(n.name); });
        each_relation(all, [&](const object_name& n) { relations_[n.schema].before.push_back(n.name); });
        for (auto& [schema, of] : relations_) of.after = spelled(modelled[schema], of.before, server.folds_table_names);
        for (const auto& t : all.tables) {
            const object_name name = relation(t->name());
            const auto known = std::ranges::find_if(model.tables, [&](const table_ptr& m) { return m->name() == name; });
            const names before = column_names(*t);
            columns_[name] = {before,
                              known == model.tables.end() ? before : spelled(column_names(**known), before, server.folds_column_names)};
        }
    }

    void spell(schema_definition& all) const {
        for (auto& t : all.tables) t = table(t);
        for (auto& v : all.views) {
            v.name = relation(v.name);
            for (auto& r : v.reads) r = relation(r);
        }
    }

private:
    static void each_relation(const schema_definition& in, const std::function<void(const object_name&)>& take) {
        for (const auto& t : in.tables) take(t->name());
        for (const auto& v : in.views) take(v.name);
    }
    [[nodiscard]] object_name relation(object_name name) const {
        const auto of = relations_.find(name.schema);
        if (of != relations_.end()) of->second.spell(name.name, server_.folds_table_names);
        return name;
    }
    /// `of` as the model spells it.
    void spell_column(const object_name& of, std::string& column) const {
        const auto known = columns_.find(of);
        if (known != columns_.end()) known->second.spell(column, server_.folds_column_names);
    }
    void spell_columns(const object_name& of, names& all) const {
        for (auto& c : all) spell_column(of, c);
    }
    [[nodiscard]] table_ptr table(const table_ptr& t) const {
        const object_name name = relation(t->name());
        auto specs = t->node->columns;
        for (auto& spec : specs) {
            spell_column(name, spec.name);
            for (auto& r : spec.references) {
                const object_name to = relation({r.schema, r.table});
                r.table = to.name;
                spell_column(to, r.column);
            }
        }
        auto keys = t->node->keys;
        for (auto& k : keys) spell_columns(name, k.columns);
        auto made = std::make_shared<table_definition>(*t);
        made->node = make_node<const table_node>(name.name, name.schema, std::move(specs), std::move(keys));
        spell_columns(name, made->primary_key);
        for (auto& u : made->uniques) spell_columns(name, u.columns);
        for (auto& k : made->foreign_keys) spell_key(name, k);
        for (auto& i : made->indexes) {
            for (auto& e : i.elements) spell_column(name, e.column);
            spell_columns(name, i.include);
        }
        return made;
    }
    void spell_key(const object_name& of, foreign_key& key) const {
        spell_columns(of, key.columns);
        const object_name to = relation({key.referred_schema, key.referred_table});
        key.referred_table = to.name;
        spell_columns(to, key.referred_columns);
    }

    const profile& server_;
    std::map<std::string, spelled_names> relations_{};  ///< by schema
    std::map<object_name, spelled_names> columns_{};    ///< by table, as the model spells it
};

}  // namespace

schema_definition spelled_as(const schema_definition& model, schema_definition all, const profile& server) {
    if (server.folds_table_names || server.folds_column_names) speller{model, all, server}.spell(all);
    return all;
}

}  // namespace azoth::detail
