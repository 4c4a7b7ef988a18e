#include <azoth/schema/portable.hpp>

#include "portable_parts.hpp"

#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace azoth {
namespace {

class adapter {
public:
    adapter(const schema_definition& all, std::string_view family, const profile& server, std::string_view server_family)
        : to_{family, server, server_family, all, made_.lost}, is_same_{to_.is_same()} {}

    portable_schema run() {
        for (const auto& t : to_.all.tables) made_.schema.tables.push_back(adapted(*t));
        for (const auto& v : to_.all.views) add(v);
        for (const auto& s : to_.all.sequences) {
            if (can().sequences) made_.schema.sequences.push_back({placed(s.name), adapted(s.options), s.comment});
            else to_.lose(s.name, "the sequence");
        }
        for (const auto& e : to_.all.enums)
            if (can().schema.enum_types && (is_same_ || is_used(e.name)))
                made_.schema.enums.push_back({placed(e.name), e.labels, e.comment});
        return std::move(made_);
    }

private:
    [[nodiscard]] const capabilities& can() const { return to_.can(); }
    [[nodiscard]] object_name placed(object_name name) const {
        if (!can().schemas) name.schema.clear();
        return name;
    }

    /// Whether a column is still of the enumeration: one that refers to another column may have become of that one's.
    [[nodiscard]] bool is_used(const object_name& name) const {
        return std::ranges::any_of(made_.schema.tables, [&](const table_ptr& t) {
            return std::ranges::any_of(t->node->columns, [&](const column_spec& c) {
                const type& of = c.type.kind == type_kind::array && c.type.rare && c.type.rare->element ? *c.type.rare->element : c.type;
                return of.kind == type_kind::enumeration && of.rare && object_name{of.rare->schema, of.rare->name} == name;
            });
        });
    }
    /// SQLite gives the number of a last row that is gone once more, unless the key is its identity; others never do.
    [[nodiscard]] bool keeps_numbers_of_identities_alone(const table_definition& t, const std::string& column) const {
        const bool is_key = t.primary_key.size() == 1 && t.primary_key.front() == column;
        return !is_same_ && is_key && can().schema.restarted_identities && !can().schema.restarted_numbers;
    }

    node_ptr adapted_default(const table_definition& t, std::size_t column, const detail::expression_mover& expressions) {
        const node_ptr& said = t.details[column].server_default;
        if (!said || (!is_same_ && detail::is_null_default(to_.family, said))) return {};
        const auto& [name, of] = std::tie(t.node->columns[column].name, t.node->columns[column].type);
        node_ptr made = expressions.default_value(said, of);
        const std::string what = fmt::format("the default of \"{}\"", name);
        if (made) to_.warn(t.name(), what, expressions.other_meaning(said, of));
        else to_.lose(t.name(), what + detail::shown_sql(said));
        return made;
    }
    column_details adapted_details(const table_definition& t, std::size_t column, const detail::expression_mover& expressions) {
        const object_name of = t.name();
        const std::string& name = t.node->columns[column].name;
        column_details made = t.details[column];
        if (!is_same_) made.native_type.clear();
        if (!is_same_) made.serial = {};
        made.server_default = adapted_default(t, column, expressions);
        // What SQLite read as an identity is its own AUTOINCREMENT.
        const bool is_own = is_same_ && made.identity == identity_column{};
        if (made.identity && !can().schema.identity_columns && !is_own) {
            if (made.identity->always || made.identity->options != sequence_options{})
                to_.lose(of, fmt::format("\"{}\" is numbered by the database in its own way, without the identity's options", name));
            made.identity.reset();
        }
        if (is_numbered(t, column) && keeps_numbers_of_identities_alone(t, name)) made.identity = identity_column{};
        if (made.computed) adapt_computed(t, column, made, expressions);
        if (!made.collation.empty() && !is_same_) {
            to_.lose(of, fmt::format("the collation {} of \"{}\"", made.collation, name));
            made.collation.clear();
        }
        if (!made.comment.empty() && !can().comments) {
            to_.lose(of, fmt::format("the comment of \"{}\"", name));
            made.comment.clear();
        }
        return made;
    }
    void adapt_computed(const table_definition& t, std::size_t column, column_details& made, const detail::expression_mover& expressions) {
        auto& computed = *made.computed;
        const bool was_stored = computed.stored;
        if (computed.stored ? !can().schema.stored_columns : !can().schema.virtual_columns) computed.stored = !computed.stored;
        const node_ptr before = computed.expression;
        computed.expression = expressions.computation(before, t.node->columns[column].type);
        const object_name of = t.name();
        const std::string& name = t.node->columns[column].name;
        if (!computed.expression) {
            to_.lose(of, fmt::format("\"{}\" is a column like any other, no more computed{}", name, detail::shown_sql(before)));
            made.computed.reset();
            return;
        }
        if (computed.stored != was_stored)
            to_.lose(of, fmt::format("\"{}\" is computed when a row is {}", name, computed.stored ? "written" : "read"));
        to_.warn(of, fmt::format("what \"{}\" is computed by", name), expressions.other_meaning(before));
    }

