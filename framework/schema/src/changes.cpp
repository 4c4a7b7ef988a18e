// How one schema becomes another: which statements, and in which order.
#include <azoth/schema/changes.hpp>

#include "dependency_order.hpp"
#include "losses.hpp"
#include "named.hpp"
#include "object_steps.hpp"
#include "schema_work.hpp"
#include "spelling.hpp"
#include "table_steps.hpp"
#include "view_steps.hpp"

#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace azoth {
namespace {

using detail::find_named;
using detail::step_list;
using detail::table_difference;
using detail::table_steps;

compare_options fitted(compare_options options, const profile& server) {
    options.comments = options.comments && server.can.comments;
    return options;
}

template <class Key>
bool shares(const std::vector<std::string>& columns, const Key& with) {
    return std::ranges::any_of(columns, [&](const auto& c) { return with.contains(c); });
}

class planner {
public:
    planner(const schema_definition& from, const schema_definition& to, const rule_table& rules, const profile& server,
            const compare_options& options)
        : from_{detail::spelled_as(from, from, server)},
          to_{detail::spelled_as(from, to, server)},
          options_{fitted(options, server)},
          words_{rules, server, options_},
          steps_{made_, rules, server},
          objects_{from_, to_, words_, options_, steps_} {}

    schema_changes run() {
        pair_tables();
        find_views();
        views_.drop(steps_);
        if (!rebuilds_) drop_keys();
        for_tables([](table_steps& t) { t.drop_parts(); });
        objects_.make();
        drop_tables();
        for_tables([](table_steps& t) { t.drop_columns(); });
        create_tables();
        for_tables([](table_steps& t) { t.change_columns(); });
        for (const auto& d : changed_)
            if (detail::needs_rebuild(d, words_, steps_)) detail::rebuild_table(d, words_, name_aside(d.after->name()), steps_);
        for_tables([](table_steps& t) { t.add_parts(); });
        if (!rebuilds_) add_keys();
        objects_.drop();
        views_.create(steps_);
        create_triggers();
        comment();
        surround();
        return std::move(made_);
    }

private:
    void pair_tables() {
        for (const auto& t : detail::dependency_order(to_.tables).tables) {
            const table_ptr before = find_named(from_.tables, t->name());
            if (!before) {
                new_.push_back(t);
                continue;
            }
            table_difference d = detail::difference_of(before, t, words_, options_, objects_.retyped());
            if (!d.any()) continue;
            std::ranges::copy_if(from_.notes, std::back_inserter(d.left_out), [&](const auto& n) { return n.of == t->name(); });
            changed_.push_back(std::move(d));
        }
        for (const auto& t : detail::dependency_order(from_.tables).tables)
            if (!find_named(to_.tables, t->name())) gone_.push_back(t);
        std::ranges::reverse(gone_);
        rebuilds_ = steps_.rules().ddl.rebuild != nullptr;
    }
    void find_views() {
        std::vector<object_name> moved;
        for (const auto& t : gone_) moved.push_back(t->name());
        for (const auto& d : changed_)
            if (!d.moved_columns().empty()) moved.push_back(d.after->name());
        views_ = detail::view_steps{from_, to_, words_, moved};
    }
    /// Runs a stage of each table that ALTER TABLE changes.
    template <class Stage>
    void for_tables(Stage stage) {
        for (const auto& d : changed_) {
            if (detail::needs_rebuild(d, words_, steps_)) continue;
            table_steps t{d, steps_};
            stage(t);
        }
    }

    [[nodiscard]] const table_difference* difference(const object_name& name) const {
        const auto found = std::ranges::find_if(changed_, [&](const auto& d) { return d.after->name() == name; });
        return found == changed_.end() ? nullptr : &*found;
    }
    /// Columns of a table whose keys cannot stay while it changes: their types, or what makes them unique, or an index of theirs.
    [[nodiscard]] static std::set<std::string> unsettled(const table_difference& d) {
        std::set<std::string> columns = d.moved_columns();
        if (d.primary_key) columns.insert(d.before->primary_key.begin(), d.before->primary_key.end());
        for (const auto& u : d.uniques.gone) columns.insert(u.columns.begin(), u.columns.end());
        for (const auto& i : d.indexes.gone)
            for (const auto& e : i.elements) columns.insert(e.column);
        return columns;
    }
    /// Whether a key of a table has to step aside for a while.
    [[nodiscard]] bool is_unsettled(const object_name& of, const foreign_key& key) const {
        const auto* own = difference(of);
        const auto* referred = difference({key.referred_schema, key.referred_table});
        return (own && shares(key.columns, unsettled(*own))) || (referred && shares(key.referred_columns, unsettled(*referred)));
    }
    [[nodiscard]] bool is_among(const std::vector<foreign_key>& keys, const foreign_key& key) const {
        return std::ranges::any_of(keys, [&](const auto& k) { return words_.say(k) == words_.say(key); });
    }

