#include <azoth/schema/portable.hpp>

#include "portable_sql.hpp"

#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace azoth {
namespace {

constexpr std::uint32_t longest_key_text = 255;
constexpr std::uint16_t widest_decimal = 65;

class adapter {
public:
    adapter(std::string_view family, const profile& server, std::string_view server_family)
        : family_{family},
          server_{server},
          is_same_{family == server.dialect || family == server_family},
          is_mysql_{server_family == "mysql"} {}

    portable_schema run(const schema_definition& all) {
        all_ = &all;
        for (const auto& t : all.tables) made_.schema.tables.push_back(adapted(*t));
        for (const auto& v : all.views) add(v);
        for (const auto& s : all.sequences) {
            if (can().sequences) made_.schema.sequences.push_back({placed(s.name), adapted(s.options), s.comment});
            else lose(s.name, "the sequence");
        }
        for (const auto& e : all.enums)
            if (can().schema.enum_types && (is_same_ || is_used(e.name)))
                made_.schema.enums.push_back({placed(e.name), e.labels, e.comment});
        return std::move(made_);
    }

private:
    [[nodiscard]] const capabilities& can() const { return server_.can; }
    void lose(const object_name& of, std::string what) { made_.lost.push_back({of, std::move(what)}); }
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
    /// The expression for the other server; null where it has none.
    [[nodiscard]] node_ptr translated(const node_ptr& expression) const {
        const auto* native = expression ? node_cast<native_sql_node>(expression) : nullptr;
        if (!native || is_same_) return expression;
        node_ptr made = detail::portable_sql(family_, native->sql, truths_);
        // A word that is no column is an operator or a constant of the database's own.
        const auto is_unknown = [&](const std::string& name) { return std::ranges::find(columns_, name) == columns_.end(); };
        if (made && std::ranges::any_of(detail::columns_in(*made), is_unknown)) return {};
        return made;
    }
    /// A value moves as one, whatever its database writes it like.
    [[nodiscard]] node_ptr translated_default(const node_ptr& expression, const type& of) const {
        const auto* native = node_cast<native_sql_node>(expression);
        if (!native || is_same_) return expression;
        const node_ptr literal = detail::literal_sql(family_, native->sql, of);
        if (!literal && of.kind == type_kind::boolean) return {};  // 5 is true to some databases
        return literal ? literal : translated(expression);
    }
    [[nodiscard]] static std::string sql_of(const node_ptr& expression) {
        const auto* native = expression ? node_cast<native_sql_node>(expression) : nullptr;
        if (!native) return {};
        std::string line;
        for (const char c : native->sql) {
            const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            if (!is_blank) line += c;
            else if (!line.empty() && line.back() != ' ') line += ' ';
        }
        return ": " + line;
    }

    /// MySQL's foreign keys want the very type of what they refer to, where SQLite takes any integer; and so do enumerations that are
    /// types.
    [[nodiscard]] type keyed_type(const table_definition& t, const column_spec& spec) const {
        const auto is_strict = [&](const type& t) {
            return is_integer(t.kind) ? is_mysql_ : t.kind == type_kind::enumeration && can().schema.enum_types;
        };
        for (const auto& key : t.foreign_keys) {
            const auto at = std::ranges::find(key.columns, spec.name);
            const auto referred = std::ranges::find_if(all_->tables, [&](const table_ptr& r) {
                return r->node->name == key.referred_table && r->node->schema == key.referred_schema;
            });
            if (at == key.columns.end() || referred == all_->tables.end()) continue;
            const std::string& name = key.referred_columns[static_cast<std::size_t>(at - key.columns.begin())];
            const type& wanted = (*referred)->node->columns[column_index(**referred, name)].type;
            if (is_strict(wanted) && family_of(wanted.kind) == family_of(spec.type.kind)) return wanted;
        }
        return spec.type;
    }

