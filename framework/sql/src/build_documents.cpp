// The compiled core of <azoth/sql/document_members.hpp> and <azoth/sql/documents.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/sql/documents.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace azoth::detail {

namespace {

const operation_node* as_path(const node_ptr& n) {
    const auto* op = node_cast<operation_node>(n);
    return op && op->op == operation::json_get ? op : nullptr;
}

/// The document and what leads into it: literals, since each path is SQL of its own.
std::vector<node_ptr> steps_of(const node_ptr& document) {
    if (const auto* path = as_path(document)) return path->arguments;
    return {document};
}

node_ptr make_step(const node_ptr& document, const node_ptr& step) {
    std::vector<node_ptr> steps = steps_of(document);
    steps.push_back(step);
    return make_operation(operation::json_get, std::move(steps), type_kind::json);
}

void check_place(std::int64_t index) {
    if (index < 0 || index >= std::numeric_limits<std::int32_t>::max())
        throw_error(errc::invalid_argument, fmt::format("{} is no place in an array: they count from 0", index));
}

void check_key(std::string_view key) {
    if (!is_valid_utf8(key) || key.find('\0') != std::string_view::npos)
        throw_error(errc::invalid_argument, "the key of a JSON member is no UTF-8, or holds a NUL");
}

node_ptr place_literal(std::int64_t index) { return make_literal(value{static_cast<std::int32_t>(index)}); }

}  // namespace

node_ptr make_json_get(const node_ptr& document, std::string_view key) {
    check_key(key);
    return make_step(document, make_literal(value{key}));
}

node_ptr make_json_get(const node_ptr& document, std::int64_t index) {
    check_place(index);
    return make_step(document, place_literal(index));
}

node_ptr make_json_text(const node_ptr& document) { return make_operation(operation::json_get_text, steps_of(document), type_kind::text); }

node_ptr make_json_value(const node_ptr& document, type t) {
    constexpr std::uint32_t of_its_kind = 1;
    return make_operation(operation::json_get_text, steps_of(document), std::move(t), of_its_kind);
}

node_ptr make_json_contains(const node_ptr& document, const node_ptr& part) {
    return make_operation(operation::json_contains, {document, part}, type_kind::boolean);
}

node_ptr make_json_facts(operation op, const node_ptr& document, type t) { return make_operation(op, {document}, std::move(t)); }

node_ptr make_json_object(std::vector<std::pair<std::string, node_ptr>> members) {
    // In the order in which documents are sent, so that texts compare.
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<node_ptr> arguments;
    const std::string* before = nullptr;
    for (const auto& [key, v] : members) {
        check_key(key);
        if (before && *before == key) throw_error(errc::invalid_argument, fmt::format("the key \"{}\" comes twice in a JSON object", key));
        before = &key;
        arguments.push_back(make_literal(value{key}));
        arguments.push_back(v);
    }
    return make_operation(operation::json_object, std::move(arguments), type_kind::json);
}

node_ptr make_json_array(std::vector<node_ptr> elements) {
    return make_operation(operation::json_array, std::move(elements), type_kind::json);
}

node_ptr make_json_change(const node_ptr& path, const node_ptr& to) {
    if (!as_path(path)) throw_error(errc::invalid_argument, "a whole document is no member of one: say which by doc[\"key\"]");
    std::vector<node_ptr> arguments = steps_of(path);
    if (to) arguments.push_back(to);
    return make_operation(to ? operation::json_set : operation::json_remove, std::move(arguments), type_kind::json);
}

node_ptr make_array_element(const node_ptr& array, std::int64_t index) {
    check_place(index);
    return make_operation(operation::array_element, {array, place_literal(index)}, element_type(*array));
}

node_ptr make_array_slice(const node_ptr& array, std::int64_t from, std::int64_t to) {
    check_place(from);
    check_place(to);
    return make_operation(operation::array_slice, {array, place_literal(from), place_literal(to)}, type_of(*array));
}

namespace {

bool may_be_null(const node_ptr& array) {
    const auto* bind = node_cast<bind_node>(array);
    const auto* made = node_cast<operation_node>(array);
    const bool is_value = bind && bind->name.empty() && !bind->content.is_null();
    return !is_value && !(made && made->op == operation::array_of_one);
}

}  // namespace

/// The option tells which operands can be NULL, a bit for each: it is part of what statements are found by, and a bound value is not.
node_ptr make_array_operation(operation op, const node_ptr& array, const node_ptr& other, type t, bool nullable) {
    const std::uint32_t option = nullable ? (may_be_null(array) ? 1U : 0U) | (may_be_null(other) ? 2U : 0U) : 0U;
    return make_operation(op, {array, other}, std::move(t), option);
}

node_ptr make_array_of(const node_ptr& element, const node_ptr& like) {
    return make_operation(operation::array_of_one, {element}, type_of(*like));
}

}  // namespace azoth::detail
