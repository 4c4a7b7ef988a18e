// Entity diagrams. Both kinds of input quote what they show: names come from databases.
#include "inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <ostream>

namespace azoth::command {
namespace {

bool is_keyed(const table_definition& t, const std::vector<std::string>& columns) {
    if (t.primary_key == columns) return true;
    return std::ranges::any_of(t.uniques, [&](const auto& u) { return u.columns == columns; });
}

bool can_be_null(const table_definition& t, const std::vector<std::string>& columns) {
    return std::ranges::any_of(columns, [&](const auto& c) { return t.node->columns[column_index(t, c)].nullable; });
}

std::string title(const table_definition& t) { return to_string(t.name()); }

/// Mermaid's names are letters, digits, - and _; what else a name holds becomes one.
std::string mermaid_word(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        word += std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80 ? c : '_';
    }
    return word.empty() || std::isdigit(static_cast<unsigned char>(word.front())) != 0 ? "_" + word : word;
}

std::string mermaid_text(std::string_view text) {
    std::string quoted;
    for (const char c : text) quoted += c == '"' ? "#quot;" : std::string(1, c == '\n' ? ' ' : c);
    return "\"" + quoted + "\"";
}

std::string html(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            default: escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return escaped;
}

std::string dot_text(std::string_view text) {
    std::string made{"\""};
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        made += c == '\n' ? ' ' : c;
    }
    return made + "\"";
}

std::string short_type(const table_definition& t, std::size_t i) {
    const std::string& native = t.details[i].native_type;
    return native.empty() ? to_string(t.node->columns[i].type) : native;
}

std::string mark_of(const table_definition& t, const std::string& column) {
    if (std::ranges::find(t.primary_key, column) != t.primary_key.end()) return "PK";
    for (const auto& k : t.foreign_keys)
        if (std::ranges::find(k.columns, column) != k.columns.end()) return "FK";
    return is_keyed(t, {column}) ? "UK" : "";
}

void write_dot_table(std::ostream& to, const table_definition& t) {
    to << "  " << dot_text(title(t))
       << " [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"5\" color=\"#9aa5b1\">\n"
       << "    <tr><td colspan=\"3\" bgcolor=\"#334e68\" align=\"center\"><font color=\"white\"><b>" << html(title(t))
       << "</b></font></td></tr>\n";
    for (std::size_t i = 0; i < t.node->columns.size(); ++i) {
        const column_spec& c = t.node->columns[i];
        const std::string mark = mark_of(t, c.name);
        const std::string_view colour = mark == "PK" ? "#fdf6e3" : i % 2 == 0 ? "#ffffff" : "#f5f7fa";
        to << fmt::format("    <tr><td port=\"{}\" bgcolor=\"{}\" align=\"left\" sides=\"LTB\">{}{}{}</td>", i, colour,
                          mark == "PK" ? "<b>" : "", html(c.name), mark == "PK" ? "</b>" : "")
           << fmt::format("<td bgcolor=\"{}\" align=\"left\" sides=\"TB\"><font color=\"#627d98\">{}{}</font></td>", colour,
                          html(short_type(t, i)), c.nullable ? "?" : "")
           << fmt::format(
                  "<td port=\"from{}\" bgcolor=\"{}\" align=\"right\" sides=\"RTB\"><font point-size=\"9\" "
                  "color=\"#829ab1\">{}</font></td></tr>\n",
                  i, colour, mark.empty() ? " " : mark);
    }
    to << "  </table>>];\n";
}

}  // namespace

void write_schema_mermaid(std::ostream& to, const inspected& what) {
    to << "erDiagram\n";
    for (const auto& t : what.all.sorted_tables()) {
        const table_definition& d = t.definition();
        to << "    " << mermaid_word(title(d)) << " {\n";
        for (std::size_t i = 0; i < d.node->columns.size(); ++i) {
            const std::string mark = mark_of(d, d.node->columns[i].name);
            to << "        " << mermaid_word(short_type(d, i)) << ' ' << mermaid_word(d.node->columns[i].name)
               << (mark.empty() ? "" : " " + mark);
            if (!d.details[i].comment.empty()) to << ' ' << mermaid_text(d.details[i].comment);
            to << '\n';
        }
        to << "    }\n";
    }
    for (const auto& t : what.all.sorted_tables()) {
        const table_definition& d = t.definition();
        for (const auto& k : d.foreign_keys) {
            const std::string referred = to_string(object_name{k.referred_schema, k.referred_table});
            to << fmt::format("    {} {}--{} {} : {}\n", mermaid_word(referred), can_be_null(d, k.columns) ? "|o" : "||",
                              is_keyed(d, k.columns) ? "o|" : "o{", mermaid_word(title(d)),
                              mermaid_text(fmt::format("{}", fmt::join(k.columns, ", "))));
        }
    }
}

void write_schema_dot(std::ostream& to, const inspected& what) {
    to << "digraph schema {\n"
          "  graph [rankdir=LR, bgcolor=\"white\", nodesep=0.4, ranksep=1.1, pad=0.3];\n"
          "  node [shape=plain, fontname=\"Helvetica\", fontsize=11];\n"
          "  edge [color=\"#627d98\", arrowsize=0.8, dir=both];\n";
    const auto tables = what.all.sorted_tables();
    std::map<std::string, const table_definition*> known;
    for (const auto& t : tables) known[title(t.definition())] = &t.definition();
    for (const auto& t : tables) write_dot_table(to, t.definition());
    for (const auto& t : tables) {
        const table_definition& d = t.definition();
        for (const auto& k : d.foreign_keys) {
            const std::string referred = to_string(object_name{k.referred_schema, k.referred_table});
            const auto there = known.find(referred);
            const std::string port =
                there == known.end() ? std::string{} : fmt::format(":{}:w", column_index(*there->second, k.referred_columns.front()));
            // One end for the row that is referred to, a crow's foot for those that refer.
            to << fmt::format("  {}:from{}:e -> {}{} [arrowtail={}, arrowhead={}];\n", dot_text(title(d)),
                              column_index(d, k.columns.front()), dot_text(referred), port, is_keyed(d, k.columns) ? "teetee" : "crowodot",
                              can_be_null(d, k.columns) ? "teeodot" : "teetee");
        }
    }
    to << "}\n";
}

}  // namespace azoth::command
