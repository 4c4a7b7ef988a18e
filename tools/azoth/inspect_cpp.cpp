// Mapped structs of a database's tables.
#include "cpp_names.hpp"
#include "cpp_types.hpp"
#include "inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

namespace azoth::command {
namespace {

constexpr std::string_view action_name(referential_action action) {
    constexpr std::string_view names[]{"no_action", "restrict_", "cascade", "set_null", "set_default"};
    return names[static_cast<std::size_t>(action)];
}

class writer {
public:
    writer(std::ostream& to, const inspected& what) : to_{to}, what_{what} {
        std::set<std::string> taken;
        for (const auto& t : what.all.sorted_tables()) {
            const std::string base = struct_name(t.name());
            std::string name = base;
            for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}{}", base, n);
            structs_[{t.schema(), t.name()}] = name;
            tables_.push_back(t);
        }
    }

    void run() {
        to_ << "#pragma once\n\n// Made by azoth inspect --as cpp.\n\n#include <azoth/azoth.hpp>\n";
        if (uses(type_kind::json)) to_ << "#include <nlohmann/json.hpp>\n";
        to_ << "\n#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n\n";
        for (const auto& n : what_.all.notes()) to_ << "// " << comment_text(n.of.name + ": " + n.what) << '\n';
        write_others();
        for (const auto& t : tables_) write_struct(t.definition());
        for (const auto& t : tables_) write_mapping(t.definition());
    }

private:
    static std::string comment_text(std::string text) {
        for (char& c : text)
            if (c == '\n' || c == '\r' || c == '\\') c = ' ';  // a backslash at its end would continue the comment
        return text;
    }
    [[nodiscard]] bool uses(type_kind kind) const {
        return std::ranges::any_of(tables_, [&](const table& t) {
            return std::ranges::any_of(t.columns(), [&](const column_spec& c) { return c.type.kind == kind; });
        });
    }
    static std::vector<std::string> members_of(const table_definition& t) {
        std::vector<std::string> names;
        std::set<std::string> taken;
        for (const auto& c : t.node->columns) {
            const std::string base = member_name(c.name);
            std::string name = base;
            for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}_{}", base, n);
            names.push_back(std::move(name));
        }
        return names;
    }
    [[nodiscard]] std::string struct_of(const table_definition& t) const { return structs_.at(t.name()); }

    /// A type of the database's own is said beside the member, whose type does not tell.
    static std::string remark_on(const type& of, const std::string& comment) {
        if (!of.rare || of.rare->native.empty()) return comment;
        return fmt::format("{}{}{}", of.rare->native.front().second, comment.empty() ? "" : ": ", comment);
    }
    /// What has no struct.
    void write_others() {
        const schema_definition& all = what_.all.definition();
        for (const auto& v : all.views)
            to_ << "// " << comment_text(fmt::format("the view {} is left out: azoth::view", to_string(v.name))) << '\n';
        for (const auto& q : all.sequences)
            to_ << "// " << comment_text(fmt::format("the sequence {} is left out: azoth::sequence", to_string(q.name))) << '\n';
    }

    void write_struct(const table_definition& t) {
        if (!t.comment.empty()) to_ << "/// " << comment_text(t.comment) << '\n';
        to_ << "struct " << struct_of(t) << " {\n";
        const auto members = members_of(t);
        for (std::size_t i = 0; i < members.size(); ++i) {
            const column_spec& c = t.node->columns[i];
            const std::string type = cpp_type(c.type);
            to_ << "    " << (c.nullable ? "std::optional<" + type + ">" : type) << ' ' << members[i] << "{};";
            if (const std::string remark = remark_on(c.type, t.details[i].comment); !remark.empty())
                to_ << "  ///< " << comment_text(remark);
            to_ << '\n';
        }
        to_ << "};\n\n";
    }