    type adapted_type(const table_definition& t, std::size_t column) {
        const column_spec& spec = t.node->columns[column];
        const object_name of = t.name();
        type made = keyed_type(t, spec);
        if (is_same_) return made;
        if (made.kind == type_kind::enumeration && made.rare && !made.rare->native.empty()) {
            lose(of, fmt::format("\"{}\" becomes a text with a check of its labels: its type {} is {}'s own", spec.name,
                                 made.rare->native.front().second, family_));
            return enum_type({}, made.rare->labels);
        }
        if (made.rare && !made.rare->native.empty()) {
            const std::string& own = made.rare->native.front().second;
            if (!is_shorter(own))
                lose(of,
                     fmt::format("the column \"{}\" becomes {}: its type {} is {}'s own", spec.name, kind_name(made.kind), own, family_));
            return made.kind;
        }
        if (made.kind == type_kind::real && family_ == "sqlite") made.kind = type_kind::double_;  // which is what its FLOAT holds
        if (made.kind == type_kind::array && !can().native_arrays)
            lose(of, fmt::format("the array \"{}\" becomes a JSON array", spec.name));
        else if (made.kind == type_kind::array && !(made.rare && made.rare->element)) {
            lose(of, fmt::format("the array \"{}\" becomes JSON: what its elements are is not known", spec.name));
            return type_kind::json;
        }
        if (is_mysql_ && made.kind == type_kind::numeric && made.precision > widest_decimal) {
            lose(of, fmt::format("\"{}\" keeps {} of {} digits", spec.name, widest_decimal, made.precision));
            made.precision = widest_decimal;
            made.scale = std::min<std::uint16_t>(made.scale, 30);
        }
        if (is_mysql_ && is_keyed(t, spec.name) && is_boundless(made)) {
            lose(of, fmt::format("\"{}\" takes at most {} {}: keys have no room for more", spec.name, longest_key_text,
                                 made.kind == type_kind::binary ? "bytes" : "characters"));
            made = made.kind == type_kind::binary ? binary(longest_key_text) : string(longest_key_text);
        }
        return made;
    }
    /// MySQL's types of texts and bytes that hold less than the generic ones, and nothing else.
    static bool is_shorter(std::string_view own) {
        constexpr std::string_view names[]{"TINYTEXT", "TEXT", "MEDIUMTEXT", "TINYBLOB", "BLOB", "MEDIUMBLOB"};
        return std::ranges::find(names, own) != std::end(names);
    }
    static bool is_boundless(const type& t) {
        return t.kind == type_kind::text || ((t.kind == type_kind::string || t.kind == type_kind::binary) && t.length == 0);
    }
    static bool is_keyed(const table_definition& t, const std::string& column) {
        const auto names = [&](const std::vector<std::string>& columns) { return std::ranges::find(columns, column) != columns.end(); };
        return names(t.primary_key) || std::ranges::any_of(t.uniques, [&](const auto& u) { return names(u.columns); }) ||
               std::ranges::any_of(t.foreign_keys, [&](const auto& k) { return names(k.columns); }) ||
               std::ranges::any_of(t.indexes, [&](const auto& i) {
                   return i.unique && std::ranges::any_of(i.elements, [&](const auto& e) { return e.column == column; });
               });
    }

    /// SQLite gives the number of a last row that is gone once more, unless the key is its identity; others never do.
    [[nodiscard]] bool keeps_numbers_of_identities_alone(const table_definition& t, const std::string& column) const {
        const bool is_key = t.primary_key.size() == 1 && t.primary_key.front() == column;
        return !is_same_ && is_key && can().schema.restarted_identities && !can().schema.restarted_numbers;
    }

    column_details adapted_details(const table_definition& t, std::size_t column) {
        const object_name of = t.name();
        const std::string& name = t.node->columns[column].name;
        column_details made = t.details[column];
        if (!is_same_) made.native_type.clear();
        if (!is_same_) made.serial = {};
        if (made.server_default && !(made.server_default = translated_default(made.server_default, t.node->columns[column].type)))
            lose(of, fmt::format("the default of \"{}\"{}", name, sql_of(t.details[column].server_default)));
        // What SQLite read as an identity is its own AUTOINCREMENT.
        const bool is_own = is_same_ && made.identity == identity_column{};
        if (made.identity && !can().schema.identity_columns && !is_own) {
            if (made.identity->always || made.identity->options != sequence_options{})
                lose(of, fmt::format("\"{}\" is numbered by the database in its own way, without the identity's options", name));
            made.identity.reset();
        }
        if (is_numbered(t, column) && keeps_numbers_of_identities_alone(t, name)) made.identity = identity_column{};
        if (made.computed) adapt_computed(t, column, made);
        if (!made.collation.empty() && !is_same_) {
            lose(of, fmt::format("the collation {} of \"{}\"", made.collation, name));
            made.collation.clear();
        }
        if (!made.comment.empty() && !can().comments) {
            lose(of, fmt::format("the comment of \"{}\"", name));
            made.comment.clear();
        }
        return made;
    }
    void adapt_computed(const table_definition& t, std::size_t column, column_details& made) {
        auto& computed = *made.computed;
        const bool was_stored = computed.stored;
        if (computed.stored ? !can().schema.stored_columns : !can().schema.virtual_columns) computed.stored = !computed.stored;
        computed.expression = translated(computed.expression);
        const object_name of = t.name();
        const std::string& name = t.node->columns[column].name;
        if (!computed.expression) {
            lose(of, fmt::format("\"{}\" is a column like any other, no more computed{}", name,
                                 sql_of(t.details[column].computed->expression)));
            made.computed.reset();
        } else if (computed.stored != was_stored) {
            lose(of, fmt::format("\"{}\" is computed when a row is {}", name, computed.stored ? "written" : "read"));
        }
    }

