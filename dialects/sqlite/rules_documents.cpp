// JSON by SQLite's own functions, and arrays, which are JSON texts. A path of SQLite's compares keys with the text of the document, where a
// character may stand escaped, and has no way to write a quote: keys of other than plain characters go through functions of the driver's.
#include "rules.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

namespace azoth::sqlite {
namespace {

using k = type_kind;
using path_steps = std::span<const node_ptr>;

const cell step_of(const node_ptr& n) { return static_cast<const literal_node&>(*n).content.view(); }

bool is_plain(const node_ptr& step) {
    const cell c = step_of(step);
    if (c.tag != cell_tag::text) return true;
    const std::string_view key = c.chars_view();
    return std::all_of(key.begin(), key.end(), [](char x) { return x >= ' ' && x <= '~' && x != '"' && x != '\\'; });
}

/// $."key"[0]
std::string path_text(path_steps way) {
    std::string path = "$";
    for (const node_ptr& step : way) {
        const cell c = step_of(step);
        path += c.tag == cell_tag::text ? fmt::format(".\"{}\"", c.chars_view()) : fmt::format("[{}]", c.i64);
    }
    return path;
}

/// ["key", 0], as the driver's functions take it.
std::string steps_text(path_steps way) {
    nlohmann::json all = nlohmann::json::array();
    for (const node_ptr& step : way) {
        const cell c = step_of(step);
        if (c.tag == cell_tag::text) all.push_back(std::string{c.chars_view()});
        else all.push_back(c.i64);
    }
    return all.dump();
}

/// A document and a path into it, as SQLite's functions and operators take them.
class place {
public:
    explicit place(const operation_node& n) : document_{n.arguments.front()}, way_{path_steps{n.arguments}.subspan(1)} {}
    explicit place(const node_ptr& document) : document_{document} {
        const auto* inner = node_cast<operation_node>(document);
        if (inner && inner->op == operation::json_get) *this = place{*inner};
    }
    void write_document(compiler& out) const {
        if (is_plain_way()) {
            out.operand(*document_, tightest);
            return;
        }
        out << "azoth_json_get(" << document_ << ", ";
        write_quoted_text(out, steps_text(way_));
        out << ")";
    }
    void write_path(compiler& out) const { write_quoted_text(out, is_plain_way() ? path_text(way_) : "$"); }
    void write_call(compiler& out, std::string_view function) const {
        out << function << "(";
        write_document(out);
        out << ", ";
        write_path(out);
        out << ")";
    }
    void write_arrow(compiler& out, std::string_view arrow) const {
        write_document(out);
        out << arrow;
        write_path(out);
    }
    [[nodiscard]] bool is_plain_way() const { return std::all_of(way_.begin(), way_.end(), is_plain); }

private:
    static constexpr int tightest = 10;
    node_ptr document_;
    path_steps way_{};
};

void require_json(const compiler& out) { out.require(out.can().json_paths, "JSON paths", "SQLite has them from version 3.38"); }

void write_json_get(compiler& out, const operation_node& n) {
    require_json(out);
    const place at{n};
    out << "(";
    if (at.is_plain_way()) at.write_arrow(out, " -> ");
    else at.write_document(out);
    out << ")";
}

/// The value, where it is of the kind that the type stands for.
void write_json_value(compiler& out, const place& at, const type& t) {
    at.write_call(out, "CASE json_type");
    if (t.kind == k::boolean) {
        out << " WHEN 'true' THEN 1 WHEN 'false' THEN 0 END";
    } else if (t.kind == k::text) {
        out << " WHEN 'text' THEN ";
        at.write_arrow(out, " ->> ");
        out << " END";
    } else {
        const bool whole = is_integer(t.kind);
        out << " WHEN 'integer' THEN " << (whole ? "" : "CAST(");
        at.write_arrow(out, " ->> ");
        out << (whole ? " WHEN 'real' THEN CAST(round(" : " AS REAL) WHEN 'real' THEN ");
        at.write_arrow(out, " ->> ");
        out << (whole ? ") AS INTEGER) END" : " END");
    }
}

void write_json_get_text(compiler& out, const operation_node& n) {
    require_json(out);
    const place at{n};
    if (n.option != 0) return write_json_value(out, at, n.type);
    at.write_call(out, "CASE json_type");
    out << " WHEN 'null' THEN NULL WHEN 'text' THEN ";
    at.write_arrow(out, " ->> ");
    out << " ELSE ";
    at.write_arrow(out, " -> ");
    out << " END";
}

void write_json_length(compiler& out, const operation_node& n) {
    require_json(out);
    const place at{n.arguments.front()};
    at.write_call(out, "CASE json_type");
    at.write_call(out, " WHEN 'array' THEN json_array_length");
    out << " END";
}

void write_json_kind(compiler& out, const operation_node& n) {
    require_json(out);
    const place at{n.arguments.front()};
    at.write_call(out, "CASE json_type");
    out << " WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'text' "
           "THEN "
           "'string' ELSE ";
    at.write_call(out, "json_type");
    out << " END";
}

/// A value as a piece of JSON: SQLite would take documents for texts, and has no truths.
void write_json_item(compiler& out, const node_ptr& n) {
    const type_kind kind = type_of(*n).kind;
    const bool is_computed_text = kind == k::text && node_cast<operation_node>(n);
    const bool is_real = kind == k::real || kind == k::double_;
    if (is_real) out << "json(azoth_json_real(" << n << "))";
    else if (kind == k::json) out << "json(" << n << ")";
    else if (kind == k::boolean) out << "json(CASE " << n << " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)";
    else if (is_computed_text) out << "(" << n << " || '')";  // no longer what -> marked as JSON
    else out << n;
}

void write_json_items(compiler& out, const operation_node& n) {
    const bool is_object = n.op == operation::json_object;
    out << (is_object ? "json_object(" : "json_array(");
    for (std::size_t i = 0; i < n.arguments.size(); ++i) {
        if (i != 0) out << ", ";
        if (is_object && i % 2 == 0) out << n.arguments[i];
        else write_json_item(out, n.arguments[i]);
    }
    out << ")";
}

void write_json_change(compiler& out, const operation_node& n) {
    const bool sets = n.op == operation::json_set;
    const path_steps way = path_steps{n.arguments}.subspan(1, n.arguments.size() - (sets ? 2 : 1));
    out << (sets ? "azoth_json_set(" : "azoth_json_remove(") << n.arguments.front() << ", ";
    write_quoted_text(out, steps_text(way));
    if (sets) {
        out << ", json_quote(";
        write_json_item(out, n.arguments.back());
        out << ")";
    }
    out << ")";
}

/// A text of JSON as the element's type has it.
void write_element(compiler& out, const operation_node& n) {
    const bool is_interval = n.type.kind == k::interval;  // "5 microseconds"
    out << (is_interval ? "CAST(" : "") << "json_extract(" << n.arguments[0] << ", '$[" << fmt::format("{}", step_of(n.arguments[1]).i64)
        << "]')" << (is_interval ? " AS INTEGER)" : "");
}

/// Decimals are compared as numbers, whatever their digits.
void write_comparison_mode(compiler& out, const node& array) { out << (is_exact(element_type(array)) ? ", 1)" : ", 0)"); }

constexpr std::string_view array_function(operation op) {
    switch (op) {
        case operation::array_contains_all: return "azoth_array_contains_all(";
        case operation::array_overlaps: return "azoth_array_overlaps(";
        case operation::array_position: return "azoth_array_position(";
        default: return "azoth_array_remove(";
    }
}

void write_array_operation(compiler& out, const operation_node& n) {
    out << array_function(n.op) << n.arguments[0] << ", " << n.arguments[1];
    write_comparison_mode(out, *n.arguments[0]);
}

}  // namespace

void set_document_rules(rule_table& to) {
    to.set(operation::json_get, &write_json_get);
    to.set(operation::json_get_text, &write_json_get_text);
    to.set(operation::json_contains, "azoth_json_contains");
    to.set(operation::json_length, &write_json_length);
    to.set(operation::json_kind, &write_json_kind);
    to.set(operation::json_object, &write_json_items);
    to.set(operation::json_array, &write_json_items);
    to.set(operation::json_set, &write_json_change);
    to.set(operation::json_remove, &write_json_change);
    to.set(operation::array_element, &write_element);
    to.set(operation::array_slice, "azoth_array_slice");
    to.set(operation::array_length, "json_array_length");
    to.set(operation::array_concat, "azoth_array_concat");
    to.set(operation::array_of_one, "json_array");
    for (const auto op : {operation::array_contains_all, operation::array_overlaps, operation::array_position, operation::array_remove})
        to.set(op, &write_array_operation);
}

}  // namespace azoth::sqlite