    void write_mapping(const table_definition& t) {
        const std::string name = struct_of(t);
        to_ << "template <>\nstruct azoth::mapping<" << name << "> {\n    static azoth::table_map<" << name << "> map() {\n"
            << "        return azoth::table_map<" << name << ">(" << cpp_literal(t.node->name);
        if (!t.node->schema.empty()) to_ << ", " << cpp_literal(t.node->schema);
        to_ << ")";
        const auto members = members_of(t);
        for (std::size_t i = 0; i < members.size(); ++i) write_column(t, i, name + "::" + members[i], members[i]);
        for (const auto& u : t.uniques) write_unique(u);
        for (const auto& k : t.foreign_keys)
            if (k.columns.size() > 1 || !is_known(k)) write_key(k);
        for (const auto& c : t.checks)
            line(fmt::format(".check({}, {})", cpp_literal(c.name), cpp_literal(escaped(sql_of(c.condition, what_)))));
        for (const auto& i : t.indexes) write_index(i);
        if (!t.comment.empty()) line(fmt::format(".comment({})", cpp_literal(t.comment)));
        for (const auto& [option, value] : t.options) line(fmt::format(".option({}, {})", cpp_literal(option), cpp_literal(value)));
        to_ << ";\n    }\n};\n\n";
    }
    void line(const std::string& text) { to_ << "\n            " << text; }

    void write_column(const table_definition& t, std::size_t i, const std::string& member, const std::string& plain) {
        const column_spec& c = t.node->columns[i];
        const column_details& d = t.details[i];
        std::vector<std::string> options;
        if (c.name != plain) options.push_back(fmt::format("azoth::named({})", cpp_literal(c.name)));
        if (auto said = said_type(c.type); !said.empty()) options.push_back(std::move(said));
        if (c.primary_key) options.emplace_back("azoth::primary_key");
        if (d.identity && (d.identity->always || d.identity->options != sequence_options{})) options.push_back(identity_of(*d.identity));
        else if (c.primary_key && is_integer(c.type.kind) && t.primary_key.size() == 1 && !c.generated)
            options.emplace_back("azoth::not_generated");
        else if (c.generated && !c.primary_key && !d.computed) options.emplace_back("azoth::generated");
        if (d.computed)
            options.push_back(fmt::format("azoth::computed({}){}", cpp_literal(escaped(sql_of(d.computed->expression, what_))),
                                          d.computed->stored ? "" : ".virtual_()"));
        if (d.server_default)
            options.push_back(fmt::format("azoth::server_default({})", cpp_literal(escaped(sql_of(d.server_default, what_)))));
        if (!d.collation.empty()) options.push_back(fmt::format("azoth::collation({})", cpp_literal(d.collation)));
        if (!d.comment.empty()) options.push_back(fmt::format("azoth::comment({})", cpp_literal(d.comment)));
        for (const auto& k : t.foreign_keys)
            if (k.columns.size() == 1 && k.columns.front() == c.name && is_known(k)) {
                options.push_back(reference(k));
                break;
            }
        line(fmt::format(".column<&{}>({})", member, fmt::join(options, ", ")));
    }
    static std::string identity_of(const identity_column& identity) {
        std::vector<std::string> parts;
        const auto say = [&](std::string_view name, const std::optional<std::int64_t>& n) {
            if (n) parts.push_back(fmt::format(".{} = {}", name, *n));
        };
        say("start", identity.options.start);
        say("increment", identity.options.increment);
        say("minimum", identity.options.minimum);
        say("maximum", identity.options.maximum);
        say("cache", identity.options.cache);
        if (identity.options.cycle) parts.emplace_back(".cycle = true");
        return fmt::format("azoth::{}({})", identity.always ? "always_identity" : "identity",
                           parts.empty() ? std::string{} : fmt::format("{{{}}}", fmt::join(parts, ", ")));
    }
    [[nodiscard]] bool is_known(const foreign_key& k) const { return structs_.contains({k.referred_schema, k.referred_table}); }
    [[nodiscard]] std::string reference(const foreign_key& k) const {
        const object_name to{k.referred_schema, k.referred_table};
        const auto found = std::ranges::find_if(tables_, [&](const table& t) { return object_name{t.schema(), t.name()} == to; });
        const std::size_t column = column_index(found->definition(), k.referred_columns.front());
        std::string text = fmt::format("azoth::references<&{}::{}>", structs_.at(to), members_of(found->definition())[column]);
        if (k.on_delete != referential_action::no_action)
            text += fmt::format(".on_delete(azoth::referential_action::{})", action_name(k.on_delete));
        if (k.on_update != referential_action::no_action)
            text += fmt::format(".on_update(azoth::referential_action::{})", action_name(k.on_update));
        if (k.timing == constraint_timing::deferrable) text += ".deferrable()";
        if (k.timing == constraint_timing::initially_deferred) text += ".deferrable(azoth::constraint_timing::initially_deferred)";
        return text;
    }