    void drop_key(const object_name& of, const foreign_key& key) {
        if (key.name.empty()) return steps_.refuse(of, "a foreign key has no name to drop it by");
        steps_.add(of, make_node<drop_constraint_node>(of, key.name, constraint_kind::foreign_key));
    }
    void drop_keys() {
        for (const auto& t : from_.tables) {
            const bool is_gone = find_named(to_.tables, t->name()) == nullptr;
            const auto* d = difference(t->name());
            for (const auto& key : t->foreign_keys) {
                const bool goes = is_gone ? refers_to_gone(*t, key) : d && is_among(d->keys.gone, key);
                if (goes || is_unsettled(t->name(), key)) drop_key(t->name(), key);
            }
            if (d) drop_key_indexes(*d);
        }
    }
    /// A key between tables that go is in the way where they refer to each other.
    [[nodiscard]] bool refers_to_gone(const table_definition& t, const foreign_key& key) const {
        const object_name referred{key.referred_schema, key.referred_table};
        return referred != t.name() && std::ranges::any_of(gone_, [&](const auto& g) { return g->name() == referred; });
    }
    /// Indexes that the database made for keys that go, unless keys that stay need them.
    void drop_key_indexes(const table_difference& d) {
        std::set<std::string> dropped{""};
        for (const auto& gone : d.keys.gone) {
            const auto needs_it = [&](const foreign_key& k) {
                const bool is_covered =
                    k.columns.size() <= gone.columns.size() && std::equal(k.columns.begin(), k.columns.end(), gone.columns.begin());
                return is_covered && !is_among(d.keys.gone, k);
            };
            if (std::ranges::any_of(d.before->foreign_keys, needs_it) || !dropped.insert(gone.made_index).second) continue;
            steps_.add(d.before->name(), make_node<drop_index_node>(d.before->name(), gone.made_index));
        }
    }
    void add_keys() {
        for (const auto& t : to_.tables) {
            const bool is_new = find_named(from_.tables, t->name()) == nullptr;
            const auto* d = difference(t->name());
            for (const auto& key : t->foreign_keys)
                if (is_new || (d && is_among(d->keys.come, key)) || is_unsettled(t->name(), key))
                    steps_.add(t->name(), make_node<add_constraint_node>(t->name(), key),
                               detail::forgotten(from_.notes, t->name(), key.name), {});
        }
    }

    [[nodiscard]] object_name name_aside(const object_name& of) const {
        const auto is_taken = [&](const std::string& n) {
            const object_name name{of.schema, n};
            return find_named(from_.tables, name) || find_named(to_.tables, name) || find_named(from_.views, name);
        };
        return {of.schema, detail::unused_name("azoth_new_" + of.name, is_taken)};
    }
    /// SQLite keeps triggers of other tables that write into one that goes, and fails when they fire.
    [[nodiscard]] std::string whose_triggers_name(const std::string& gone) const {
        for (const auto& t : from_.tables)
            for (const auto& trigger : t->triggers)
                if (find_named(to_.tables, t->name()) && detail::mentions(words_, trigger, gone))
                    return fmt::format(", and a trigger of \"{}\" names it: it fails when it fires", to_string(t->name()));
        return {};
    }
    void drop_tables() {
        for (const auto& t : gone_) {
            auto drop = make_node<drop_object_node>(object_kind::table, t->name());
            drop->temporary = t->temporary;
            steps_.add_loss(t->name(), std::move(drop),
                            fmt::format("all rows of \"{}\" are lost{}", to_string(t->name()), whose_triggers_name(t->node->name)));
        }
    }
    void create_tables() {
        for (const auto& t : new_) {
            auto create = make_node<create_table_node>(t);
            create->without_foreign_keys = !rebuilds_;
            steps_.add(t->name(), std::move(create));
            for (const auto& i : t->indexes) steps_.add(t->name(), make_node<create_index_node>(t, i));
        }
    }
    void create_triggers() {
        for (const auto& t : new_)
            for (const auto& trigger : t->triggers) steps_.add(t->name(), make_node<create_trigger_node>(trigger));
    }
    void comment() {
        if (!options_.comments) return;
        for_tables([](table_steps& t) { t.comment(); });
        if (steps_.rules().ddl.inline_comments) return;
        for (const auto& t : new_)
            for (auto& c : detail::table_comments(t)) steps_.add(t->name(), std::move(c));
        objects_.comment();
        views_.comment(steps_);
    }
    /// What makes a table anew must not have its rows' references followed meanwhile.
    void surround() {
        const auto& rebuild = steps_.rules().ddl.rebuild;
        const bool rebuilt = std::ranges::any_of(changed_, [&](const auto& d) { return detail::needs_rebuild(d, words_, steps_); });
        if (!rebuild || (!rebuilt && gone_.empty())) return;
        for (const auto sql : rebuild->before) made_.before.emplace_back(detail::verbatim_text(sql));
        for (const auto sql : rebuild->check) made_.steps.push_back({ddl_statement{detail::verbatim_text(sql)}, {}, {}});
        for (const auto sql : rebuild->after) made_.after.emplace_back(detail::verbatim_text(sql));
    }

    schema_definition from_;
    schema_definition to_;
    compare_options options_;
    detail::schema_words words_;
    schema_changes made_{};
    step_list steps_;
    detail::object_steps objects_;
    detail::view_steps views_{};
    std::vector<table_ptr> new_{};
    std::vector<table_ptr> gone_{};  ///< those that refer first
    std::vector<table_difference> changed_{};
    bool rebuilds_{};
};

}  // namespace

schema_changes changes_between(const schema_definition& from, const schema_definition& to, const rule_table& rules, const profile& server,
                               const compare_options& options) {
    return planner{from, to, rules, server, options}.run();
}

schema_changes changes_between(executor& on, const schema_definition& from, const schema_definition& to, const compare_options& options) {
    return changes_between(from, as_written(on, to), on.rules(), on.server_profile(), options);
}

}  // namespace azoth