    /// MariaDB's NOCACHE is CACHE 0, which others do not know; and its numbers end one before those of others.
    [[nodiscard]] sequence_options adapted(sequence_options options) const {
        using limits = std::numeric_limits<std::int64_t>;
        if (!is_same_ && options.cache == 0) options.cache = 1;
        if (is_mysql_ && options.maximum) options.maximum = std::min(*options.maximum, limits::max() - 1);
        if (is_mysql_ && options.minimum) options.minimum = std::max(*options.minimum, limits::min() + 1);
        return options;
    }

    table_ptr adapted(const table_definition& t) {
        auto made = std::make_shared<table_definition>(t);
        truths_.clear();
        columns_.clear();
        for (const auto& c : t.node->columns) {
            columns_.push_back(c.name);
            if (c.type.kind == type_kind::boolean) truths_.push_back(c.name);
        }
        const object_name of = t.name();
        std::vector<column_spec> specs = t.node->columns;
        for (std::size_t i = 0; i < specs.size(); ++i) {
            specs[i].type = adapted_type(t, i);
            if (specs[i].primary_key && !is_same_) specs[i].nullable = false;  // SQLite alone has keys with NULL
            made->details[i] = adapted_details(t, i);
            specs[i].has_default = made->details[i].server_default != nullptr;
            if (t.details[i].computed && !made->details[i].computed) specs[i].generated = false;
            if (!can().schemas)
                for (auto& r : specs[i].references) r.schema.clear();
        }
        made->node = make_node<const table_node>(t.node->name, placed(of).schema, std::move(specs), t.node->keys);
        std::erase_if(made->foreign_keys, [&](foreign_key& key) { return !adapt(of, key); });
        for (auto& unique : made->uniques) adapt(of, unique);
        std::erase_if(made->checks, [&](check_constraint& check) { return !adapt(*made, check); });
        if (!is_same_) check_labels(*made);
        std::erase_if(made->indexes, [&](index_definition& index) { return !adapt(of, index); });
        if (!made->comment.empty() && !can().comments) {
            lose(of, "the table's comment");
            made->comment.clear();
        }
        if (!is_same_ && !std::exchange(made->triggers, {}).empty()) lose(of, "the table's triggers");
        if (!is_same_)
            for (const auto& [name, value] : std::exchange(made->options, {})) lose(of, fmt::format("the option {} = {}", name, value));
        return made;
    }
    /// Where enumerations are types, one without a name is a text; elsewhere the column's type tells its labels.
    void check_labels(table_definition& of) const {
        for (const auto& c : of.node->columns)
            if (can().schema.enum_types && c.type.kind == type_kind::enumeration && c.type.rare && c.type.rare->name.empty())
                of.checks.push_back({{}, own_column<std::string>(c.name).in(c.type.rare->labels).node()});
    }
    bool adapt(const object_name& of, foreign_key& key) {
        if (!can().schemas && key.referred_schema != of.schema) {
            lose(of, fmt::format("the foreign key \"{}\" to {}.{}, another schema", key.name, key.referred_schema, key.referred_table));
            return false;
        }
        if (!can().schemas) key.referred_schema.clear();
        if (key.timing != constraint_timing::immediate && !can().schema.deferrable_keys) {
            lose(of, fmt::format("the foreign key \"{}\" is checked at once", key.name));
            key.timing = constraint_timing::immediate;
        }
        for (auto* action : {&key.on_delete, &key.on_update})
            if (is_mysql_ && *action == referential_action::set_default) {
                lose(of, fmt::format("SET DEFAULT of the foreign key \"{}\"", key.name));
                *action = referential_action::no_action;
            }
        if (key.match == key_match::full && !can().schema.full_match) {
            lose(of, fmt::format("MATCH FULL of the foreign key \"{}\"", key.name));
            key.match = key_match::simple;
        }
        return true;
    }
    void adapt(const object_name& of, unique_constraint& unique) {
        if (unique.timing != constraint_timing::immediate && !can().schema.deferrable_uniques) {
            lose(of, fmt::format("the unique constraint \"{}\" is checked at once", unique.name));
            unique.timing = constraint_timing::immediate;
        }
        if (unique.nulls_not_distinct && !can().schema.nulls_not_distinct) {
            lose(of, fmt::format("NULLS NOT DISTINCT of \"{}\"", unique.name));
            unique.nulls_not_distinct = false;
        }
    }
    bool adapt(const table_definition& t, check_constraint& check) {
        const node_ptr before = check.condition;
        check.condition = translated(check.condition);
        const bool fits = check.condition && (can().schema.checks_of_changed_columns || !reads_changing_columns(t, *check.condition));
        if (!fits) lose(t.name(), fmt::format("the check \"{}\"{}", check.name, sql_of(before)));
        return fits;
    }
    static bool reads_changing_columns(const table_definition& t, const node& condition) {
        return std::ranges::any_of(detail::columns_in(condition), [&](const std::string& name) {
            return is_numbered(t, column_index(t, name)) || is_changed_by_key(t, name);
        });
    }
    bool adapt(const object_name& of, index_definition& index) {
        const auto& schema = can().schema;
        const auto drop = [&](std::string_view why) {
            lose(of, fmt::format("the index \"{}\", which {}", index.name, why));
            return false;
        };
        if (index.where) {
            index.where = schema.partial_indexes ? translated(index.where) : node_ptr{};
            if (!index.where) return drop("holds some of the rows");
        }
        for (auto& e : index.elements) {
            if (e.expression && (!schema.functional_indexes || !(e.expression = translated(e.expression))))
                return drop("is of an expression");
            if (!is_same_) adapt(e);
        }
        if (!index.method.empty() && !is_same_) {
            if (index.method != "hash" && index.method != "brin") return drop("is of the method " + index.method);
            lose(of, fmt::format("the method {} of the index \"{}\"", index.method, index.name));
            index.method.clear();
        }
        if (!index.include.empty() && !schema.covering_indexes) {
            lose(of, fmt::format("INCLUDE of the index \"{}\"", index.name));
            index.include.clear();
        }
        if (index.nulls_not_distinct && !schema.nulls_not_distinct) {
            lose(of, fmt::format("NULLS NOT DISTINCT of \"{}\"", index.name));
            index.nulls_not_distinct = false;
        }
        return true;
    }
    /// What only decides how fast an index is, not what it holds.
    void adapt(index_element& e) const {
        e.operator_class.clear();
        e.collation.clear();
        if (!can().schema.index_nulls_order) e.nulls = nulls_order::unspecified;
        if (!can().schema.index_prefixes) e.prefix = 0;
    }

    void add(const view_definition& v) {
        view_definition made = v;
        made.name = placed(v.name);
        if (v.materialized && !can().schema.materialized_views) {
            lose(v.name, "the view is computed each time it is read, not kept");
            made.materialized = false;
        }
        if (node_cast<native_sql_node>(v.query) && !is_same_) return lose(v.name, "the view" + sql_of(v.query));
        if (!is_same_ && !std::exchange(made.triggers, {}).empty()) lose(v.name, "the view's triggers");
        if (!can().comments) made.comment.clear();
        made_.schema.views.push_back(std::move(made));
    }

    std::string_view family_;
    const profile& server_;
    const schema_definition* all_{};
    bool is_same_;
    bool is_mysql_;
    portable_schema made_{};
    std::vector<std::string> columns_{};  ///< of the table at hand
    std::vector<std::string> truths_{};   ///< those that are true or false
};

}  // namespace

portable_schema portable_to(const schema_definition& all, std::string_view family, const profile& server, std::string_view server_family) {
    portable_schema made = adapter{family, server, server_family}.run(all);
    tell_names_apart(made, server, server_family);
    return made;
}

}  // namespace azoth