    static std::string names(const std::vector<std::string>& columns) {
        std::string text;
        for (const auto& c : columns) text += (text.empty() ? "" : ", ") + cpp_literal(c);
        return "{" + text + "}";
    }
    void write_unique(const unique_constraint& u) {
        std::string text =
            fmt::format(".unique(azoth::unique_constraint{{.name = {}, .columns = {}", cpp_literal(u.name), names(u.columns));
        if (u.timing == constraint_timing::deferrable) text += ", .timing = azoth::constraint_timing::deferrable";
        if (u.timing == constraint_timing::initially_deferred) text += ", .timing = azoth::constraint_timing::initially_deferred";
        if (u.nulls_not_distinct) text += ", .nulls_not_distinct = true";
        line(text + "})");
    }
    void write_key(const foreign_key& k) {
        std::string text = fmt::format(".foreign_key({{.name = {}, .columns = {}", cpp_literal(k.name), names(k.columns));
        if (!k.referred_schema.empty()) text += fmt::format(", .referred_schema = {}", cpp_literal(k.referred_schema));
        text += fmt::format(", .referred_table = {}, .referred_columns = {}", cpp_literal(k.referred_table), names(k.referred_columns));
        if (k.on_delete != referential_action::no_action)
            text += fmt::format(", .on_delete = azoth::referential_action::{}", action_name(k.on_delete));
        if (k.on_update != referential_action::no_action)
            text += fmt::format(", .on_update = azoth::referential_action::{}", action_name(k.on_update));
        if (k.match == key_match::full) text += ", .match = azoth::key_match::full";
        if (k.timing == constraint_timing::deferrable) text += ", .timing = azoth::constraint_timing::deferrable";
        if (k.timing == constraint_timing::initially_deferred) text += ", .timing = azoth::constraint_timing::initially_deferred";
        line(text + "})");
    }
    void write_index(const index_definition& i) {
        std::string elements;
        for (const auto& e : i.elements) {
            std::string element =
                e.expression ? fmt::format("azoth::by_sql({})", cpp_literal(escaped(sql_of(e.expression, what_)))) : cpp_literal(e.column);
            if (e.descending) element = fmt::format("azoth::descending({})", element);
            elements += (elements.empty() ? "" : ", ") + element;
        }
        std::string text = fmt::format("azoth::index_definition{{.name = {}, .elements = {{{}}}", cpp_literal(i.name), elements);
        if (i.unique) text += ", .unique = true";
        if (!i.method.empty()) text += ", .method = " + cpp_literal(i.method);
        if (!i.include.empty()) text += ", .include = " + names(i.include);
        text += "}";
        if (i.where) text = fmt::format("azoth::partial({}, {})", text, cpp_literal(escaped(sql_of(i.where, what_))));
        line(".index(" + text + ")");
    }
    /// text() takes a colon before a word for a bind.
    static std::string escaped(const std::string& sql) {
        std::string text;
        for (const char c : sql) {
            if (c == ':' || c == '\\') text += '\\';
            text += c;
        }
        return text;
    }

    std::ostream& to_;
    const inspected& what_;
    std::map<object_name, std::string> structs_{};
    std::vector<table> tables_{};
};

}  // namespace

void write_schema_cpp(std::ostream& to, const inspected& what) { writer{to, what}.run(); }

}  // namespace azoth::command
