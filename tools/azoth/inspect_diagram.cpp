// Entity diagrams. Both kinds of input quote what they show: names come from databases.
#include "inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <ostream>
#include <sstream>

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

bool has(const std::vector<std::string>& columns, const std::string& column) { return std::ranges::find(columns, column) != columns.end(); }

std::vector<std::string> marks_of(const table_definition& t, const std::string& column) {
    std::vector<std::string> marks;
    if (has(t.primary_key, column)) marks.emplace_back("PK");
    if (std::ranges::any_of(t.foreign_keys, [&](const auto& k) { return has(k.columns, column); })) marks.emplace_back("FK");
    if (!has(t.primary_key, column) && is_keyed(t, {column})) marks.emplace_back("UK");
    return marks;
}

/// A comment, in small print and in lines that keep a table narrow; each begins with `separator`.
std::string small_print(const std::string& text, std::string_view separator, std::string_view colour) {
    constexpr std::size_t width = 40;
    std::string made;
    std::size_t column = width;
    std::istringstream words{text};
    for (std::string word; words >> word;) {
        const bool fits = column + 1 + word.size() <= width;
        made += fits ? " " : separator;
        column = (fits ? column + 1 : 0) + word.size();
        made += html(word);
    }
    return made.empty() ? "" : fmt::format("<font point-size=\"9\" color=\"{}\">{}</font>", colour, made);
}

bool refers_to_itself(const table_definition& t, const foreign_key& k) {
    return t.name() == object_name{k.referred_schema, k.referred_table};
}

void write_dot_column(std::ostream& to, const table_definition& t, std::size_t i) {
    const column_spec& c = t.node->columns[i];
    const auto marks = marks_of(t, c.name);
    const bool is_key = !marks.empty() && marks.front() == "PK";
    const std::string_view colour = is_key ? "#fdf6e3" : i % 2 == 0 ? "#ffffff" : "#f5f7fa";
    const bool is_loop =
        std::ranges::any_of(t.foreign_keys, [&](const auto& k) { return refers_to_itself(t, k) && has(k.columns, c.name); });
    const std::string comment = small_print(t.details[i].comment, "<br align=\"left\"/>", "#627d98");
    to << fmt::format("    <tr><td port=\"{}\" bgcolor=\"{}\" align=\"left\" balign=\"left\" sides=\"LTB\">{}{}{}{}</td>", i, colour,
                      is_key ? "<b>" : "", html(c.name), is_key ? "</b>" : "", comment)
       << fmt::format("<td bgcolor=\"{}\" align=\"left\" sides=\"TB\"><font color=\"#486581\">{}{}</font></td>", colour,
                      html(short_type(t, i)), c.nullable ? "?" : "")
       << fmt::format(
              "<td port=\"from{}\" bgcolor=\"{}\" align=\"right\" sides=\"RTB\"><font point-size=\"9\" "
              "color=\"#627d98\">{}</font></td></tr>\n",
              i, colour, marks.empty() ? " " : fmt::format("{}{}", fmt::join(marks, " "), is_loop ? " ↻" : ""));
}

void write_dot_table(std::ostream& to, const table_definition& t) {
    to << "  " << dot_text(title(t)) << " [tooltip=" << dot_text(title(t))
       << ", label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"5\" color=\"#9aa5b1\">\n"
       << "    <tr><td colspan=\"3\" bgcolor=\"#334e68\" align=\"center\"><font color=\"#f0f4f8\"><b>" << html(title(t)) << "</b>";
    to << small_print(t.comment, "<br/>", "#f0f4f8") << "</font></td></tr>\n";
    for (std::size_t i = 0; i < t.node->columns.size(); ++i) write_dot_column(to, t, i);
    to << "  </table>>];\n";
}

/// One end for the row that is referred to, a crow's foot for those that refer.
void write_dot_key(std::ostream& to, const table_definition& t, const foreign_key& k, const table_definition* referred) {
    const std::string name = to_string(object_name{k.referred_schema, k.referred_table});
    const std::string port = referred ? fmt::format(":{}:w", column_index(*referred, k.referred_columns.front())) : std::string{};
    to << fmt::format("  {}:from{}:e -> {}{} [arrowtail={}, arrowhead={}, tooltip={}];\n", dot_text(title(t)),
                      column_index(t, k.columns.front()), dot_text(name), port, is_keyed(t, k.columns) ? "teetee" : "crowodot",
                      can_be_null(t, k.columns) ? "teeodot" : "teetee",
                      dot_text(fmt::format("{}: {} ({}) -> {} ({})", k.name, title(t), fmt::join(k.columns, ", "), name,
                                           fmt::join(k.referred_columns, ", "))));
}

}  // namespace

void write_schema_mermaid(std::ostream& to, const inspected& what) {
    to << "erDiagram\n";
    for (const auto& t : what.all.sorted_tables()) {
        const table_definition& d = t.definition();
        to << "    " << mermaid_word(title(d)) << " {\n";
        for (std::size_t i = 0; i < d.node->columns.size(); ++i) {
            const auto marks = marks_of(d, d.node->columns[i].name);
            to << "        " << mermaid_word(short_type(d, i)) << ' ' << mermaid_word(d.node->columns[i].name) << (marks.empty() ? "" : " ")
               << fmt::format("{}", fmt::join(marks, ", "));
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
            if (refers_to_itself(d, k)) continue;  // its mark says so: Graphviz draws loops over the neighbours
            const auto there = known.find(to_string(object_name{k.referred_schema, k.referred_table}));
            write_dot_key(to, d, k, there == known.end() ? nullptr : there->second);
        }
    }
    to << "}\n";
}

}  // namespace azoth::command