    /// MariaDB's NOCACHE is CACHE 0, which others do not know; and its numbers end one before those of others.
    [[nodiscard]] sequence_options adapted(sequence_options options) const {
        using limits = std::numeric_limits<std::int64_t>;
        if (!is_same_ && options.cache == 0) options.cache = 1;
        if (to_.is_mysql() && options.maximum) options.maximum = std::min(*options.maximum, limits::max() - 1);
        if (to_.is_mysql() && options.minimum) options.minimum = std::max(*options.minimum, limits::min() + 1);
        return options;
    }

    table_ptr adapted(const table_definition& t) {
        auto made = std::make_shared<table_definition>(t);
        const object_name of = t.name();
        const detail::expression_mover expressions{to_.family, to_.target, is_same_, t};
        std::vector<column_spec> specs = t.node->columns;
        for (std::size_t i = 0; i < specs.size(); ++i) {
            specs[i].type = detail::portable_type(to_, t, i);
            if (specs[i].primary_key && !is_same_) specs[i].nullable = false;  // SQLite alone has keys with NULL
            made->details[i] = adapted_details(t, i, expressions);
            specs[i].has_default = made->details[i].server_default != nullptr;
            if (t.details[i].computed && !made->details[i].computed) specs[i].generated = false;
            if (!can().schemas)
                for (auto& r : specs[i].references) r.schema.clear();
        }
        made->node = make_node<const table_node>(t.node->name, placed(of).schema, std::move(specs), t.node->keys);
        std::erase_if(made->foreign_keys, [&](foreign_key& key) { return !detail::adapt(to_, of, key); });
        std::erase_if(made->uniques, [&](unique_constraint& unique) { return !detail::adapt(to_, t, unique); });
        std::erase_if(made->checks, [&](check_constraint& check) { return !detail::adapt(to_, *made, check, expressions); });
        if (!is_same_) check_labels(*made);
        std::erase_if(made->indexes, [&](index_definition& index) { return !detail::adapt(to_, of, index, expressions); });
        if (!made->comment.empty() && !can().comments) {
            to_.lose(of, "the table's comment");
            made->comment.clear();
        }
        if (!is_same_ && !std::exchange(made->triggers, {}).empty()) to_.lose(of, "the table's triggers");
        if (!is_same_)
            for (const auto& [name, value] : std::exchange(made->options, {})) to_.lose(of, fmt::format("the option {} = {}", name, value));
        return made;
    }
    /// Where enumerations are types, one without a name is a text; elsewhere the column's type tells its labels.
    void check_labels(table_definition& of) const {
        for (const auto& c : of.node->columns)
            if (can().schema.enum_types && c.type.kind == type_kind::enumeration && c.type.rare && c.type.rare->name.empty())
                of.checks.push_back({{}, own_column<std::string>(c.name).in(c.type.rare->labels).node()});
    }
    void add(const view_definition& v) {
        view_definition made = v;
        made.name = placed(v.name);
        if (v.materialized && !can().schema.materialized_views) {
            to_.lose(v.name, "the view is computed each time it is read, not kept");
            made.materialized = false;
        }
        if (node_cast<native_sql_node>(v.query) && !is_same_) return to_.lose(v.name, "the view" + detail::shown_sql(v.query));
        if (!is_same_ && !std::exchange(made.triggers, {}).empty()) to_.lose(v.name, "the view's triggers");
        if (!can().comments) made.comment.clear();
        made_.schema.views.push_back(std::move(made));
    }

    portable_schema made_{};
    detail::move_context to_;
    bool is_same_;
};

}  // namespace

portable_schema portable_to(const schema_definition& all, std::string_view family, const profile& server, std::string_view server_family) {
    portable_schema made = adapter{all, family, server, server_family}.run();
    tell_names_apart(made, server, server_family);
    return made;
}

}  // namespace azoth
