#include <azoth/schema/naming.hpp>
#include <azoth/schema/portable.hpp>

#include "keys.hpp"
#include "named.hpp"
#include "sql_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

namespace azoth {
namespace {

enum class part : std::uint8_t { primary_key, unique, check, foreign_key, index };

constexpr std::string_view name_of(part p) {
    switch (p) {
        case part::primary_key: return "primary key";
        case part::unique: return "unique constraint";
        case part::check: return "check";
        case part::foreign_key: return "foreign key";
        default: return "index";
    }
}

/// Names that have to differ, in the scopes that a kind of server has for them. Of a server that is not known all of a schema differ.
class name_teller {
public:
    name_teller(portable_schema& made, const profile& server, std::string_view family) : made_{made}, server_{server}, family_{family} {}

    void take_relations(const schema_definition& of) {
        for (const auto& t : of.tables) take_relation(t->name());
        for (const auto& v : of.views) take_relation(v.name);
        for (const auto& s : of.sequences) take_relation(s.name);
    }
    /// What another table has.
    void take_parts(const table_definition& of) {
        table_definition same = of;
        each_part(same, [&](part p, const std::string& name) { take(scopes_of(p, of), name); });
    }
    void tell_apart(table_ptr& t) {
        auto changed = std::make_shared<table_definition>(*t);
        bool is_changed = false;
        each_part(*changed, [&](part p, std::string& name) {
            const auto scopes = scopes_of(p, *t);
            if (is_taken(scopes, name)) {
                std::string other = other_name(scopes, *t, name);
                made_.lost.push_back(
                    {t->name(), fmt::format("the {} \"{}\" is called \"{}\": its name is taken", name_of(p), name, other)});
                name = std::move(other);
                is_changed = true;
            }
            take(scopes, name);
        });
        if (!is_changed) return;
        changed->node = make_node<const table_node>(t->node->name, t->node->schema, t->node->columns, detail::keys_of(*changed));
        t = std::move(changed);
    }

private:
    using scopes = std::vector<std::string>;

    template <class F>
    static void each_part(table_definition& t, const F& told) {
        const auto named = [&](part p, std::string& name) {
            if (!name.empty()) told(p, name);
        };
        named(part::primary_key, t.primary_key_name);
        for (auto& u : t.uniques) named(part::unique, u.name);
        for (auto& c : t.checks) named(part::check, c.name);
        for (auto& k : t.foreign_keys) named(part::foreign_key, k.name);
        for (auto& i : t.indexes) named(part::index, i.name);
    }
    [[nodiscard]] scopes scopes_of(part p, const table_definition& t) const {
        const std::string schema = "schema " + t.node->schema;
        const std::string own = "table " + to_string(t.name());
        if (family_ == "sqlite") return p == part::index ? scopes{schema} : scopes{};
        if (family_ == "postgresql") {  // what is unique has an index of its name
            if (p == part::index) return {schema};
            return p == part::unique || p == part::primary_key ? scopes{schema, own} : scopes{own};
        }
        if (family_ != "mysql") return {schema};
        switch (p) {
            case part::primary_key: return {};
            case part::foreign_key: return {"foreign keys"};
            case part::check: return {server_.dialect == "mariadb" ? "checks of " + own : "checks"};
            default: return {own};
        }
    }
    void take_relation(const object_name& name) {
        if (family_ != "mysql") take({"schema " + name.schema}, name.name);
    }
    [[nodiscard]] std::string known_as(const std::string& name) const { return family_ == "postgresql" ? name : detail::lower(name); }
    void take(const scopes& in, const std::string& name) {
        for (const auto& s : in) taken_.emplace(s, known_as(name));
    }
    [[nodiscard]] bool is_taken(const scopes& in, const std::string& name) const {
        return std::ranges::any_of(in, [&](const auto& s) { return taken_.contains({s, known_as(name)}); });
    }
    [[nodiscard]] std::string other_name(const scopes& in, const table_definition& t, const std::string& name) const {
        const std::size_t longest = naming_convention{}.longest;
        std::string wanted = short_name(fmt::format("{}_{}", t.node->name, name), longest);
        for (int n = 2; is_taken(in, wanted); ++n) wanted = short_name(fmt::format("{}_{}_{}", t.node->name, name, n), longest);
        return wanted;
    }

    portable_schema& made_;
    const profile& server_;
    std::string_view family_;
    std::set<std::pair<std::string, std::string>> taken_{};
};

}  // namespace

void tell_names_apart(portable_schema& made, const profile& server, std::string_view server_family, const schema_definition& there) {
    name_teller names{made, server, server_family};
    names.take_relations(made.schema);
    names.take_relations(there);
    for (const auto& t : there.tables)
        if (!detail::find_named(made.schema.tables, t->name())) names.take_parts(*t);
    for (auto& t : made.schema.tables) names.tell_apart(t);
}

}  // namespace azoth
